"""How the pages of a group are told from all others: texts in their source."""

import re
from collections.abc import Iterable

from cryptodrug.markets.sampled import SampledPage

_ATTRIBUTE = re.compile(rb"\b(?:id|class|name|action|type)=(?:\"[^\"<>]{2,60}\"|'[^'<>]{2,60}'|[\w-]{2,60})")
_WORDS = re.compile(rb">\s*([^<>{}\"]{4,40}?)\s*<")
_UNSTEADY = re.compile(rb"\d|\\")  # numbers belong to one page, not to its kind
MOST = 3  # texts in one condition

When = dict[str, list[str]]


def marks_of(page: SampledPage) -> set[bytes]:
    """Texts by which the page may be known: its ids, classes and names, and its short words."""
    found = {mark.group() for mark in _ATTRIBUTE.finditer(page.data)}
    words = (mark for mark in _WORDS.finditer(page.data) if b"\n" not in mark.group(1))
    # with the end of the tag in front where they stand at it: a mark is a text of the source, blanks included
    found |= {mark.group(1) if mark.start(1) - mark.start() > 1 else b">" + mark.group(1) for mark in words}
    return {mark for mark in found if not _UNSTEADY.search(mark) and _is_text(mark)}


def _is_text(mark: bytes) -> bool:
    text = mark.decode("utf-8", "replace")
    return text.isprintable() and "\ufffd" not in text and re.search(r"[^\W\d_]{3}", text) is not None


def _shared(pages: Iterable[SampledPage]) -> set[bytes]:
    """Marks that all pages of a group have."""
    sets = [marks_of(page) for page in pages]
    return set.intersection(*sets) if sets else set()


def _order(mark: bytes) -> tuple[int, int, bytes]:
    """Ids before classes before names before words; of these the longest, which says most."""
    kinds = (b"id=", b"class=", b"name=", b"action=", b"type=", b">", b"")
    return (next(index for index, kind in enumerate(kinds) if mark.startswith(kind)), -len(mark), mark)


def _holding(mark: bytes, pages: list[SampledPage]) -> list[SampledPage]:
    return [page for page in pages if mark in page.data]


def tell_apart(group: list[SampledPage], others: list[SampledPage], favoured: Iterable[str] = ()) -> When:
    """A condition that holds for all pages of the group and, as far as can be, for no other page.

    `favoured`: names that the rules of the group use (`offer-row`); a mark with one of them is taken before others that
    tell as well. Returns texts under `contains` and `lacks`; empty when the group has no mark of its own.
    """
    shared = sorted(_shared(group), key=_order)
    wanted = [name.encode() for name in favoured]
    when: When = {"contains": [], "lacks": []}
    left = others
    while len(when["contains"]) < MOST and (left or not when["contains"]) and shared:
        mark = min(
            shared,
            key=lambda one: (len(_holding(one, left)), not any(name in one for name in wanted), shared.index(one)),
        )
        remaining = _holding(mark, left)
        if when["contains"] and len(remaining) == len(left):
            break
        when["contains"].append(mark.decode())
        left = remaining
    ours = b"\n".join(page.data for page in group)
    while left and len(when["lacks"]) < MOST:
        foreign = sorted({mark for page in left for mark in marks_of(page) if mark not in ours}, key=_order)
        if not foreign:
            break
        mark = max(foreign, key=lambda one: (len(_holding(one, left)), -foreign.index(one)))
        when["lacks"].append(mark.decode())
        left = [page for page in left if mark not in page.data]
    return {name: texts for name, texts in when.items() if texts}
