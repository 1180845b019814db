"""Where things seen before stand: on disk, so that memory does not grow with the archive."""

import sqlite3
from hashlib import blake2b


class Places:
    """A map from texts to numbers, kept in a nameless temporary database that is gone with the process."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode=OFF")
        self._database.execute("CREATE TABLE place (key INTEGER PRIMARY KEY, number INTEGER NOT NULL)")
        self._database.execute("BEGIN")

    def put(self, text: str, number: int) -> None:
        """Keep the number of a text; the first one stays."""
        self._database.execute("INSERT OR IGNORE INTO place VALUES (?, ?)", (_key(text), number))

    def get(self, text: str) -> int | None:
        """The number of a text, or None."""
        row = self._database.execute("SELECT number FROM place WHERE key = ?", (_key(text),)).fetchone()
        return row[0] if row else None


def _key(text: str) -> int:
    """64 bits of a hash: two of two million texts meet with a probability of one in ten million."""
    digest = blake2b(text.encode("utf-8", "surrogateescape"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
