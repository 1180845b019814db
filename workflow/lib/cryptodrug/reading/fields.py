"""Field rules compiled to functions: made once per market file, called once per row."""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from cryptodrug.reading.adapter import FieldRule
from cryptodrug.transforms import NOTES, TRANSFORMS

# Control characters (not tab and line ends) and byte order marks have no meaning in a field.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")

Getter = Callable[[Any], str | None]


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


def _behind_label(node: Any, label: str) -> str | None:
    """What stands behind a label on its line: `"From: Belgium"` -> `" Belgium"`."""
    for line in _lines(node):
        _, found, rest = line.partition(label)
        if found:
            return rest
    return None


def _cell(row: Any, number: int) -> Any:
    """The n-th child element of a row."""
    child = row.first_child
    while child is not None:
        if child.is_element_node:
            number -= 1
            if number == 0:
                return child
        child = child.next
    return None


def _content(rule: FieldRule) -> Getter:
    """What is taken from the selected element."""
    if rule.attribute:
        name = rule.attribute
        return lambda node: node.attributes.get(name)
    if rule.label:
        label = rule.label
        return lambda node: _behind_label(node, label)
    return lambda node: node.text()


def _joined(select: str, content: Getter, join: str) -> Getter:
    def get(node: Any) -> str | None:
        parts = [(content(match) or "").strip() for match in node.css(select)]
        return join.join(part for part in parts if part) or None

    return get


def _from_node(rule: FieldRule) -> Getter:
    """The text of the field, from a row or page node."""
    content, select, cell = _content(rule), rule.select, rule.cell
    if rule.join is not None and select:
        return _joined(select, content, rule.join)

    def get(node: Any) -> str | None:
        if cell is not None:
            node = _cell(node, cell)
        if node is not None and select is not None:
            node = node.css_first(select)
        return None if node is None else content(node)

    return get


def _finish(rule: FieldRule) -> Callable[[str, set[str]], str | None]:
    """Regular expression and steps; the effect of some steps becomes a note on the page."""
    pattern = re.compile(rule.regex, re.DOTALL) if rule.regex else None
    steps = [(TRANSFORMS[name], NOTES.get(name)) for name in rule.steps]

    def finish(text: str, notes: set[str]) -> str | None:
        if pattern is not None:
            found = pattern.search(text)
            if found is None:
                return None
            text = found.group(1) if pattern.groups else found.group()
        for step, note in steps:
            after = step(text)
            if after is None:
                return None
            if note and after != text:
                notes.add(note)
            text = after
        return text

    return finish


class Field:
    """One compiled field.

    `read(node, path, page, notes)` gives the text, or None when the page does not show it.
    """

    def __init__(self, name: str, rule: FieldRule) -> None:
        self.name = name
        self.rule = rule
        self._finish = _finish(rule)
        self._node = _from_node(rule) if rule.select is not None or rule.cell is not None else None
        self._path = re.compile(rule.path) if rule.path else None
        self._page = re.compile(rule.page.encode()) if rule.page else None

    def _raw(self, node: Any, path: str, page: bytes) -> str | None:
        if self._node is not None:
            return self._node(node)
        if self.rule.constant is not None:
            return self.rule.constant
        if self._path is not None:
            found = self._path.search(path)
            return None if found is None else found.group(found.re.groups and 1)
        if self._page is not None:
            found = self._page.search(page)
            return None if found is None else found.group(found.re.groups and 1).decode("utf-8", "replace")
        return None

    def read(self, node: Any, path: str, page: bytes, notes: set[str]) -> Any:
        """The value of the field."""
        text = self._raw(node, path, page)
        return None if text is None else self.finish(text, notes)

    def finish(self, text: str, notes: set[str]) -> Any:
        """Control characters out, then regular expression and steps, then the form the column wants."""
        if _CONTROLS.search(text):
            text = without_controls(text)
            notes.add("control-characters")
        done = self._finish(text, notes)
        if self.rule.length:
            return None if done is None else len(done)
        if self.name == "pgp_present":
            return done is not None
        if self.name == "text_key":
            return None if done is None else sha256(done.encode()).hexdigest()[:16]
        return done
