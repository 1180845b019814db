"""Archives whose bytes are the same whatever library compresses: nothing is compressed."""

import io
import struct
import tarfile
import zlib
from collections.abc import Iterable

LARGEST_BLOCK = 0xFFFF
# magic, method "deflate", no flags, no time, no extra flags, unknown system (RFC 1952)
HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


def tar(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A tar file (ustar) without times, owners or modes of any machine, in the given order."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size, info.mode, info.mtime = len(data), 0o644, 0
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def gzip_stored(data: bytes) -> bytes:
    """A gzip file of stored blocks (RFC 1951, section 3.2.4): any gzip reads it, no compression library made it."""
    pieces = [HEAD]
    for start in range(0, max(len(data), 1), LARGEST_BLOCK):
        block = data[start : start + LARGEST_BLOCK]
        last = start + LARGEST_BLOCK >= len(data)
        pieces += [struct.pack("<BHH", last, len(block), len(block) ^ LARGEST_BLOCK), block]
    pieces.append(struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF))
    return b"".join(pieces)


def tar_gz(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A `.tar.gz` of the members."""
    return gzip_stored(tar(members))
