"""What must be read from a download: the observed tables, made without any page."""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from cryptodrug.reading.tables import COLUMNS_OF
from cryptodrug.simulate.crawl import AGAIN, Crawl, Wanted
from cryptodrug.simulate.faults import KIND_AFTER
from cryptodrug.simulate.shown import Offer, Seller, dollars
from cryptodrug.simulate.words import DESCRIPTIONS

Row = dict[str, Any]


def kind_of(page: Wanted) -> str | None:
    """The kind that the page must be read as; None when it is not in the archive."""
    return (
        page.kind if page.fault is None else KIND_AFTER[page.fault] or (page.kind if page.fault == "cut_tail" else None)
    )


def _page(crawl: Crawl, page: Wanted, kind: str) -> Row:
    whole = kind == page.kind or kind == "front"
    notes = set()
    if page.path.endswith(AGAIN):
        notes.add("duplicate-capture")
    if page.fault in ("cut_tail", "cut_head"):
        notes.add("cut")
    if kind == "empty":
        notes.add("empty")
    if kind in ("list", "listing") and any(one.escaped_title for one in page.subject):
        notes.add("double-escaped")
    return {
        "path": page.path,
        "kind": kind,
        "note": ";".join(sorted(notes)) or None,
        "printed": json.dumps(crawl.printed, sort_keys=True) if kind == "front" else None,
        "rate_text": dollars(page.cents) if whole else None,
    }


def _listing(kind: str, one: Offer) -> Row:
    """A listing on its own page, or as a row of a list (which shows less)."""
    row = dict.fromkeys(COLUMNS_OF["listing"]) | {
        "page_kind": kind,
        "native_id": one.native_id,
        "title": one.title,
        "vendor": one.vendor,
        "price_text": one.price,
        "price_currency": "BTC",
        "category_path": one.category,
        "ships_from_text": one.origin,
        "ships_to_text": one.destination,
    }
    if kind == "listing":
        row |= {"sales_text": one.sold, "stock_text": one.stock}
        row["description_length"] = len(DESCRIPTIONS[one.language])
    return row


def _vendor(one: Seller) -> Row:
    return {
        "vendor": one.vendor,
        "rating_text": one.rating,
        "sales_text": one.sold,
        "registered_text": one.registered,
        "last_seen_text": one.last_seen,
        "pgp_present": one.key,
        "pgp_fingerprint": None,
        "ships_from_text": one.origin,
    }


def _feedback(one: Offer) -> Iterable[Row]:
    for opinion in one.opinions:
        yield {
            "native_id": one.native_id,
            "vendor": one.vendor,
            "score_text": opinion.score,
            "posted_text": opinion.day,
            "text_key": sha256(opinion.text.encode()).hexdigest()[:16],
            "text_length": len(opinion.text),
            "amount_text": None,
        }


def observed(crawl: Crawl) -> dict[str, list[Row]]:
    """Rows of the observed tables, each with its `path` and `position`; keys that only a reader makes are absent."""
    tables: dict[str, list[Row]] = {"page": [], "listing": [], "vendor": [], "feedback": []}

    def put(table: str, path: str, rows: Iterable[Row]) -> None:
        tables[table].extend({"path": path, "position": position} | row for position, row in enumerate(rows))

    for page in crawl.wanted:
        kind = kind_of(page)
        if kind is None:
            continue
        tables["page"].append(_page(crawl, page, kind))
        if kind in ("list", "listing"):
            put("listing", page.path, (_listing(kind, one) for one in page.subject))
        if kind == "listing" and page.fault is None:
            put("feedback", page.path, _feedback(page.subject[0]))
        if kind == "vendor":
            put("vendor", page.path, [_vendor(page.subject)])
    return tables
