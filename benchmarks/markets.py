"""Speed of reading the main fields of each market's pages: this project's market file, and BeautifulSoup on lxml.

Both read the same fields of the same pages from memory. The market file is cut down to these fields; the other reader
is what most people write: selectors and regular expressions in a table. It is checked that both read the same.
"""

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from bs4 import BeautifulSoup
from cryptodrug.archive import pages
from cryptodrug.reading.adapter import Adapter, read_adapter
from cryptodrug.reading.reader import Reader

ROOT = Path(__file__).resolve().parents[1]
MARKETS = ROOT / "workflow" / "markets"
ROUNDS = 7  # the fastest counts: the others were disturbed
LEAST = 0.2  # seconds of one round: few pages are read again and again

Values = list[tuple[str | None, ...]]


class Soup(NamedTuple):
    """How BeautifulSoup finds the fields of one kind of page: a selector, a pattern, perhaps an attribute."""

    kind: str
    fields: dict[str, tuple[str, ...]]
    row: str | None = None  # absent: the page is one row


_ANY, _NUMBER, _NAME = "(.+)", r"(\d[\d.,]*)", r"u_id=([^&]+)"
_DREAM, _CRYPTONIA, _EMPIRE = (
    '.tabularDetails > div:has(label:-soup-contains("%s"))',
    '.product_data:has(> label:-soup-contains("%s:"))',
    '.productTbl td:has(> b:-soup-contains("%s")) + td',
)
_APOLLON = '.col-sm-3:-soup-contains("%s :")'
# the main fields that a market shows on this kind of page: title, vendor, price, origin, destination
SOUPS = {
    "dream": Soup(
        "listing",
        {
            "title": (".viewProduct > .title", _ANY),
            "vendor": ('.tabularDetails a[href*="contactMember?member="]:not(.viewRatings)', _ANY),
            "price_text": (_DREAM % "Price", rf"Price[^(\d]*{_NUMBER}"),
            "ships_from_text": (_DREAM % "Ships from", r"Ships from\s*(.+)"),
            "ships_to_text": (_DREAM % "Ships to", r"Ships to\s*(.+)"),
        },
    ),
    "empire": Soup(
        "listing",
        {
            "title": (".listDes > h2", _ANY),
            "vendor": ('.listDes > p > b > a[href*="/u/"]', _ANY),
            "price_text": ('form p:-soup-contains("Purchase price:")', r"Purchase price:[^\d]*([\d.,]+)"),
            "ships_from_text": (_EMPIRE % "Origin Country", _ANY),
            "ships_to_text": (_EMPIRE % "Ships to", _ANY),
        },
    ),
    "cryptonia": Soup(
        "listing",
        {
            "title": (".mainarea_inner > h2", _ANY),
            "vendor": ('.product_data > a[href^="/user/"]', _ANY),
            "price_text": (_CRYPTONIA % "Price" + " > .lgtext", r"^([\d.,]+)"),
            "ships_from_text": (_CRYPTONIA % "Ships from" + " > .lbllist", r"^(.*?) ?→"),
        },
    ),
    "apollon": Soup(
        "listing",
        {
            "title": ('.col-sm-12 > a[href*="ls_id="]', _ANY),
            "vendor": ('#page-wrapper a[href*="user.php?u_id="]', _NAME, "href"),
            "price_text": ("h5 > .label", r"Price : ?([\d.,]+)"),
            "ships_from_text": (_APOLLON % "Origin Country", r"Origin Country : ?(.+?) ?(?:Ship to|$)"),
            "ships_to_text": (_APOLLON % "Ship to", r"Ship to : ?(.+?) ?(?:Payment|$)"),
        },
    ),
    "white-house": Soup(
        "list",
        {
            "title": ('.gallerylist .col-md-4 a[href*="listing="]', _ANY),
            "vendor": ('.gallerylist a[href*="userinfo?user="]', _ANY),
            "price_text": (".gallerylist .col-md-4 strong", _NUMBER),
        },
        ".listinglist",
    ),
    "yellow-brick": Soup(
        "list",
        {
            "title": ('#listdata a[href*="listing="], a[href*="listing="]:not(:has(img)):not(.listingbutton)', _ANY),
            "vendor": ('a[href*="profile="]', _ANY),
            "price_text": ("#listdata > b, b[style]", _NUMBER),
            "ships_from_text": ('[id="ah_ships"], [id="tag_ships"]', "(.+?)(?:View Listing|$)"),
        },
        '[id="listing"]',
    ),
    "cypher": Soup(
        "list",
        {
            "title": (".card-title", _ANY),
            "vendor": ('.card-text a[href*="/vendor/"]', _ANY),
            "price_text": (".card-subtitle strong", _NUMBER),
        },
        ".card",
    ),
}


def _soup_page(soup: Soup, patterns: list[tuple[str, re.Pattern, list[str]]], page: bytes) -> Values:
    """The rows of a page with BeautifulSoup; rows without any value are none."""
    tree = BeautifulSoup(page, "lxml", from_encoding="utf-8")
    rows = []
    for node in [tree] if soup.row is None else tree.select(soup.row):
        row = []
        for select, pattern, attribute in patterns:
            element = node.select_one(select)
            text = "" if element is None else element[attribute[0]] if attribute else element.get_text()
            found = pattern.search(" ".join(text.split()))
            row.append(None if found is None else found.group(1))
        if any(row):
            rows.append(tuple(row))
    return rows


def _only(adapter: Adapter, soup: Soup) -> Adapter:
    """The market file with the fields of the comparison and no others: how a page is recognised stays as it is."""
    rules = []
    for rule in adapter.pages:
        rows = [
            rows.model_copy(update={"fields": {name: rows.fields[name] for name in soup.fields}, "required": None})
            for rows in rule.rows
            if rows.table == "listing" and rule.kind == soup.kind and set(soup.fields) <= set(rows.fields)
        ]
        absent = dict.fromkeys(("rate", "rates", "clock", "list_name", "list_page", "message", "printed"))
        rules.append(rule.model_copy(update={"rows": rows} | absent))
    return adapter.model_copy(update={"pages": rules})


def _rows(reader: Reader, path: str, page: bytes) -> Values:
    """The rows of a page with this project."""
    return [tuple(row) for _, rows in reader.read(path, page).rows for row in rows if any(row)]


def _fastest(tasks: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """Seconds of processor time of each task, the least of some rounds, in turn."""
    least: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            begin, times = time.process_time(), 0
            while (seconds := time.process_time() - begin) < LEAST:
                task()
                times += 1
            least[name] = min(least.get(name, seconds), seconds / times)
    return least


def measure(market: str, data: Path) -> dict[str, Any] | None:
    """Pages, ratio with the same fields, and with all fields of the market file; None when there is no page."""
    soup, adapter = SOUPS[market], read_adapter(MARKETS / f"{market}.yaml")
    whole, few = Reader(adapter), Reader(_only(adapter, soup))
    chosen = [(page[0], page[1]) for page in pages(data / market) if whole.read(*page).kind == soup.kind]
    patterns = [(select, re.compile(pattern), rest) for select, pattern, *rest in soup.fields.values()]
    # pages of a layout that does not show all of these fields are left out on both sides
    chosen = [page for page in chosen if _rows(few, *page)]
    if not chosen:
        return None
    equal = sum(_rows(few, *page) == _soup_page(soup, patterns, page[1]) for page in chosen)
    seconds = _fastest(
        {
            "few": lambda: [few.read(*page) for page in chosen],
            "whole": lambda: [whole.read(*page) for page in chosen],
            "soup": lambda: [_soup_page(soup, patterns, page[1]) for page in chosen],
        }
    )
    return {
        "market": market,
        "kind": soup.kind,
        "pages": len(chosen),
        "fields": len(soup.fields),
        "equal": equal,
        "ratio": seconds["soup"] / seconds["few"],
        "ratio_whole": seconds["soup"] / seconds["whole"],
    }


def measure_all(data: Path) -> list[dict[str, Any]]:
    """Every market of which there are pages."""
    found = [measure(market, data) for market in SOUPS if (data / market).is_dir()]
    return [one for one in found if one is not None]


if __name__ == "__main__":
    data = os.environ.get("CRYPTODRUG_SHARED_DATA", str(ROOT.parent / "shared" / "data"))
    for one in measure_all(Path(data) / "markets"):
        print(one)
