"""Short CSS selectors for an element, those first that survive a new layout."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from cryptodrug.markets.structure import element_name

_NAME = re.compile(r"[A-Za-z_][\w-]*\Z")
DEEPEST = 100  # elements inside each other
MOST = 80  # proposals that are tried for one field


def text_of(node: Any) -> str:
    """The text of an element, blanks collapsed."""
    return " ".join(node.text().split())


def own_names(node: Any) -> list[str]:
    """`.class` and `#id` of an element, without those that carry a number or cannot stand in a selector."""
    _tag, *names = re.split(r"(?=[.#])", element_name(node))
    return [name for name in names if _NAME.match(name[1:])]


def descendants(node: Any) -> Iterator[Any]:
    """The elements below a node in the order of the page; without recursion, and not deeper than any template goes."""
    waiting = [(child, 1) for child in node.iter()][::-1]
    while waiting:
        element, depth = waiting.pop()
        yield element
        if depth < DEEPEST:
            waiting.extend([(child, depth + 1) for child in element.iter()][::-1])


def selectors_of(node: Any, row: Any) -> list[str]:
    """Selectors of an element inside a row: by its own names, by those of what it stands in, by its tag."""
    found = own_names(node)
    parent = node.parent
    while parent is not None and parent.mem_id != row.mem_id and parent.tag not in ("body", "html"):
        if names := own_names(parent):
            found += [f"{name} {node.tag}" for name in names[:2]]
            break
        parent = parent.parent
    return [*found, node.tag]


def is_leaf_text(node: Any) -> bool:
    """Whether all text of an element stands in one piece, as a title or a name does."""
    pieces = [one for one in node.traverse(include_text=True) if one.tag == "-text" and one.text().strip()]
    return len(pieces) == 1


def by_frequency(proposals: Iterable[str]) -> list[str]:
    """Proposals without repeats, those that come up most first, of equal ones the first seen."""
    return [text for text, _ in Counter(proposals).most_common(MOST)]
