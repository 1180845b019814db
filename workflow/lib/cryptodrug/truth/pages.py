"""True pages: what was asked for, what arrived, what of the offer was seen at all."""

import pandas as pd

from cryptodrug.simulate.market.crawl import Crawl
from cryptodrug.simulate.market.observed import observed
from cryptodrug.simulate.market.world import World
from cryptodrug.truth.offers import Table

KINDS = ("listing", "list", "vendor", "front", "login", "captcha", "limit", "error", "cut", "empty")
NEVER = ("feedback", "keys", "index", "refresh", "other", "unknown")  # kinds that no download of the demo holds
SHOWN = ("listing", "list", "vendor", "front")
SHUFFLED = "all"  # the list that is ordered anew for each of its pages
UNREAD = ("cut", "empty")  # of these no template is needed
# a page that shows no offer at all although one was asked for
NOTHING_SEEN = ("missed", "outage", "login", "captcha", "limit", "error", "empty", "cut_head", "front")


def crawls(world: World) -> list[Crawl]:
    """The download of every snapshot."""
    return [Crawl(world, market, month) for market, month in world.snapshots()]


def _is_drug(crawl: Crawl, listing: object) -> bool:
    return crawl.world.scenario.products[listing.product].drug_class is not None


def _one(crawl: Crawl) -> dict:
    """What is true of one download."""
    arrived = [page for page in crawl.wanted if page.fault not in NOTHING_SEEN]
    standing = {one.listing_id: one for one in crawl.world.standing(crawl.market, crawl.month) if _is_drug(crawl, one)}
    met = {
        one.listing_id
        for page in arrived
        if page.kind in ("list", "listing")
        for one in page.subject
        if one.listing_id in standing
    }
    own = {page.subject[0].listing_id for page in arrived if page.kind == "listing"}
    in_lists = {one.listing_id for page in arrived if page.kind == "list" for one in page.subject}
    kinds = [page.arrives_as for page in crawl.wanted if page.arrives_as is not None]
    row = {"row": f"{crawl.market.id}-{crawl.market.snapshots[crawl.month]}", "pages": len(kinds)}
    row |= {kind: kinds.count(kind) for kind in KINDS}
    return row | {
        "second": sum(page.again for page in crawl.wanted),
        "broken_off": sum(page.fault == "cut_tail" for page in crawl.wanted),
        "lists_only": len(in_lists - own),
        "missed": sum(page.arrives_as is None for page in crawl.wanted),
        "found": len(met),
        "standing": len(standing),
        "coverage": len(met) / len(standing),
        "vendors": len({standing[name].entity for name in met}),
    }


def page_table(crawled: list[Crawl]) -> Table:
    """One row per snapshot: pages by kind, faults, listings that stand and that were seen."""
    return pd.DataFrame([_one(crawl) for crawl in crawled])


def page_kinds(pages: Table) -> Table:
    """Pages by kind; a kind that the simulator never makes is zero."""
    table = pages[["row", "pages", *KINDS, "second", "broken_off", "lists_only", "missed"]]
    return table.assign(**dict.fromkeys(NEVER, 0))


def page_variants(crawled: list[Crawl]) -> Table:
    """Pages by market, kind and template: each kind has one, and what cannot be recognised needs none."""
    kinds = [(crawl.market.id, page.arrives_as) for crawl in crawled for page in crawl.wanted]
    counted = pd.Series(kinds).value_counts()
    rows = [
        {"row": f"{market}-{kind}-{int(kind not in UNREAD)}", "template": int(kind not in UNREAD), "pages": number}
        for (market, kind), number in counted.items()
        if kind is not None
    ]
    return pd.DataFrame(rows).sort_values("row", ignore_index=True)


def coverage_account(crawled: list[Crawl]) -> Table:
    """Members of the archive of each snapshot: one file, each member of it a page; bytes as written."""
    rows = []
    for crawl in crawled:
        sizes = [len(page.data) for page in crawl.arrived()]
        row = {"row": f"{crawl.market.id}-{crawl.market.snapshots[crawl.month]}", "files": 1}
        rows.append(row | {"members": len(sizes), "pages": len(sizes), "bytes_pages": sum(sizes)})
    never = ("not_read", "opened", "unreadable", "bytes_not_read", "damages", "bytes_lost", "again", "cut")
    return pd.DataFrame(rows).assign(**dict.fromkeys(never, 0))


def account_summary(account: Table, pages: Table) -> Table:
    """The accounts of all snapshots together, and the pages that failed among all."""
    counts = ("files", "members", "pages", "not_read", "opened", "unreadable", "damages", "again")
    failed = int(pages[[kind for kind in KINDS if kind not in SHOWN]].to_numpy().sum())
    row = {"row": "all"} | {name: int(account[name].sum()) for name in counts}
    return pd.DataFrame([row | {"failed": failed, "share_failed": failed / row["pages"]}])


def row_account(crawled: list[Crawl]) -> Table:
    """Rows that the pages which arrived show, the listings on them, and those whose vendor declares no country."""
    rows = []
    for crawl in crawled:
        shown = {name: len(found) for name, found in observed(crawl).items()}
        shows = [page for page in crawl.wanted if page.arrives_as in ("list", "listing")]
        met = {one.listing_id: one for page in shows for one in page.subject}
        rows.append(
            {"row": f"{crawl.market.id}-{crawl.market.snapshots[crawl.month]}"}
            | {f"rows_{name}": shown[name] for name in ("listing", "price", "vendor", "feedback")}
            | {"listings": len(met), "repeated": shown["listing"] - len(met)}
            | {"no_origin": sum(not crawl.world.entities[one.entity].origins[crawl.month] for one in met.values())}
        )
    return pd.DataFrame(rows).assign(no_vendor=0, no_category=0, no_price=0)


def _lists_of(crawl: Crawl) -> dict:
    """Pages of the lists of one download, and the share of the offer on them."""
    lists = [page for page in crawl.wanted if page.kind == "list"]
    named = {page.path: crawl.design.list_named(page.path) for page in lists}
    arrived = [page for page in lists if page.arrives_as == "list"]
    asked, there = set(named.values()), {named[page.path] for page in arrived}
    standing = len(crawl.world.standing(crawl.market, crawl.month))
    met = {page.path: {one.listing_id for one in page.subject} for page in arrived}
    first = set().union(*(met[page.path] for page in arrived if not page.again))
    shuffled = set().union(*(met[page.path] for page in arrived if named[page.path][0] == SHUFFLED))
    names = {name for name, _ in there}
    return {
        "pages": len(arrived),
        "numbered": len(arrived),
        "lists": len(names),
        "whole": sum(all(one in there for one in asked if one[0] == name) for name in names),
        "shifting": int(bool(shuffled)),
        "expected": len(asked),
        "seen": len(there),
        "missing": len(asked - there),
        "listings": len(set().union(*met.values())),
        "two_passes": len(first) / standing,
        "good_turing": len(shuffled) / standing if shuffled else None,
    }


def list_pages(crawled: list[Crawl]) -> Table:
    """Pages of lists that were asked for and arrived; every page says which it is."""
    rows = [{"row": f"{one.market.id}-{one.market.snapshots[one.month]}"} | _lists_of(one) for one in crawled]
    return pd.DataFrame(rows).assign(without_number=0)


def printed_counts(crawled: list[Crawl]) -> Table:
    """Drug listings that stand and that were seen, all and by categories right below drugs."""
    rows = []
    for crawl in crawled:
        one = _one(crawl)
        categories = {
            crawl.category(listing).split("/")[1]
            for listing in crawl.world.standing(crawl.market, crawl.month)
            if _is_drug(crawl, listing)
        }
        for kind, number in (("drugs", 1), ("categories", len(categories))):
            row = {"row": f"{one['row']}-{kind}", "numbers": number, "printed": one["standing"], "found": one["found"]}
            rows.append(row | {"share": one["coverage"]})
    return pd.DataFrame(rows)


def snapshot_coverage(pages: Table) -> Table:
    """Pages in the groups of the report, listings found, share of the listings that were seen."""
    table = pages[["row", "pages", "found", "vendors", "coverage"]].assign(printed=pages["standing"])
    for kind in SHOWN:
        table[f"pages_{kind}"] = pages[kind]
    table["pages_failed"] = pages[[kind for kind in KINDS if kind not in SHOWN]].sum(axis=1)
    table["pages_other"] = 0
    return table


def market_calendar(world: World, pages: Table, minimum: float) -> Table:
    """Each market in each month: complete or partial by true coverage, none, or closed."""
    coverage = dict(zip(pages["row"].str[:-3], pages["coverage"], strict=True))
    months = sorted({str(day)[:7] for market in world.scenario.markets for day in market.snapshots})
    rows = []
    for market in world.scenario.markets:
        for month in months:
            name = f"{market.id}-{month}"
            closed = market.closes is not None and str(market.closes)[:7] <= month
            state = "closed" if closed else "none"
            if name in coverage:
                state = "complete" if coverage[name] >= minimum else "partial"
            row = {"row": name, "snapshots": int(name in coverage), "state": state, "coverage": coverage.get(name)}
            rows.append(row)
    return pd.DataFrame(rows)


def crawl_faults(crawled: list[Crawl]) -> Table:
    """Pages in which something went wrong, by snapshot, fault and kind of page that was asked for."""
    rows = [
        {"row": f"{crawl.market.id}-{crawl.market.snapshots[crawl.month]}", "fault": page.fault, "page": page.kind}
        for crawl in crawled
        for page in crawl.wanted
        if page.fault is not None
    ]
    counted = pd.DataFrame(rows).groupby(["row", "fault", "page"]).size().reset_index(name="pages")
    counted["row"] = counted["row"] + "-" + counted["fault"].str.replace("_", "-") + "-" + counted["page"]
    return counted


def study_facts(world: World, pages: Table) -> Table:
    """Snapshots, markets, pages, closure."""
    days = [str(day) for market in world.scenario.markets for day in market.snapshots]
    closed = [market for market in world.scenario.markets if market.closes]
    row = {
        "row": "all",
        "snapshots": len(days),
        "markets": len(world.scenario.markets),
        "pages": int(pages["pages"].sum()),
    }
    row |= {"first": min(days), "last": max(days), "closed": "|".join(sorted(market.id for market in closed)) or None}
    return pd.DataFrame([row | {"closed_on": str(closed[0].closes) if len(closed) == 1 else None}])
