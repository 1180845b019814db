"""What must be read from a download: the observed tables, made without any page."""

from collections.abc import Iterable

from cryptodrug.reading.tables import COLUMNS_OF
from cryptodrug.simulate.market.crawl import Crawl, Wanted
from cryptodrug.simulate.market.faults import STATUS
from cryptodrug.simulate.market.rows import Row
from cryptodrug.simulate.packing import fetched_at


def _page(crawl: Crawl, page: Wanted, kind: str) -> Row:
    notes = set()
    if page.again:
        notes.add("duplicate-capture")
    if page.fault in ("cut_tail", "cut_head"):
        notes.add("cut")
    if kind == "empty":
        notes.add("empty")
    if kind in ("list", "listing") and any(one.double_escaped for one in page.subject):
        notes.add("double-escaped")
    if crawl.market.container == "warc" and page.fault in STATUS:
        notes.add(f"http-{STATUS[page.fault]}")
    whole = kind == page.kind or kind == "front"
    named, number = crawl.design.list_named(page.path) if kind == "list" else (None, None)
    return {
        "path": page.path,
        "kind": kind,
        "note": ";".join(sorted(notes)) or None,
        "list_text": named,
        "list_page_text": number,
        "printed": crawl.design.front_row(crawl.printed) if kind == "front" else None,
        "rate_text": crawl.design.rate_of(page.cents) if whole else None,
        "rate_pair": "BTC/USD" if whole else None,
    }


def captured_at(crawl: Crawl, number: int) -> str | None:
    """When the page of this number among those that arrived was fetched, where the archive says so."""
    dated = crawl.market.container == "warc"
    return fetched_at(crawl.market.snapshots[crawl.month], number) if dated else None


def observed(crawl: Crawl) -> dict[str, list[Row]]:
    """Rows of the observed tables, each with its `path` and `position`; keys that only a reader makes are absent."""
    tables: dict[str, list[Row]] = {"page": []} | {name: [] for name in COLUMNS_OF}
    design = crawl.design

    def put(table: str, path: str, rows: Iterable[Row]) -> None:
        tables[table].extend({"path": path, "position": position} | row for position, row in enumerate(rows))

    for page in crawl.wanted:
        kind = page.arrives_as
        if kind is None:
            continue
        tables["page"].append(_page(crawl, page, kind) | {"captured_at": captured_at(crawl, len(tables["page"]))})
        if kind in ("list", "listing"):
            offers = crawl.offers(page)
            rows = [design.offer_row(one, kind == "list") for one in offers]
            put("listing", page.path, rows if page.fault is None else [design.after_cut(row) for row in rows])
            if kind == "listing":
                if page.fault is None:
                    put("feedback", page.path, design.feedback_rows(offers[0]))
                put("price", page.path, design.price_rows(offers[0]))
        if kind == "vendor":
            put("vendor", page.path, [design.seller_row(page.subject)])
    return tables
