"""Reading packed bytes forward: gzip, bzip2, xz and zstd, also several one behind the other, in bounded memory.

gzip is unpacked by zlib, or in half the time by ISA-L (Intel's igzip). ISA-L gives the same bytes of a whole stream. Of
a damaged one it loses what it had unpacked when it met the damage, and it can meet it later: it takes sets of codes
that zlib refuses as incomplete. So it reads only where a damage ends the whole reading, and what it cannot read to a
good end, checksum and length included, is read again by zlib, whose word counts.
"""

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import Any, Protocol

import zstandard
from isal import igzip_lib

from cryptodrug.archive.kinds import PACKINGS
from cryptodrug.archive.limits import Budget

CHUNK = 1 << 13  # packed bytes that are read at once
BITE = 1 << 9  # the same where an unpacker loses at a damage what it has unpacked of a chunk
PIECE = 1 << 15  # unpacked bytes that are made at once
MOST_MEMORY = 256 << 20  # what an unpacker may need; `xz -9` needs 65 MB
UNPACKING_ERRORS = (zlib.error, lzma.LZMAError, zstandard.ZstdError, EOFError, OSError, ValueError)


class Readable(Protocol):
    """Whatever gives bytes forward."""

    def read(self, count: int, /) -> bytes:
        """At most so many bytes; none at the end."""


class Doubt(Exception):
    """ISA-L does not read these bytes to a good end; zlib is to say what is wrong with them, if anything."""


class _Bounded:
    """An unpacker that keeps to itself what it has not yet unpacked."""

    chunk = BITE

    def __init__(self, unpacker: Any) -> None:
        self._unpacker = unpacker

    def feed(self, data: bytes) -> bytes:
        """At most one piece."""
        return self._unpacker.decompress(data, PIECE)

    @property
    def hungry(self) -> bool:
        """Whether it needs more packed bytes."""
        return self._unpacker.needs_input

    @property
    def rest(self) -> bytes | None:
        """What stands behind the end; None before the end."""
        return self._unpacker.unused_data if self._unpacker.eof else None


class _Zlib:
    """zlib, which gives back what it has not yet unpacked."""

    chunk = CHUNK

    def __init__(self, window: int) -> None:
        self._unpacker, self._tail, self.hungry = zlib.decompressobj(window), b"", True

    def feed(self, data: bytes) -> bytes:
        """At most one piece; in front of a damage, all that can be unpacked."""
        data, before = self._tail or data, self._unpacker.copy()
        try:
            piece = self._unpacker.decompress(data, PIECE)
        except zlib.error:
            # zlib keeps what it had unpacked when it met the damage: byte by byte, nothing is lost
            self._unpacker = before
            if not (piece := self._up_to_damage(data)):
                raise
            return piece
        self._tail = self._unpacker.unconsumed_tail
        # a full piece may leave more inside although no byte is left over
        self.hungry = not self._tail and len(piece) < PIECE
        return piece

    def _up_to_damage(self, data: bytes) -> bytes:
        """What comes out in front of a damage; the next time, the damage itself is met."""
        pieces = []
        for place in range(len(data)):
            before = self._unpacker.copy()
            try:
                pieces.append(self._unpacker.decompress(data[place : place + 1]))
            except zlib.error:
                self._unpacker, self._tail, self.hungry = before, data[place:], False
                break
        return b"".join(pieces)

    @property
    def rest(self) -> bytes | None:
        """What stands behind the end; None before the end."""
        return self._unpacker.unused_data if self._unpacker.eof else None


class _Igzip(_Bounded):
    """gzip by ISA-L. It takes no notice of marks in the head that zlib refuses, so zlib is shown the head first."""

    chunk = CHUNK

    def __init__(self) -> None:
        super().__init__(igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP))
        self._begun = False

    def feed(self, data: bytes) -> bytes:
        """At most one piece.

        Raises
        ------
        Doubt : the bytes are damaged, or the head is a long one.
        """
        if not self._begun:
            self._begun = True
            head = zlib.decompressobj(31)
            try:
                good = head.decompress(data, 1) or head.eof
            except zlib.error:
                good = False
            if not good:
                raise Doubt
        try:
            return self._unpacker.decompress(data, PIECE)
        except igzip_lib.error as error:
            raise Doubt from error


class _Zstd:
    """zstd, which has no bound for a piece: it is given so little that a piece stays below 16 megabytes."""

    chunk = BITE  # a block of four bytes can be 128 kilobytes of one letter
    hungry = True

    def __init__(self) -> None:
        self._unpacker = zstandard.ZstdDecompressor(max_window_size=MOST_MEMORY).decompressobj()

    def feed(self, data: bytes) -> bytes:
        """What the bytes give."""
        return self._unpacker.decompress(data)

    @property
    def rest(self) -> bytes | None:
        """What stands behind the end; None before the end."""
        return self._unpacker.unused_data if self._unpacker.eof else None


UNPACKERS: dict[str, Callable[[], Any]] = {
    "gzip": lambda: _Zlib(31),
    "deflate": lambda: _Zlib(-15),
    "bzip2": lambda: _Bounded(bz2.BZ2Decompressor()),
    "xz": lambda: _Bounded(lzma.LZMADecompressor(lzma.FORMAT_AUTO, memlimit=MOST_MEMORY)),
    "zstd": _Zstd,
}


class Unpacked:
    """Packed bytes, unpacked piece by piece. Never fails: what stops it before the end stands in `damage`.

    Parameters
    ----------
    fast : gzip is read by ISA-L; for streams that can go back, where nothing that comes out is kept after a damage.
    """

    def __init__(self, stream: Readable, packing: str, budget: Budget, fast: bool = False) -> None:
        self._stream, self._packing, self._budget = stream, packing, budget
        self._fast = fast and packing == "gzip"
        self._begin = stream.tell() if self._fast else 0
        self._unpacker, self._waiting = self._new(), b""
        self._given = 0
        self.position = 0  # packed bytes that were read
        self.damage: Exception | None = None
        self._ended = False

    def _new(self) -> Any:
        return _Igzip() if self._fast else UNPACKERS[self._packing]()

    def _packed(self) -> bytes:
        chunk = self._stream.read(self._unpacker.chunk)
        self.position += len(chunk)
        return chunk

    def _begin_next(self, rest: bytes) -> None:
        """Several packed files may follow each other; zeros that fill a block are none."""
        if self._packing == "deflate":
            self._ended = True
            return
        while not rest.strip(b"\0"):
            rest = self._packed()
            if not rest:
                self._ended = True
                return
        rest = rest.lstrip(b"\0")
        skippable = self._packing == "zstd" and rest[1:4] == b"\x2a\x4d\x18"
        if not skippable and not rest.startswith(PACKINGS[self._packing][: len(rest)]):
            raise EOFError("something else stands behind the packed bytes")
        if self._fast and len(rest) < BITE:
            rest += self._packed()  # so that the head is whole
        self._unpacker, self._waiting = self._new(), rest

    def piece(self) -> bytes:
        """The next bytes; none at the end or at a damage."""
        try:
            if self.damage is None and (piece := self._next()):
                self._given += len(piece)
                self._budget.take(len(piece))
                return piece
        except UNPACKING_ERRORS as error:
            self.damage = error
        return b""

    def _next(self) -> bytes:
        """The next bytes, none at the end.

        Raises
        ------
        UNPACKING_ERRORS : what is wrong with the packed bytes.
        """
        try:
            while not self._ended:
                if (rest := self._unpacker.rest) is not None:
                    self._begin_next(rest)
                    continue
                if self._unpacker.hungry and not self._waiting:
                    self._waiting = self._packed()
                    if not self._waiting:
                        raise Doubt if self._fast else EOFError("the packed bytes have no end")
                data, self._waiting = self._waiting, b""
                if piece := self._unpacker.feed(data):
                    return piece
        except Doubt:
            return self._by_zlib()
        return b""

    def _by_zlib(self) -> bytes:
        """Begin again with zlib and go on behind what was given."""
        self._stream.seek(self._begin)
        self._fast, self.position = False, 0
        self._unpacker, self._waiting = self._new(), b""
        passed = 0
        while piece := self._next():
            passed += len(piece)
            if passed > self._given:
                return piece[self._given - passed :]
        return b""


class Plain:
    """Bytes that are not packed, piece by piece."""

    damage: Exception | None = None

    def __init__(self, stream: Readable) -> None:
        self._stream, self.position = stream, 0

    def piece(self) -> bytes:
        """The next bytes; none at the end."""
        try:
            piece = self._stream.read(PIECE)
        except OSError as error:
            self.damage, piece = error, b""
        self.position += len(piece)
        return piece


class Forward:
    """Bytes in their order, taken in any portions. What has been read of the source depends on the place only.

    So several jobs that pass over one archive, each leaving out other members, agree where each member stands.
    """

    def __init__(
        self, stream: Readable, packing: str | None = None, budget: Budget | None = None, fast: bool = False
    ) -> None:
        self._source = Plain(stream) if packing is None else Unpacked(stream, packing, budget, fast)
        self._buffer, self._at, self._behind = b"", 0, 0

    @property
    def damage(self) -> Exception | None:
        """Why the bytes ended before their end, or None."""
        return self._source.damage

    @property
    def position(self) -> int:
        """How much of the source was read, packed bytes."""
        return self._source.position

    def tell(self) -> int:
        """The place, unpacked bytes."""
        return self._behind + self._at

    def peek(self, count: int) -> bytes:
        """The next bytes, fewer at the end; they stay."""
        if len(self._buffer) - self._at < count:
            self._fill(count)
        return self._buffer[self._at : self._at + count]

    def _fill(self, count: int) -> None:
        pieces, there = [self._buffer[self._at :]], len(self._buffer) - self._at
        while there < count and (piece := self._source.piece()):
            pieces.append(piece)
            there += len(piece)
        self._behind += self._at
        self._buffer, self._at = b"".join(pieces), 0

    def take(self, count: int) -> bytes:
        """The next bytes; fewer at the end or at a damage."""
        if len(self._buffer) - self._at < count:
            self._fill(count)
        begin, self._at = self._at, min(self._at + count, len(self._buffer))
        return self._buffer[begin : self._at]

    def skip_to(self, place: int) -> bool:
        """Go on to a place, holding nothing; whether it was reached."""
        while place > self._behind + len(self._buffer):
            self._behind += len(self._buffer)
            self._buffer, self._at = self._source.piece(), 0
            if not self._buffer:
                return False
        self._at = place - self._behind
        return True

    read = take
