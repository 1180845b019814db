"""The simulated world as data: vendors, accounts, listings, sales. What is here is true, whatever a page shows."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cryptodrug.simulate.market.blocks import Market
from cryptodrug.simulate.market.sizes import Size

if TYPE_CHECKING:
    from cryptodrug.simulate.scenario import Scenario

KEPT, DELETED, EDITED = 0, 1, 2


@dataclass(frozen=True)
class Sales:
    """All sales of one listing, oldest first; one array element each.

    `day`, `changes`: ordinals of days; `score` 0: the buyer left no feedback; `fate` of the feedback (kept, deleted or
    edited on the day `changes`); `opinion`, `number`: which words it has.
    """

    day: np.ndarray
    score: np.ndarray
    opinion: np.ndarray
    number: np.ndarray
    fate: np.ndarray
    changes: np.ndarray

    def until(self, day: datetime.date) -> int:
        """How many there were up to and including a day."""
        return int(np.searchsorted(self.day, day.toordinal(), side="right"))

    def shown(self, day: datetime.date) -> np.ndarray:
        """Places of those whose feedback stands on the market at the end of a day, oldest first."""
        ordinal = day.toordinal()
        gone = (self.fate == DELETED) & (self.changes <= ordinal)
        return np.flatnonzero((self.day <= ordinal) & (self.score > 0) & ~gone)


@dataclass(frozen=True)
class Listing:
    """One offer of one account, in all snapshots in which it stands."""

    market: str
    native_id: str
    entity: int
    product: str
    title: str
    size: Size
    lot: Decimal
    usd_cents: tuple[int, ...]
    opened: datetime.date
    closed: datetime.date | None
    rate: int
    sales: Sales = field(repr=False, compare=False)
    holding: tuple[bool, ...]
    double_escaped: bool
    tiers: bool

    @property
    def listing_id(self) -> str:
        """Its id in the database."""
        return f"{self.market}:{self.native_id}"

    def stands_on(self, day: datetime.date) -> bool:
        """Whether it is on offer on a day, if its vendor is there."""
        return self.opened <= day and (self.closed is None or day < self.closed)


@dataclass(frozen=True)
class Account:
    """A vendor on one market. `first`, `last`: months in which it is there, counted from 0."""

    market: str
    handle: str
    first: int
    last: int


@dataclass(frozen=True)
class Entity:
    """One vendor, with all its accounts. `origins`, `origin_texts`: what it declares in each month."""

    number: int
    group: str
    language: str
    currency: str
    origins: tuple[tuple[str, ...], ...]
    origin_texts: tuple[str | None, ...]
    policy: str
    destination_texts: tuple[str | None, ...]
    key: str | None
    runs: bool
    registered: datetime.date
    accounts: tuple[Account, ...]

    def account(self, market: str) -> Account:
        """Its account on a market."""
        return next(one for one in self.accounts if one.market == market)


@dataclass(frozen=True)
class World:
    """Everything that is true of the simulated markets."""

    scenario: "Scenario"
    entities: dict[int, Entity] = field(repr=False)
    listings: list[Listing] = field(repr=False)

    @cached_property
    def by_market(self) -> dict[str, list[Listing]]:
        """Listings of each market, newest first."""
        found: dict[str, list[Listing]] = {market.id: [] for market in self.scenario.markets}
        for one in sorted(self.listings, key=lambda one: (one.opened, one.native_id), reverse=True):
            found[one.market].append(one)
        return found

    @cached_property
    def by_account(self) -> dict[tuple[int, str], list[Listing]]:
        """Listings of each vendor on each market."""
        found: dict[tuple[int, str], list[Listing]] = {}
        for one in self.listings:
            found.setdefault((one.entity, one.market), []).append(one)
        return found

    def standing(self, market: Market, month: int) -> list[Listing]:
        """Listings of a market in the snapshot of a month (counted from 0), newest first."""
        day = market.snapshots[month]
        there = {
            number
            for number, entity in self.entities.items()
            if any(one.market == market.id and one.first <= month <= one.last for one in entity.accounts)
        }
        return [one for one in self.by_market[market.id] if one.entity in there and one.stands_on(day)]

    def snapshots(self) -> list[tuple[Market, int]]:
        """Every snapshot: market and month."""
        return [(market, month) for market in self.scenario.markets for month in range(len(market.snapshots))]
