"""Listings per vendor, focus country against the rest (typology, V6)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from cryptodrug.populations import drug_offer, focus_listings, number_of
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.bootstrap import APPROXIMATE, EXACT, FEWEST, METHOD, Drawn, left_out

BANDS = ((1, "1-4"), (5, "5-9"), (10, "10-24"), (25, "25-49"), (50, "50-more"))


def mean_listings(listing: pd.DataFrame, by: list[str]) -> pd.Series:
    """Mean number of drug listings in the snapshots in which a vendor is present; `by`: of what, e.g. `["entity"]`."""
    a_snapshot = number_of(listing).groupby([listing[name] for name in ("entity", "market", "snapshot_date")]).sum()
    return a_snapshot.groupby(by).mean()


def band_of(size: float) -> str:
    """Band of a mean number of listings."""
    return [name for low, name in BANDS if size >= low or low == 1][-1]


@dataclass(frozen=True)
class Side:
    """Vendors of one group on one market, from the smallest to the largest: their places in the group, their sizes."""

    places: np.ndarray
    sizes: np.ndarray

    def beaten(self, by: "Side", weights: np.ndarray) -> np.ndarray:
        """How many of these, each with its weight, are smaller than each of the others, ties half."""
        cumulated = np.concatenate([[0.0], np.cumsum(weights[self.places])])
        below, up_to = (np.searchsorted(self.sizes, by.sizes, side=side) for side in ("left", "right"))
        return (cumulated[below] + cumulated[up_to]) / 2


@dataclass(frozen=True)
class Pairs:
    """Focus vendors against others, on each market on which both trade; `sizes`: vendors of either group.

    A pair is never written down: of twenty thousand vendors there are too many. All sums are of whole and half numbers,
    so they are exact in any order.
    """

    markets: list[tuple[Side, Side]]
    sizes: tuple[int, int]

    def totals(self, ours: np.ndarray, others: np.ndarray) -> tuple[float, float]:
        """Pairs in which the focus vendor has more listings, ties half, and all pairs; each vendor with its weight."""
        won = met = 0.0
        for here, rest in self.markets:
            won += ours[here.places] @ rest.beaten(here, others)
            met += ours[here.places].sum() * others[rest.places].sum()
        return float(won), float(met)

    def of_each(self, group: int) -> tuple[np.ndarray, np.ndarray]:
        """The same for each vendor of one group (0: focus, 1: others): pairs that the focus vendor wins, all pairs."""
        won, met = np.zeros(self.sizes[group]), np.zeros(self.sizes[group])
        for sides in self.markets:
            mine, other = sides[group], sides[1 - group]
            larger = other.beaten(mine, np.ones(self.sizes[1 - group]))
            won[mine.places] += larger if group == 0 else len(other.places) - larger
            met[mine.places] += len(other.places)
        return won, met


def pairs_of_vendors(sizes: pd.Series, focus: set[str]) -> Pairs:
    """`sizes`: by entity and market."""
    table = sizes.unstack("market").sort_index()
    here = table.index.isin(focus)
    groups = table[here].to_numpy(), table[~here].to_numpy()
    markets = []
    for column in range(table.shape[1]):
        sides = []
        for group in groups:
            places = np.flatnonzero(np.isfinite(group[:, column]))
            places = places[np.argsort(group[places, column], kind="stable")]
            sides.append(Side(places, group[places, column]))
        markets.append((sides[0], sides[1]))
    return Pairs(markets, (len(groups[0]), len(groups[1])))


def superiority(pairs: Pairs) -> float:
    """Probability that a focus vendor has more listings than another of its market (Mann & Whitney 1947).

    Markets count by their pairs; NaN when nobody meets.
    """
    won, met = pairs.totals(*(np.ones(size) for size in pairs.sizes))
    return won / met if met else float("nan")


def _without_each(pairs: Pairs, group: int) -> np.ndarray:
    """Influence of each vendor of one group: the probability without it, against the mean of these."""
    (won, met), (won_of, met_of) = pairs.totals(*(np.ones(size) for size in pairs.sizes)), pairs.of_each(group)
    with np.errstate(divide="ignore", invalid="ignore"):
        left = (won - won_of) / (met - met_of)
    return left_out(left[:, None])[:, 0]


def superiority_drawn(pairs: Pairs, draws: int, seed: int) -> Drawn:
    """The same with vendors of both groups drawn with replacement, each with all its accounts."""
    generator = np.random.Generator(np.random.PCG64(seed))
    ours, others = pairs.sizes
    found = []
    for _ in range(draws):
        rows = np.bincount(generator.integers(0, ours, ours), minlength=ours)
        columns = np.bincount(generator.integers(0, others, others), minlength=others)
        won, met = pairs.totals(rows, columns)
        found.append(won / met if met else np.nan)
    influence = np.concatenate([_without_each(pairs, 0), _without_each(pairs, 1)])
    return Drawn(np.array([superiority(pairs)]), np.array(found)[:, None], influence[:, None])


def vendor_size_tables(
    listing: pd.DataFrame, focus: str, definition: str, draws: int, seed: int, level: float
) -> tuple[ResultTable, ResultTable]:
    """`vendor-size` (bands) and `vendor-size-summary`."""
    sizes = mean_listings(listing, ["entity"])
    entities = set(listing.loc[focus_listings(listing, focus, definition), "entity"])
    in_focus = sizes.index.isin(entities)
    bands = sizes.map(band_of)
    rows = []
    for _, name in BANDS:
        count, rest = int((bands[in_focus] == name).sum()), int((bands[~in_focus] == name).sum())
        rows.append(
            {
                "row": name,
                "band": name,
                "vendors_focus": count,
                "share_focus": count / in_focus.sum() if in_focus.any() else None,
                "vendors_rest": rest,
                "share_rest": rest / (~in_focus).sum() if (~in_focus).any() else None,
                "support_vendors": count,
            }
        )
    columns = [
        Column("band", "text", "size_band"),
        Column("vendors_focus", "count", "vendor", guard_vendors="support_vendors"),
        Column("share_focus", "share", digits=1, guard_vendors="support_vendors"),
        Column("vendors_rest", "count", "vendor"),
        Column("share_rest", "share", digits=1),
    ]
    pairs = pairs_of_vendors(mean_listings(listing, ["entity", "market"]), entities)
    summary = _summary(sizes[in_focus].to_numpy(), sizes[~in_focus].to_numpy(), pairs, draws, seed, level)
    # the number of vendors is published: a hidden band could be subtracted from it
    total = int(in_focus.sum())
    sums = [{"total": None, "value": total, "parts": [name for _, name in BANDS], "columns": ["vendors_focus"]}]
    return ResultTable("vendor-size", "public", columns, pd.DataFrame(rows), row_sums=sums), summary


def _summary(here: np.ndarray, rest: np.ndarray, pairs: Pairs, draws: int, seed: int, level: float) -> ResultTable:
    row: dict = {"row": "all", "vendors_focus": len(here), "vendors_rest": len(rest), "support_vendors": len(here)}
    row |= dict.fromkeys(("median_focus", "superiority", "superiority_low", "superiority_high"))
    row["median_rest"] = float(np.median(rest)) if len(rest) else None
    if len(here) >= FEWEST and len(rest):
        row["median_focus"] = float(np.median(here))
        drawn = superiority_drawn(pairs, draws, seed)
        row["superiority"] = float(drawn.point[0])
        interval = drawn.interval(0, level, len(here))
        if interval:
            row["superiority_low"], row["superiority_high"] = interval.low, interval.high
    numbers = ["median_focus", "median_rest", "superiority", "superiority_low", "superiority_high"]
    guard = "support_vendors"
    columns = [
        Column("vendors_focus", "count", "vendor", guard_vendors=guard),
        Column("vendors_rest", "count", "vendor"),
        Column("median_focus", "number", "listing", digits=1, guard_vendors=guard),
        Column("median_rest", "number", "listing", digits=1),
        Column(
            "superiority", "share", digits=0, low="superiority_low", high="superiority_high", level=level,
            method=METHOD if len(here) >= EXACT else APPROXIMATE, guard_vendors=guard,
        ),
    ]  # fmt: skip
    return ResultTable(
        "vendor-size-summary", "public", columns, pd.DataFrame([row]).astype(dict.fromkeys(numbers, float))
    )


def vendor_size(
    listing: str,
    vendor_size: str,
    vendor_size_description: str,
    vendor_size_summary: str,
    vendor_size_summary_description: str,
    focus_country: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
) -> None:
    """Size of vendors: mean number of listings in a snapshot while present.

    1. A vendor of the focus country is one with such a listing in any snapshot of the window.
    2. Median and probability of being larger from ten focus vendors; smallest and largest are never printed.
    3. A vendor is compared with those of its own market: markets differ in how many listings a vendor has there.
    """
    bands, summary = vendor_size_tables(drug_offer(listing), focus_country, definition, draws, seed, level)
    write_result(bands, vendor_size, vendor_size_description)
    write_result(summary, vendor_size_summary, vendor_size_summary_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, vendor_size)
