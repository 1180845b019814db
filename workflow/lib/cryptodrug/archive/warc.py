"""Pages of a WARC file (ISO 28500), plain or compressed record by record; ARC files of older crawlers as well.

Responses are pages, with HTTP status, encoding and time; a revisit is given the payload of the earlier capture that it
refers to. Everything else (requests, redirects, pictures, notes of the crawler) is counted by reason.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from cryptodrug.archive.members import Capture, Damaged
from cryptodrug.archive.page import path_of
from cryptodrug.archive.refusal import NO_TEXT, TOO_LARGE, UNKNOWN_PACKING
from cryptodrug.archive.seen import Places
from cryptodrug.archive.source import Source
from cryptodrug.archive.warc_records import drain, header, records_from, records_of

_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
# Python knows more, which no browser reads
_READ_BY_BROWSERS = re.compile(r"utf-(?:8|16)|cp\d|iso8859|koi8|gb|big5|shift_jis|euc|iso2022|mac|tis")
_NO_TEXT = re.compile(
    r"(?:image|audio|video|font)/|text/css|(?:text|application)/(?:x-)?(?:java|ecma)script", re.IGNORECASE
)
UNPACKED = ("", "identity", "gzip", "deflate")
NOT_FOUND = "revisit without its earlier capture"
REDIRECT = "redirect"


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
        return f"record of the crawler: {record.rec_type or 'of no type'}"
    if not uri.lower().startswith(("http://", "https://")):
        return "record of the crawler: no page of the web"
    status = _status(record.http_headers) or 200
    if 300 <= status < 400 and not (status == 304 and record.rec_type == "revisit"):
        return REDIRECT
    content_type = header(record.http_headers, "Content-Type")
    if record.rec_type == "resource":
        content_type = header(record.rec_headers, "Content-Type")
    return NO_TEXT if _NO_TEXT.match(content_type) else None


def _payload(record: Any, most: int) -> tuple[bytes, str | None]:
    """The body as the server meant it, without chunks and packing, or why it is not read."""
    packing = header(record.http_headers, "Content-Encoding").lower().removeprefix("x-")
    if packing not in UNPACKED:
        return b"", UNKNOWN_PACKING
    data = record.content_stream().read(most + 1)
    return (b"", TOO_LARGE) if len(data) > most else (data, None)


class _Captures:
    """Where earlier captures stand, by all names under which a revisit may refer to them."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream, self._most, self._places = stream, most, Places()

    def keep(self, record: Any, uri: str, place: int) -> None:
        """Remember where a response stands."""
        names = [header(record.rec_headers, name) for name in ("WARC-Payload-Digest", "WARC-Record-ID")]
        for name in (*names, f"{uri} {header(record.rec_headers, 'WARC-Date')}"):
            if name:
                self._places.put(name, place)

    def _place(self, revisit: Any) -> int | None:
        address = header(revisit.rec_headers, "WARC-Refers-To-Target-URI")
        names = [header(revisit.rec_headers, name) for name in ("WARC-Refers-To", "WARC-Payload-Digest")]
        for name in (names[0], f"{address} {header(revisit.rec_headers, 'WARC-Refers-To-Date')}", names[1]):
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
            record = next(records_from(self._stream, place))
            data, reason = _payload(record, self._most)
            if reason or drain(record) is not None:
                return None
        finally:
            self._stream.seek(here)
        return record.http_headers or record.rec_headers, data


def _facts(record: Any, head: Any) -> dict[str, Any]:
    """Status, encoding and time; those of the earlier capture where a revisit has none of its own."""
    served = record.http_headers if _status(record.http_headers) not in (None, 304) else head
    known = _DATE.match(header(record.rec_headers, "WARC-Date"))
    return {
        "status": _status(served),
        "charset": charset_of(header(served, "Content-Type") or header(head, "Content-Type")),
        "captured_at": f"{known.group()}Z" if known else None,
    }


def _capture(record: Any, uri: str, captures: _Captures, most: int) -> Capture:
    """The page of a record, or why it has none."""
    if record.rec_type == "revisit":
        found = captures.earlier(record)
        if found is None:
            return Capture(path_of(uri), refusal=NOT_FOUND)
        head, data = found
        reason = None
    else:
        head = record.http_headers or record.rec_headers
        data, reason = _payload(record, most)
    return Capture(path_of(uri), data, _facts(record, head), reason, len(data))


def warc_captures(source: Source, most: int, mine: Callable[[int], bool], damaged: Damaged) -> Iterator[Capture]:
    """Every record, in the order of the file.

    Parameters
    ----------
    most : bytes of the largest page.
    mine : whether the record at a place is to be read by this job; else only its names are taken.
    """
    captures = _Captures(source.stream, most)
    for found in records_of(source.stream, source.size, damaged):
        record, place = found.head, found.place
        uri = header(record.rec_headers, "WARC-Target-URI")
        reason = _refusal(record, uri)
        if reason is not None:
            capture = Capture("", refusal=reason, size=max(record.length or 0, 0))
        elif mine(place):
            capture = _capture(record, uri, captures, most)
        else:
            capture = Capture(path_of(uri))
        fault = found.fault = drain(record)
        if fault is None and reason is None and record.rec_type != "revisit":
            captures.keep(record, uri, place)
        elif fault is not None:
            damaged(fault, 0, place, source.size)
            capture.cut = True
            if isinstance(fault, ValueError) or not capture.data:
                continue
        capture.place, capture.of = place, max(source.size, 1)
        yield capture
