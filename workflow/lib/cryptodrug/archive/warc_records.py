"""Records of a WARC file, one by one, through warcio; behind a damage the next whole record is looked for."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.limitreader import LimitReader

from cryptodrug.archive.members import Damaged

PIECE = 1 << 16
_GZIP, _BEGIN = b"\x1f\x8b\x08", b"WARC/"


class _Reader(DecompressingBufferedReader):
    """Bytes of the file, unpacked. A damage ends a record; the parent would print it as well."""

    def _decompress(self, data: bytes) -> bytes:
        try:
            return self.decompressor.decompress(data) if self.decompressor and data else data
        except zlib.error:
            if self.num_block_read:
                return b""
            self.decompressor = None  # not packed
            return data


class _Records(ArchiveIterator):
    """Records of a WARC file. What stands between records is not printed, as the parent does: it may be text."""

    INC_RECORD = ""
    whole = True  # the last packed record is not cut off

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(stream, arc2warc=True, check_digests=True)
        self.reader = _Reader(stream)

    def _next_record(self, next_line: bytes | None) -> Any:
        """The next record. The parent takes an end inside a head for the end of the file."""
        before = self.reader.tell()
        begun = bool(next_line) or self.reader.rem_length() > 0
        try:
            return super()._next_record(next_line)
        except EOFError as error:
            if begun or self.reader.tell() > before:
                raise ValueError("the file ends inside a head") from error
            raise

    def close(self) -> None:
        """End reading; a record that is packed is whole when its packing has an end."""
        decompressor = self.reader.decompressor if self.reader else None
        self.whole = decompressor is None or decompressor.eof
        super().close()


@dataclass(slots=True)
class Record:
    """A record and where it begins, packed bytes; `fault`: what its reader found wrong with it."""

    head: Any
    place: int
    fault: Exception | None = None


def header(headers: Any, name: str) -> str:
    """A line of a head, without blanks; empty where there is none."""
    return ((headers.get_header(name) if headers else None) or "").strip()


def records_from(stream: BinaryIO, place: int) -> _Records:
    """The records that begin at a place and behind it."""
    stream.seek(place)
    return _Records(stream)


def _next(records: _Records) -> Any:
    """The next record, None at the end of the file.

    Raises
    ------
    EOFError, ValueError : no whole head stands there.
    """
    try:
        record = next(records, None)
    except OSError:
        raise
    except Exception as error:
        # warcio fails in many ways on a broken head, and its messages may quote the archive
        raise ValueError("a record has no whole head") from error
    if record is None and not records.whole:
        raise EOFError("the last record is cut off")
    return record


def drain(record: Any) -> Exception | None:
    """Read what is left of a record; what is wrong with it, or None."""
    while record.raw_stream.read(PIECE):
        pass
    length = header(record.rec_headers, "Content-Length")
    if not length.isdecimal() or (isinstance(record.raw_stream, LimitReader) and record.raw_stream.limit):
        return EOFError("a record is shorter than its head says")
    checks = record.digest_checker
    if checks is not None and any(problem.startswith("block digest") for problem in checks.problems):
        return ValueError("the checksum of a record differs")
    return None


def one_record_each(stream: BinaryIO) -> bool:
    """Whether each record of a gzip file is packed alone, so that one can go back to it."""
    records = records_from(stream, 0)
    try:
        if _next(records) is not None:
            records.read_to_end()
    except (EOFError, ValueError):
        return True
    return records.next_line is None  # a line behind the first record, in the same packing


def _begins_record(stream: BinaryIO, place: int, packed: bool) -> bool:
    stream.seek(place)
    head = stream.read(512)
    if not packed:
        return head.startswith(_BEGIN)
    try:
        return zlib.decompressobj(31).decompress(head, len(_BEGIN)) == _BEGIN
    except zlib.error:
        return False


def _find(stream: BinaryIO, place: int, packed: bool) -> int | None:
    """Where the next record begins, at `place` or behind it."""
    mark, before = (_GZIP, b"") if packed else (_BEGIN, b"")
    while True:
        stream.seek(place)
        data = stream.read(PIECE)
        if not data:
            return None
        text, begin, at = before + data, place - len(before), -1
        while (at := text.find(mark, at + 1)) >= 0:
            if _begins_record(stream, begin + at, packed):
                return begin + at
        place, before = place + len(data), data[-len(mark) + 1 :]


def records_of(stream: BinaryIO, size: int, damaged: Damaged) -> Iterator[Record]:
    """Every record with its place.

    `damaged` is told of a record that has no whole head; when it returns, the next one is looked for.
    """
    stream.seek(0)
    packed, place = stream.read(3) == _GZIP, 0
    while place is not None:
        records, last = records_from(stream, place), None
        try:
            while (record := _next(records)) is not None:
                place = records.offset
                last = Record(record, place)
                yield last
            return
        except (EOFError, ValueError) as error:
            # what was wrong with the last record has been told
            if last is None or last.fault is None:
                damaged(error, 0, place, size)
        place = _find(stream, place + 1, packed)
