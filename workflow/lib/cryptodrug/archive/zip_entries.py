"""Entries of a zip file (PKWARE APPNOTE 6.3), read one by one: from its directory, or from the heads of its members.

`zipfile` keeps the whole directory in memory (a gigabyte for two million members) and reads nothing of a file whose
end is cut off, where the directory stands.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cryptodrug.archive.unpack import CHUNK, UNPACKERS

LOCKED, SIZES_BEHIND, UTF8 = 0x1, 0x8, 0x800  # bits of the flags
UNIX = 3
METHODS = {0: None, 8: "deflate", 12: "bzip2", 93: "zstd", 95: "xz"}
_END, _END64, _LOCATOR = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_ENTRY, _HEAD = b"PK\x01\x02", b"PK\x03\x04"
_END_FORM = struct.Struct("<4s4H2LH")
_END64_FORM = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_FORM = struct.Struct("<4sLQL")
_ENTRY_FORM = struct.Struct("<4s2B5H3L5H2L")
_HEAD_FORM = struct.Struct("<4s5H3L2H")
_ABSENT = 0xFFFFFFFF


@dataclass(slots=True)
class Entry:
    """One entry: `packed` and `size` in bytes; `head`: where its local head begins."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    head: int
    mode: int = 0


def _fields(extra: bytes) -> dict[int, bytes]:
    """Extra fields by their number; a broken end is left out."""
    found: dict[int, bytes] = {}
    while len(extra) >= 4:
        number, length = struct.unpack_from("<2H", extra)
        found.setdefault(number, extra[4 : 4 + length])
        extra = extra[4 + length :]
    return found


def _name(raw: bytes, flags: int, extra: dict[int, bytes]) -> str:
    """The name as text: UTF-8 where it is that, whatever the flags say, else the old DOS letters."""
    unicode_path = extra.get(0x7075, b"")
    if len(unicode_path) > 5 and struct.unpack_from("<L", unicode_path, 1)[0] == zlib.crc32(raw):
        raw, flags = unicode_path[5:], flags | UTF8
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "surrogateescape") if flags & UTF8 else raw.decode("cp437")


def _long_values(extra: dict[int, bytes], values: list[int]) -> list[int]:
    """Sizes and offsets that did not fit stand in the extra field 1, in their order."""
    field = extra.get(1, b"")
    found = []
    for value in values:
        if value == _ABSENT and len(field) >= 8:
            value, field = struct.unpack_from("<Q", field)[0], field[8:]
        found.append(value)
    return found


def _read(stream: BinaryIO, place: int, count: int) -> bytes:
    stream.seek(place)
    data = stream.read(count)
    if len(data) < count:
        raise EOFError("the file ends inside a head")
    return data


@dataclass(frozen=True)
class Directory:
    """Where the directory stands, how many entries it promises, and how many bytes stand in front of the archive."""

    begin: int
    end: int
    entries: int
    shift: int


def find_directory(stream: BinaryIO, size: int) -> Directory:
    """The directory at the end of the file.

    Raises
    ------
    EOFError : there is none: the file is cut off.
    """
    tail = _read(stream, max(size - (1 << 16) - _END_FORM.size, 0), min(size, (1 << 16) + _END_FORM.size))
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_FORM.size:
        raise EOFError("no directory at the end")
    end = size - len(tail) + at
    _, _, _, _, entries, length, begin, _ = _END_FORM.unpack_from(tail, at)
    if end >= _LOCATOR_FORM.size:
        locator = _LOCATOR_FORM.unpack(_read(stream, end - _LOCATOR_FORM.size, _LOCATOR_FORM.size))
        if locator[0] == _LOCATOR:
            values = _END64_FORM.unpack(_read(stream, locator[2], _END64_FORM.size))
            if values[0] != _END64:
                raise EOFError("no directory at the end")
            entries, length, begin, end = values[7], values[8], values[9], locator[2]
    if begin + length > end:
        raise EOFError("the directory does not fit into the file")
    return Directory(end - length, end, entries, end - length - begin)


def directory_entries(stream: BinaryIO, directory: Directory) -> Iterator[Entry]:
    """Entries in the order of the directory.

    Raises
    ------
    EOFError : the directory is damaged.
    """
    place = directory.begin
    # the number of entries that the end promises has only 16 bits in old files
    while place < directory.end:
        values = _ENTRY_FORM.unpack(_read(stream, place, _ENTRY_FORM.size))
        if values[0] != _ENTRY:
            raise EOFError("an entry of the directory is none")
        (_, _, system, _, flags, method, _, _, crc, packed, size, *lengths, _, _, outside, head) = values
        name_length, extra_length, comment_length = lengths
        text = _read(stream, place + _ENTRY_FORM.size, name_length + extra_length)
        extra = _fields(text[name_length:])
        size, packed, head = _long_values(extra, [size, packed, head])
        mode = outside >> 16 if system == UNIX else 0
        name = _name(text[:name_length], flags, extra)
        yield Entry(name, flags, method, crc, packed, size, head + directory.shift, mode)
        place += _ENTRY_FORM.size + name_length + extra_length + comment_length
    if place != directory.end:
        raise EOFError("the directory holds more than its entries")


def data_place(stream: BinaryIO, entry: Entry) -> int:
    """Where the packed bytes of an entry begin.

    Raises
    ------
    EOFError : no head of a member stands where the directory says.
    """
    values = _HEAD_FORM.unpack(_read(stream, entry.head, _HEAD_FORM.size))
    if values[0] != _HEAD:
        raise EOFError("no head of a member stands where the directory says")
    return entry.head + _HEAD_FORM.size + values[-2] + values[-1]


def _measured(stream: BinaryIO, place: int) -> tuple[int, int, int]:
    """Packed bytes, bytes and checksum of a deflated member that says so only behind itself.

    One that has no end is given a byte more than it has, so that it counts as cut.
    """
    unpacker, crc, size, read = UNPACKERS["deflate"](), 0, 0, 0
    stream.seek(place)
    try:
        while (rest := unpacker.rest) is None:
            data = stream.read(CHUNK) if unpacker.hungry else b""
            if unpacker.hungry and not data:
                return read, size + 1, 0
            read += len(data)
            piece = unpacker.feed(data)
            crc, size = zlib.crc32(piece, crc), size + len(piece)
    except zlib.error:
        return read, size + 1, 0
    return read - len(rest), size, crc


def _next_head(stream: BinaryIO, place: int) -> int | None:
    """Where the next head of a member begins, at `place` or behind it."""
    before = b""
    stream.seek(place)
    while data := stream.read(1 << 16):
        if (at := (before + data).find(_HEAD)) >= 0:
            return place - len(before) + at
        place, before = place + len(data), data[-3:]
    return None


def _entry_at(stream: BinaryIO, place: int) -> tuple[Entry, int] | None:
    """The entry whose head begins here, and where to look for the next; None when no whole head begins here."""
    try:
        values = _HEAD_FORM.unpack(_read(stream, place, _HEAD_FORM.size))
        _, _, flags, method, _, _, crc, packed, size, name_length, extra_length = values
        text = _read(stream, place + _HEAD_FORM.size, name_length + extra_length)
    except EOFError:
        return None
    extra = _fields(text[name_length:])
    size, packed = _long_values(extra, [size, packed])
    begin = place + _HEAD_FORM.size + len(text)
    if flags & SIZES_BEHIND and not packed and method == 8 and not flags & LOCKED:
        packed, size, crc = _measured(stream, begin)
    entry = Entry(_name(text[:name_length], flags, extra), flags, method, crc, packed, size, place)
    stream.seek(begin + packed)
    # where no other head follows, bytes are missing, and the next head may stand in what seems to belong to this member
    return entry, begin + packed if stream.read(2) == b"PK" else place + 4


def local_entries(stream: BinaryIO, place: int) -> Iterator[Entry]:
    """Entries by the heads in front of their bytes, from a place on: what is left of a file without directory."""
    while (found := _next_head(stream, place)) is not None:
        entry = _entry_at(stream, found)
        place = found + 4
        if entry is not None:
            yield entry[0]
            place = entry[1]
