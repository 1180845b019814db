"""One entry of a container, before it is read, and one record of a crawl."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

# told of a damage of a container: what (None: the last one, again), bytes lost, how far the container is read (place,
# of); when it returns, the reader looks for what can be read behind the damage
Damaged = Callable[[Exception | None, int, int, int], None]


class Taken(Protocol):
    """Bytes of a member, in their order."""

    damage: Exception | None

    def take(self, count: int) -> bytes:
        """The next bytes; fewer at the end or at a damage."""


@dataclass(slots=True)
class Member:
    """An entry: its name, its size in bytes as the container says, its bytes, or why it is not to be read.

    `place` of `of`: how far the container is read when the entry comes, for the share of jobs that split an archive.
    """

    name: str
    size: int
    stream: Taken | None = None
    refusal: str | None = None
    place: int = 0
    of: int = 1
    crc: int | None = None

    def fault(self, length: int, crc: int) -> Exception | None:
        """What is wrong with the bytes that were taken, or None."""
        if length < self.size:
            return self.stream.damage or EOFError("a member is shorter than its head says")
        if self.crc is not None and crc != self.crc:
            return self.stream.damage or ValueError("the checksum of a member differs")
        return None

    def checksum(self, data: bytes, before: int = 0) -> int:
        """CRC-32 of the bytes, where the container gives one to compare with."""
        return zlib.crc32(data, before) if self.crc is not None else 0


@dataclass(slots=True)
class Capture:
    """A page as a crawler recorded it, or why the record is none. `data` is None where another job reads it."""

    path: str
    data: bytes | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    refusal: str | None = None
    size: int = 0
    place: int = 0
    of: int = 1
    cut: bool = False
