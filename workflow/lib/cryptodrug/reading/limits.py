"""Pages and texts beyond any real one, brought within what can be read quickly and in little memory.

The largest page of the archives that were at hand has 8,325 tags and 0.35 MB, the deepest 19 elements in each other.
Parsers and patterns need time that grows with the square of the depth, or of the length of a number; a page that is
broken or made to harm would stop a run of days. What is taken away is noted on the page: `shortened`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

NOTE = "shortened"
LARGEST = 5_000_000  # bytes of a page
MOST_TAGS = 50_000
SMALL = 6_000  # bytes: what can stand in so small a page takes no time
# from so many tags on, or so many that are not closed, a page is looked at for its depth
MANY_TAGS, MANY_OPEN = 9_000, 500
DEEPEST = 40  # a selector of three steps looks at the square of the depth for each element
MOST_CELLS = 500  # of one row of a table: `:nth-child` counts them all again for each
# a tag may be long, since a picture can stand in it, but that has no blanks; each attribute is compared with all others
LONG_TAG, MOST_BLANKS = 50_000, 2_000
MOST_ON_LINE = 1_000  # elements behind another one, up to the end of its line
MANY_ROWS, MOST_AROUND = 200, 3  # of so many rows none may stand inside more than three others
LONG_TEXT = 2_000  # characters; a shorter text is quick for any pattern
LONGEST_TEXT = 20_000  # of a text in which a pattern looks
LARGEST_TEXT = 100_000  # of any text
FEW_PARTS = 5  # so few texts are put together without asking how long they are

# possessive (`*+`, `}+`): what is taken is never given back, else a long name is tried at each of its lengths
_LONG_TAG = re.compile(rb"<([a-zA-Z][^\s<>/]*+)[^<>]{%d,}+" % LONG_TAG)
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>?")
# elements that are empty, or that the next one of their kind closes: a flat page may have any number of them
_FLAT = {
    name.encode()
    for name in "area base br col embed hr img input link meta source track wbr p li dt dd tr td th tbody thead tfoot "
    "option optgroup rt rp colgroup html head body".split()
}
_CELLS = (b"td", b"th")
_OF_TABLE = {b"td", b"th", b"tr", b"tbody", b"thead", b"tfoot", b"col", b"colgroup"}
# attributes of an end mean nothing, but between two texts they make the parser copy all text in front of them
_END = re.compile(rb"</([a-zA-Z][a-zA-Z0-9]*)[^a-zA-Z0-9<>][^<>]*>")
# nobody sees a hundred blanks, no number has a hundred digits, no word a thousand letters; each run is looked at from
# its begin only, else a text of words of 999 letters is read a thousand times
MOST_BLANKS_OF_TEXT, MOST_DIGITS, MOST_LETTERS = 100, 100, 1000


def _run(sign: str, most: int) -> re.Pattern[str]:
    return re.compile(rf"(?<!{sign})({sign}{{{most}}}){sign}++")


_BLANKS, _DIGITS, _LETTERS = _run(r"\s", MOST_BLANKS_OF_TEXT), _run(r"[\d.,]", MOST_DIGITS), _run(r"\S", MOST_LETTERS)


def _close(open_tags: list[bytes], name: bytes) -> None:
    """Take an element and those inside it from the open ones, as the parser does.

    An end without a begin ends nothing, nor one that stands in a table for what stands around the table.
    """
    for place in range(len(open_tags) - 1, -1, -1):
        if open_tags[place] == name:
            del open_tags[place:]
            return
        if open_tags[place] == b"table":
            return


def _shallow(page: bytes, notes: set[str]) -> bytes:
    """The page without the tags that stand deeper than any template goes, and those of endless rows."""
    open_tags: list[bytes] = []
    hidden, cells = 0, 0

    def stays(closing: bool, name: bytes) -> bool:
        nonlocal hidden, cells
        if name in _CELLS:
            cells += not closing
            if cells > MOST_CELLS:
                return False
        elif name == b"tr":
            cells = 0
        if name in _FLAT:
            return len(open_tags) < DEEPEST
        if not closing and len(open_tags) < DEEPEST:
            open_tags.append(name)
        elif not closing:
            hidden += 1
            return False
        elif hidden:
            hidden -= 1
            return False
        else:
            _close(open_tags, name)
        return True

    def keep(found: re.Match[bytes]) -> bytes:
        closing, name = bool(found.group(1)), found.group(2).lower()
        if name in _OF_TABLE and b"table" not in open_tags:
            return b""  # the parser takes no notice of it either, but see `_END`
        if stays(closing, name):
            return found.group()
        notes.add(NOTE)
        return b""

    return _TAG.sub(keep, page)


def _has_long_tag(page: bytes) -> bool:
    """Whether so many bytes may stand without the end of a tag: then one window of half that length has none."""
    half = LONG_TAG // 2
    return any(page.find(b">", at, at + half) < 0 for at in range(0, len(page) - half + 1, half))


def _few_attributes(found: re.Match[bytes], notes: set[str]) -> bytes:
    """A long tag, without its attributes when there is no end of them."""
    if sum(map(found.group().count, (b" ", b"\t", b"\n", b"\f", b"\r"))) <= MOST_BLANKS:
        return found.group()
    notes.add(NOTE)
    return b"<" + found.group(1)


def _whole_signs(page: bytes) -> bytes:
    """The page without the part of a UTF-8 sign at its end."""
    end = len(page)
    while end and len(page) - end < 3 and page[end - 1] & 0xC0 == 0x80:
        end -= 1
    return page[: end - 1] if end and page[end - 1] >= 0xC0 else page


def small_enough(page: bytes, notes: set[str]) -> bytes:
    """The page, or as much of its beginning as any real page has."""
    if len(page) <= LARGEST:
        return page
    notes.add(NOTE)
    return _whole_signs(page[:LARGEST])


def simple_enough(page: bytes, notes: set[str]) -> bytes:
    """The page, or what is left of it with fewer and less deep tags."""
    if len(page) <= SMALL:
        return page
    if _has_long_tag(page):
        page = _LONG_TAG.sub(lambda found: _few_attributes(found, notes), page)
    page = _END.sub(rb"</\1>", page)
    tags = page.count(b"<")
    if tags <= MANY_OPEN:
        return page
    if tags > MOST_TAGS:
        notes.add(NOTE)
        page = page[: next(islice(re.finditer(b"<", page), MOST_TAGS, None)).start()]
    if tags > MANY_TAGS or tags - 2 * page.count(b"</") > MANY_OPEN:
        return _shallow(page, notes)
    return page


def without_runs(text: str, notes: set[str]) -> str:
    """A text of any length for patterns: endless runs of one kind are cut short."""
    if len(text) <= LONG_TEXT:
        return text
    words = [len(word) for word in text.split()]
    longest, blanks = max(words, default=0), len(text) - sum(words)
    short = _BLANKS.sub(r"\1", text) if blanks - len(words) >= MOST_BLANKS_OF_TEXT - 1 else text
    if longest > MOST_DIGITS:
        short = _DIGITS.sub(r"\1", short)
    if longest > MOST_LETTERS:
        short = _LETTERS.sub(r"\1", short)
    if len(short) != len(text):
        notes.add(NOTE)
    return short


def short_enough(text: str, notes: set[str]) -> str:
    """A long text for patterns: without endless runs, and no longer than any that a person wrote."""
    if len(text) > LONGEST_TEXT:
        notes.add(NOTE)
    return without_runs(text[:LONGEST_TEXT], notes)


def apart_enough(nodes: list[Any], notes: set[str]) -> list[Any]:
    """Rows of a page; when there are very many, without those deep inside each other, which say all the same."""
    if len(nodes) <= MANY_ROWS:
        return nodes
    chosen = {node.mem_id for node in nodes}
    around: dict[int, int] = {}  # of each element that was passed: how many of the chosen are it or stand around it
    kept = []
    for node in nodes:  # in the order of the page, so that what stands around comes first
        way, above = [], node
        while above is not None and above.mem_id not in around:
            way.append(above.mem_id)
            above = above.parent
        count = 0 if above is None else around[above.mem_id]
        for passed in reversed(way):
            count += passed in chosen
            around[passed] = count
        if count - 1 <= MOST_AROUND:
            kept.append(node)
    if len(kept) < len(nodes):
        notes.add(NOTE)
    return kept


def not_endless(text: str, notes: set[str]) -> str:
    """The text of a field, or its beginning when it is longer than any that a page shows."""
    if len(text) <= LARGEST_TEXT:
        return text
    notes.add(NOTE)
    return text[:LARGEST_TEXT]


def enough(things: Iterable[Any], length: Callable[[Any], int], notes: set[str]) -> Iterator[Any]:
    """Texts, or things that hold texts, until there is more of them than any page shows."""
    total = 0
    for thing in things:
        yield thing
        total += length(thing)
        if total > LARGEST_TEXT:
            notes.add(NOTE)
            return
