"""How complete each snapshot is (typology, building block coverage)."""

from collections.abc import Mapping

import pandas as pd
from cryptodrug.captures import Captures, Passes, more_captures, two_passes
from cryptodrug.reading.tables import FAILED_KINDS, PAGE_KINDS
from cryptodrug.recaptured import recaptured
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.coverage import FEWEST_RECAPTURED, chapman, recapture_interval, schnabel

PAGE = [
    "page_id", "market", "snapshot_date", "kind", "note", "list_text", "list_page_text", "captured_at", "path",
]  # fmt: skip
KINDS_SHOWN = ("listing", "list", "vendor", "front")
OTHERS = tuple(kind for kind in PAGE_KINDS if kind not in (*KINDS_SHOWN, *FAILED_KINDS))


def _of_captures(captures: Captures, level: float) -> dict:
    """Share that was met in any of three or more captures, of the number by Schnabel (1938).

    That number is the mean of those met before (weighted by the size of each later capture) by the share met again; the
    interval is that of this share, with pages as cases.
    """
    size, met = schnabel(captures.met, captures.others), len(set().union(*captures.met)) + captures.others
    again, both = sum(size for size, _ in captures.pages), sum(found for _, found in captures.pages)
    factor = met / size / (both / again)
    low, high = (min(1.0, factor * end) for end in recapture_interval(captures.pages, level))
    return {"coverage": min(1.0, met / size), "coverage_low": low, "coverage_high": high, "method": "schnabel"}


def estimate(row: pd.Series, passes: Passes | None, level: float, captures: Captures | None = None) -> dict:
    """Coverage of one snapshot: recapture by further captures where there are any, else the printed number.

    The printed number is rounded down by the market (`12900+`), so the share against it is an upper bound; it is never
    shown above one.
    """
    nothing = {"coverage": None, "coverage_low": None, "coverage_high": None, "method": "none"}
    if captures and sum(found for _, found in captures.pages) >= FEWEST_RECAPTURED:
        return _of_captures(captures, level)
    if passes and sum(found for _, found in passes.again) >= FEWEST_RECAPTURED:
        first, pages = passes
        again, both = sum(size for size, _ in pages), sum(found for _, found in pages)
        share = min(1.0, first / chapman(first, again, min(both, first)).size)
        low, high = recapture_interval(pages, level)
        return {"coverage": share, "coverage_low": low, "coverage_high": high, "method": "two-passes"}
    if pd.notna(row["listings_printed"]) and row["listings_printed"] > 0:
        share = min(1.0, row["listings_found"] / row["listings_printed"])
        return nothing | {"coverage": float(share), "method": "printed-count"}
    return nothing


def snapshot_coverage_table(
    snapshot: pd.DataFrame,
    page: pd.DataFrame,
    link: pd.DataFrame,
    level: float,
    others: Mapping[tuple[str, str], int] | None = None,
) -> ResultTable:
    """One row per snapshot.

    `others`: listings that stand on first captures alone, by market and day, where `link` does not have them.
    """
    rows = []
    for _, row in snapshot.iterrows():
        of_day = (page["market"] == row["market"]) & (page["snapshot_date"] == row["snapshot_date"])
        alone = (others or {}).get((row["market"], str(row["snapshot_date"])), 0)
        passes, captures = two_passes(page[of_day], link, alone), more_captures(page[of_day], link, alone)
        rows.append(
            {
                "row": f"{row['market']}-{row['snapshot_date']}",
                "market": row["market"],
                "snapshot": str(row["snapshot_date"]),
                "pages": int(row["pages_read"]),
                **{f"pages_{kind}": int(row[f"pages_{kind}"]) for kind in KINDS_SHOWN},
                "pages_other": int(sum(row[f"pages_{kind}"] for kind in OTHERS)),
                "pages_failed": int(sum(row[f"pages_{kind}"] for kind in FAILED_KINDS)),
                "found": int(row["listings_found"]),
                "vendors": int(row["vendors_found"]),
                "printed": None if pd.isna(row["listings_printed"]) else int(row["listings_printed"]),
                **estimate(row, passes, level, captures),
            }
        )
    parts = [*(f"pages_{kind}" for kind in KINDS_SHOWN), "pages_other", "pages_failed"]
    columns = [
        Column("market", "text", "market"),
        Column("snapshot", "date", "day"),
        Column("pages", "count", "page"),
        *(Column(name, "count", "page") for name in parts),
        Column("found", "count", "listing"),
        Column("vendors", "count", "vendor"),
        Column("printed", "count", "listing"),
        Column("coverage", "share", digits=1, low="coverage_low", high="coverage_high", level=level, method="chapman"),
        Column("method", "text", "coverage_method"),
    ]
    table = pd.DataFrame(rows).astype({"printed": "Int64", "coverage": float})
    sums = [{"total": "pages", "parts": parts}]
    return ResultTable("snapshot-coverage", "public", columns, table, column_sums=sums, notes=["printed"])


def state_of_month(coverages: pd.Series, closed: bool, minimum: float) -> str:
    """What a calendar says of a market in a month; the least complete snapshot decides."""
    if coverages.empty:
        return "closed" if closed else "none"
    if (coverages < minimum).any():
        return "partial"
    return "unknown" if coverages.isna().any() else "complete"


def market_calendar_table(rows: pd.DataFrame, closed: dict[str, str], minimum: float) -> ResultTable:
    """One row per market and month between the first and the last snapshot of the study.

    Parameters
    ----------
    rows : of `snapshot-coverage`.
    closed : day (ISO) on which a market closed for ever, by market.
    minimum : coverage from which a snapshot counts as complete.
    """
    months = rows["snapshot"].str[:7]
    made = []
    for market in sorted(rows["market"].unique()):
        for month in pd.period_range(months.min(), months.max(), freq="M").astype(str):
            coverages = rows.loc[(rows["market"] == market) & (months == month), "coverage"].astype(float)
            gone = market in closed and closed[market][:7] <= month
            made.append(
                {
                    "row": f"{market}-{month}",
                    "market": market,
                    "month": month,
                    "snapshots": len(coverages),
                    "state": state_of_month(coverages, gone, minimum),
                    "coverage": coverages.min(),
                }
            )
    columns = [
        Column("market", "text", "market"),
        Column("month", "date", "month"),
        Column("snapshots", "count", "snapshot"),
        Column("state", "text", "month_state"),
        Column("coverage", "share", digits=1),
    ]
    return ResultTable("market-calendar", "public", columns, pd.DataFrame(made))


def snapshot_coverage(
    snapshot: str,
    page: str,
    listing_page: str,
    snapshot_coverage: str,
    snapshot_coverage_description: str,
    market_calendar: str,
    market_calendar_description: str,
    level: float,
    closed: dict[str, str],
    coverage_minimum: float,
) -> None:
    """Pages by kind, listings found against printed, estimated coverage with interval; a calendar of the markets.

    1. Two passes: the share of the listings on second captures that were found without them, as Chapman (1951) with at
       least seven in both; the interval treats a page as one case, since its listings are missed together.
    2. Where a page was captured three times or more, the number is that of Schnabel (1938), the share that of all met.
    3. Else the number that the front page prints, which is a lower bound: the share is an upper bound, no interval.
    4. Else no coverage.
    5. In the calendar a month without a snapshot is `closed` from the month in which the market closed for ever.
    """
    again = recaptured(page, listing_page, PAGE)
    table = snapshot_coverage_table(pd.read_parquet(snapshot), again.page, again.link, level, again.others)
    write_result(table, snapshot_coverage, snapshot_coverage_description)
    calendar = market_calendar_table(table.rows, closed, coverage_minimum)
    write_result(calendar, market_calendar, market_calendar_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, snapshot_coverage)
