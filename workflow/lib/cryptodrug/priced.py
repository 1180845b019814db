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
KEPT = ["market", "snapshot_date", "entity", "listing_id", "drug_class"]
BLOCK = 1_000_000  # rows whose sums are made at a time
READ = 5_000_000  # rows that are read at a time: the memory of smaller arrays is not given back at once


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
    days = pd.to_datetime(table["snapshot_date"].astype(str))
    table = table[["listing_id"]].assign(row=table.index, day=days, price=price[table.index])
    wanted = table[flagged[table.index]]
    others = table[~flagged[table.index] & table["price"].notna()]
    pairs = wanted.merge(others, on="listing_id", suffixes=("", "_other"))
    pairs["apart"] = (pairs["day_other"] - pairs["day"]).abs()
    nearest = pairs.sort_values(["row", "apart", "day_other"], kind="stable").drop_duplicates("row")
    kept[nearest["row"]] = nearest["price_other"].to_numpy()
    return kept


def origin_groups(listing: pd.DataFrame, part: pd.Series, neighbours: list[str]) -> pd.Series:
    """`focus`: rows in `part`; `neighbours`: other rows that name a neighbour as origin; `others`. As categories."""
    texts = listing["ships_from"].dropna().unique()
    near = listing["ships_from"].isin([text for text in texts if set(text.split("|")) & set(neighbours)])
    codes = np.where(part, 0, np.where(near, 1, 2)).astype(np.int8)
    return pd.Series(pd.Categorical.from_codes(codes, GROUPS), index=listing.index)


def measured(listing: pd.DataFrame, treatment: str = "drop") -> pd.DataFrame:
    """Rows with a price and a quantity above zero, in grams or else in units.

    Beside what says whose offer it is, where and when, a row has `measure` (gram, unit), `quantity`, `price` and `band`
    of the quantity (up to 1, 10, 100, 1,000, above).
    """
    price = prices_under(listing, treatment)
    parts = [_measured(listing.iloc[block], price.iloc[block]) for block in _blocks(listing, READ)]
    places = pd.Index(np.concatenate([part.index for part in parts]))
    # column by column: what is put together stands in memory twice
    columns = {
        name: pd.concat([part.pop(name) for part in parts], ignore_index=True) for name in list(parts[0].columns)
    }
    return pd.DataFrame(columns, copy=False).set_axis(places, copy=False)


def _blocks(rows: pd.DataFrame, size: int = BLOCK) -> list[slice]:
    """Places of rows that are dealt with at a time; one block where there is no row."""
    return [slice(begin, begin + size) for begin in range(0, max(len(rows), 1), size)]


def _measured(listing: pd.DataFrame, price: pd.Series) -> pd.DataFrame:
    grams, units = (listing[column].astype(float) for column in MEASURES.values())
    quantity = grams.where(grams > 0, units)
    known = (price > 0) & (quantity > 0)
    quantity = quantity[known]
    measure = np.where(grams[known] > 0, 0, 1).astype(np.int8)
    return listing.loc[known, KEPT].assign(
        price=price[known],
        quantity=quantity,
        measure=pd.Categorical.from_codes(measure, list(MEASURES)),
        band=pd.cut(quantity, BANDS_G, labels=BANDS),
    )


def snapshots_of(rows: pd.DataFrame) -> tuple[np.ndarray, int]:
    """Number of the snapshot of each row, in the order of market and day, and how many there are."""
    pair, of_pair = np.zeros(len(rows), dtype=np.int32), [""]
    for name in ("market", "snapshot_date"):
        codes, texts = pd.factorize(rows[name])
        pair = pair * np.int32(len(texts)) + codes.astype(np.int32)
        of_pair = [first + str(text) for first in of_pair for text in texts]
    there = np.unique(pair)
    ordered = sorted(there, key=lambda one: of_pair[one])
    number = np.zeros(len(of_pair), dtype=np.int32)
    number[ordered] = np.arange(len(there))
    return number[pair], len(there)


def _add(sums: np.ndarray, rows: pd.DataFrame, cell: np.ndarray) -> None:
    """Add the moments of rows to the sums (cells, 8); rows of a cell below zero count nowhere."""
    rows, cell = rows[cell >= 0], cell[cell >= 0]
    each = moments(rows["quantity"].to_numpy(), rows["price"].to_numpy(), (rows["group"] == "focus").to_numpy())
    for place, of_moment in enumerate(each.T):
        # whole numbers below 2^53, so that their sums as floating numbers are exact
        sums[:, place] += np.bincount(cell, weights=of_moment, minlength=len(sums)).astype(np.int64)


def sums_of(rows: pd.DataFrame, group: np.ndarray, groups: int) -> np.ndarray:
    """Sums of the moments of all rows, (groups, 8)."""
    sums = np.zeros((groups, len(MOMENTS)), dtype=np.int64)
    for block in _blocks(rows):
        _add(sums, rows.iloc[block], group[block])
    return sums


def sums_by_vendor(rows: pd.DataFrame, part: np.ndarray, parts: int) -> tuple[pd.Index, np.ndarray]:
    """Vendors, and the sums of each of them, (vendors, parts, snapshots, 8).

    `part`: of each row, a number from zero; rows below zero count nowhere.
    """
    entities = pd.Index(sorted(rows["entity"].unique()))
    snapshot, snapshots = snapshots_of(rows)
    sums = np.zeros((len(entities) * parts * snapshots, len(MOMENTS)), dtype=np.int64)
    for block in _blocks(rows):
        place = entities.get_indexer(rows["entity"].iloc[block])
        cell = (place * parts + part[block]) * snapshots + snapshot[block]
        _add(sums, rows.iloc[block], np.where(part[block] < 0, -1, cell))
    return entities, sums.reshape(len(entities), parts, snapshots, len(MOMENTS))


def _group_of_vendors(rows: pd.DataFrame, entities: pd.Index) -> np.ndarray:
    """Group of each vendor, within which it is left out: the country before its neighbours before the others."""
    return rows["group"].cat.codes.groupby(rows["entity"]).min().reindex(entities).to_numpy()


@dataclass(frozen=True)
class Fits:
    """Estimates (k,) and what each vendor adds to them (vendors, k)."""

    point: np.ndarray
    influence: np.ndarray

    def interval(self, place: int, level: float, vendors: int) -> tuple[float | None, float | None]:
        """Ends of the estimate at `place`; none from fewer than ten vendors."""
        found = student_interval(self.point[place], self.influence[:, place], level) if vendors >= FEWEST else None
        return found or (None, None)


def fit(
    rows: pd.DataFrame, part: np.ndarray, samples: list[list[int]], estimate: Callable[[np.ndarray], np.ndarray]
) -> Fits:
    """Estimates of all vendors, and without each of them: listings of one vendor are not independent.

    Parameters
    ----------
    part : of each row, a number from zero; rows below zero are in no sample.
    samples : parts that each sample is made of.
    estimate : from (n, samples, snapshots, 8) sums to (n, k) estimates.
    """
    entities, sums = sums_by_vendor(rows, part, max(map(max, samples)) + 1)
    shape = sums.shape[1:]

    def estimates(sums: np.ndarray) -> np.ndarray:
        of_parts = sums.reshape(len(sums), *shape)
        return estimate(np.stack([of_parts[:, chosen].sum(axis=1) for chosen in samples], axis=1))

    values = sums.reshape(len(entities), -1)
    point = estimates(values.sum(axis=0, keepdims=True).astype(float))[0]
    return Fits(point, influence_of(values, estimates, _group_of_vendors(rows, entities)))
