"""What a list shows, and which page of a longer list this is: rules proposed for the pages of a group."""

import re
from collections.abc import Iterator

from cryptodrug.markets.accounts import heading_rules, whole_pages
from cryptodrug.markets.offers import PAGES_LOOKED_AT, spread
from cryptodrug.markets.sampled import SampledPage
from cryptodrug.markets.selectors import by_frequency, descendants, own_names, selectors_of, text_of
from cryptodrug.markets.trials import Row, Rule, Trial, best
from cryptodrug.markets.vocabulary import PRICE

_NUMBER = re.compile(r"[1-9]\d{0,3}")
_HERE = re.compile(r"current|active|selected|disabled", re.IGNORECASE)  # where a reader is, in a row of page numbers
_PAGING = re.compile(r"pag(?:e|ing|inat)|\bpg\b", re.IGNORECASE)
_HERE_TAGS = ("strong", "b", "em", "span")
_PAGE_IN_PATH = [r"[?&/](?:page|pg|p)[=_-]?(\d+)", r"^.*/(\d+)(?:\.html?)?$"]
_NAME_IN_PATH = [
    r"[?&](?:category|cat|shelf|c)=([^&]+)",
    r"/(?:category|categories|cat|c)/([^/?.]+)",
    r"[?&](?:query|search|q)=([^&]+)",
]
_FOLDER = r"^(?:.*/)?([^/?]+)/[^/?]+$"
_OF_SOME = re.compile(r"(?<!\d)[1-9]\d{0,3} (?:of|/|von|van|sur|de) [1-9]\d{0,3}(?!\d)")
ENOUGH = 0.5  # of the pages
LONGEST_NAME = 80


def _is_name(text: str) -> bool:
    words = re.search(r"[^\W\d_]{2}", text) is not None
    return words and len(text) <= LONGEST_NAME and not PRICE.fullmatch(text)


def _marked_numbers(rows: list[Row]) -> list[Rule]:
    """Elements with a number that their name, or that of the row of numbers around them, marks as the present one."""

    def found() -> Iterator[str]:
        for row in rows:
            for element in descendants(row.node):
                if not _NUMBER.fullmatch(text_of(element)):
                    continue
                around = next((names for one in _above(element) if (names := own_names(one))), [])
                paging = [name for name in around if _PAGING.search(name)]
                here = [name for name in own_names(element) if _HERE.search(name)]
                yield from (f"{outer} {inner}" for outer in paging for inner in here)
                yield from here
                if element.tag in _HERE_TAGS:
                    yield from (f"{outer} {element.tag}" for outer in paging)
                yield from (one for one in selectors_of(element, row.node) if _HERE.search(one))

    return [{"select": selector} for selector in by_frequency(found())]


def _numbers_of_some(rows: list[Row]) -> list[Rule]:
    """Elements that say `2 of 17`."""
    names = by_frequency(
        selector
        for row in rows
        for element in descendants(row.node)
        if len(text := text_of(element)) < LONGEST_NAME and _OF_SOME.search(text)
        for selector in selectors_of(element, row.node)
    )
    return [{"select": name, "regex": r"(\d+) (?:of|/|von|van|sur|de) \d+"} for name in names]


def _above(element) -> Iterator:
    """The elements that an element stands in, from the nearest to the body."""
    parent = element.parent
    while parent is not None and parent.tag not in ("body", "html"):
        yield parent
        parent = parent.parent


def list_page(pages: list[SampledPage]) -> Trial | None:
    """Which page of a list each page is; None where neither paths nor marked numbers tell several apart.

    The page itself goes before its path: a path is what a crawler made of an address.
    """
    rows = whole_pages(pages)
    rules: list[Rule] = [*_marked_numbers(spread(rows, PAGES_LOOKED_AT)), *({"path": one} for one in _PAGE_IN_PATH)]
    rules += _numbers_of_some(spread(rows, PAGES_LOOKED_AT))
    return best("list_page", rules, rows, lambda text: _NUMBER.fullmatch(text) is not None, _page_value)


def list_name(pages: list[SampledPage]) -> Trial | None:
    """What each page lists: by a category or search in its path, else by a heading, else by its folder.

    None where all pages say one thing: that is the name of the market, or of its list of everything.
    """
    rows = whole_pages(pages)
    for rules in (({"path": one} for one in _NAME_IN_PATH), heading_rules(rows), [{"path": _FOLDER}]):
        found = best("list_name", rules, rows, _is_name, _if_several)
        if found is not None and found.coverage >= ENOUGH:
            return found
    return None


def _page_value(trial: Trial) -> float:
    """A number that is the same on all pages counts only where the names around it say that it is one of pages."""
    select = trial.rule.get("select", "")
    named = _PAGING.search(select) is not None and (_HERE.search(select) is not None or " " in select)
    return _if_several(trial) or trial.coverage / 2 * named


def _if_several(trial: Trial) -> float:
    return trial.coverage if len(set(trial.found)) > 1 else 0.0


def list_values(pages: list[SampledPage]) -> dict[str, Trial]:
    """Both, as far as they were found, by the key of a market file."""
    found = {"list_name": list_name(pages), "list_page": list_page(pages)}
    return {name: trial for name, trial in found.items() if trial is not None}
