"""Things that stand in a tree, and the way from the root to each: categories inside categories."""

import re
from collections.abc import Callable
from typing import Any

Depth = Callable[[Any], int | None]


def depth_in_class(pattern: re.Pattern) -> Depth:
    """The depth that an element states in its class: `class="category depth1"`."""

    def depth(node: Any) -> int | None:
        found = pattern.search(node.attributes.get("class") or "")
        return None if found is None else int(found.group(pattern.groups and 1))

    return depth


def depth_by_level(selectors: list[str]) -> Depth:
    """The depth of an element as the place of the first selector that fits it."""
    return lambda node: next((level for level, select in enumerate(selectors) if node.css_matches(select)), None)


def branches_by_depth(nodes: list[Any], depth: Depth) -> list[list[Any]]:
    """The way to each element of a flat list.

    The parent of an element is the nearest one in front of it that is less deep; an element without a depth is on no
    branch.
    """
    branches, open_branch = [], []
    for node in nodes:
        level = depth(node)
        if level is not None:
            open_branch = [(other, known) for other, known in open_branch if known < level] + [(node, level)]
        branches.append([] if level is None else [other for other, _ in open_branch])
    return branches


def branches_by_nesting(nodes: list[Any]) -> list[list[Any]]:
    """The way to each element of a tree whose elements stand inside each other: `<li>` in `<li>`."""
    known = {node.mem_id: node for node in nodes}
    branches = []
    for node in nodes:
        branch, parent = [node], node.parent
        while parent is not None:
            if parent.mem_id in known:
                branch.append(known[parent.mem_id])
            parent = parent.parent
        branches.append(branch[::-1])
    return branches
