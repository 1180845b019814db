"""How the fields of a row are taken: what several of them use is looked up once.

* All selectors of a page are looked up together; in a small row, to look for one after the other is quicker.
* Fields with one source, such as price and currency in one cell, share it.
* Fields that also clean its text alike, such as length and key of an opinion, share the cleaned text.
"""

from collections.abc import Callable
from typing import Any

from cryptodrug.reading.fields import Field
from cryptodrug.reading.lookup import Found
from cryptodrug.reading.sources import only_first

Fields = list[tuple[int, Field]]
Values = list[tuple[int, Callable[[Any, set[str]], Any]]]
Shared = list[tuple[Any, Values]]  # a source, and the fields that take their value from it
Alone = list[tuple[Any, int, Callable[[Any, set[str]], Any]]]  # a source with one field


def selects_of(fields: list[Field]) -> tuple[list[str], list[str]]:
    """The selectors that some fields look for, and those of them of which only the first element counts."""
    looked_up = [one.rule for one in fields if one.look is not None]
    every = {rule.select for rule in looked_up if not only_first(rule)}
    selects = list(dict.fromkeys(rule.select for rule in looked_up))
    return selects, [select for select in selects if select not in every]


def _cleaned(source: Callable, clean: Callable) -> Callable:
    """A source that gives the cleaned text."""

    def taken(node: Any, cells: list[Any], path: str, page: bytes, notes: set[str]) -> str | None:
        text = source(node, cells, path, page, notes)
        return None if text is None else clean(text, notes)

    return taken


def _cleaned_look(look: Callable, clean: Callable) -> Callable:
    """The same for a source that is looked up."""

    def taken(nodes: list[Any], notes: set[str]) -> str | None:
        text = look(nodes, notes)
        return None if text is None else clean(text, notes)

    return taken


class Plan:
    """A plan for the fields of a row, of which each has its place. `is_page`: the row is the whole page."""

    def __init__(self, fields: Fields, is_page: bool = False) -> None:
        self._is_page = is_page
        by_place: dict[str, Fields] = {}
        for index, one in fields:
            by_place.setdefault(one.place, []).append((index, one))
        self._alone: Alone = []
        self._shared: Shared = []
        self._looked_up: list[tuple[str, Callable, Values]] = []
        for group in by_place.values():
            self._add(group)
        self.fields = [one for _, one in fields]
        self._cells = any(one.rule.cell is not None for one in self.fields)

    def __bool__(self) -> bool:
        return bool(self.fields)

    def _add(self, group: Fields) -> None:
        """Fields that take their values from one source."""
        first = group[0][1]
        values, clean = [(index, one.value) for index, one in group], None
        if len(group) > 1 and first.rule.label is None and all(one.cleaning == first.cleaning for _, one in group):
            values, clean = [(index, one.form) for index, one in group], first.clean
        if self._is_page and first.look is not None:
            look = first.look if clean is None else _cleaned_look(first.look, clean)
            self._looked_up.append((first.rule.select, look, values))
        elif len(group) == 1:
            self._alone.append((first.source, *values[0]))
        else:
            self._shared.append((first.source if clean is None else _cleaned(first.source, clean), values))

    def take(self, node: Any, shared: list[Any], path: str, page: bytes, notes: set[str], found: Found) -> list[Any]:
        """A row with these fields, beside those that are known already. `found`: what was looked up in the page."""
        row = shared.copy()
        for select, look, values in self._looked_up:
            if (nodes := found.get(select)) and (taken := look(nodes, notes)) is not None:
                for index, value in values:
                    row[index] = value(taken, notes)
        cells = list(node.iter()) if self._cells else []
        for source, index, value in self._alone:
            taken = source(node, cells, path, page, notes)
            if taken is not None:
                row[index] = value(taken, notes)
        for source, values in self._shared:
            taken = source(node, cells, path, page, notes)
            if taken is not None:
                for index, value in values:
                    row[index] = value(taken, notes)
        return row
