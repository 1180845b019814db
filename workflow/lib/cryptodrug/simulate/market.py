"""The simulated market as data: vendors, listings, sales. What is here is true, whatever a page shows."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from cryptodrug.simulate.scenario import Scenario
from cryptodrug.simulate.sizes import Size


@dataclass(frozen=True)
class Sale:
    """One sale; `opinion` is None when the buyer left no feedback."""

    day: datetime.date
    score: int | None
    opinion: str | None


@dataclass(frozen=True)
class Listing:
    """One offer, in all snapshots in which it stands."""

    native_id: str
    vendor: int
    product: str
    title: str
    size: Size
    lot: Decimal
    usd_cents: tuple[int, ...]
    opened: datetime.date
    closed: datetime.date | None
    sales: tuple[Sale, ...]
    holding: tuple[bool, ...]
    double_escaped: bool

    def stands_on(self, day: datetime.date) -> bool:
        """Whether the market shows it on a day."""
        return self.opened <= day and (self.closed is None or day < self.closed)


@dataclass(frozen=True)
class Vendor:
    """One vendor account. `origins`, `origin_texts`: what it declares in each snapshot."""

    number: int
    handle: str
    language: str
    origins: tuple[tuple[str, ...], ...]
    origin_texts: tuple[str | None, ...]
    policy: str
    destination_texts: tuple[str | None, ...]
    first: int
    last: int
    registered: datetime.date


@dataclass(frozen=True)
class Truth:
    """Everything that is true of the simulated market."""

    scenario: Scenario
    vendors: dict[int, Vendor] = field(repr=False)
    listings: list[Listing] = field(repr=False)

    def standing(self, snapshot: int) -> list[Listing]:
        """Listings in a snapshot (counted from 0), newest first."""
        day = self.scenario.snapshots[snapshot]
        here = [
            one
            for one in self.listings
            if one.stands_on(day) and self.vendors[one.vendor].first <= snapshot <= self.vendors[one.vendor].last
        ]
        return sorted(here, key=lambda one: (one.opened, one.native_id), reverse=True)
