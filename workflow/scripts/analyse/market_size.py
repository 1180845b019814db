"""The offer by snapshot: drug listings and vendors, all and from the focus country (typology, V1)."""

import pandas as pd
from cryptodrug.offer import ends, ends_of_window, fewest, mean_row, share_column, share_interval
from cryptodrug.populations import drug_offer, focus_listings, focus_vendors, number_of, offers
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.bootstrap import APPROXIMATE, EXACT, METHOD


def _columns(level: float, method: str) -> list[Column]:
    return [
        Column("snapshot", "date", "day"),
        Column("listings", "count", "listing"),
        Column("listings_focus", "count", "listing", guard_vendors="support_vendors"),
        share_column("share_listings", "listings", level, method, "support_vendors"),
        Column("vendors", "count", "vendor"),
        Column("vendors_focus", "count", "vendor", guard_vendors="support_vendors"),
        share_column("share_vendors", "vendors", level, method, "support_vendors"),
    ]


def one_snapshot(
    listing: pd.DataFrame, part: pd.Series, vendors: set[str], draws: int, seed: int, level: float, window: int
) -> dict:
    """Counts, shares and intervals of one snapshot; `window`: focus vendors in all snapshots, for the rules."""
    entities = listing.drop_duplicates("entity")
    row = {
        "listings": offers(listing),
        "listings_focus": offers(listing, part),
        "vendors": len(entities),
        "vendors_focus": len(vendors),
        "support_vendors": fewest(len(vendors), listing.loc[part, "entity"].nunique()),
        "share_listings": offers(listing, part) / offers(listing),
        "share_vendors": len(vendors) / len(entities),
    }
    shares = {
        "share_listings": share_interval(listing, part, draws, seed, level, window, number_of(listing)),
        "share_vendors": share_interval(entities, entities["entity"].isin(vendors), draws, seed, level, window),
    }
    for name, interval in shares.items():
        row[f"{name}_low"], row[f"{name}_high"] = ends(interval)
    return row


def month_row(
    listing: pd.DataFrame,
    part: pd.Series,
    by_day: dict[str, set[str]],
    draws: int,
    seed: int,
    level: float,
    window: int,
) -> dict:
    """The same for one snapshot of each of several markets together; accounts on two markets count on each.

    The fewest vendors of any of these markets guard the row: the numbers of the other markets could be subtracted.
    """
    days = dict(list(listing.groupby(listing["market"] + "-" + listing["snapshot_date"].astype(str))))
    vendors = set().union(*(by_day[key] for key in days))
    row = one_snapshot(listing, part[listing.index], vendors, draws, seed, level, window)
    behind = [rows.loc[part[rows.index], "entity"].nunique() for rows in days.values()]
    dates = sorted(listing["snapshot_date"].astype(str).unique())
    return row | {
        "market": "|".join(sorted(listing["market"].unique())),
        "snapshot": dates[0] if len(dates) == 1 else dates[0][:7],
        "support_vendors": fewest(*(len(by_day[key]) for key in days), *behind),
    }


def market_size_tables(
    listing: pd.DataFrame, focus: str, definition: str, draws: int, seed: int, level: float
) -> tuple[ResultTable, ResultTable]:
    """`market-size` (a row per snapshot) and `key-figures` (first and last month, mean over snapshots, window)."""
    part = focus_listings(listing, focus, definition)
    rows, by_day = [], {}
    groups = listing.groupby(["market", "snapshot_date"], sort=True)
    for (market, date), group in groups:
        by_day[f"{market}-{date}"] = focus_vendors(group, focus, definition)
    window = len(set().union(*by_day.values()))
    for (market, date), group in groups:
        key = f"{market}-{date}"
        row = one_snapshot(group, part[group.index], by_day[key], draws, seed, level, window)
        rows.append({"row": key, "market": market, "snapshot": str(date)} | row)
    table = pd.DataFrame(rows)
    method = METHOD if window >= EXACT else APPROXIMATE
    size = ResultTable("market-size", "public", [Column("market", "text", "market"), *_columns(level, method)], table)
    months = {
        name: month_row(listing[of_month], part, by_day, draws, seed, level, window)
        for name, of_month in ends_of_window(listing).items()
    }
    key_rows = [
        *({"row": name} | row for name, row in months.items()),
        mean_row(listing, part, by_day, draws, seed, level, window),
        {
            "row": "window",
            "vendors": listing["entity"].nunique(),
            "vendors_focus": window,
            "support_vendors": window,
        },
    ]
    figures = pd.DataFrame(key_rows)
    for name in ("market", "snapshot"):
        figures[name] = figures[name].astype(object).where(figures[name].notna(), None)
    whole = ["listings", "listings_focus", "vendors", "vendors_focus"]
    figures[whole] = figures[whole].astype("Int64")
    columns = [Column("market", "list", "market"), *_columns(level, method)]
    return size, ResultTable("key-figures", "public", columns, figures)


def market_size(
    listing: str,
    market_size: str,
    market_size_description: str,
    key_figures: str,
    key_figures_description: str,
    focus_country: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
) -> None:
    """Size of the offer.

    1. Only listings filed under drugs; a listing counts once a snapshot.
    2. A count is a census of what was seen; the interval of a share speaks of the vendors who might have been there
       (bootstrap over vendors), not of the pages that were missed (coverage).
    3. Under ten focus vendors in the window there is no interval; under thirty it is approximate.
    4. The first and the last month hold one snapshot of each market that has any in it: two months can differ by a
       market that closed, and the row names its markets.
    """
    size, figures = market_size_tables(drug_offer(listing), focus_country, definition, draws, seed, level)
    write_result(size, market_size, market_size_description)
    write_result(figures, key_figures, key_figures_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, market_size)
