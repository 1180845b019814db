"""The page in a file that a browser saved as one (MHTML, RFC 2557); its pictures and styles are counted."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import BinaryIO

from cryptodrug.archive.members import Capture
from cryptodrug.archive.page import path_of
from cryptodrug.archive.refusal import NO_TEXT
from cryptodrug.archive.warc import charset_of

_SITE = re.compile(r"^[a-z]+://[^/]+", re.IGNORECASE)


def _capture(part: Message) -> Capture:
    data = part.get_payload(decode=True) or b""
    if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
        return Capture("", refusal=NO_TEXT, size=len(data))
    address = str(part.get("Content-Location", ""))
    facts = {"charset": charset_of(str(part.get("Content-Type", "")))}
    if site := _SITE.match(address):
        # links within the site were made whole addresses
        facts["received"], data = data, data.replace(f"{site.group()}/".encode(), b"/")
    return Capture(path_of(address) if site else "/", data, facts, size=len(data))


def mhtml_captures(stream: BinaryIO) -> Iterator[Capture]:
    """Every part of the file.

    Raises
    ------
    ValueError : the file is nested deeper than any browser does.
    """
    try:
        parts = [part for part in message_from_bytes(stream.read()).walk() if not part.is_multipart()]
    except RecursionError as error:
        raise ValueError("parts inside too many parts") from error
    yield from (_capture(part) for part in parts)
