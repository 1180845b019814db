"""Row rules compiled: which elements of a page, or which places in a text, are the rows of an observed table."""

import re
from collections.abc import Iterator
from typing import Any

from cryptodrug.reading.elements import all_of
from cryptodrug.reading.fields import Field
from cryptodrug.reading.limits import apart_enough, without_runs
from cryptodrug.reading.lookup import Found
from cryptodrug.reading.plan import Plan, selects_of
from cryptodrug.reading.rules import RowRule
from cryptodrug.reading.tables import FLAGS

Match = re.Match | None


class Rows:
    """Compiled rows of one table on a kind of page."""

    def __init__(self, rule: RowRule) -> None:
        self.table = rule.table
        self.names = tuple(rule.fields)
        self._select, self._within = rule.select, rule.within
        self._matches = None if rule.matches is None else re.compile(rule.matches)
        fields = [(index, Field(name, definition)) for index, (name, definition) in enumerate(rule.fields.items())]
        self._required = None if rule.required is None else self.names.index(rule.required)
        # what stands in every row says nothing of a row
        self._nothing = [False if name in FLAGS else one.constant for name, one in rule.fields.items()]
        # a field is read once a page, once a block (what several rows share), or once a row
        self._page = [(index, one) for index, one in fields if _same_on_page(one)]
        self._groups = [(index, one) for index, one in fields if one.rule.match is not None]
        others = [entry for entry in fields if entry not in self._page and entry not in self._groups]
        self._is_page = rule.select is None and rule.within is None  # the page is one row
        self._block = Plan([(index, one) for index, one in others if one.rule.of_block])
        self._row = Plan([(index, one) for index, one in others if not one.rule.of_block], self._is_page)
        self._flags = [index for index, name in enumerate(self.names) if name in FLAGS]
        self._otherwise = [(index, one.otherwise) for index, one in others if one.otherwise is not None]

    def selects_of_page(self) -> tuple[list[str], list[str]]:
        """What is looked up in the whole page: the selectors, and those of which only the first element counts."""
        selects, firsts = selects_of([one for _, one in self._page] + (self._row.fields if self._is_page else []))
        top = self._select if self._within is None else self._within
        return selects + ([] if top is None else [top]), [select for select in firsts if select != top]

    def read(self, tree: Any, path: str, page: bytes, notes: set[str], found: Found) -> list[list[Any]]:
        """All rows of the page, in its order. `found`: what was looked up in the page."""
        blocks = [tree] if self._within is None else apart_enough(found.get(self._within, []), notes)
        shared: list[Any] | None = None
        rows: list[list[Any]] = []
        for block in blocks:
            if self._select is None:
                nodes = [block]
            else:
                inside = found.get(self._select, []) if self._within is None else all_of(self._select, block)
                nodes = apart_enough(inside, notes)
            if not nodes:
                continue
            if shared is None:  # many pages have no row of some tables
                shared = [None] * len(self.names)
                for index, one in self._page:
                    shared[index] = one.read(tree, path, page, notes, found)
            of_block = self._block.take(block, shared, path, page, notes, found) if self._block else shared
            places = [(node, None) for node in nodes] if self._matches is None else self._places(nodes, notes)
            for node, match in places:
                row = self._row.take(node, of_block, path, page, notes, found)
                for index, other in self._otherwise:
                    if not row[index]:
                        of = tree if other.rule.of_page else block if other.rule.of_block else node
                        row[index] = other.read(of, path, page, notes)
                for index, one in self._groups:
                    text = None if match is None else match.group(one.rule.match)
                    row[index] = None if text is None else one.value(text, notes)
                for index in self._flags:
                    row[index] = bool(row[index])
                if row != self._nothing and (self._required is None or row[self._required] is not None):
                    rows.append(row)
        return rows

    def _places(self, nodes: list[Any], notes: set[str]) -> Iterator[tuple[Any, Match]]:
        """Each place in the texts of some elements that the pattern finds."""
        for node in nodes:
            text = node.parser.body.text() if node.tag == "html" else node.text()
            yield from ((node, match) for match in self._matches.finditer(without_runs(text, notes)))


def _same_on_page(one: Field) -> bool:
    rule = one.rule
    return rule.of_page or (rule.select is None and rule.cell is None and rule.match is None)
