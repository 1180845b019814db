"""The bytes of a page as UTF-8, whatever the crawler and the market did to them."""

import codecs
import re
from functools import lru_cache

_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
HEAD = 2048
# a crawler written in Python can save the text of a bytes object in place of the bytes: b'<html>\n<head>'
_LITERALS = (b"b'", b'b"')
_ESCAPE = re.compile(rb"\\(x[0-9a-fA-F]{2}|[^x])", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"\\": b"\\", b"'": b"'", b'"': b'"'}
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_REPLACED = "\ufffd"
MOSTLY = 10  # so many good characters beyond ASCII for each bad one, and a page is UTF-8 with some damage


# what Python can decode and no page is written in; some of them need time that grows with the square of the length
_OF_NO_PAGE = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"}


@lru_cache
def is_encoding(name: str) -> bool:
    """Whether a page can be in the encoding of this name."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    # `hex` or `zlib` are codecs too, but give no text
    return getattr(found, "_is_text_encoding", True) and found.name.replace("_", "-") not in _OF_NO_PAGE


def without_broken_end(page: bytes) -> bytes:
    """A page that is cut off, without the text behind its last tag: a price cut in two is no price of the page."""
    return page[: page.rfind(b">") + 1] or page


def _written_out(escape: re.Match) -> bytes:
    code = escape.group(1)
    return bytes([int(code[1:], 16)]) if code.startswith(b"x") else _ESCAPED.get(code, escape.group())


def _out_of_literal(page: bytes, notes: set[str]) -> bytes:
    """The page behind the text of a Python bytes object; any other page as it is."""
    if page[:2] not in _LITERALS or page.rstrip()[-1:] != page[1:2]:
        return page
    notes.add("python-literal")
    return _ESCAPE.sub(_written_out, page.rstrip()[2:-1])


def _damaged_utf8(page: bytes) -> bytes | None:
    """UTF-8 with bad bytes here and there, or a character cut in two at the end; None when it is something else."""
    text = page.decode("utf-8", "replace")
    bad = text.count(_REPLACED)
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    at_end_only = bad == 1 and text.endswith(_REPLACED)
    return text.encode() if at_end_only or good >= MOSTLY * bad else None


def _declared(page: bytes) -> list[str]:
    """The encoding that the page names itself; a page whose tags can be read is not in a wide one."""
    found = _CHARSET.search(page[:HEAD])
    name = found.group(1).decode("ascii") if found else ""
    narrow = is_encoding(name) and not name.lower().startswith(("utf-16", "utf-32", "ucs-"))
    return [name] if narrow else []


def as_utf8(page: bytes, encoding: str, notes: set[str]) -> bytes:
    """The page as UTF-8; noted when it is not what the market file says.

    In this order: wide characters that show themselves by their first bytes, the encoding of the market file, UTF-8
    with some damage, what the page says of itself, Windows-1252, byte by byte.
    """
    page = _out_of_literal(page, notes)
    if not is_encoding(encoding):
        encoding = "utf-8"
    if encoding == "utf-8" and page.isascii():
        return page
    if page[:2] in _WIDE:
        notes.add("encoding")
        return page.decode(_WIDE[page[:2]], "replace").encode()
    try:
        page.decode(encoding)
    except UnicodeDecodeError:
        notes.add("encoding")
    else:
        return page if encoding == "utf-8" else page.decode(encoding).encode()
    if encoding == "utf-8" and (mended := _damaged_utf8(page)) is not None:
        return mended
    for name in [*_declared(page), "cp1252"]:
        try:
            return page.decode(name).encode()
        except (UnicodeError, LookupError):
            continue
    return page.decode("latin-1").encode()
