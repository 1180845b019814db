"""Offers with a price and a quantity: what they cost, and the sums from which prices are modelled (typology, V13)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cryptodrug.holding import BANDS_G
from cryptodrug.revenue import TREATMENTS, holding
from cryptodrug.statistics.bootstrap import FEWEST, influence_of
from cryptodrug.statistics.influence import student_interval
from cryptodrug.statistics.price_model import MOMENTS, moments

MEASURES = {"gram": "quantity_g", "unit": "quantity_units"}
BANDS = ("to-1", "1-10", "10-100", "100-1000", "over-1000")
GROUPS = ("focus", "neighbours", "others")


def prices_under(listing: pd.DataFrame, treatment: str) -> pd.Series:
    """Price (EUR) of each row.

    `treatment` of holding prices: `drop`, none; `replace`, that of the same listing nearest in time without such a
    flag, of two the earlier, none where there is none; `none`, as it stands.
    """
    if treatment not in TREATMENTS:
        raise ValueError(f"treatment {treatment!r} is none of {TREATMENTS}")
    price, flagged = listing["price_eur"].astype(float), holding(listing)
    if treatment == "none" or not flagged.any():
        return price
    kept = price.mask(flagged)
    if treatment == "drop":
        return kept
    # only listings that ever had such a flag
    table = listing.loc[listing["listing_id"].isin(listing.loc[flagged, "listing_id"]), ["listing_id", "snapshot_date"]]
    table = table.assign(row=table.index, day=pd.to_datetime(table["snapshot_date"]), price=price[table.index])
    wanted = table[flagged[table.index]]
    others = table[~flagged[table.index] & table["price"].notna()]
    pairs = wanted.merge(others, on="listing_id", suffixes=("", "_other"))
    pairs["apart"] = (pairs["day_other"] - pairs["day"]).abs()
    nearest = pairs.sort_values(["row", "apart", "day_other"], kind="stable").drop_duplicates("row")
    kept[nearest["row"]] = nearest["price_other"].to_numpy()
    return kept


def origin_groups(listing: pd.DataFrame, part: pd.Series, neighbours: list[str]) -> pd.Series:
    """`focus`: rows in `part`; `neighbours`: other rows that name a neighbour as origin; `others`."""
    texts = listing["ships_from"].dropna().unique()
    near = listing["ships_from"].isin([text for text in texts if set(text.split("|")) & set(neighbours)])
    return pd.Series(np.select([part, near], GROUPS[:2], GROUPS[2]), index=listing.index)


def measured(listing: pd.DataFrame, treatment: str = "drop") -> pd.DataFrame:
    """Rows with a price and a quantity above zero, in grams or else in units.

    Adds `measure` (gram, unit), `quantity`, `price` and `band` of the quantity (up to 1, 10, 100, 1,000, above).
    """
    table = listing.assign(price=prices_under(listing, treatment), measure=None, quantity=np.nan)
    for measure, column in reversed(MEASURES.items()):
        values = listing[column].astype(float)
        known = values > 0
        table.loc[known, "measure"], table.loc[known, "quantity"] = measure, values[known]
    table = table[(table["price"] > 0) & table["quantity"].notna()].copy()
    table["band"] = pd.cut(table["quantity"], BANDS_G, labels=BANDS).astype(object)
    return table


def sums_by_vendor(
    rows: pd.DataFrame, samples: list[pd.Series], level: pd.Series | None = None
) -> tuple[pd.Index, np.ndarray, int]:
    """Vendors, the sums of each of them (vendors, samples x groups x 8), and the number of groups.

    `samples`: which rows count. A group has a price level of its own: a snapshot of a market, or what `level` says.
    """
    entities = pd.Index(sorted(rows["entity"].unique()))
    group, names = pd.factorize(
        rows["market"] + rows["snapshot_date"].astype(str) if level is None else level, sort=True
    )
    groups = len(names)
    cell = entities.get_indexer(rows["entity"]) * groups + group
    each = moments(rows["quantity"].to_numpy(), rows["price"].to_numpy(), (rows["group"] == "focus").to_numpy())
    blocks = []
    for sample in samples:
        chosen = sample.to_numpy(dtype=bool)
        # whole numbers below 2^53, so that their sums as floating numbers are exact
        total = [
            np.bincount(cell[chosen], weights=of_moment[chosen], minlength=len(entities) * groups)
            for of_moment in each.T
        ]
        stacked = np.stack(total, axis=1).astype(np.int64)
        blocks.append(stacked.reshape(len(entities), groups * len(MOMENTS)))
    return entities, np.concatenate(blocks, axis=1), groups


def _group_of_vendors(rows: pd.DataFrame, entities: pd.Index) -> np.ndarray:
    """Group of each vendor, within which it is left out: the country before its neighbours before the others."""
    rank = rows["group"].map({"focus": 0, "neighbours": 1, "others": 2}).groupby(rows["entity"]).min()
    return rank.reindex(entities).to_numpy()


@dataclass(frozen=True)
class Fits:
    """Estimates (k,) and what each vendor adds to them (vendors, k)."""

    point: np.ndarray
    influence: np.ndarray

    def interval(self, place: int, level: float, vendors: int) -> tuple[float | None, float | None]:
        """Ends of the estimate at `place`; none from fewer than ten vendors."""
        found = student_interval(self.point[place], self.influence[:, place], level) if vendors >= FEWEST else None
        return found or (None, None)


def fit(rows: pd.DataFrame, samples: list[pd.Series], estimate: Callable[[np.ndarray], np.ndarray]) -> Fits:
    """Estimates of all vendors, and without each of them: listings of one vendor are not independent.

    `estimate`: from (n, samples, groups, 8) sums to (n, k) estimates.
    """
    entities, values, groups = sums_by_vendor(rows, samples)

    def estimates(sums: np.ndarray) -> np.ndarray:
        return estimate(sums.reshape(len(sums), len(samples), groups, len(MOMENTS)))

    point = estimates(values.sum(axis=0, keepdims=True).astype(float))[0]
    return Fits(point, influence_of(values, estimates, _group_of_vendors(rows, entities)))
