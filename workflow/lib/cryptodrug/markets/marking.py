"""Which elements of the shown page the fields were taken from.

The reader parses only pieces of a page. So each start tag is given its place in the page as an attribute, in the pieces
and in the whole page alike, and an element of a piece is found again in the whole page by that place.
"""

import re
from collections.abc import Iterable
from typing import Any

from cryptodrug.markets.matches import Match
from cryptodrug.reading.elements import parse

PLACE = "data-cd-at"
_TAGS = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(script|style|textarea|title|xmp|iframe|noembed|noframes)\b.*?(?:</\1|\Z)|<[a-zA-Z][^\s/>\x00<]*",
    re.DOTALL | re.IGNORECASE,
)


def with_places(pieces: Iterable[tuple[int, bytes]]) -> Any:
    """The tree of pieces (place in the page, bytes), each start tag with its place in the page as an attribute."""
    return parse(b"".join(_numbered(offset, piece) for offset, piece in pieces))


def _numbered(offset: int, piece: bytes) -> bytes:
    def add(found: re.Match[bytes]) -> bytes:
        if found.group().startswith(b"<!--") or found.group(1):
            return found.group()
        return b'%b %b="%d" ' % (found.group(), PLACE.encode(), offset + found.start())

    return _TAGS.sub(add, piece)


def places(found: list[Match]) -> dict[str, list[str]]:
    """The names of the fields by the place of the element that they were taken from."""
    by_place: dict[str, list[str]] = {}
    for one in found:
        shown = one.nodes if one.rule.join is not None else one.nodes[:1]
        for node in shown if one.value is not None else []:
            at = node.attributes.get(PLACE) if hasattr(node, "attributes") else None
            if at is not None and one.name not in by_place.setdefault(at, []):
                by_place[at].append(one.name)
    return by_place
