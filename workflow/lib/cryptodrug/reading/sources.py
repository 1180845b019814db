"""Where a field takes its text from: the first half of a field rule, compiled to a function."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from cryptodrug.reading.limits import LONG_TEXT, MOST_ON_LINE, joined, short_enough
from cryptodrug.reading.rules import FieldRule
from cryptodrug.reading.trees import branches_by_depth, depth_in_class

Source = Callable[[Any, list[Any], str, bytes], Any]  # node, its child elements, path, page
Line = list[str]
CELLS = ("td", "th")
LINE_ENDS = ("br", "p", "hr")


def group_of(pattern: re.Pattern, text: Any) -> Any:
    """The first group of a pattern, or all that it matches when it has none; None: not found."""
    found = pattern.search(text)
    return None if found is None else found.group(pattern.groups and 1)


def _lines(node: Any) -> list[Line]:
    """The text of an element, cut at its line breaks (`<br>`), each line as the texts of its elements."""
    lines: list[Line] = [[]]
    for child in node.iter(include_text=True):
        if child.tag == "br":
            lines.append([])
        else:
            lines[-1].append(child.text())
    return lines


def _after_begin(line: Line, label: str) -> str | None:
    """What stands behind a label that begins the line, or that has an element of the line for itself."""
    text = "".join(line).lstrip()
    if text.startswith(label):
        return text[len(label) :]
    place = next((place for place, piece in enumerate(line) if piece.strip() == label), None)
    return None if place is None else "".join(line[place + 1 :])


def behind_label(label: str) -> Callable[[list[Line]], str | None]:
    """What stands behind a label on its line: `"From: Belgium"` -> `" Belgium"`.

    A label begins the line or stands alone in an element, so that `Price` is not found in the name of a vendor. One
    with a colon may also stand in the midst of the line, but not behind a word: `Disputes:` is not `Lost Disputes:`.
    """
    amid = re.compile(rf"(?:^|[^\w\s])\s*{re.escape(label)}(.*)", re.DOTALL) if label.endswith(":") else None

    def get(lines: list[Line]) -> str | None:
        for line in lines:
            if (rest := _after_begin(line, label)) is not None:
                return rest
        found = (amid.search("".join(line)) for line in lines) if amid is not None else ()
        return next((match.group(1) for match in found if match is not None), None)

    return get


def _own_text(node: Any) -> str:
    """The text that stands in the element itself, not in the elements inside it."""
    return "".join(child.text() for child in node.iter(include_text=True) if child.is_text_node)


def _text_behind(node: Any) -> str:
    """The text behind an element, up to the end of its line or the next paragraph."""
    return joined(islice(_texts_behind(node), MOST_ON_LINE), "")


def _texts_behind(node: Any) -> Iterator[str]:
    after = node.next
    while after is not None and after.tag not in LINE_ENDS:
        yield after.text()
        after = after.next


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
        first = None if table is None else table.css_first("tr")
        return None if first is None else next((cell for n, cell in enumerate(first.iter()) if n == place), None)

    return head


def _content(rule: FieldRule) -> Callable[[Any], Any]:
    """What is taken from the selected element: an attribute, its lines (to look for a label), or its text."""
    if rule.attribute:
        name = rule.attribute
        return lambda node: node.attributes.get(name)
    if rule.own_text or rule.behind:
        return _own_text if rule.own_text else _text_behind
    return _lines if rule.label else lambda node: node.text()


def _branch(rule: FieldRule) -> Callable[[list[Any]], list[Any]]:
    """Of the elements of a tree, those on the way to the first that is chosen."""
    depth = re.compile(rule.depth)

    def chosen(nodes: list[Any]) -> list[Any]:
        branches = branches_by_depth(nodes, depth_in_class(depth))
        ways = (way for node, way in zip(nodes, branches, strict=True)
                if node.css_matches(rule.branch))  # fmt: skip
        return next(ways, [])

    return chosen


def _joined(rule: FieldRule) -> Source:
    """All matches, or those on a branch of a tree; `regex` picks from each."""
    content, select, join = _content(rule), rule.select, rule.join
    pick = re.compile(rule.regex, re.DOTALL) if rule.regex else None
    on_branch = None if rule.branch is None else _branch(rule)

    def picked(match: Any) -> str:
        part = content(match) or ""
        if pick is not None:
            part = group_of(pick, part if len(part) <= LONG_TEXT else short_enough(part, set())) or ""
        return part.strip()

    def of_all(node: Any, _cells: list[Any], _path: str, _page: bytes) -> str | None:
        matches = node.css(select) if on_branch is None else on_branch(node.css(select))
        return joined(filter(None, map(picked, matches)), join) or None

    return of_all


def _from_node(rule: FieldRule) -> Source:
    """A source in the row or the page, by selector and cell."""
    content, select = _content(rule), rule.select
    head = None if rule.head is None else _head_of(rule.head)
    cell = None if rule.cell is None else rule.cell - 1

    def taken(found: Any) -> Any:
        if found is not None and head is not None:
            found = head(found)
        return None if found is None else content(found)

    def first(node: Any, _cells: list[Any], _path: str, _page: bytes) -> Any:
        found = node.css_first(select)
        return None if found is None else content(found)

    def selected(node: Any, _cells: list[Any], _path: str, _page: bytes) -> Any:
        return taken(next(iter(node.css(select)[-1:]), None) if rule.last else node.css_first(select))

    def lines_of_all(node: Any, _cells: list[Any], _path: str, _page: bytes) -> list[Line]:
        return [line for match in node.css(select) for line in content(match)]

    def counted(node: Any, _cells: list[Any], _path: str, _page: bytes) -> str | None:
        return str(len(node.css(select)) or "") or None

    plain = first if head is None and not rule.last else selected
    inside = counted if rule.count else lines_of_all if rule.label else plain

    def in_cell(_node: Any, cells: list[Any], path: str, page: bytes) -> Any:
        if cell >= len(cells):
            return None
        return taken(cells[cell]) if select is None else inside(cells[cell], cells, path, page)

    return inside if cell is None else in_cell


def source_of(rule: FieldRule) -> Source:
    """The source of a field; None when the page does not show it."""
    if rule.join is not None:
        return _joined(rule)
    if rule.select is not None or rule.cell is not None:
        return _from_node(rule)
    if rule.path:
        in_path = re.compile(rule.path)
        return lambda _node, _cells, path, _page: group_of(in_path, path)
    if rule.page:
        in_page = re.compile(rule.page.encode())

        def from_page(_node: Any, _cells: list[Any], _path: str, page: bytes) -> str | None:
            found = group_of(in_page, page)
            return None if found is None else found.decode("utf-8", "replace")

        return from_page
    constant = rule.constant
    return lambda _node, _cells, _path, _page: constant
