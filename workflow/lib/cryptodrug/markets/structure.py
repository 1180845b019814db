"""Pages grouped by their structure: two pages of one template hold the same short paths of tags.

A page is the set of its tag paths of three elements (shingles, Broder 1997); the distance of two pages is one minus the
Jaccard index of their sets; groups are made by average linkage (Sokal and Michener 1958). No step is random.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from cryptodrug.markets.sampled import SampledPage

DEPTH = 3
# Tried on pages of ten markets: nearer than the first, pages are of one template; between the two they are of one
# template with optional parts, or of several that share a large frame, and their kinds decide.
SAME, RELATED = 0.3, 0.5
_OF_ONE_PAGE = re.compile(r"\d{3}|\d$")  # `shopItem_576552`, `row17`: names that number something


def element_name(node: Any) -> str:
    """Tag, id and classes of an element, without those that carry a number."""
    attributes = node.attributes
    classes = sorted({name for name in (attributes.get("class") or "").split() if not _OF_ONE_PAGE.search(name)})
    identity = attributes.get("id") or ""
    mark = f"#{identity}" if identity and not _OF_ONE_PAGE.search(identity) else ""
    return ".".join([node.tag + mark, *classes])


def shingles(tree: Any) -> set[tuple[str, ...]]:
    """The paths of up to three elements that the page holds; without recursion, since pages can be deeply nested."""
    found: set[tuple[str, ...]] = set()
    waiting = [(tree.body, ())] if tree.body is not None else []
    while waiting:
        node, above = waiting.pop()
        here = (*above, element_name(node))[-DEPTH:]
        found.add(here)
        waiting.extend((child, here) for child in node.iter())
    return found


def distances(sets: Sequence[set[Any]]) -> np.ndarray:
    """Jaccard distances of all pairs, in the order that `linkage` wants; two empty sets are equal."""
    pairs = ((one, other) for index, one in enumerate(sets) for other in sets[index + 1 :])
    return np.array([1 - len(one & other) / max(len(one | other), 1) if one or other else 0.0 for one, other in pairs])


def _groups(tree: np.ndarray, pages: list[SampledPage], distance: float) -> list[list[SampledPage]]:
    groups: dict[int, list[SampledPage]] = {}
    for label, page in zip(fcluster(tree, distance, "distance"), pages, strict=True):
        groups.setdefault(int(label), []).append(page)
    return list(groups.values())


def families(pages: list[SampledPage]) -> list[list[list[SampledPage]]]:
    """Groups of pages of one structure, gathered in families of related structure.

    The largest family comes first, then by the path of the first page; so do groups in their family.
    """
    if len(pages) < 2:
        return [[pages]] if pages else []
    tree = linkage(distances([shingles(page.tree) for page in pages]), "average")
    family_of = {page.path: number for number, one in enumerate(_groups(tree, pages, RELATED)) for page in one}
    found: dict[int, list[list[SampledPage]]] = {}
    for group in sorted(_groups(tree, pages, SAME), key=lambda one: (-len(one), one[0].path)):
        found.setdefault(family_of[group[0].path], []).append(group)
    return sorted(found.values(), key=lambda one: (-sum(map(len, one)), one[0][0].path))
