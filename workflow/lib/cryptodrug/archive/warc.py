"""Pages of a WARC file (ISO 28500), plain or compressed record by record; ARC files of older crawlers as well.

Responses are pages, with HTTP status, encoding and time; a revisit is given the payload of the earlier capture that it
refers to. Everything else (requests, redirects, pictures, notes of the crawler) is counted by reason.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.limitreader import LimitReader

from cryptodrug.archive.page import Page, without_host
from cryptodrug.archive.places import Places
from cryptodrug.archive.refusal import LARGEST_PAGE, NO_TEXT, TOO_LARGE, UNKNOWN_PACKING
from cryptodrug.archive.report import Report

_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
# Python knows more, which no browser reads
_READ_BY_BROWSERS = re.compile(r"utf-(?:8|16)|cp\d|iso8859|koi8|gb|big5|shift_jis|euc|iso2022|mac|tis")
_NO_TEXT = re.compile(
    r"(?:image|audio|video|font)/|text/css|(?:text|application)/(?:x-)?(?:java|ecma)script", re.IGNORECASE
)
_UNPACKED = ("", "identity", "gzip", "x-gzip", "deflate")
NOT_FOUND = "revisit without its earlier capture"


class _Records(ArchiveIterator):
    """Records of a WARC file. What stands between records is counted; the parent would print it, and it may be text."""

    INC_RECORD = ""
    whole = True  # the last packed record is not cut off

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


def _records(stream: BinaryIO, offset: int = 0) -> _Records:
    stream.seek(offset)
    return _Records(stream, arc2warc=True)


def _next(records: _Records) -> Any:
    """The next record, None at the end of the file."""
    try:
        return next(records, None)
    except OSError:
        raise
    except Exception as error:
        # warcio fails in many ways on a broken head, and its messages may quote the archive
        raise ValueError("a record has no whole head") from error


def _header(headers: Any, name: str) -> str:
    return ((headers.get_header(name) if headers else None) or "").strip()


def path_of(uri: str) -> str:
    """Path and query of an address, without the host."""
    parts = urlsplit(uri)
    return without_host((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def charset_of(content_type: str) -> str | None:
    """The encoding that a `Content-Type` names, as Python names it; None where it names none that is known.

    A browser reads `iso-8859-1` and `us-ascii` as windows-1252 (WHATWG Encoding Standard), and so do we.
    """
    found = _CHARSET.search(content_type)
    try:
        known = codecs.lookup(found.group(1)).name if found else ""
    except LookupError:
        return None
    if known in ("iso8859-1", "ascii"):
        return "cp1252"
    return known if _READ_BY_BROWSERS.match(known) else None


def _status(headers: Any) -> int | None:
    code = headers.get_statuscode() if headers else ""
    return int(code) if re.fullmatch(r"[1-9]\d\d", code) else None


def _refusal(record: Any, uri: str) -> str | None:
    """Why a record is no page, from its heads alone; None for a page."""
    if record.rec_type not in ("response", "resource", "revisit"):
        return f"record of the crawler: {record.rec_type}"
    if not uri.lower().startswith(("http://", "https://")):
        return "record of the crawler: no page of the web"
    status = _status(record.http_headers) or 200
    if 300 <= status < 400 and not (status == 304 and record.rec_type == "revisit"):
        return "redirect"
    content_type = _header(record.http_headers, "Content-Type")
    if record.rec_type == "resource":
        content_type = _header(record.rec_headers, "Content-Type")
    return NO_TEXT if _NO_TEXT.match(content_type) else None


def _payload(record: Any) -> bytes | None:
    """The body as the server meant it, without chunks and packing; None when it is larger than any page.

    Raises
    ------
    NotImplementedError : the body is packed in a way that cannot be unpacked.
    """
    if _header(record.http_headers, "Content-Encoding").lower() not in _UNPACKED:
        raise NotImplementedError("body packed in an unknown way")
    data = record.content_stream().read(LARGEST_PAGE + 1)
    return data if len(data) <= LARGEST_PAGE else None


def _require_whole(record: Any) -> None:
    """Read what is left of a record; a record that ends before the length that its head gives is damaged."""
    while record.raw_stream.read(1 << 16):
        pass
    length = _header(record.rec_headers, "Content-Length") or _header(record.rec_headers, "length")
    if not length.isdecimal() or (isinstance(record.raw_stream, LimitReader) and record.raw_stream.limit):
        raise EOFError("a record is shorter than its head says")


class _Captures:
    """Where earlier captures stand, by all names under which a revisit may refer to them."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._places = stream, Places()

    def keep(self, record: Any, uri: str, offset: int) -> None:
        """Remember where a response stands."""
        names = [_header(record.rec_headers, name) for name in ("WARC-Payload-Digest", "WARC-Record-ID")]
        for name in (*names, f"{uri} {_header(record.rec_headers, 'WARC-Date')}"):
            if name:
                self._places.put(name, offset)

    def _place(self, revisit: Any) -> int | None:
        address = _header(revisit.rec_headers, "WARC-Refers-To-Target-URI")
        names = [_header(revisit.rec_headers, name) for name in ("WARC-Refers-To", "WARC-Payload-Digest")]
        for name in (names[0], f"{address} {_header(revisit.rec_headers, 'WARC-Refers-To-Date')}", names[1]):
            if name and (place := self._places.get(name)) is not None:
                return place
        return None

    def earlier(self, revisit: Any) -> tuple[Any, bytes] | None:
        """HTTP head and body of the capture that a revisit refers to; None when this file does not hold it."""
        place = self._place(revisit)
        if place is None:
            return None
        here = self._stream.tell()
        try:
            record = next(_records(self._stream, place))
            data = _payload(record)
        finally:
            self._stream.seek(here)
        return None if data is None else (record.http_headers, data)


def _page(uri: str, record: Any, head: Any, data: bytes) -> Page:
    served = record.http_headers if _status(record.http_headers) not in (None, 304) else head
    date = _header(record.rec_headers, "WARC-Date")
    content_type = _header(served, "Content-Type") or _header(head, "Content-Type")
    known = _DATE.match(date)
    return Page(
        path_of(uri),
        data,
        status=_status(served),
        charset=charset_of(content_type),
        captured_at=f"{known.group()}Z" if known else None,
    )


def _read(record: Any, uri: str, offset: int, captures: _Captures) -> tuple[Page | None, str]:
    """The page of one record, or the reason why it has none."""
    try:
        if record.rec_type == "revisit":
            found = captures.earlier(record)
            return (None, NOT_FOUND) if found is None else (_page(uri, record, *found), "")
        data = _payload(record)
    except NotImplementedError:
        return None, UNKNOWN_PACKING
    if data is None:
        return None, TOO_LARGE
    captures.keep(record, uri, offset)
    return _page(uri, record, record.http_headers or record.rec_headers, data), ""


def warc_pages(path: Path, report: Report) -> Iterator[Page]:
    """Every response, resource and revisit of the file, in its order.

    Raises
    ------
    EOFError, ValueError : the file is cut off or damaged.
    """
    with path.open("rb") as stream:
        size = max(path.stat().st_size, 1)
        report.position = lambda: stream.tell() / size
        captures, records = _Captures(stream), _records(stream)
        while (record := _next(records)) is not None:
            uri = _header(record.rec_headers, "WARC-Target-URI")
            page, reason = None, _refusal(record, uri)
            if reason is None:
                page, reason = _read(record, uri, records.offset, captures)
            _require_whole(record)
            if page is not None:
                yield page
            else:
                report.refuse(reason)
        if not records.whole:
            raise EOFError("the last record is cut off")
