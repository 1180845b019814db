"""How the fields of a row are taken: what several of them use is looked up once.

* Fields with one source, such as price and currency in one cell, share it.
* Fields that also clean its text alike, such as length and key of an opinion, share the cleaned text.
"""

from collections.abc import Callable
from typing import Any

from cryptodrug.reading.fields import Field

Fields = list[tuple[int, Field]]
Values = list[tuple[int, Callable[[Any, set[str]], Any]]]
Shared = list[tuple[Any, Values]]  # a source, and the fields that take their value from it
Alone = list[tuple[Any, int, Callable[[Any, set[str]], Any]]]  # a source with one field
Plan = tuple[Alone, Shared]


def _cleaned(source: Callable, clean: Callable) -> Callable:
    """A source that gives the cleaned text."""

    def taken(node: Any, cells: list[Any], path: str, page: bytes, notes: set[str]) -> str | None:
        text = source(node, cells, path, page, notes)
        return None if text is None else clean(text, notes)

    return taken


def plan_of(fields: Fields) -> Plan:
    """A plan for the fields of a row."""
    by_place: dict[str, Fields] = {}
    for index, one in fields:
        by_place.setdefault(one.place, []).append((index, one))
    alone: Alone = []
    shared: Shared = []
    for group in by_place.values():
        first = group[0][1]
        if len(group) == 1:
            alone.append((first.source, group[0][0], first.value))
        elif first.rule.label is None and all(one.cleaning == first.cleaning for _, one in group):
            shared.append((_cleaned(first.source, first.clean), [(index, one.form) for index, one in group]))
        else:
            shared.append((first.source, [(index, one.value) for index, one in group]))
    return alone, shared
