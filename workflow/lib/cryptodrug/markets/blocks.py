"""Repeated blocks: the rows of a list, found as elements that come many times and each hold what an offer holds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptodrug.markets.sampled import SampledPage
from cryptodrug.markets.selectors import DEEPEST, own_names
from cryptodrug.markets.trials import Row
from cryptodrug.markets.vocabulary import DATE, PRICE

FEWEST = 3  # rows on at least one page; two things side by side are no list
PURE = 0.6  # share of the elements of a selector that must be rows
NEARLY_ALL = 0.85  # of the largest number of rows that any selector finds
CANDIDATES = 6  # blocks that are tried
_CONTAINERS = {
    "tr",
    "li",
    "div",
    "article",
    "section",
    "td",
    "dl",
    "tbody",
    "table",
    "p",
    "a",
    "form",
    "span",
    "center",
}


@dataclass(frozen=True)
class Block:
    """A selector of rows, and the rows that it matches on the pages of a group."""

    select: str
    rows: tuple[Row, ...]
    pages: int


def is_offer(element: Any) -> bool:
    """Whether an element holds one price or a few, and a link with words."""
    text = element.text()
    if not 1 <= len(PRICE.findall(text)) <= 12:
        return False
    links = element.css("a")
    return any(len(PRICE.sub("", link.text()).strip()) >= 3 for link in links)


def is_opinion(element: Any) -> bool:
    """Whether an element holds one date or age, and words besides it."""
    text = element.text()
    return len(text) < 5000 and 1 <= len(DATE.findall(text)) <= 2 and len(DATE.sub("", text).strip()) >= 3


def _selectors(element: Any) -> list[str]:
    """Selectors under which an element may come repeatedly: its names, or its place below an element with a name."""
    found = [f"{element.tag}{name}" for name in own_names(element)]
    above, chain = element.parent, element.tag
    for _ in range(5):
        if above is None or above.tag in ("body", "html"):
            break
        if names := own_names(above):
            found += [f"{name} > {chain}" for name in names[:2]]
            break
        above, chain = above.parent, f"{above.tag} > {chain}"
    if element.tag in ("tr", "li", "article"):
        found.append(element.tag)
    return found


@dataclass
class _Count:
    """What a selector matches on all pages."""

    matched: int = 0
    rows: int = 0
    text: int = 0
    on_one_page: int = 0
    nested: int = 0


def _count_on(page: SampledPage, is_row: Callable[[Any], bool]) -> dict[str, _Count]:
    """For each selector, what it matches on a page. An element inside another of its selector is no second row."""
    counts: dict[str, _Count] = {}
    body = page.tree.body
    waiting: list[tuple[Any, frozenset[str]]] = [(body, frozenset())] if body is not None else []
    depth_of: dict[int, int] = {}
    while waiting:
        element, above = waiting.pop()
        selectors = _selectors(element) if element.tag in _CONTAINERS else []
        length = len(element.text()) if selectors and is_row(element) else 0
        for select in selectors:
            one = counts.setdefault(select, _Count())
            one.matched += 1
            one.rows += bool(length)
            one.text += length
            one.nested += select in above
        depth = depth_of.get(element.mem_id, 0) + 1
        if depth < DEEPEST:
            inside = above.union(selectors)
            for child in element.iter():
                depth_of[child.mem_id] = depth
                waiting.append((child, inside))
    return counts


def _count(pages: list[SampledPage], is_row: Callable[[Any], bool]) -> dict[str, _Count]:
    """For each selector, what it matches on all pages."""
    totals: dict[str, _Count] = {}
    for page in pages:
        for select, one in _count_on(page, is_row).items():
            total = totals.setdefault(select, _Count())
            total.matched, total.rows = total.matched + one.matched, total.rows + one.rows
            total.text, total.nested = total.text + one.text, total.nested + one.nested
            total.on_one_page = max(total.on_one_page, one.rows)
    return totals


def _block(pages: list[SampledPage], select: str) -> Block:
    rows, with_rows = [], 0
    for page in pages:
        nodes = page.tree.css(select)
        with_rows += bool(nodes)
        rows += [Row(node, page.path, page.data) for node in nodes]
    return Block(select, tuple(rows), with_rows)


def find_blocks(pages: list[SampledPage], is_row: Callable[[Any], bool]) -> list[Block]:
    """The repeated blocks of a group of pages, of those that find nearly as many rows as the best one.

    Those with the longest rows come first: they hold the whole offer and not only its name and price.
    """
    counts = _count(pages, is_row)
    fitting = {
        select: one
        for select, one in counts.items()
        if one.on_one_page >= FEWEST and one.rows >= PURE * one.matched and not one.nested
    }
    most = max((one.rows for one in fitting.values()), default=0)
    whole: dict[tuple[int, int], str] = {}
    for select, one in fitting.items():
        if (
            one.rows >= NEARLY_ALL * most
        ):  # of selectors with the same rows the first one seen: by names before by place
            whole.setdefault((one.rows, one.text), select)
    return [_block(pages, select) for _, select in sorted(whole.items(), key=lambda one: -one[0][1])][:CANDIDATES]
