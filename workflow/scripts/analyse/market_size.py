"""The offer by snapshot: drug listings and vendors, all and from the focus country (typology, V1)."""

import pandas as pd
from cryptodrug.offer import ends, fewest, mean_row, share_column, share_interval
from cryptodrug.populations import drug_listings, focus_listings, focus_vendors
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
        "listings": len(listing),
        "listings_focus": int(part.sum()),
        "vendors": len(entities),
        "vendors_focus": len(vendors),
        "support_vendors": fewest(len(vendors), listing.loc[part, "entity"].nunique()),
        "share_listings": part.mean(),
        "share_vendors": len(vendors) / len(entities),
    }
    shares = {
        "share_listings": share_interval(listing, part, draws, seed, level, window),
        "share_vendors": share_interval(entities, entities["entity"].isin(vendors), draws, seed, level, window),
    }
    for name, interval in shares.items():
        row[f"{name}_low"], row[f"{name}_high"] = ends(interval)
    return row


def market_size_tables(
    listing: pd.DataFrame, focus: str, definition: str, draws: int, seed: int, level: float
) -> tuple[ResultTable, ResultTable]:
    """`market-size` (a row per snapshot) and `key-figures` (first, last, mean over snapshots, whole window)."""
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
    ordered = table.sort_values("snapshot", kind="stable")
    key_rows = [
        ordered.iloc[0].to_dict() | {"row": "first"},
        ordered.iloc[-1].to_dict() | {"row": "last"},
        mean_row(listing, part, by_day, draws, seed, level, window),
        {
            "row": "window",
            "vendors": listing["entity"].nunique(),
            "vendors_focus": window,
            "support_vendors": window,
        },
    ]
    figures = pd.DataFrame(key_rows).drop(columns="market")
    figures["snapshot"] = figures["snapshot"].astype(object).where(figures["snapshot"].notna(), None)
    whole = ["listings", "listings_focus", "vendors", "vendors_focus"]
    figures[whole] = figures[whole].astype("Int64")
    return size, ResultTable("key-figures", "public", _columns(level, method), figures)


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
    """
    size, figures = market_size_tables(drug_listings(listing), focus_country, definition, draws, seed, level)
    write_result(size, market_size, market_size_description)
    write_result(figures, key_figures, key_figures_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, market_size)
