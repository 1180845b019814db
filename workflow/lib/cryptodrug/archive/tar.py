"""Members of a tar archive, in its order; what stands behind a damage is looked for when the study keeps it."""

import io
import tarfile
import zlib
from collections.abc import Iterator

from cryptodrug.archive.members import Damaged, Member
from cryptodrug.archive.refusal import LINK
from cryptodrug.archive.unpack import Forward

BLOCK = 512
LARGEST_HEAD = 1 << 20  # long names and the like; a head of gigabytes is an attack on memory
HOLES = "file with holes"
_REGULAR = (ord("0"), 0)


def _plain_head(block: bytes) -> tuple[str, int] | None:
    """Name and size of a plain file with a plain head; None for all others, which `tarfile` reads.

    `tarfile` takes 15 microseconds for a head, a sixteenth of what a page takes from archive to table; this takes four.
    """
    size, prefix = block[124:136].rstrip(b"\0 "), block[345:500]
    if block[156] not in _REGULAR or not size.isdigit() or (block[257:263] == b"ustar\0" and prefix[0]):
        return None
    checksum = block[148:156]
    # this checksum holds the sum, and one, modulo 65521: more than 512 bytes below 128 can have
    total = (zlib.adler32(block) & 0xFFFF) - 1 if block.isascii() else sum(block)
    if total - sum(checksum) + 256 != int(checksum.strip(b"\0 ") or b"0", 8):
        return None
    name = block[: block.index(0)] if 0 in block[:100] else block[:100]
    return name.decode("utf-8", "surrogateescape"), int(size, 8)


class _Heads:
    """The stream as `tarfile` sees it, which reads heads only."""

    def __init__(self, stream: Forward) -> None:
        self._stream = stream
        self.tell = stream.tell

    def read(self, count: int) -> bytes:
        """The next bytes of a head."""
        if count > LARGEST_HEAD:
            raise tarfile.InvalidHeaderError("a head larger than any name")
        return self._stream.take(count)


def _archive(stream: Forward) -> tarfile.TarFile:
    """An archive of which nothing is read yet: `tarfile` would begin with the first head, which may be damaged."""
    archive = tarfile.TarFile(fileobj=io.BytesIO(bytes(2 * BLOCK)), encoding="utf-8", errors="surrogateescape")
    archive.fileobj, archive.offset = _Heads(stream), 0
    return archive


class _Reading:
    """Where the reading of an archive stands."""

    def __init__(self, stream: Forward, size: int, damaged: Damaged) -> None:
        self.stream, self._size, self._damaged = stream, size, damaged
        self._archive = _archive(stream)
        self._ended = False  # by an end mark
        self._lost, self._place = 0, 0  # bytes since a damage in which no head was found; where it was met

    def _tell(self, what: Exception, lost: int) -> None:
        self._damaged(what, lost, self.stream.position, self._size)

    def _lose(self) -> None:
        """A block that is no head."""
        if not self._lost:
            self._place = self.stream.position
            self._tell(EOFError("a head that is none"), 0)
        self._lost += BLOCK
        self._ended = False

    def _found(self) -> None:
        """A head, perhaps behind a damage."""
        if self._lost:
            self._damaged(None, self._lost, self._place, self._size)
        self._lost, self._ended = 0, False

    def _member(self, begin: int) -> Member | None:
        """The member whose head begins here; None for a folder.

        Raises
        ------
        tarfile.HeaderError, ValueError : no whole head begins here.
        """
        archive, stream = self._archive, self.stream
        plain = None if archive.pax_headers else _plain_head(stream.peek(BLOCK).ljust(BLOCK))
        if plain is not None and not plain[0].endswith("/"):
            name, size = plain
            stream.skip_to(begin + BLOCK)
            archive.offset = begin + BLOCK + -(-size // BLOCK) * BLOCK
            return Member(name, size, stream, None, stream.position, self._size)
        head = tarfile.TarInfo.fromtarfile(archive)
        refusal = LINK if not head.isreg() else HOLES if head.issparse() else None
        return None if head.isdir() else Member(head.name, head.size, stream, refusal, stream.position, self._size)

    def members(self) -> Iterator[Member]:
        """Everything that is no folder. Archives may follow each other, with blocks of zeros between them."""
        while self.stream.skip_to(begin := self._archive.offset):
            try:
                member = self._member(begin)
            except (tarfile.EmptyHeaderError, tarfile.TruncatedHeaderError):
                return
            except tarfile.EOFHeaderError:
                self._ended = True
            except (tarfile.HeaderError, ValueError):
                self._lose()
            else:
                self._found()
                if member is not None:
                    yield member
                continue
            self._archive.offset = begin + BLOCK

    def finish(self) -> None:
        """Tell of an end that is none."""
        ended = self._ended
        self._found()
        if self.stream.damage is not None:
            self._tell(self.stream.damage, self._size - self.stream.position)
        elif not ended:
            self._tell(EOFError("no end mark"), 0)


def tar_members(stream: Forward, size: int, damaged: Damaged) -> Iterator[Member]:
    """Every entry that is no folder.

    Parameters
    ----------
    stream : the archive, unpacked.
    size : bytes of the file, packed.
    """
    reading = _Reading(stream, size, damaged)
    yield from reading.members()
    reading.finish()
