"""Members of a zip file, in the order of its directory."""

import stat
from collections.abc import Iterator
from typing import BinaryIO

from cryptodrug.archive.limits import Budget, TooMuch
from cryptodrug.archive.members import Damaged, Member
from cryptodrug.archive.refusal import ENCRYPTED, LINK, UNKNOWN_PACKING
from cryptodrug.archive.unpack import Forward
from cryptodrug.archive.zip_entries import (
    LOCKED,
    METHODS,
    Entry,
    data_place,
    directory_entries,
    find_directory,
    local_entries,
)


class _Region:
    """A piece of a file, read forward; others may read the file in between."""

    def __init__(self, stream: BinaryIO, begin: int, length: int) -> None:
        self._stream, self._at, self._end = stream, begin, begin + length

    def read(self, count: int) -> bytes:
        """At most so many bytes."""
        self._stream.seek(self._at)
        data = self._stream.read(min(count, self._end - self._at))
        self._at += len(data)
        return data


class _Lazy:
    """The bytes of an entry, opened when they are asked for."""

    def __init__(self, stream: BinaryIO, entry: Entry, budget: Budget) -> None:
        self._stream, self._entry, self._budget = stream, entry, budget
        self._opened: Forward | None = None
        self.damage: Exception | None = None

    def take(self, count: int) -> bytes:
        """The next bytes; fewer at the end or at a damage."""
        if self._opened is None:
            try:
                region = _Region(self._stream, data_place(self._stream, self._entry), self._entry.packed)
            except (EOFError, OSError) as error:
                self.damage = error
                return b""
            self._opened = Forward(region, METHODS[self._entry.method], self._budget)
        if not self._entry.method and not self._allowed(count):
            return b""
        data = self._opened.take(count)
        self.damage = self._opened.damage
        return data

    def _allowed(self, count: int) -> bool:
        """Bytes that are not packed can come out often as well: when many entries share them."""
        try:
            self._budget.take(min(count, self._entry.size))
        except TooMuch as error:
            self.damage = error
        return self.damage is None


def _refusal(entry: Entry) -> str | None:
    if entry.mode and stat.S_IFMT(entry.mode) not in (0, stat.S_IFREG):
        return LINK
    if entry.flags & LOCKED:
        return ENCRYPTED
    return None if entry.method in METHODS else UNKNOWN_PACKING


def _entries(stream: BinaryIO, size: int, damaged: Damaged) -> Iterator[tuple[Entry, int, int]]:
    """Entries with their number and how many there are; behind a damage of the directory, those that have a head."""
    number, total, behind = 0, 1, 0
    try:
        directory = find_directory(stream, size)
        total = max(directory.entries, 1)
        for entry in directory_entries(stream, directory):
            yield entry, number, total
            number, behind = number + 1, max(behind, entry.head + 30 + entry.packed)
    except (EOFError, OSError, ValueError) as error:
        damaged(error, 0, number, total)
        yield from ((entry, number, total) for entry in local_entries(stream, behind))


def zip_members(stream: BinaryIO, size: int, budget: Budget, damaged: Damaged) -> Iterator[Member]:
    """Every entry that is no folder.

    `damaged` is told of a damage of the directory; when it returns, the members behind it are looked for.
    """
    for entry, number, total in _entries(stream, size, damaged):
        if not entry.name.endswith("/"):
            lazy = _Lazy(stream, entry, budget)
            yield Member(entry.name, entry.size, lazy, _refusal(entry), number, total, entry.crc)
