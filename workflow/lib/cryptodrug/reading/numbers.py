"""Numbers with a name that a page prints: totals of categories, exchange rates, numbers of pages."""

import json
import re
from collections.abc import Iterator
from typing import Any

from cryptodrug.reading.elements import all_of
from cryptodrug.reading.fields import Field
from cryptodrug.reading.limits import apart_enough, enough, without_runs
from cryptodrug.reading.rules import Printed
from cryptodrug.reading.trees import branches_by_depth, branches_by_nesting, depth_by_level, depth_in_class

Named = Iterator[tuple[str | None, str | None]]


class _Rule:
    """One compiled rule."""

    def __init__(self, rule: Printed) -> None:
        self._rule = rule
        self._name, self._number = Field("name", rule.name), Field("number", rule.number)
        self._matches = None if rule.matches is None else re.compile(rule.matches)
        self._depth = None if rule.depth is None else depth_in_class(re.compile(rule.depth))
        if rule.levels:
            self._depth = depth_by_level(rule.levels)

    def read(self, tree: Any, notes: set[str]) -> Named:
        """Name and number of each match, either perhaps missing."""
        nodes = apart_enough(all_of(self._rule.select, tree), notes)
        return self._in_texts(nodes, notes) if self._matches is not None else self._in_nodes(nodes, notes)

    def _in_texts(self, nodes: list[Any], notes: set[str]) -> Named:
        for match in (match for node in nodes for match in self._matches.finditer(without_runs(node.text(), notes))):
            texts = ((one, match.group(one.rule.match)) for one in (self._name, self._number))
            name, number = (None if text is None else one.value(text, notes) for one, text in texts)
            yield name, number

    def _in_nodes(self, nodes: list[Any], notes: set[str]) -> Named:
        read = ((node, self._name.read(node, "", b"", notes)) for node in nodes)
        named = list(enough(read, lambda pair: len(pair[1] or ""), notes))
        names, nodes = {node.mem_id: name for node, name in named}, [node for node, _ in named]
        for node, way in zip(nodes, self._ways(nodes), strict=True):
            above = [names[one.mem_id] for one in way]
            yield "/".join(above) if all(above) else None, self._number.read(node, "", b"", notes)

    def _ways(self, nodes: list[Any]) -> list[list[Any]]:
        """For each element those that name it: itself, and in a tree those above it."""
        if self._depth is not None:
            return branches_by_depth(nodes, self._depth)
        return branches_by_nesting(nodes) if self._rule.nested else [[node] for node in nodes]


class Numbers:
    """Compiled rules for the numbers of one column of the page table."""

    def __init__(self, rules: list[Printed]) -> None:
        self._rules = [_Rule(rule) for rule in rules]

    def read(self, tree: Any, notes: set[str]) -> str | None:
        """JSON object of name and printed number, sorted by name; None when nothing is printed.

        Where a name comes twice, the first number counts.
        """
        found: dict[str, str] = {}
        for rule in self._rules:
            for name, number in rule.read(tree, notes):
                if name and number:
                    found.setdefault(name, number)
        return json.dumps(found, sort_keys=True, ensure_ascii=False) if found else None
