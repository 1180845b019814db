"""Field rules compiled to functions: made once per market file, called once per row.

A field has two halves. Its source takes something from the page; fields with the same source share it, so that a cell
that gives price and currency is looked up once. The rest makes the value of the field from it.
"""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from cryptodrug.reading.limits import LARGEST_TEXT, LONG_TEXT, not_endless, short_enough
from cryptodrug.reading.lookup import Found
from cryptodrug.reading.rules import FieldRule
from cryptodrug.reading.sources import Line, behind_label, group_of, is_looked_up, look_of, source_of
from cryptodrug.reading.tables import FLAGS
from cryptodrug.shared_text import sketch
from cryptodrug.transforms import LOSSES, NOTES, TRANSFORMS

# Control characters (not tab and line ends), byte order marks and marks of writing direction have no meaning in a
# field: two handles that differ by one of them look the same.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# these can be what is left of a text that was encoded twice, so they are taken out last
_LATE_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")

# columns of which hardly two rows have the same text
_OWN_OF_EACH = {"native_id", "title", "text_key", "text_length", "profile_sketch"}
SHORT, MOST_KNOWN = 100, 2_000  # characters and number of the texts that are remembered

# letters of two alphabets in one handle: one that looks like another person's
_LATIN, _LOOK_ALIKE = re.compile("[A-Za-z]"), re.compile("[\u0370-\u03ff\u0400-\u052f]")

Notes = set[str]
Clean = Callable[[str, Notes], str | None]
# the keys of a rule that say where its text stands; two fields in which they agree have the same source
OF_SOURCE = {
    "select", "cell", "path", "page", "constant", "of_page", "attribute", "own_text", "behind", "head", "branch",
    "depth", "count", "last", "join",
}  # fmt: skip


def _clean(rule: FieldRule) -> Clean:
    """Regular expression, steps and words; the effect of some steps becomes a note on the page."""
    pattern = re.compile(rule.regex, re.DOTALL) if rule.regex and rule.join is None else None
    steps = [(TRANSFORMS[name], NOTES.get(name), LOSSES.get(name)) for name in rule.steps]
    words = rule.words

    def clean(text: str | None, notes: Notes) -> str | None:
        if pattern is not None:
            text = group_of(pattern, text if len(text) <= LONG_TEXT else short_enough(text, notes))
        for step, changed, lost in steps:
            if text is None:
                return None
            before, text = text, step(text)
            if lost and text is None and lost[0] in before:
                notes.add(lost[1])
            elif changed and text is not None and text != before:
                notes.add(changed)
        return text if words is None or text is None else words.get(text, text)

    return clean


def _text_of(rule: FieldRule) -> Clean:
    """Control characters out, then regular expression, steps and words; None when nothing is left.

    Most texts hold nothing odd, and most fields only collapse blanks: this is the way that a page goes most often.
    """
    clean = _clean(rule)

    def of_odd(text: str, notes: Notes) -> str | None:
        text = not_endless(text, notes)
        plain = _CONTROLS.sub("", text)
        done = clean(plain, notes)
        plainer = done if done is None or done.isascii() else _LATE_CONTROLS.sub("", done)
        if plain != text or plainer != done:
            notes.add("control-characters")
        return plainer or None

    def of_any(text: str, notes: Notes) -> str | None:
        if text.isprintable() and len(text) <= LARGEST_TEXT:
            return clean(text, notes) or None
        return of_odd(text, notes)

    def collapsed(text: str, notes: Notes) -> str | None:
        if text.isprintable() and len(text) <= LARGEST_TEXT:
            return " ".join(text.split()) or None
        return of_odd(text, notes)

    pattern = None if rule.join is not None else rule.regex
    if rule.words is not None or len(rule.steps) > 1:
        return of_any
    step = rule.steps[0] if rule.steps else None
    if pattern and step in (None, "collapse"):
        return _found(re.compile(pattern, re.DOTALL), step is not None, of_odd)
    if not pattern and step == "collapse":
        return collapsed
    return of_any if pattern or step is None or step in NOTES or step in LOSSES else _stepped(TRANSFORMS[step], of_odd)


def _remembered(clean: Clean) -> Clean:
    """Keeps what becomes of short texts: prices, places, dates and names of vendors come on many pages."""
    known: dict[str, str] = {}

    def remembered(text: str, notes: Notes) -> str | None:
        done = known.get(text)
        if done is None:
            own: Notes = set()
            done = clean(text, own)
            if own:
                notes |= own
            elif done is not None and len(text) <= SHORT:
                if len(known) >= MOST_KNOWN:
                    known.clear()
                known[text] = done
        return done

    return remembered


def _found(pattern: re.Pattern, collapses: bool, of_odd: Clean) -> Clean:
    """What a pattern finds in a text that holds nothing odd."""
    search, group = pattern.search, min(pattern.groups, 1)

    def found(text: str, notes: Notes) -> str | None:
        if not text.isprintable() or len(text) > LONG_TEXT:
            return of_odd(text, notes)
        match = search(text)
        text = None if match is None else match.group(group)
        return (" ".join(text.split()) if collapses and text else text) or None

    return found


def _stepped(step: Callable[[str], str | None], of_odd: Clean) -> Clean:
    """A text that holds nothing odd, after a single step of whose effect there is no note."""

    def stepped(text: str, notes: Notes) -> str | None:
        if text.isprintable() and len(text) <= LARGEST_TEXT:
            return step(text) or None
        return of_odd(text, notes)

    return stepped


def _unchanged(text: Any, _notes: Notes) -> Any:
    return text


def _form(name: str, rule: FieldRule) -> Callable[[str | None, Notes], Any]:
    """What makes of a cleaned text the form that the column wants."""

    def flag(text: str | None, _notes: Notes) -> bool:
        return text is not None

    def handle(text: str | None, notes: Notes) -> str | None:
        if text is not None and not text.isascii() and _LATIN.search(text) and _LOOK_ALIKE.search(text):
            notes.add("look-alike-letters")
        return text

    def length(text: str | None, _notes: Notes) -> int | None:
        return None if text is None else len(text)

    def key(text: str | None, _notes: Notes) -> str | None:
        return None if text is None else sha256(text.encode()).hexdigest()[:16]

    def codes(text: str | None, _notes: Notes) -> str | None:
        return None if text is None else sketch(text)

    if name in FLAGS:
        return flag
    if rule.length:
        return length
    return {"text_key": key, "vendor": handle, "profile_sketch": codes}.get(name, _unchanged)


def _finish(clean: Clean, form: Callable[[str | None, Notes], Any]) -> Callable:
    """The cleaned text in the form that the column wants."""
    return clean if form is _unchanged else lambda text, notes: form(clean(text, notes), notes)


def _of_line(behind: Callable[[list[Line]], str | None], finish: Callable[[str, Notes], Any]) -> Callable:
    """The value of a field that stands behind a label."""

    def value(lines: list[Line], notes: Notes) -> Any:
        text = behind(lines)
        return None if text is None else finish(text, notes)

    return value


class Field:
    """One compiled field.

    `source(node, cells, path, page, notes)` takes what the page shows, or gives None; `value(taken, notes)` makes the
    value of what was taken, perhaps None; `finish(text, notes)` makes it of a text, by `clean` and `form`. Fields of
    equal `place` have the same source. Where a selector finds the source, `look(nodes, notes)` takes it from what the
    selector found; else it is None.
    """

    def __init__(self, name: str, rule: FieldRule) -> None:
        self.name = name
        self.rule = rule
        self.source = source_of(rule)
        self.look = look_of(rule) if is_looked_up(rule) else None
        behind = behind_label(rule.label) if rule.label else None
        self.place = rule.model_dump_json(include=OF_SOURCE | ({"regex"} if rule.join is not None else set()))
        self.place += str(behind is not None)
        clean = _text_of(rule)
        self.clean, self.form = clean if name in _OWN_OF_EACH else _remembered(clean), _form(name, rule)
        self.cleaning = rule.model_dump_json(include={"regex", "steps", "words"})
        self.finish = _finish(self.clean, self.form)
        self.value = self.finish if behind is None else _of_line(behind, self.finish)
        self.otherwise = None if rule.otherwise is None else Field(name, rule.otherwise)
        self._in_cell = rule.cell is not None

    def read(self, node: Any, path: str, page: bytes, notes: Notes, found: Found | None = None) -> Any:
        """The value of the field in a row or page. `found`: what was looked up in the node."""
        if found is not None and self.look is not None:
            nodes = found.get(self.rule.select)
            taken = self.look(nodes, notes) if nodes else None
        else:
            cells = list(node.iter()) if self._in_cell else []
            taken = self.source(node, cells, path, page, notes)
        value = None if taken is None else self.value(taken, notes)
        if self.otherwise is not None and not value:  # a flag that says no has found nothing either
            return self.otherwise.read(node, path, page, notes)
        return value
