"""Where a passage stands in its text: programs count characters in different ways.

The standard counts Unicode code points. Some programs count the units of UTF-16 (an emoji is then two), some count a
Windows line end once and some twice, some count the mark at the beginning of a file. Which way it was done cannot be
read from the file; but most programs name a passage by its first words, and so tell.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, product

BOM = "\ufeff"
CUT = ("…", "...")
# a shorter name can stand anywhere by chance
SHORTEST_NAME = 8
LAST_OF_BASIC_PLANE = 0xFFFF
CHARACTER = re.compile(r"\r\n|.", re.DOTALL)


@dataclass(frozen=True)
class Measure:
    """A way of counting. The first of `MEASURES` is that of the standard."""

    utf16: bool = False
    line_end_once: bool = False
    mark: bool = False

    def words(self) -> str:
        """In words, for the log."""
        parts = ["UTF-16 units" if self.utf16 else "code points"]
        parts += ["a Windows line end once"] if self.line_end_once else []
        parts += ["with the byte order mark"] if self.mark else []
        return ", ".join(parts)


MEASURES = tuple(Measure(utf16, once, mark) for mark, once, utf16 in product((False, True), repeat=3))


@dataclass(frozen=True)
class Marked:
    """A passage as the project gives it: its two positions, and the name, which may be its first words."""

    start: int
    end: int
    name: str


def plain(text: str) -> str:
    """The text that passages are cut from: no mark, Unix line ends."""
    return text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")


def _length(character: str, measure: Measure) -> int:
    """How much a character (or a Windows line end) counts in this measure."""
    if character == "\r\n":
        return 1 if measure.line_end_once else 2
    return 2 if measure.utf16 and ord(character) > LAST_OF_BASIC_PLANE else 1


def _places(text: str, measure: Measure) -> list[int]:
    """Position of each character of the plain text in this measure, and that of its end."""
    begin = 1 if measure.mark and text.startswith(BOM) else 0
    characters = CHARACTER.findall(text.removeprefix(BOM))
    return list(accumulate((_length(one, measure) for one in characters), initial=begin))


def _possible(raw: str) -> tuple[Measure, ...]:
    """Measures that can differ in this text: most texts have no mark, no Windows line end, no rare character."""
    differ = raw.startswith(BOM) or "\r\n" in raw or any(ord(one) > LAST_OF_BASIC_PLANE for one in raw)
    return MEASURES if differ else MEASURES[:1]


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _fit(passage: str, name: str) -> int:
    """How well a passage fits its name: 3 the same words, 2 it begins with them, 1 it does behind a space, 0 not."""
    words, passage = _squeezed(name).strip(), _squeezed(passage)
    for cut in CUT:
        words = words.removesuffix(cut).rstrip()
    if len(words) < SHORTEST_NAME:
        return 0
    if passage == words:
        return 3
    return 2 if passage.startswith(words) else int(passage.lstrip().startswith(words))


def _at(places: Sequence[int], position: int) -> int | None:
    """Character of the plain text at a position; None behind the end."""
    return bisect_left(places, position) if places[0] <= position <= places[-1] else None


def _score(text: str, places: Sequence[int], marked: Sequence[Marked]) -> tuple[int, int]:
    """How well the passages fit their names, all together, and how many stand inside the text.

    A position in the middle of a character, or of a Windows line end, is none in this measure.
    """
    fits, inside, known = 0, 0, set(places)
    for one in marked:
        if not {one.start, one.end} <= known:
            continue
        start, end = _at(places, one.start), _at(places, one.end)
        inside += 1
        fits += _fit(text[start:end], one.name)
    return fits, inside


def locate(raw: str, marked: Sequence[Marked]) -> tuple[list[tuple[int, int] | None], Measure]:
    """Each passage as (first character, character behind the last) of the plain text, and the measure that was used.

    The measure is the one in which the passages fit their names best, then the one in which most stand inside the
    text; that of the standard wins a tie. A passage that stands outside the text is None.
    """
    text = plain(raw)
    tables = {measure: _places(raw, measure) for measure in _possible(raw)}
    best = max(tables, key=lambda measure: _score(text, tables[measure], marked))
    places = tables[best]
    found: list[tuple[int, int] | None] = []
    for one in marked:
        start, end = _at(places, one.start), _at(places, one.end)
        found.append(None if start is None or end is None else (start, end))
    return found, best
