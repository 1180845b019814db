"""The offer of the focus country beside that of its neighbours, of the Union and of the world (typology, V1 and V2)."""

import datetime

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
    snapshot_times,
)
from cryptodrug.populations import drug_offer, number_of, offers
from cryptodrug.regions import REGIONS, origin_labels, region_of, union_members
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.bootstrap import APPROXIMATE, EXACT, FEWEST, METHOD, draw_vendors
from cryptodrug.statistics.growth import FEWEST_MONTHS, odds_slope

OTHERS = 10**6  # origins that are not the focus country need no guard
PLACED = ("neighbours", "union", "elsewhere")  # regions whose growth that of the focus country is set against
NUMBERS = ("share", "share_low", "share_high", "growth", "growth_low", "growth_high")


def region_comparison_table(
    listing: pd.DataFrame,
    focus: str,
    neighbours: list[str],
    union: frozenset[str],
    draws: int,
    seed: int,
    level: float,
) -> ResultTable:
    """`region-comparison`: a row per region that any listing declares."""
    regions = region_of(origin_labels(listing), focus, neighbours, union)
    names = [name for name in REGIONS if (regions == name).any()]
    of_day, months, market = snapshot_times(listing)
    masks = [mask & inside for inside in (regions == name for name in names) for mask in of_day] + of_day
    entities, counts = counts_by_vendor(listing, masks, number_of(listing))
    k, n = len(names), len(of_day)
    against = [name for name in names if name in PLACED and "focus" in names]

    def estimates(sums: np.ndarray) -> np.ndarray:
        blocks = sums[:, : k * n].reshape(len(sums), k, n)
        found = [mean_of_shares(blocks, sums[:, None, k * n :])]
        for name in against:
            here = blocks[:, names.index("focus")]
            both = here + blocks[:, names.index(name)]
            found.append(np.exp(odds_slope(here, both, months, market))[:, None])
        return np.concatenate(found, axis=1)

    drawn = draw_vendors(counts, estimates, draws, seed, markets_of(listing, entities))
    window = listing.loc[regions == "focus", "entity"].nunique()
    enough = listing["snapshot_date"].astype(str).str[:7].nunique() >= FEWEST_MONTHS and window >= FEWEST
    last = last_seen(listing)
    rows = []
    for place, name in enumerate(names):
        here = regions == name
        vendors = listing.loc[here, "entity"].nunique()
        row = dict.fromkeys(NUMBERS) | {
            "row": name,
            "region": name,
            "listings": offers(listing, here & last),
            "vendors": vendors,
            "share": drawn.point[place],
            "support_vendors": vendors if name == "focus" else OTHERS,
            "support_last": listing.loc[here & last, "entity"].nunique() if name == "focus" else OTHERS,
            "support_focus": window,
        }
        row["share_low"], row["share_high"] = ends(drawn.interval(place, level, vendors))
        if name in against and enough:
            at = k + against.index(name)
            row["growth"] = drawn.point[at]
            row["growth_low"], row["growth_high"] = ends(drawn.interval(at, level, min(window, vendors)))
        rows.append(row)
    return _table(pd.DataFrame(rows).astype(dict.fromkeys(NUMBERS, float)), level, window, guard_of_last(listing))


def _table(rows: pd.DataFrame, level: float, window: int, guard_last: str) -> ResultTable:
    method = METHOD if window >= EXACT else APPROXIMATE
    columns = [
        Column("region", "text", "region"),
        Column("listings", "count", "listing", guard_vendors=guard_last),
        Column("vendors", "count", "vendor", guard_vendors="support_vendors"),
        share_column("share", None, level, method, "support_vendors"),
        Column(
            "growth", "ratio", digits=2, low="growth_low", high="growth_high", level=level, method=method,
            guard_vendors="support_focus",
        ),
    ]  # fmt: skip
    # the number of listings is published: a hidden region could be subtracted from it
    total = {"total": None, "value": int(rows["listings"].sum()), "parts": list(rows["row"]), "columns": ["listings"]}
    return ResultTable("region-comparison", "public", columns, rows, row_sums=[total], notes=["growth"])


def region_comparison(
    listing: str,
    union: str,
    region_comparison: str,
    region_comparison_description: str,
    focus_country: str,
    neighbours: list[str],
    draws: int,
    seed: int,
    level: float,
) -> None:
    """Listings, vendors and share by region of the declared origin; growth of the focus country against each region.

    1. Only listings with one country as origin stand in a region; several origins, regions and none are rows apart.
    2. Members of the European Union are those of the last day with a snapshot; neighbours are not counted again.
    3. Growth: monthly ratio of the odds that a listing of the focus country or of the region is of the focus country.
       One is the same growth as in the region. From four months and ten vendors of the focus country.
    4. Intervals by bootstrap over vendors.
    """
    offer = drug_offer(listing)
    members = union_members(union, datetime.date.fromisoformat(str(offer["snapshot_date"].max())[:10]))
    table = region_comparison_table(offer, focus_country, neighbours, members, draws, seed, level)
    write_result(table, region_comparison, region_comparison_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, region_comparison)
