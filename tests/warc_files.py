"""WARC files made for tests: invented addresses and pages, the same bytes in every run."""

import io
from dataclasses import dataclass, field

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SITE = "http://" + "a2" * 8 + ".onion"
DATE = "2019-01-31T12:00:00Z"


@dataclass
class Record:
    """One record: its type, address, HTTP status line, headers and body; `warc`: further heads of the record."""

    path: str
    body: bytes = b""
    type: str = "response"
    status: str | None = "200 OK"
    headers: dict[str, str] = field(default_factory=dict)
    warc: dict[str, str] = field(default_factory=dict)
    site: str = SITE


def warc_bytes(records, gzip=True):
    """A WARC file of these records."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=gzip)
    for number, one in enumerate(records):
        heads = {"WARC-Date": DATE, "WARC-Record-ID": f"<urn:uuid:{number}>"} | one.warc
        http = None
        if one.status and one.type in ("response", "revisit", "request"):
            line, protocol = (one.status, "HTTP/1.1")
            http = StatusAndHeaders(line, list(({"Content-Type": "text/html"} | one.headers).items()), protocol)
        writer.write_record(
            writer.create_warc_record(
                one.site + one.path,
                one.type,
                payload=io.BytesIO(one.body),
                http_headers=http,
                warc_headers_dict=heads,
                warc_content_type=one.headers.get("Content-Type", "") if http is None else "",
            )
        )
    return buffer.getvalue()
