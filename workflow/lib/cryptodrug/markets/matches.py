"""Which elements of a page the fields of a market file take their values from."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from cryptodrug.reading.adapter import Adapter
from cryptodrug.reading.elements import parse
from cryptodrug.reading.encoding import as_utf8, without_broken_end
from cryptodrug.reading.fields import Field
from cryptodrug.reading.limits import apart_enough, simple_enough, small_enough, without_runs
from cryptodrug.reading.reader import PageKind, Reader
from cryptodrug.reading.rules import FieldRule, PageRule, RowRule
from cryptodrug.reading.tables import FLAGS


@dataclass(frozen=True)
class Match:
    """A field of one row: what it gave, and all elements that its selector matches there; the first one counts."""

    table: str
    name: str
    row: int
    rule: FieldRule
    value: Any
    nodes: list[Any] = field(default_factory=list, repr=False)


def _elements(rule: FieldRule, scope: Any) -> list[Any]:
    """All elements that a rule matches in its row, its block or the page."""
    if rule.cell is not None:
        cells = list(scope.iter()) if hasattr(scope, "iter") else []
        if rule.cell > len(cells):
            return []
        scope = cells[rule.cell - 1]
        return scope.css(rule.select) if rule.select is not None else [scope]
    return scope.css(rule.select) if rule.select is not None else []


class Recogniser:
    """Finds the rule that reads a page, as the reader does."""

    def __init__(self, adapter: Adapter) -> None:
        self._adapter, self._reader = adapter, Reader(adapter)

    def find(
        self, path: str, data: bytes, charset: str | None = None
    ) -> tuple[PageRule | None, PageKind | None, bytes]:
        """The rule for a page, its compiled form, and the bytes of the page that it reads; None for an unknown page.

        `charset`: the encoding that the server named, where the archive knows it.
        """
        page = as_utf8(small_enough(data, set()), charset or self._adapter.encoding, set())
        if self._adapter.whole_page and self._adapter.whole_page.encode() not in page:
            page = without_broken_end(page)
        for rule, kind in zip(self._adapter.pages, self._reader.kinds, strict=True):
            if page.strip(b" \t\r\n\x00") and kind.condition.holds(path, page):
                return rule, kind, simple_enough(page, set())
        return None, None, page


@dataclass(frozen=True)
class _Place:
    """Where one row stands: the page, the block and the element around it, and what a pattern found in its text."""

    tree: Any
    block: Any
    node: Any
    found: re.Match[str] | None

    def scope(self, rule: FieldRule) -> Any:
        """The element in which a field of the row is looked for."""
        return self.tree if rule.of_page else self.block if rule.of_block else self.node


def _row_places(rows: RowRule, tree: Any) -> Iterator[_Place]:
    """All places where the rule may have a row, in the order of the page."""
    for block in [tree] if rows.within is None else apart_enough(tree.css(rows.within), set()):
        for node in [block] if rows.select is None else apart_enough(block.css(rows.select), set()):
            if rows.matches is None:
                yield _Place(tree, block, node, None)
            else:
                text = node.parser.body.text() if node.tag == "html" else node.text()
                found = re.finditer(rows.matches, without_runs(text, set()))
                yield from (_Place(tree, block, node, one) for one in found)


def _field_match(rows: RowRule, one: Field, row: int, place: _Place, path: str, page: bytes) -> Match:
    rule = one.rule
    if rule.match is not None:
        text = None if place.found is None else place.found.group(rule.match)
        value = None if text is None else one.value(text, set())
        return Match(rows.table, one.name, row, rule, value, [place.node])
    scope = place.scope(rule)
    if one.otherwise is not None and not Field(one.name, rule.model_copy(update={"otherwise": None})).read(
        scope, path, page, set()
    ):
        return _field_match(rows, one.otherwise, row, place, path, page)
    return Match(rows.table, one.name, row, rule, one.read(scope, path, page, set()), _elements(rule, scope))


def _with_flag(match: Match) -> Match:
    """A flag says yes or no, never nothing."""
    return replace(match, value=bool(match.value)) if match.name in FLAGS else match


def _row_matches(rows: RowRule, first: int, path: str, page: bytes, tree: Any) -> Iterator[Match]:
    """Fields of the rows that a rule gives, numbered from `first`: rows of another rule may stand before them."""
    fields = [Field(name, rule) for name, rule in rows.fields.items()]
    nothing = [False if name in FLAGS else rule.constant for name, rule in rows.fields.items()]
    row = first
    for place in _row_places(rows, tree):
        found = [_with_flag(_field_match(rows, one, row, place, path, page)) for one in fields]
        if [one.value for one in found] != nothing and (
            rows.required is None or any(one.name == rows.required and one.value is not None for one in found)
        ):
            yield from found
            row += 1


def _page_matches(rule: PageRule, path: str, page: bytes, tree: Any) -> Iterator[Match]:
    for name, text in rule.texts.items():
        value = Field(name, text).read(tree, path, page, set())
        yield Match("page", name, 0, text, value, _elements(text, tree))
    for name, printed in rule.numbers.items():
        for one in printed:
            number = Field(name, one.number)
            for row, node in enumerate(tree.css(one.select)):
                yield Match("page", name, row, one.number, number.read(node, path, page, set()), [node])


def matches(rule: PageRule, path: str, page: bytes, tree: Any) -> list[Match]:
    """Every field of every row of a page, in the order of the market file; rows of a table are numbered through.

    `page`: UTF-8, as the reader sees it; `tree`: of the pieces that the rule looks at.
    """
    tree = tree.root
    found = list(_page_matches(rule, path, page, tree))
    filled: Counter[str] = Counter()
    for rows in rule.rows:
        of_rule = list(_row_matches(rows, filled[rows.table], path, page, tree))
        filled[rows.table] += len({one.row for one in of_rule})
        found += of_rule
    return found


def pieces(kind: PageKind, rule: PageRule, page: bytes) -> list[tuple[int, bytes]]:
    """The pieces of a page that a rule looks at, each with its place in the page."""
    return [(first, page[first:last]) for first, last in kind.spans(page)] if rule.regions else [(0, page)]


def parsed(kind: PageKind, rule: PageRule, page: bytes) -> Any:
    """The tree of the pieces."""
    return parse(b"".join(piece for _, piece in pieces(kind, rule, page)))
