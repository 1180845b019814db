"""What has come by in an archive, kept on disk so that memory does not grow with it."""

import re
import sqlite3
from hashlib import blake2b

# what wget writes beside `page` when it fetches it again: `page.1`
_AGAIN = re.compile(r"\.[1-9]$")


def _database(table: str) -> sqlite3.Connection:
    """A nameless temporary database that is gone with the process."""
    database = sqlite3.connect("", isolation_level=None)
    database.execute("PRAGMA journal_mode=OFF")
    database.execute(f"CREATE TABLE {table}")
    database.execute("BEGIN")
    return database


def _key(text: str) -> int:
    """A text as 64 bits of its hash: two of two million texts meet with a probability of one in ten million."""
    digest = blake2b(text.encode("utf-8", "surrogateescape"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


_MARKS = 1 << 23  # bits (a megabyte): of two million names one in seven is looked up in vain
_WAITING = 2_000


class Names:
    """Names of members and how often each came.

    A Bloom filter (Bloom 1970) with two marks for each name says which were certainly not there before, as most were
    not: these are only put down, many at once. The others are looked up.
    """

    def __init__(self) -> None:
        database = _database("name (key INTEGER PRIMARY KEY, times INTEGER, again INTEGER)")
        self._run, self._run_all = database.execute, database.executemany
        self._marks, self._new = bytearray(_MARKS >> 3), []

    def _is_new(self, key: int) -> bool:
        """Whether a name was certainly not there before; it is marked."""
        marks, one, two = self._marks, key & (_MARKS - 1), key >> 32 & (_MARKS - 1)
        place, bit, other, other_bit = one >> 3, 1 << (one & 7), two >> 3, 1 << (two & 7)
        if marks[place] & bit and marks[other] & other_bit:
            return False
        marks[place] |= bit
        marks[other] |= other_bit
        return True

    def _count(self, name: str, times: int, again: int) -> tuple[int, int]:
        key = _key(name)
        if self._is_new(key):
            self._new.append((key, times, again))
            if len(self._new) >= _WAITING:
                self._put_down()
            return times, again
        self._put_down()
        return self._run(
            "INSERT INTO name VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE "
            "SET times = times + ?2, again = again + ?3 RETURNING times, again",
            (key, times, again),
        ).fetchone()

    def _put_down(self) -> None:
        """Keep the names that are waiting."""
        if self._new:
            self._run_all("INSERT INTO name VALUES (?, ?, ?)", self._new)
            self._new.clear()

    def come(self, name: str) -> tuple[int, bool]:
        """Count a name: the how many-th of this name it is, and whether another capture of the page came before.

        `page.1` is a second capture of `page`, whichever of the two comes first.
        """
        times, again = self._count(name, 1, 0)
        second = times > 1 or again > 0
        if _AGAIN.search(name):
            second |= self._count(name[:-2], 0, 1)[0] > 0
        return times, second


class Places:
    """A number for each text; the first one stays."""

    def __init__(self) -> None:
        self._run = _database("place (key INTEGER PRIMARY KEY, number INTEGER NOT NULL)").execute

    def put(self, text: str, number: int) -> None:
        """Keep the number of a text."""
        self._run("INSERT OR IGNORE INTO place VALUES (?, ?)", (_key(text), number))

    def get(self, text: str) -> int | None:
        """The number of a text, or None."""
        row = self._run("SELECT number FROM place WHERE key = ?", (_key(text),)).fetchone()
        return row[0] if row else None
