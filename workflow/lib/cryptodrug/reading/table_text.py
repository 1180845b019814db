"""The text of a table file, piece by piece: a dump of gigabytes is never in memory."""

import codecs
import io
import re
from collections.abc import Iterator

from cryptodrug.archive.members import Taken
from cryptodrug.errors import InputError
from cryptodrug.reading.encoding import is_encoding

PIECE = 1 << 16  # bytes that are decoded at once
LONGEST = 1 << 24  # characters of a line or a value; nothing that is a table has a longer one
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_STRANGE = re.compile("[\udc80-\udcff]")


def _as_windows(found: re.Match) -> str:
    """A byte that is not of the encoding, read as one of Windows-1252."""
    byte = bytes([ord(found.group()) - 0xDC00])
    try:
        return byte.decode("cp1252")
    except UnicodeDecodeError:
        return byte.decode("latin-1")


def text_of(stream: Taken, encoding: str, notes: set[str]) -> Iterator[str]:
    """The text in pieces. Bytes that are not of the encoding are read as Windows-1252, and noted."""
    data = stream.take(PIECE)
    wide = data[:2] in _WIDE
    name = "utf-16" if wide else encoding if is_encoding(encoding) else "utf-8"
    decoder = codecs.getincrementaldecoder(name)("replace" if wide else "surrogateescape")
    if wide:
        notes.add("encoding")
    first = True
    while data:
        following = stream.take(PIECE)
        text = decoder.decode(data, final=not following)
        if not text.isascii() and _STRANGE.search(text):
            notes.add("encoding")
            text = _STRANGE.sub(_as_windows, text)
        if text:
            yield text.removeprefix("\ufeff") if first else text
            first = False
        data = following


def too_long(name: str) -> InputError:
    """The error for a file that is no table at all."""
    return InputError(
        "a line or a value of a table is longer than any can be",
        where=name,
        not_done="the table was not read",
        do="look at the file: it may be no table, or one that is damaged",
    )


def lines_of(pieces: Iterator[str], name: str) -> Iterator[str]:
    """Lines with their ends. A title may hold one of the rarer line ends of Unicode, which end no line of a table.

    Raises
    ------
    InputError : a line is longer than any can be.
    """
    rest = ""
    for piece in pieces:
        rest += piece
        # a return at the very end may be the first half of a line end
        end = max(rest.rfind("\n"), rest.rfind("\r", 0, -1)) + 1
        yield from io.StringIO(rest[:end], newline="")
        rest = rest[end:]
        if len(rest) > LONGEST:
            raise too_long(name)
    yield from io.StringIO(rest, newline="")
