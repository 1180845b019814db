"""Archives whose bytes are the same on any machine: written page by page, without compression, times or owners."""

import datetime
import io
import struct
import tarfile
import uuid
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

LARGEST_BLOCK = 0xFFFF
# magic, method "deflate", no flags, no time, no extra flags, unknown system (RFC 1952)
HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
HOST = "http://paper-lantern.example"  # reserved by RFC 2606: no such host can exist
SECONDS_A_PAGE = 2
# no zip knows an earlier day; the system that made it decides how a mode is read
EARLIEST, UNIX = (1980, 1, 1, 0, 0, 0), 3


class StoredGzip:
    """A gzip stream of stored blocks (RFC 1951, section 3.2.4): any gzip reads it, no compression library made it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._left, self._crc, self._size = stream, bytearray(), 0, 0
        stream.write(HEAD)

    def write(self, data: bytes) -> int:
        """Add bytes; whole blocks go out, the rest waits."""
        self._crc, self._size = zlib.crc32(data, self._crc), self._size + len(data)
        self._left += data
        while len(self._left) > LARGEST_BLOCK:
            self._block(bytes(self._left[:LARGEST_BLOCK]), last=False)
            del self._left[:LARGEST_BLOCK]
        return len(data)

    def _block(self, block: bytes, last: bool) -> None:
        self._stream.write(struct.pack("<BHH", last, len(block), len(block) ^ LARGEST_BLOCK))
        self._stream.write(block)

    def close(self) -> None:
        """Write the last block, the checksum and the length."""
        self._block(bytes(self._left), last=True)
        self._stream.write(struct.pack("<II", self._crc, self._size & 0xFFFFFFFF))


def write_tar_gz(path: str | Path, members: Iterable[tuple[str, bytes]]) -> None:
    """A `.tar.gz` (ustar) of the members, in the given order."""
    with Path(path).open("wb") as stream:
        packed = StoredGzip(stream)
        with tarfile.open(fileobj=packed, mode="w|", format=tarfile.USTAR_FORMAT) as archive:
            for name, data in members:
                info = tarfile.TarInfo(name)
                info.size, info.mode, info.mtime = len(data), 0o644, 0
                archive.addfile(info, io.BytesIO(data))
        packed.close()


def fetched_at(day: datetime.date, number: int) -> str:
    """When the page of this number (from 0) was fetched: one page every two seconds from noon on, UTC."""
    made = datetime.datetime.combine(day, datetime.time(12)) + datetime.timedelta(seconds=SECONDS_A_PAGE * number)
    return f"{made:%Y-%m-%dT%H:%M:%SZ}"


def write_warc(path: str | Path, pages: Iterable[tuple[str, bytes, int]], day: datetime.date) -> None:
    """A WARC file (ISO 28500) of the answers to path after path.

    Parameters
    ----------
    pages : path, body and HTTP status of each page.
    day : the day of the download.
    """
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    reasons = {200: "OK", 404: "Not Found", 503: "Service Unavailable"}
    with Path(path).open("wb") as stream:
        writer = WARCWriter(stream, gzip=False)
        for number, (name, body, status) in enumerate(pages):
            headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
            record = writer.create_warc_record(
                HOST + name,
                "response",
                payload=io.BytesIO(body),
                http_headers=StatusAndHeaders(f"{status} {reasons[status]}", headers, protocol="HTTP/1.1"),
                warc_headers_dict={
                    "WARC-Date": fetched_at(day, number),
                    "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{HOST}{name}|{day}|{number}')}>",
                },
            )
            writer.write_record(record)


def zip_stored(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file of stored members, in the given order, without times or modes of any machine."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, date_time=EARLIEST)
            info.create_system, info.external_attr = UNIX, 0o100644 << 16
            archive.writestr(info, data)
    return stream.getvalue()
