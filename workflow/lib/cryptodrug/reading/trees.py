"""Things that stand in a tree, and the way from the root to each: categories inside categories."""

import re
from typing import Any


def branches_by_depth(nodes: list[Any], depth: re.Pattern) -> list[list[Any]]:
    """The way to each element of a list that states its depth in a class: `class="category depth1"`.

    The parent of an element is the nearest one in front of it that is less deep; an element that states no depth is
    on no branch.
    """
    branches, open_branch = [], []
    for node in nodes:
        found = depth.search(node.attributes.get("class") or "")
        if found is None:
            branches.append([])
            continue
        level = int(found.group(depth.groups and 1))
        open_branch = [(other, known) for other, known in open_branch if known < level] + [(node, level)]
        branches.append([other for other, _ in open_branch])
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
