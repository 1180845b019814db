"""How complete each snapshot is (typology, building block coverage)."""

import pandas as pd
from cryptodrug.captures import Passes, two_passes
from cryptodrug.reading.tables import FAILED_KINDS, PAGE_KINDS
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.coverage import FEWEST_RECAPTURED, chapman, recapture_interval

KINDS_SHOWN = ("listing", "list", "vendor", "front")
OTHERS = tuple(kind for kind in PAGE_KINDS if kind not in (*KINDS_SHOWN, *FAILED_KINDS))


def estimate(row: pd.Series, passes: Passes | None, level: float) -> dict:
    """Coverage of one snapshot: recapture by second captures where there are any, else the printed number.

    The printed number is rounded down by the market (`12900+`), so the share against it is an upper bound; it is never
    shown above one.
    """
    nothing = {"coverage": None, "coverage_low": None, "coverage_high": None, "method": "none"}
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
    snapshot: pd.DataFrame, page: pd.DataFrame, link: pd.DataFrame, level: float
) -> ResultTable:
    """One row per snapshot."""
    rows = []
    for _, row in snapshot.iterrows():
        of_day = (page["market"] == row["market"]) & (page["snapshot_date"] == row["snapshot_date"])
        passes = two_passes(page[of_day], link)
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
                **estimate(row, passes, level),
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
    2. Else the number that the front page prints, which is a lower bound: the share is an upper bound, no interval.
    3. Else no coverage.
    4. In the calendar a month without a snapshot is `closed` from the month in which the market closed for ever.
    """
    table = snapshot_coverage_table(
        pd.read_parquet(snapshot),
        pd.read_parquet(page, columns=["page_id", "market", "snapshot_date", "kind", "note"]),
        pd.read_parquet(listing_page, columns=["listing_id", "page_id"]),
        level,
    )
    write_result(table, snapshot_coverage, snapshot_coverage_description)
    calendar = market_calendar_table(table.rows, closed, coverage_minimum)
    write_result(calendar, market_calendar, market_calendar_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, snapshot_coverage)
