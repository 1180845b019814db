"""Several selectors looked up in one walk through a tree.

Most of the time of a selector is that of the walk; each further one in the same walk takes a tenth of it. The parser
gives an element once for each selector of a list that matches it, in the order of the page, but does not say for which.
That follows from name, class and place of the element: when as many selectors can match it as did, these did. When more
can, they are looked up one by one.
"""

from collections.abc import Iterable
from typing import Any

from cryptodrug.reading.elements import all_of, first_of
from cryptodrug.reading.steps import Step, can_match, steps_of

Found = dict[str, list[Any]]  # by selector: its elements, at least one, in the order of the page


MOST_KNOWN = 1_000


class _Together:
    """Selectors that are looked up in one walk."""

    def __init__(self, steps: dict[str, list[Step]]) -> None:
        self._selects = steps
        self._query = ", ".join(steps)
        self._known: dict[tuple[str, str | None], list[str]] = {}

    def find(self, node: Any, found: Found) -> None:
        """Add the elements of each selector in a node."""
        if (nodes := all_of(self._query, node)) and not self._tell_apart(nodes, found):
            found |= {select: ones for select in self._selects if (ones := all_of(select, node))}

    def _by_name(self, tag: str, of_class: str | None) -> list[str]:
        """The selectors that can match an element of this name and class."""
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        given = (of_class or "").casefold()
        can = [select for select, steps in self._selects.items() if steps[0].can_be_named(tag.lower(), given)]
        self._known[tag, of_class] = can
        return can

    def _tell_apart(self, nodes: list[Any], found: Found) -> bool:
        """Give each selector its elements; whether that could be done."""
        at, count, known = 0, len(nodes), self._known
        while at < count:
            node, begin = nodes[at], at
            identity, tag, attributes = node.mem_id, node.tag, node.attributes
            at += 1
            while at < count and nodes[at].mem_id == identity:
                at += 1
            of_class = attributes.get("class")
            can = known.get((tag, of_class))
            if can is None:
                can = self._by_name(tag, of_class)
            if len(can) != at - begin:
                can = [select for select in can if can_match(self._selects[select], node, tag.lower(), attributes)]
                if len(can) != at - begin:
                    return False
            for select in can:
                if select in found:
                    found[select].append(node)
                else:
                    found[select] = [node]
        return True


class Lookup:
    """Selectors that are looked up together.

    Parameters
    ----------
    selects : selectors; one that comes twice is looked up once.
    firsts : those of which only the first element counts.
    """

    def __init__(self, selects: Iterable[str], firsts: Iterable[str] = ()) -> None:
        steps = {select: steps_of(select) for select in selects}
        together = {select: known for select, known in steps.items() if known is not None}
        self._together = _Together(together) if len(together) > 1 else None
        alone = [select for select in steps if self._together is None or select not in together]
        firsts = set(firsts)
        self._alone = [(select, first_of if select in firsts else all_of) for select in alone]

    def find(self, node: Any) -> Found:
        """The elements of each selector in a node; a selector that finds none is left out."""
        found: Found = {}
        for select, find in self._alone:
            if nodes := find(select, node):
                found[select] = nodes
        if self._together is not None:
            self._together.find(node, found)
        return found
