"""Members of a 7z file, in its order, one at a time.

`py7zr` extracts to files or hands over whole archives; here its unpackers are asked piece by piece. Its list of
members is in memory: about one kilobyte each.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

from py7zr import SevenZipFile
from py7zr.exceptions import PasswordRequired

from cryptodrug.archive.limits import Budget
from cryptodrug.archive.members import Member
from cryptodrug.archive.refusal import ENCRYPTED, LINK, UNKNOWN_PACKING
from cryptodrug.archive.unpack import MOST_MEMORY, PIECE


class _Block:
    """Members that are packed as one: each is reached by unpacking those in front of it."""

    def __init__(self, archive: SevenZipFile, folder: Any, begin: int, packed: int, budget: Budget) -> None:
        self._stream, self._folder, self._begin = archive.fp, folder, begin
        self._packed, self._budget = packed, budget
        self._unpacker: Any = None
        self._at, self._read = begin, 0  # packed place, unpacked bytes that were read
        self.damage: Exception | None = None

    def _piece(self, most: int) -> bytes:
        """The next bytes of the block."""
        if self.damage is not None:
            return b""
        try:
            if self._unpacker is None:
                self._unpacker = self._folder.get_decompressor(self._packed, reset=True)
            while True:
                self._stream.seek(self._at)
                piece = bytes(self._unpacker.decompress(self._stream, most))
                moved, self._at = self._stream.tell() - self._at, self._stream.tell()
                if piece or not moved:
                    break
            if not piece:
                raise EOFError("the packed bytes have no end")
            self._budget.take(len(piece))
        except Exception as error:  # py7zr and its unpackers fail in many ways on damaged bytes
            self.damage, piece = error, b""
        self._read += len(piece)
        return piece

    def take(self, place: int, count: int) -> bytes:
        """Bytes from a place of the block, which is not in front of what was read."""
        while self._read < place and self._piece(min(PIECE, place - self._read)):
            pass
        pieces = []
        while count > 0 and self._read >= place and (piece := self._piece(min(PIECE, count))):
            pieces.append(piece)
            count, place = count - len(piece), place + len(piece)
        return b"".join(pieces)

    def close(self) -> None:
        """Give back the memory of the unpacker."""
        self._unpacker = self._folder.decompressor = None


class _Stream:
    """The bytes of one member."""

    def __init__(self, block: _Block, place: int, size: int) -> None:
        self._block, self._place, self._left = block, place, size

    @property
    def damage(self) -> Exception | None:
        """What stopped the unpacking of the block."""
        return self._block.damage

    def take(self, count: int) -> bytes:
        """The next bytes; fewer at the end or at a damage."""
        data = self._block.take(self._place, min(count, self._left))
        self._place, self._left = self._place + len(data), self._left - len(data)
        return data


class _Empty:
    damage: Exception | None = None

    def take(self, count: int) -> bytes:
        """Nothing."""
        return b""


def _dictionary(properties: bytes) -> int:
    """Memory that the settings of an unpacker ask for, bytes: those of LZMA and PPMd have five bytes, LZMA2 one."""
    if len(properties) == 1 and properties[0] <= 40:
        return (2 | properties[0] & 1) << properties[0] // 2 + 11
    return int.from_bytes(properties[1:5], "little") if len(properties) == 5 else 0


def _block_refusal(folder: Any) -> str | None:
    """Why nothing of a block can be read, or None."""
    if folder is None or any(_dictionary(coder.get("properties") or b"") > MOST_MEMORY for coder in folder.coders):
        return UNKNOWN_PACKING
    try:
        folder.get_decompressor(0, reset=True)
    except PasswordRequired:
        return ENCRYPTED
    except Exception:  # an unpacker that py7zr does not know, or with settings that are none
        return UNKNOWN_PACKING
    finally:
        folder.decompressor = None
    return None


def _open(stream: BinaryIO) -> SevenZipFile:
    try:
        return SevenZipFile(stream, "r")
    except PasswordRequired:
        raise ValueError("the list of members is encrypted") from None
    except Exception as error:  # a damaged head fails in many ways
        raise ValueError(f"the head of the 7z file is damaged ({type(error).__name__})") from error


def _blocks(archive: SevenZipFile, budget: Budget) -> dict[int, _Block]:
    """The blocks by the identity of their folder, which py7zr hangs on each member."""
    streams = getattr(archive.header, "main_streams", None)
    if streams is None:
        return {}
    places, begin = streams.packinfo.packpositions, archive.afterheader
    return {
        id(folder): _Block(archive, folder, begin + first, last - first, budget)
        for folder, first, last in zip(streams.unpackinfo.folders, places, places[1:], strict=False)
    }


def seven_zip_members(stream: BinaryIO, budget: Budget) -> Iterator[Member]:
    """Every entry that is no folder.

    Raises
    ------
    ValueError : the head of the file is damaged or encrypted.
    """
    archive = _open(stream)
    blocks, total = _blocks(archive, budget), max(len(archive.files), 1)
    block, refusal, place = None, None, 0
    for number, file in enumerate(archive.files):
        if file.is_directory:
            continue
        if file.emptystream:
            yield Member(file.filename, 0, _Empty(), None, number, total)
            continue
        mine = blocks.get(id(file.folder))
        if mine is not block:
            if block is not None:
                block.close()
            block, place, refusal = mine, 0, _block_refusal(file.folder)
        shown = LINK if file.is_symlink or file.is_junction or file.is_socket else refusal
        size = file.uncompressed
        yield Member(file.filename, size, _Stream(block, place, size), shown, number, total, file.crc32)
        place += size
