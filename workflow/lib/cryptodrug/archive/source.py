"""A container to be opened: the file itself, or an archive that was found inside another."""

import zlib
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from cryptodrug.archive.limits import Budget
from cryptodrug.archive.members import Taken
from cryptodrug.archive.unpack import PIECE

IN_MEMORY = 32 << 20  # a larger archive inside an archive goes to a nameless temporary file


@dataclass(frozen=True)
class Source:
    """Bytes to seek in, how many they are, and where they come from.

    `place`: where an archive inside another stands; `depth`: 0 for the file itself; `again`: see `Page`; `layers`: how
    many packings were taken off.
    """

    stream: BinaryIO
    size: int
    name: str
    budget: Budget
    place: str = ""
    depth: int = 0
    again: bool = False
    layers: int = 0

    @property
    def prefix(self) -> str:
        """What stands in front of the paths of what is inside."""
        return f"{self.place}!/" if self.place else ""


def spool(stream: Taken, most: int) -> tuple[BinaryIO, int, int]:
    """All bytes of a stream, at most `most`, as a file to seek in; its size and its checksum (CRC-32)."""
    file, size, crc = SpooledTemporaryFile(IN_MEMORY), 0, 0  # noqa: SIM115
    while size < most and (piece := stream.take(min(PIECE, most - size))):
        file.write(piece)
        size, crc = size + len(piece), zlib.crc32(piece, crc)
    file.seek(0)
    return file, size, crc
