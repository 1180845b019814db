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
# Pages of one template share most of their paths even when optional parts are absent; tried on pages of nine markets.
LARGEST_DISTANCE = 0.5
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


def cluster(pages: list[SampledPage]) -> list[list[SampledPage]]:
    """Groups of pages of one structure, the largest first, then by the path of their first page."""
    if len(pages) < 2:
        return [pages] if pages else []
    labels = fcluster(
        linkage(distances([shingles(page.tree) for page in pages]), "average"), LARGEST_DISTANCE, "distance"
    )
    groups: dict[int, list[SampledPage]] = {}
    for label, page in zip(labels, pages, strict=True):
        groups.setdefault(int(label), []).append(page)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0].path))
