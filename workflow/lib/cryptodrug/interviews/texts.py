"""Texts of a project and the passages that are marked in them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from cryptodrug.interviews import standard
from cryptodrug.interviews.offsets import MEASURES, Marked, locate, plain
from cryptodrug.interviews.package import Package, refuse

# marks of the beginning of a file that say how it is written
MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# passages of pictures, pages and recordings: their codes count, their place is none in a text
OTHER_PASSAGES = ("PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection")
VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")


@dataclass(frozen=True)
class Source:
    """A source: its text (None when it does not stand in the file), and the values of its variables."""

    guid: str
    name: str
    kind: str
    text: str | None
    values: dict[str, str]
    notes: list[str] = field(default_factory=list)
    left: Counter = field(default_factory=Counter)


@dataclass(frozen=True)
class Passage:
    """An element with codings, and where it stands in the text of its source (None: not in a text)."""

    element: object
    guid: str
    place: tuple[int, int] | None


def decode(data: bytes, where: str) -> str:
    """A text as written; UTF-8 unless its first bytes say otherwise. The mark stays: positions may count it.

    Raises
    ------
    InputError : another encoding. It is not guessed: a wrong guess would shift every passage.
    """
    encoding = next((name for mark, name in MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse(
            f"a text is not written in UTF-8 (byte {error.start})", where, "export the project again from the program"
        ) from None


def _number(element, name: str, where: str) -> int:
    try:
        return int(element.get(name, ""))
    except ValueError:
        raise refuse(f"`{name}` of a passage is no number", where, "export the project again") from None


class TextReader:
    """Reads the sources of one project."""

    def __init__(self, package: Package, variables: dict[str, str]) -> None:
        self._package, self._variables = package, variables

    def _raw(self, element, where: str) -> str | None:
        """The text of a holder: written inside it, or in a file of the package."""
        inside = element.find("PlainTextContent")
        if inside is not None:
            return inside.text or ""
        data = self._package.text(element.get("plainTextPath") or "")
        return None if data is None else decode(data, where)

    def _values(self, element) -> dict[str, str]:
        values = {}
        for one in element.findall("VariableValue"):
            reference = one.find("VariableRef")
            name = self._variables.get(standard.guid(reference.get("targetGUID")) if reference is not None else None)
            text = next((found for kind in VALUES if (found := one.findtext(kind)) is not None), None)
            if name and text is not None:
                values[name] = text
        return values

    def _passages(self, holder, raw: str | None, where: str) -> tuple[list[Passage], list[str]]:
        """Passages of one text, and a note when positions are not counted as in the standard."""
        elements, marked = [], []
        points = {standard.guid(one.get("guid")): one.get("position") for one in holder.findall("SyncPoint")}
        for element in holder.findall("PlainTextSelection"):
            start, end = (_number(element, name, where) for name in ("startPosition", "endPosition"))
            elements.append(element)
            marked.append(Marked(start, end, element.get("name") or ""))
        for element in holder.findall("TranscriptSelection"):
            ends = [points.get(standard.guid(element.get(name))) for name in ("fromSyncPoint", "toSyncPoint")]
            if None not in ends:
                elements.append(element)
                marked.append(Marked(*map(int, ends), element.get("name") or ""))
        for element, one in zip(elements, marked, strict=True):
            if not 0 <= one.start <= one.end:
                name = element.get("guid")
                raise refuse(f"a passage ends before it begins: {name}", where, "export the project again")
        if raw is None:
            places, notes = [(one.start, one.end) for one in marked], []
        else:
            places, measure = locate(raw, marked)
            notes = [] if measure == MEASURES[0] else [f"{where}: positions count {measure.words()}"]
        return list(_placed(elements, places, where)), notes

    def _holders(self, element) -> Iterator:
        """The element itself and the texts inside it."""
        yield element
        for name in ("Representation", "Transcript", "TextDescription"):
            yield from element.findall(name)

    def source(self, element) -> tuple[Source, list[Passage]]:
        """A source and its passages.

        Raises
        ------
        InputError : a passage stands outside its text, or the text cannot be read.
        """
        name = element.get("name") or element.get("plainTextPath") or element.get("guid") or ""
        where = f"{self._package.path}: source {name!r}"
        own = standard.guid(element.get("guid"))
        if own is None:
            raise refuse("a source has no id", where, "export the project again")
        texts, passages, notes, left = [], [], [], Counter()
        for holder in self._holders(element):
            raw = self._raw(holder, where)
            found, said = self._passages(holder, raw, where)
            # a source with several texts is read as one: each begins behind the one before
            begin = sum(map(len, texts))
            passages += [_moved(one, begin) for one in found]
            notes += said
            texts += [] if raw is None else [plain(raw)]
            left["text not in the file"] += raw is None and holder.get("plainTextPath") is not None
        for kind in OTHER_PASSAGES:
            for one in element.findall(kind):
                passages.append(Passage(one, standard.guid(one.get("guid")) or "", None))
                left[f"place of {kind}"] += 1
        text = "".join(texts) if texts else None
        return Source(own, name, element.tag, text, self._values(element), notes, left), passages


def _moved(passage: Passage, by: int) -> Passage:
    return Passage(passage.element, passage.guid, (passage.place[0] + by, passage.place[1] + by))


def _placed(elements: list, places: list, where: str) -> Iterator[Passage]:
    for element, place in zip(elements, places, strict=True):
        own = standard.guid(element.get("guid")) or ""
        if place is None:
            raise refuse(
                f"a passage stands outside its text: {own}",
                where,
                "export the project again; if the text was edited in another program, mark the passages anew",
            )
        yield Passage(element, own, place)
