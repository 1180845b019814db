"""Archives made for tests, of invented members; the same bytes in every run, but for 7z files, which hold the date."""

import bz2
import gzip
import io
import lzma
import random
import tarfile
import warnings
import zipfile
import zlib

import zstandard
from py7zr import SevenZipFile

# kinds of members that are no pages
SPECIAL = {"soft": tarfile.SYMTYPE, "hard": tarfile.LNKTYPE, "pipe": tarfile.FIFOTYPE}
PACKERS = {
    "": bytes,
    ".gz": lambda data: gzip.compress(data, mtime=0),
    ".xz": lzma.compress,
    ".bz2": bz2.compress,
    ".zst": zstandard.ZstdCompressor(write_checksum=True).compress,
}


def noise(number, size=4000):
    """Bytes that do not compress, the same in every run."""
    return random.Random(number).randbytes(size)


def tar_bytes(members, form=tarfile.GNU_FORMAT):
    """A tar archive of pairs of name and bytes, or name and a key of SPECIAL."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form, errors="surrogateescape") as archive:
        for name, content in members:
            head = tarfile.TarInfo(name)
            if isinstance(content, bytes):
                head.size = len(content)
                archive.addfile(head, io.BytesIO(content))
            else:
                head.type, head.linkname = SPECIAL[content], "/etc/hostname"
                archive.addfile(head)
    return buffer.getvalue()


def zip_bytes(members, method=zipfile.ZIP_DEFLATED, stream=False):
    """A zip file; `stream`: written without going back, so that sizes stand behind the bytes."""
    buffer = io.BytesIO()
    target = _NoWayBack(buffer) if stream else buffer
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", method) as archive:
        warnings.simplefilter("ignore")  # a name given twice is meant
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name) if isinstance(name, str) else name, content, method)
    return buffer.getvalue()


class _NoWayBack(io.RawIOBase):
    """A stream that cannot be sought in."""

    def __init__(self, target):
        self._target = target

    def writable(self):
        return True

    def write(self, data):
        return self._target.write(data)


def seven_zip_bytes(members, **options):
    """A 7z file."""
    buffer = io.BytesIO()
    with SevenZipFile(buffer, "w", **options) as archive:
        for name, content in members:
            archive.writestr(content, name)
    return buffer.getvalue()


def deflate(data):
    """Raw deflate, as zip files hold it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def damage(data, place, count=40):
    """The same bytes with some of them turned over."""
    return data[:place] + bytes(byte ^ 0xFF for byte in data[place : place + count]) + data[place + count :]
