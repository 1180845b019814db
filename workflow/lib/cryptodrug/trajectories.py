"""Vendors over time: in which months they were seen, when they came and went, what origins they declared (V10-V12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from cryptodrug.populations import focus_listings, origin_sets


class Presence(NamedTuple):
    """Vendors (rows, sorted) in months (columns, in order).

    `seen`: a drug listing was seen; `present`: seen, or missed in a single month between two in which it was seen;
    `watched`: there was a snapshot of a market on which the vendor was ever seen.
    """

    entities: pd.Index
    months: list[str]
    seen: np.ndarray
    present: np.ndarray
    watched: np.ndarray

    @property
    def bridged(self) -> int:
        """How many vendor-months count as present without having been seen."""
        return int((self.present & ~self.seen).sum())

    def first(self) -> np.ndarray:
        """Month in which each vendor was seen first, from 0."""
        return self.present.argmax(axis=1)

    def last(self) -> np.ndarray:
        """Month in which each vendor was seen last."""
        return len(self.months) - 1 - self.present[:, ::-1].argmax(axis=1)

    def left(self) -> np.ndarray:
        """Whether each vendor was not seen again although a market on which it had been was still downloaded.

        A market that closed, or whose last snapshot it is, says nothing of who would have stayed: censored.
        """
        after = np.arange(len(self.months)) > self.last()[:, None]
        return (self.watched & after).any(axis=1)


def month_of(listing: pd.DataFrame) -> pd.Series:
    """Calendar month of each row, `2019-01`: what snapshots of several markets have in common."""
    return listing["snapshot_date"].astype(str).str[:7]


def presence(listing: pd.DataFrame, bridge: bool = True, period: pd.Series | None = None) -> Presence:
    """Who was there in which month.

    Parameters
    ----------
    listing : drug listings with entity, market, snapshot_date.
    bridge : fill gaps of a single month: a missed page looks like an exit (typology, `bridge_gaps`).
    period : of each row, if it is not its month: what follows then holds for these periods.
    """
    month = month_of(listing) if period is None else period.astype(str)
    months = sorted(month.unique())
    entities = pd.Index(sorted(listing["entity"].unique()))
    seen = np.zeros((len(entities), len(months)), dtype=bool)
    rows, columns = entities.get_indexer(listing["entity"]), pd.Index(months).get_indexer(month)
    seen[rows, columns] = True
    present = seen.copy()
    if bridge and len(months) > 2:
        present[:, 1:-1] |= seen[:, :-2] & seen[:, 2:]
    markets = sorted(listing["market"].unique())
    open_in = np.zeros((len(markets), len(months)), dtype=bool)
    of_market = pd.Index(markets).get_indexer(listing["market"])
    open_in[of_market, columns] = True
    traded = np.zeros((len(entities), len(markets)), dtype=bool)
    traded[rows, of_market] = True
    watched = (traded[:, :, None] & open_in[None, :, :]).any(axis=1)
    return Presence(entities, months, seen, present, watched)


def focus_at_entry(listing: pd.DataFrame, there: Presence, focus: str, definition: str) -> np.ndarray:
    """Which vendors declared the focus country in the month in which they were first seen.

    Later origins do not count: who stays longer has more time to declare one.
    """
    months = pd.Index(there.months).get_indexer(month_of(listing))
    at_entry = months == there.first()[there.entities.get_indexer(listing["entity"])]
    part = focus_listings(listing, focus, definition)
    return there.entities.isin(set(listing.loc[part & at_entry, "entity"]))


def entry_and_exit(there: Presence) -> pd.DataFrame:
    """Per month: vendors present, entered, left and seen again; entries of the first month are unknown (NaN).

    `left` counts those who were last seen in the month before, and only where their exit could be seen.
    """
    first, last, left = there.first(), there.last(), there.left()
    rows = []
    for place, month in enumerate(there.months):
        now = there.present[:, place]
        before = there.present[:, place - 1] if place else now
        earlier = there.present[:, :place].any(axis=1)
        rows.append(
            {
                "month": month,
                "present": int(now.sum()),
                "entered": float((first == place).sum()) if place else np.nan,
                "left": float((left & (last == place - 1)).sum()) if place else np.nan,
                "back": float((now & ~before & earlier).sum()) if place else np.nan,
            }
        )
    return pd.DataFrame(rows)


STAYS, SEVERAL, INTO, OUT, BACK, CHANGING, UNKNOWN = (
    "stays",
    "several",
    "in",
    "out",
    "back",
    "changing",
    "not-assessable",
)
MOVES = (STAYS, SEVERAL, INTO, OUT, BACK, CHANGING, UNKNOWN)


def move_class(origins: Sequence[frozenset[str]], focus: str) -> str:
    """Which way a vendor's declared origins go, from its known origins in month after month (decision table of V12).

    Read from the top: fewer than two months with a known origin; the same set in all; the focus country not in the
    first and in the last, or the reverse; in both with a month between without it; anything else.
    """
    known = [one for one in origins if one]
    if len(known) < 2:
        return UNKNOWN
    if len(set(known)) == 1:
        return STAYS if known[0] == {focus} else SEVERAL
    first, last = focus in known[0], focus in known[-1]
    if first != last:
        return INTO if last else OUT
    if first and any(focus not in one for one in known):
        return BACK
    return CHANGING


def origins_by_month(listing: pd.DataFrame) -> dict[str, list[frozenset[str]]]:
    """For each entity the union of its declared origins in each month in which it was seen, in order of time."""
    frame = pd.DataFrame({"entity": listing["entity"], "month": month_of(listing), "origins": origin_sets(listing)})
    found: dict[str, list[frozenset[str]]] = {}
    for (entity, _), sets in frame.groupby(["entity", "month"], sort=True)["origins"]:
        found.setdefault(entity, []).append(frozenset().union(*sets))
    return found


def moves_of(listing: pd.DataFrame, entities: set[str], focus: str) -> pd.Series:
    """Class of each of the entities."""
    of = origins_by_month(listing[listing["entity"].isin(entities)])
    return pd.Series({entity: move_class(origins, focus) for entity, origins in sorted(of.items())}, dtype=object)


@dataclass(frozen=True)
class Stays:
    """How long vendors (rows as in a `Presence`) stayed, in calendar months.

    Attributes
    ----------
    entered : seen for the first time after a snapshot of one of its markets without it. The others were there when
        their market was first looked at: since when is not known (left truncation).
    low, high : it left in (low, high], counted from the month in which it was first seen; `high` is infinite where
        nobody could see it leave: it was there to the last, or its market was not looked at again.
    """

    entered: np.ndarray
    low: np.ndarray
    high: np.ndarray


def month_numbers(months: Sequence[str]) -> np.ndarray:
    """`2019-01` as a number that grows by one a month."""
    return np.array([int(month[:4]) * 12 + int(month[5:7]) for month in months])


def stays(there: Presence) -> Stays:
    """How long each vendor stayed since it was first seen. A gap is no exit: only who is not seen again has left."""
    number, first, last = month_numbers(there.months), there.first(), there.last()
    after = there.watched & (np.arange(len(number)) > last[:, None])
    gone = after.any(axis=1)
    high = np.where(gone, number[after.argmax(axis=1)] - number[first], np.inf)
    return Stays(first > there.watched.argmax(axis=1), number[last] - number[first], high)


def cohort(there: Presence, members: np.ndarray) -> pd.DataFrame:
    """Of the members who were there when their market was first looked at, who is still there, month after month.

    Returns
    -------
    One row per distance in months from 1: `months`; `followed`, whose markets were looked at in that month (the closing
    of a market is no exit); `still`, those of them seen then or later.
    """
    number, start = month_numbers(there.months), there.watched.argmax(axis=1)
    members = members & (there.first() == start)
    apart = number - number[start][:, None]
    rows = []
    for months in range(1, int(number[-1] - number[0]) + 1):
        here = members[:, None] & there.watched & (apart == months)
        if here.any():
            still = here & (np.arange(len(number)) <= there.last()[:, None])
            rows.append({"months": months, "followed": int(here.sum()), "still": int(still.sum())})
    return pd.DataFrame(rows, columns=["months", "followed", "still"])
