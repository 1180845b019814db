"""Declared origins of the offer and the place of the focus country among them (typology, V4)."""

import numpy as np
import pandas as pd
from cryptodrug.offer import (
    counts_by_vendor,
    ends,
    guard_of_last,
    last_seen,
    markets_of,
    mean_of_shares,
    share_column,
    slug,
)
from cryptodrug.populations import drug_offer, number_of, offers
from cryptodrug.regions import APART, origin_labels
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.bootstrap import APPROXIMATE, EXACT, METHOD, draw_vendors, percentile_interval

SHOWN = 15
OTHERS = 10**6  # origins that are not the focus country need no guard
RANKS = ("rank", "rank_low", "rank_high")
PLACES = ("place", *RANKS)


def _ranks(shares: np.ndarray) -> np.ndarray:
    """Rank of each column in each row, 1 = largest; ties share the better place."""
    return (shares[:, :, None] < shares[:, None, :]).sum(axis=2) + 1


def origin_countries_tables(
    listing: pd.DataFrame, focus: str, draws: int, seed: int, level: float
) -> tuple[ResultTable, ResultTable]:
    """`origin-countries` and `focus-rank`."""
    labels = origin_labels(listing)
    countries = sorted(set(labels) - set(APART))
    names = [*countries, *(name for name in APART if name in set(labels))]
    days = listing["market"] + listing["snapshot_date"].astype(str)
    of_day = [days == day for day in sorted(days.unique())]
    masks = [mask & inside for inside in (labels == name for name in names) for mask in of_day] + of_day
    entities, counts = counts_by_vendor(listing, masks, number_of(listing))
    k, n = len(names), len(of_day)

    def shares(sums: np.ndarray) -> np.ndarray:
        return mean_of_shares(sums[:, : k * n].reshape(len(sums), k, n), sums[:, None, k * n :])

    drawn = draw_vendors(counts, shares, draws, seed, markets_of(listing, entities))
    ranks = _ranks(drawn.point[None, : len(countries)])[0]
    drawn_ranks = _ranks(drawn.draws[:, : len(countries)])
    window = listing.loc[labels == focus, "entity"].nunique()
    last = last_seen(listing)
    behind = listing.loc[(labels == focus) & last, "entity"].nunique()
    rows = []
    for index, name in enumerate(names):
        row = {
            "row": slug(name),
            "origin": name,
            "listings": offers(listing, (labels == name) & last),
            "vendors": listing.loc[labels == name, "entity"].nunique(),
            "share": drawn.point[index],
            "support_vendors": window if name == focus else OTHERS,
            "support_last": behind if name == focus else OTHERS,
        }
        vendors = row["vendors"]
        row["share_low"], row["share_high"] = ends(drawn.interval(index, level, vendors))
        if index < len(countries):
            row["place"] = int(ranks[index])
            interval = percentile_interval(drawn_ranks[:, index].astype(float), level, vendors)
            # a place without its interval would be read as certain
            row["rank"] = row["place"] if interval else None
            row["rank_low"], row["rank_high"] = ends(interval)
        rows.append(row)
    table = pd.DataFrame([dict.fromkeys(PLACES) | row for row in rows]).astype(dict.fromkeys(PLACES, float))
    method = METHOD if window >= EXACT else APPROXIMATE
    return _shown(table, focus, level, guard_of_last(listing)), _focus_rank(table, focus, len(countries), level, method)


def _rank_column(level: float, method: str) -> Column:
    return Column(
        "rank", "number", digits=0, low="rank_low", high="rank_high", level=level, method=method,
        guard_vendors="support_vendors",
    )  # fmt: skip


def _shown(table: pd.DataFrame, focus: str, level: float, guard_last: str) -> ResultTable:
    """The largest origins, the focus country wherever it ranks, and the rows that are no country."""
    countries = table[table["place"].notna()].sort_values(["place", "row"], kind="stable")
    keep = countries["place"].le(SHOWN) | (countries["origin"] == focus)
    shown = pd.concat([countries[keep], table[table["place"].isna()]]).drop(columns="place")
    columns = [
        Column("origin", "text", "origin"),
        Column("listings", "count", "listing", guard_vendors=guard_last),
        Column("vendors", "count", "vendor", guard_vendors="support_vendors"),
        share_column("share", None, level, METHOD, "support_vendors"),
        _rank_column(level, METHOD),
    ]
    # the number of listings is published: where no origin is left out, a hidden one could be subtracted from it
    total = {"total": None, "value": int(table["listings"].sum()), "parts": list(shown["row"]), "columns": ["listings"]}
    sums = [total] if len(shown) == len(table) else []
    return ResultTable("origin-countries", "public", columns, shown, row_sums=sums)


def _focus_rank(table: pd.DataFrame, focus: str, countries: int, level: float, method: str) -> ResultTable:
    """Rank of the focus country, and the largest origins as a list."""
    at = table[table["origin"] == focus]
    largest = table[table["place"].notna()].sort_values(["place", "row"], kind="stable").head(3)
    row = {"row": "all", "countries": countries, "largest": "|".join(largest["origin"]) or None, "support_vendors": 0}
    if len(at):
        row |= at.iloc[0][["rank", "rank_low", "rank_high", "support_vendors"]].to_dict()
    rows = pd.DataFrame([dict.fromkeys(RANKS) | row]).astype(dict.fromkeys(RANKS, float))
    columns = [
        _rank_column(level, method),
        Column("countries", "count", "country"),
        Column("largest", "list", "country"),
    ]
    return ResultTable("focus-rank", "public", columns, rows)


def origin_countries(
    listing: str,
    origin_countries: str,
    origin_countries_description: str,
    focus_rank: str,
    focus_rank_description: str,
    focus_country: str,
    draws: int,
    seed: int,
    level: float,
) -> None:
    """Listings, vendors, share and rank by declared origin.

    1. A listing with several origins stands in a row of its own, regions and undeclared origins too; they have no rank.
    2. Shares and ranks are means over snapshots; counts of listings are those of the last snapshot, vendors of all.
    3. Intervals by bootstrap over vendors; from ten vendors of that origin. A rank without an interval is not given.
    """
    shown, rank = origin_countries_tables(drug_offer(listing), focus_country, draws, seed, level)
    write_result(shown, origin_countries, origin_countries_description)
    write_result(rank, focus_rank, focus_rank_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, origin_countries)
