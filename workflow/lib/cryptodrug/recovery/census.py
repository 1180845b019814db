"""A true world as a complete count: every drug listing on every day of a snapshot, none missed, nothing to be read.

Estimands are computed from this alone. It shares no code with the estimators: what is read wrongly, or counted twice,
must not be wrong in the truth too.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from cryptodrug.harmonise.money import euro_per_dollar
from cryptodrug.simulate.market.blocks import Market
from cryptodrug.simulate.market.world import DELETED, Entity, Listing, World

FEEDBACK_DAYS = 29
# of the focus country, as configured for the demo; members of the Union in the years of the scenario beside these
NEIGHBOURS, UNION = {"DE", "FR", "LU", "NL"}, {"GB"}
OFFER = (
    "day",
    "market",
    "date",
    "entity",
    "drug_class",
    "origin",
    "codes",
    "focus",
    "strict",
    "policy",
    "grams",
    "units",
    "price",
    "days",
    "low",
    "high",
    "dollars",
    "pieces",
    "registered",
)
AMOUNTS = ("market", "entity", "amount")
OPINIONS = ("entity", "positive", "neutral", "negative")


@dataclass(frozen=True)
class Census:
    """The true offer of one or several worlds.

    Attributes
    ----------
    offer : one row per drug listing and snapshot. `day`: `<market>-<date>`; `entity`: the true vendor; `origin`: the
        only declared country, or several, region, not-stated; `codes`: all declared countries, joined by `|`;
        `focus`, `strict`: the focus country is among them, is the only one; `price`: true price in euro, also where a
        holding price is asked; `days` since the snapshot before, in which it sold `low` (with a feedback that still
        stands, where feedback is shown) or `high` (all sales, where it is not); missing in the first snapshot;
        `dollars`: the true price; `pieces`: number of pieces; `registered`: month in which the vendor registered.
    amounts : one row per vendor with a drug listing in the last snapshot of a market that shows feedback: euro of the
        sales of the 29 days before that left a feedback which stands.
    opinions : one row per vendor with a drug listing: feedback ever left for its drug listings, by kind.
    vendors : how many there are, with and without a drug listing.
    ever : vendors with a `focus` listing in any snapshot.
    """

    offer: pd.DataFrame
    amounts: pd.DataFrame
    opinions: pd.DataFrame
    vendors: int

    @property
    def ever(self) -> set[int]:
        """Vendors that declared the focus country at least once."""
        return set(self.offer.loc[self.offer["focus"], "entity"])


@lru_cache(maxsize=64)
def _euro_per_cent(day: datetime.date) -> float:
    return euro_per_dollar(day).rate / 100


def _euro(market: Market, month: int, one: Listing) -> float:
    return one.usd_cents[month] * _euro_per_cent(market.snapshots[month])


def _origin(entity: Entity, month: int) -> str:
    codes = entity.origins[month]
    if len(codes) == 1:
        return codes[0]
    return "several" if codes else "region" if entity.origin_texts[month] else "not-stated"


def _row(world: World, market: Market, month: int, one: Listing, focus: str) -> tuple:
    entity, product = world.entities[one.entity], world.scenario.products[one.product]
    return (
        f"{market.id}-{market.snapshots[month]}",
        market.id,
        str(market.snapshots[month]),
        one.entity,
        product.drug_class,
        _origin(entity, month),
        "|".join(sorted(entity.origins[month])),
        focus in entity.origins[month],
        entity.origins[month] == (focus,),
        entity.policy,
        None if one.size.grams is None else float(one.size.grams),
        None if one.size.units is None else float(one.size.units),
        _euro(market, month, one),
        *_bounds(market, month, one),
        one.usd_cents[month] / 100,
        None if one.size.units is None else float(one.size.units),
        f"{entity.registered:%Y-%m}",
    )


def _bounds(market: Market, month: int, one: Listing) -> tuple[float | None, float | None, float | None]:
    """Days since the snapshot before; sales since then with a feedback that stands, or all where none is shown."""
    if month == 0:
        return None, None, None
    before, now = (market.snapshots[place].toordinal() for place in (month - 1, month))
    recent = (one.sales.day > before) & (one.sales.day <= now)
    if not market.feedback_shown:
        return now - before, None, int(recent.sum())
    deleted = (one.sales.fate == DELETED) & (one.sales.changes <= now)
    return now - before, int((recent & (one.sales.score > 0) & ~deleted).sum()), None


def _opinions(listings: Iterable[Listing]) -> pd.DataFrame:
    """Feedback ever left for listings, by vendor: four stars or five, three, fewer."""
    rows = []
    for one in listings:
        score = one.sales.score
        rows.append((one.entity, (score > 3).sum(), (score == 3).sum(), ((score > 0) & (score < 3)).sum()))
    return pd.DataFrame(rows, columns=OPINIONS).groupby("entity", as_index=False).sum()


def _sold(world: World, market: Market, one: Listing) -> float:
    """Euro of the sales of the last 29 days that left a feedback; the price is the mean of the last two snapshots."""
    month = len(market.snapshots) - 1
    day = market.snapshots[month].toordinal()
    sales = one.sales
    gone = (sales.fate == DELETED) & (sales.changes <= day)
    count = ((sales.score > 0) & ~gone & (sales.day > day - FEEDBACK_DAYS) & (sales.day <= day)).sum()
    account = world.entities[one.entity].account(market.id)
    months = [
        place
        for place in (month - 1, month)
        if place >= 0 and account.first <= place <= account.last and one.stands_on(market.snapshots[place])
    ]
    return float(count) * sum(_euro(market, place, one) for place in months) / len(months)


def count_world(world: World, focus: str, shift: int = 0) -> Census:
    """The census of a world; `shift` is added to the numbers of its vendors, so that worlds can be joined."""
    rows, amounts, drugs = [], [], {}
    for market, month in world.snapshots():
        there = [
            one for one in world.standing(market, month) if world.scenario.products[one.product].drug_class is not None
        ]
        drugs |= {one.listing_id: one for one in there}
        rows += [_row(world, market, month, one, focus) for one in there]
        if market.feedback_shown and month == len(market.snapshots) - 1:
            amounts += [(market.id, one.entity, _sold(world, market, one)) for one in there]
    offer = pd.DataFrame(rows, columns=OFFER)
    sold = pd.DataFrame(amounts, columns=AMOUNTS).groupby(["market", "entity"], as_index=False)["amount"].sum()
    said = _opinions(drugs.values())
    offer[["days", "low", "high"]] = offer[["days", "low", "high"]].astype(float)
    shifted = (table.assign(entity=table["entity"] + shift) for table in (offer, sold, said))
    return Census(*shifted, vendors=len(world.entities))


def join(worlds: list[Census]) -> Census:
    """Several worlds as one large one; their vendors must have different numbers."""
    return Census(
        pd.concat([one.offer for one in worlds], ignore_index=True),
        pd.concat([one.amounts for one in worlds], ignore_index=True),
        pd.concat([one.opinions for one in worlds], ignore_index=True),
        sum(one.vendors for one in worlds),
    )
