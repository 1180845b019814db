"""Field rules compiled to functions: made once per market file, called once per row.

A field has two halves. Its source takes something from the page; fields with the same source share it, so that a cell
that gives price and currency is looked up once. The rest makes the value of the field from it.
"""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from cryptodrug.reading.rules import FieldRule
from cryptodrug.transforms import NOTES, TRANSFORMS

# Control characters (not tab and line ends) and byte order marks have no meaning in a field.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")

Notes = set[str]
Source = Callable[[Any, list[Any], str, bytes], Any]  # node, its child elements, path, page


def without_controls(text: str) -> str:
    """The text without control characters."""
    return _CONTROLS.sub("", text)


def _lines(node: Any) -> list[str]:
    """The text of an element, cut at its line breaks (`<br>`) and block children."""
    lines, current = [], []
    for child in node.iter(include_text=True):
        if child.tag == "br":
            lines.append("".join(current))
            current = []
        else:
            current.append(child.text())
    return [*lines, "".join(current)]


def _behind_label(label: str) -> Callable[[list[str]], str | None]:
    """What stands behind a label on its line: `"From: Belgium"` -> `" Belgium"`."""

    def get(lines: list[str]) -> str | None:
        for line in lines:
            _, found, rest = line.partition(label)
            if found:
                return rest
        return None

    return get


def _content(rule: FieldRule) -> Callable[[Any], Any]:
    """What is taken from the selected element: an attribute, its lines (to look for a label), or its text."""
    if rule.attribute:
        name = rule.attribute
        return lambda node: node.attributes.get(name)
    return _lines if rule.label else lambda node: node.text()


def _from_node(rule: FieldRule) -> Source:
    """A source in the row or the page, by selector and cell."""
    content, select, join = _content(rule), rule.select, rule.join
    cell = None if rule.cell is None else rule.cell - 1

    def joined(node: Any, _cells: list[Any], _path: str, _page: bytes) -> Any:
        parts = [(content(match) or "").strip() for match in node.css(select)]
        return join.join(part for part in parts if part) or None

    def selected(node: Any, _cells: list[Any], _path: str, _page: bytes) -> Any:
        found = node.css_first(select)
        return None if found is None else content(found)

    def in_cell(_node: Any, cells: list[Any], path: str, page: bytes) -> Any:
        if cell >= len(cells):
            return None
        return content(cells[cell]) if select is None else selected(cells[cell], cells, path, page)

    if join is not None and select is not None:
        return joined
    return selected if cell is None else in_cell


def _source(rule: FieldRule) -> Source:
    """The source of a field; None when the page does not show it."""
    if rule.select is not None or rule.cell is not None:
        return _from_node(rule)
    if rule.path:
        in_path = re.compile(rule.path)
        return lambda _node, _cells, path, _page: _group(in_path, path)
    if rule.page:
        in_page = re.compile(rule.page.encode())

        def from_page(_node: Any, _cells: list[Any], _path: str, page: bytes) -> str | None:
            found = _group(in_page, page)
            return None if found is None else found.decode("utf-8", "replace")

        return from_page
    constant = rule.constant
    return lambda _node, _cells, _path, _page: constant


def _group(pattern: re.Pattern, text: Any) -> Any:
    """The first group of a pattern, or all that it matches when it has none."""
    found = pattern.search(text)
    return None if found is None else found.group(pattern.groups and 1)


def _clean(rule: FieldRule) -> Callable[[str, Notes], str | None]:
    """Regular expression and steps; the effect of some steps becomes a note on the page."""
    pattern = re.compile(rule.regex, re.DOTALL) if rule.regex else None
    steps = [(TRANSFORMS[name], NOTES.get(name)) for name in rule.steps]
    if len(steps) == 1 and pattern is None and steps[0][1] is None:
        step = steps[0][0]
        return lambda text, _notes: step(text)

    def clean(text: str | None, notes: Notes) -> str | None:
        if pattern is not None:
            text = _group(pattern, text)
        for step, note in steps:
            if text is None:
                return None
            before, text = text, step(text)
            if note and text != before and text is not None:
                notes.add(note)
        return text

    return clean


def _form(name: str, rule: FieldRule) -> Callable[[str], Any] | None:
    """The form that the column wants; None: the text itself."""
    if rule.length:
        return len
    if name == "text_key":
        return lambda text: sha256(text.encode()).hexdigest()[:16]
    return None


def _of_line(behind: Callable[[list[str]], str | None], finish: Callable[[str, Notes], Any]) -> Callable:
    """The value of a field that stands behind a label."""

    def value(lines: list[str], notes: Notes) -> Any:
        text = behind(lines)
        return None if text is None else finish(text, notes)

    return value


class Field:
    """One compiled field.

    `source(node, cells, path, page)` takes what the page shows, or gives None; `value(taken, notes)` makes the value of
    what was taken, perhaps None. Fields of equal `place` have the same source.
    """

    def __init__(self, name: str, rule: FieldRule) -> None:
        self.name = name
        self.rule = rule
        self.source = _source(rule)
        behind = _behind_label(rule.label) if rule.label else None
        place = (rule.select, rule.cell, rule.path, rule.page, rule.constant, rule.of_page, rule.attribute, rule.join)
        self.place = (*place, behind is not None)
        self.value = self.finish if behind is None else _of_line(behind, self.finish)
        self._clean, self._form, self._flag = _clean(rule), _form(name, rule), name == "pgp_present"

    def read(self, node: Any, path: str, page: bytes, notes: Notes) -> Any:
        """The value of the field in a row or page."""
        cells = list(node.iter()) if self.rule.cell is not None else []
        taken = self.source(node, cells, path, page)
        return None if taken is None else self.value(taken, notes)

    def finish(self, text: str, notes: Notes) -> Any:
        """Control characters out, then regular expression and steps, then the form the column wants."""
        # the first test is the cheap one, and most texts pass it
        if not text.isprintable() and _CONTROLS.search(text):
            text = without_controls(text)
            notes.add("control-characters")
        done = self._clean(text, notes)
        if self._flag:
            return done is not None
        return done if self._form is None or done is None else self._form(done)
