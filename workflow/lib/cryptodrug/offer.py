"""Counts of the offer by vendor: the form in which vendors are drawn in a bootstrap, and shares made of such counts."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from cryptodrug.populations import number_of
from cryptodrug.results import Column
from cryptodrug.statistics.bootstrap import Interval, draw_vendors


def counts_by_vendor(
    listing: pd.DataFrame, masks: Iterable[pd.Series], number: pd.Series | None = None
) -> tuple[pd.Index, np.ndarray]:
    """For each vendor, how many of its rows fulfil each mask: (vendors, masks) whole numbers, vendors sorted.

    `number`: how many each row counts for, whole numbers; one without it.
    """
    entities = pd.Index(sorted(listing["entity"].unique()))
    place = entities.get_indexer(listing["entity"])
    counts = []
    for mask in masks:
        inside = np.flatnonzero(mask.to_numpy(dtype=bool))
        # sums of whole numbers below 2^53 are exact
        each = None if number is None else number.to_numpy()[inside]
        counts.append(np.bincount(place[inside], each, minlength=len(entities)).astype(np.int64))
    return entities, np.stack(counts, axis=1) if counts else np.zeros((len(entities), 0), dtype=np.int64)


DAYS_A_MONTH = 30.44


def snapshot_times(listing: pd.DataFrame) -> tuple[list[pd.Series], np.ndarray, np.ndarray]:
    """Snapshots in order of market and day: the mask of each, months since the first, market as a number from 0."""
    keys = listing[["market", "snapshot_date"]].astype(str)
    snapshots = keys.drop_duplicates().sort_values(["market", "snapshot_date"])
    days = pd.to_datetime(snapshots["snapshot_date"])
    months = ((days - days.min()).dt.days / DAYS_A_MONTH).to_numpy()
    masks = [
        (keys["market"] == name) & (keys["snapshot_date"] == day)
        for name, day in snapshots[["market", "snapshot_date"]].itertuples(index=False)
    ]
    return masks, months, pd.factorize(snapshots["market"])[0]


def markets_of(listing: pd.DataFrame, entities: pd.Index) -> np.ndarray:
    """Market of each entity, all of them where it trades on several: vendors are drawn within these."""
    if listing["market"].nunique() == 1:
        return np.full(len(entities), listing["market"].iloc[0])
    pairs = listing[["entity", "market"]].drop_duplicates().sort_values(["entity", "market"])
    joined = pairs.groupby("entity")["market"].agg("+".join)
    return joined.reindex(entities).to_numpy().astype(str)


def share_interval(
    listing: pd.DataFrame,
    part: pd.Series,
    draws: int,
    seed: int,
    level: float,
    focus_vendors: int,
    number: pd.Series | None = None,
) -> Interval | None:
    """Interval of the share of rows in `part`, vendors drawn; `number`: how many each row counts for."""
    if listing.empty:
        return None
    entities, counts = counts_by_vendor(listing, [part, pd.Series(True, index=listing.index)], number)
    strata = markets_of(listing, entities)
    return draw_vendors(counts, lambda sums: sums[:, 0] / sums[:, 1], draws, seed, strata).interval(
        0, level, focus_vendors
    )


def mean_of_shares(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Mean over snapshots (last axis) of above/below, snapshots without a base left out; NaN when there is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = above / below
    defined = np.isfinite(shares)
    count = defined.sum(axis=-1)
    total = np.where(defined, shares, 0.0).sum(axis=-1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def ends(interval: Interval | None) -> tuple[float | None, float | None]:
    """Low and high end, or nothing."""
    return (None, None) if interval is None else (interval.low, interval.high)


def share_column(name: str, base: str | None, level: float, method: str, guard: str | None, digits: int = 2) -> Column:
    """A share with an interval in the columns `<name>_low` and `<name>_high`."""
    return Column(
        name,
        "share",
        digits=digits,
        base=base,
        low=f"{name}_low",
        high=f"{name}_high",
        level=level,
        method=method,
        guard_vendors=guard,
    )


def slug(text: str) -> str:
    """A code as part of a row key."""
    return "".join(character if character.isalnum() else "-" for character in text.lower()).strip("-")


def last_seen(listing: pd.DataFrame) -> pd.Series:
    """Rows of the last snapshot of each market."""
    return listing["snapshot_date"] == listing.groupby("market")["snapshot_date"].transform("max")


def ends_of_window(listing: pd.DataFrame) -> dict[str, pd.Series]:
    """Rows of the `first` and of the `last` month with a snapshot; of several snapshots of a market in it, one.

    It is the earliest of the first month and the latest of the last one.
    """
    dates = listing["snapshot_date"].astype(str)
    months = dates.str[:7]
    ends = {}
    for name, month, choose in (("first", months.min(), "min"), ("last", months.max(), "max")):
        of_month = dates[months == month]
        chosen = of_month.groupby(listing["market"]).transform(choose).reindex(dates.index)
        ends[name] = dates == chosen
    return ends


def fewest(*vendors: int) -> int:
    """Number of vendors for the gate where several cells of a row go together: the smallest that is not zero."""
    return min((number for number in vendors if number), default=0)


def guard_of_last(listing: pd.DataFrame) -> str:
    """Guard column of counts of the last snapshot, beside shares and vendors of the window (`support_vendors`).

    With a single snapshot the shares are shares of these counts and give them back: both then stand or fall together.
    """
    single = listing.groupby("market")["snapshot_date"].nunique().eq(1).all()
    return "support_vendors" if single else "support_last"


def mean_row(
    listing: pd.DataFrame, part: pd.Series, by_day: dict, draws: int, seed: int, level: float, window: int
) -> dict:
    """Mean over snapshots of the two shares; whole trajectories of vendors are drawn."""
    keys = sorted(by_day)
    days = listing["market"] + "-" + listing["snapshot_date"].astype(str)
    of_day = [days == key for key in keys]
    first = ~listing.duplicated(["market", "entity", "snapshot_date"])
    vendor = pd.Series(
        [name in by_day[day] for name, day in zip(listing["entity"], days, strict=True)], index=listing.index
    )
    listings = [mask & part for mask in of_day] + of_day
    vendors = [mask & first & vendor for mask in of_day] + [mask & first for mask in of_day]
    entities, counts = counts_by_vendor(listing, listings, number_of(listing))
    counts = np.concatenate([counts, counts_by_vendor(listing, vendors)[1]], axis=1)
    n = len(keys)

    def both(sums: np.ndarray) -> np.ndarray:
        listings = mean_of_shares(sums[:, :n], sums[:, n : 2 * n])
        vendors = mean_of_shares(sums[:, 2 * n : 3 * n], sums[:, 3 * n :])
        return np.column_stack([listings, vendors])

    drawn = draw_vendors(counts, both, draws, seed, markets_of(listing, entities))
    row = {"row": "mean", "support_vendors": window}
    for column, name in enumerate(("share_listings", "share_vendors")):
        row[name] = drawn.point[column]
        row[f"{name}_low"], row[f"{name}_high"] = ends(drawn.interval(column, level, window))
    return row
