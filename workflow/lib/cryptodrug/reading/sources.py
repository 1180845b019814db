"""Where a field takes its text from: the first half of a field rule, compiled to a function."""

import re
from collections.abc import Callable
from typing import Any

from selectolax.lexbor import LexborNode

from cryptodrug.reading.elements import all_of, first_of
from cryptodrug.reading.limits import FEW_PARTS, LONG_TEXT, MOST_ON_LINE, enough, short_enough
from cryptodrug.reading.rules import FieldRule
from cryptodrug.reading.trees import branches_by_depth, depth_in_class

Source = Callable[[Any, list[Any], str, bytes, set[str]], Any]  # node, its child elements, path, page, notes
Look = Callable[[list[Any], set[str]], Any]  # the elements that a selector matches, notes
Line = tuple[str, list[str]]  # its text, and the texts of its elements
CELLS = ("td", "th")
LINE_ENDS = ("br", "p", "hr")


def group_of(pattern: re.Pattern, text: Any) -> Any:
    """The first group of a pattern, or all that it matches when it has none; None: not found."""
    found = pattern.search(text)
    return None if found is None else found.group(pattern.groups and 1)


def _lines(node: Any) -> list[Line]:
    """The text of an element, cut at its line breaks (`<br>`), each line as the texts of its elements."""
    pieces: list[str] = []
    lines = [pieces]
    for child in node.iter(include_text=True):
        if (text := child.text_content) is not None:
            pieces.append(text)
        elif child.tag == "br":
            pieces = []
            lines.append(pieces)
        else:
            pieces.append(child.text())
    return [("".join(pieces), pieces) for pieces in lines]


def _after_begin(line: Line, label: str) -> str | None:
    """What stands behind a label that begins the line, or that has an element of the line for itself."""
    text, pieces = line
    text = text.lstrip()
    if text.startswith(label):
        return text[len(label) :]
    place = next((place for place, piece in enumerate(pieces) if piece.strip() == label), None)
    return None if place is None else "".join(pieces[place + 1 :])


def behind_label(label: str) -> Callable[[list[Line]], str | None]:
    """What stands behind a label on its line: `"From: Belgium"` -> `" Belgium"`.

    A label begins the line or stands alone in an element, so that `Price` is not found in the name of a vendor. One
    with a colon may also stand in the midst of the line, but not behind a word: `Disputes:` is not `Lost Disputes:`.
    """
    amid = re.compile(rf"(?:^|[^\w\s])\s*{re.escape(label)}(.*)", re.DOTALL) if label.endswith(":") else None

    def get(lines: list[Line]) -> str | None:
        with_label = [line for line in lines if label in line[0]]
        for line in with_label:
            if (rest := _after_begin(line, label)) is not None:
                return rest
        found = (amid.search(text) for text, _ in with_label) if amid is not None else ()
        return next((match.group(1) for match in found if match is not None), None)

    return get


def _own_text(node: Any) -> str:
    """The text that stands in the element itself, not in the elements inside it."""
    return "".join(child.text() for child in node.iter(include_text=True) if child.is_text_node)


def _text_behind(node: Any) -> str:
    """The text behind an element, up to the end of its line or the next paragraph."""
    parts, after = [], node.next
    while after is not None and after.tag not in LINE_ENDS and len(parts) < MOST_ON_LINE:
        parts.append(after.text())
        after = after.next
    return "".join(parts)


def _head_of(which: str) -> Callable[[Any], Any]:
    """The head of the row or column in which a cell of a table stands."""

    def head(node: Any) -> Any:
        while node is not None and node.tag not in CELLS:
            node = node.parent
        if node is None:
            return None
        row = table = node.parent
        if which == "row":
            return next(iter(row.iter()), None)
        place = next(place for place, cell in enumerate(row.iter()) if cell.mem_id == node.mem_id)
        while table is not None and table.tag != "table":
            table = table.parent
        first = first_of("tr", table) if table is not None else None
        return next((cell for n, cell in enumerate(first[0].iter()) if n == place), None) if first else None

    return head


def _content(rule: FieldRule) -> Callable[[Any], Any]:
    """What is taken from the selected element: an attribute, its lines (to look for a label), or its text."""
    if rule.attribute:
        name = rule.attribute
        return lambda node: node.attributes.get(name)
    if rule.own_text or rule.behind:
        return _own_text if rule.own_text else _text_behind
    return _lines if rule.label else LexborNode.text


def _branch(rule: FieldRule) -> Callable[[list[Any]], list[Any]]:
    """Of the elements of a tree, those on the way to the first that is chosen."""
    depth = re.compile(rule.depth)

    def chosen(nodes: list[Any]) -> list[Any]:
        branches = branches_by_depth(nodes, depth_in_class(depth))
        ways = (way for node, way in zip(nodes, branches, strict=True)
                if node.css_matches(rule.branch))  # fmt: skip
        return next(ways, [])

    return chosen


def _joined(rule: FieldRule) -> Look:
    """All matches, or those on a branch of a tree; `regex` picks from each."""
    content, join = _content(rule), rule.join
    pick = re.compile(rule.regex, re.DOTALL) if rule.regex else None
    on_branch = None if rule.branch is None else _branch(rule)

    def picked(match: Any, notes: set[str]) -> str:
        part = content(match) or ""
        if pick is not None:
            part = group_of(pick, part if len(part) <= LONG_TEXT else short_enough(part, notes)) or ""
        return part.strip()

    def of_all(matches: list[Any], notes: set[str]) -> str | None:
        if on_branch is not None:
            matches = on_branch(matches)
        parts = (part for match in matches if (part := picked(match, notes)))
        return join.join(parts if len(matches) <= FEW_PARTS else enough(parts, len, notes)) or None

    return of_all


def look_of(rule: FieldRule) -> Look:
    """What is taken from the elements that the selector of a rule matches, one or more, in the order of the page."""
    if rule.join is not None:
        return _joined(rule)
    if rule.count:
        return lambda matches, _notes: str(len(matches))
    content = _content(rule)
    if rule.label:

        def lines_of_all(matches: list[Any], notes: set[str]) -> list[Line]:
            lines = (line for match in matches for line in content(match))
            return list(lines if len(matches) <= FEW_PARTS else enough(lines, lambda line: len(line[0]), notes))

        return lines_of_all
    place = -1 if rule.last else 0
    if rule.head is None:
        return lambda matches, _notes: content(matches[place])
    head = _head_of(rule.head)

    def of_head(matches: list[Any], _notes: set[str]) -> Any:
        found = head(matches[place])
        return None if found is None else content(found)

    return of_head


def only_first(rule: FieldRule) -> bool:
    """Whether only the first element that the selector matches counts."""
    return not (rule.join is not None or rule.count or rule.label or rule.last)


def _in_cell(rule: FieldRule) -> Source:
    """A source in a cell of the row."""
    cell = rule.cell - 1
    if rule.select is not None:
        select, look, find = rule.select, look_of(rule), first_of if only_first(rule) else all_of

        def in_cell(_node: Any, cells: list[Any], _path: str, _page: bytes, notes: set[str]) -> Any:
            matches = find(select, cells[cell]) if cell < len(cells) else None
            return look(matches, notes) if matches else None

        return in_cell
    content = _content(rule)
    head = None if rule.head is None else _head_of(rule.head)

    def of_cell(_node: Any, cells: list[Any], _path: str, _page: bytes, _notes: set[str]) -> Any:
        if cell >= len(cells):
            return None
        found = cells[cell] if head is None else head(cells[cell])
        return None if found is None else content(found)

    return of_cell


def is_looked_up(rule: FieldRule) -> bool:
    """Whether the source of a field is a selector in its row, its block or the page."""
    return rule.select is not None and (rule.cell is None or rule.join is not None)


def _selected(rule: FieldRule) -> Source:
    """A source that a selector finds."""
    select, look, find = rule.select, look_of(rule), first_of if only_first(rule) else all_of

    def selected(node: Any, _cells: list[Any], _path: str, _page: bytes, notes: set[str]) -> Any:
        matches = find(select, node)
        return look(matches, notes) if matches else None

    return selected


def source_of(rule: FieldRule) -> Source:
    """The source of a field; None when the page does not show it."""
    if is_looked_up(rule):
        return _selected(rule)
    if rule.cell is not None:
        return _in_cell(rule)
    if rule.path:
        in_path = re.compile(rule.path)
        return lambda _node, _cells, path, _page, _notes: group_of(in_path, path)
    if rule.page:
        in_page = re.compile(rule.page.encode())

        def from_page(_node: Any, _cells: list[Any], _path: str, page: bytes, _notes: set[str]) -> str | None:
            found = group_of(in_page, page)
            return None if found is None else found.decode("utf-8", "replace")

        return from_page
    constant = rule.constant
    return lambda _node, _cells, _path, _page, _notes: constant
