"""What a market shows, as texts, before any markup: the one source of pages and of expected rows."""

import datetime
from dataclasses import dataclass
from itertools import pairwise

from cryptodrug.simulate.market.blocks import Market
from cryptodrug.simulate.market.profiles import profile
from cryptodrug.simulate.market.sales import opinion_text
from cryptodrug.simulate.market.world import EDITED, Entity, Listing, World

BANDS = (0, 5, 10, 20, 50, 100, 200, 500)
MICRO = 1_000_000  # prices are printed in millionths of a bitcoin
# prices of a bulk table: from so many pieces, to so many, at a percentage of the price of one
TIERS = ((2, 4, 97), (5, 9, 94), (10, 50, 90))
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Opinion:
    """One feedback as shown."""

    day: str
    score: str
    text: str


@dataclass(frozen=True)
class Tier:
    """A price for several pieces."""

    low: str
    high: str
    price: str


@dataclass(frozen=True)
class Offer:
    """A listing as shown in one snapshot; None where the market shows nothing. Each design shows a part of it."""

    native_id: str
    title: str
    escaped_title: bool
    vendor: str
    bitcoin: str
    dollars: str
    own_price: str
    own_currency: str
    category: str
    origin: str | None
    destination: str | None
    sold: int
    opened: datetime.date
    language: str
    opinions: tuple[Opinion, ...]
    tiers: tuple[Tier, ...]

    @property
    def stock(self) -> str | None:
        """What is left, for some of the offers."""
        return str(1 + self.sold % 40) if self.sold % 3 else None


@dataclass(frozen=True)
class Seller:
    """A vendor as shown on its page."""

    vendor: str
    rating: str | None
    sold: int
    scores: tuple[int, int, int]
    registered: datetime.date
    last_seen: datetime.date
    key: str | None
    origin: str | None
    about: str


def bitcoin(usd_cents: int, cents_per_bitcoin: int) -> str:
    """A price in bitcoin with six decimals, rounded half up."""
    micro = (2 * usd_cents * MICRO + cents_per_bitcoin) // (2 * cents_per_bitcoin)
    return f"{micro // MICRO}.{micro % MICRO:06d}"


def money(cents: int) -> str:
    """Cents as an amount, with commas between thousands."""
    return f"{cents // 100:,}.{cents % 100:02d}"


def band(number: int) -> str:
    """The band that a market prints instead of a number of sales: `"20~50"`, `"500+"`."""
    for low, high in pairwise(BANDS):
        if number < high:
            return f"{low}~{high}"
    return f"{BANDS[-1]}+"


def tally(number: int) -> str:
    """A number of offers rounded down to tens, `"460+"`; below ten as it is."""
    return str(number) if number < 10 else f"{number - number % 10}+"


def day_in_words(day: datetime.date) -> str:
    """A date as `"Jan 05, 2019"`."""
    return f"{MONTH_NAMES[day.month - 1]} {day.day:02d}, {day.year}"


def _opinions(listing: Listing, language: str, until: datetime.date, most: int) -> tuple[Opinion, ...]:
    """Feedback up to a day, newest first; older than the newest `most` is not shown."""
    sales, ordinal = listing.sales, until.toordinal()
    if not most:
        return ()
    shown = []
    for place in sales.shown(until)[::-1][:most]:
        edited = sales.fate[place] == EDITED and sales.changes[place] <= ordinal
        text = opinion_text(language, int(sales.opinion[place]), int(sales.number[place]), bool(edited))
        day = datetime.date.fromordinal(int(sales.day[place]))
        # who edits a feedback takes a star away, or gives the only one back
        score = int(sales.score[place])
        shown.append(Opinion(str(day), f"{max(1, score - 1) if edited else score}/5", text))
    return tuple(shown)


def asked_cents(world: World, listing: Listing, month: int) -> int:
    """The price asked in a month in cents of a dollar: the true one, or the holding price."""
    price = listing.usd_cents[month]
    return price * world.scenario.listings.holding_times if listing.holding[month] else price


def offer(
    world: World, market: Market, listing: Listing, month: int, cents_per_bitcoin: int, alone: bool = True
) -> Offer:
    """A listing in a snapshot, priced at the rate of the page; `alone`: its own page, with opinions and bulk prices."""
    scenario, entity = world.scenario, world.entities[listing.entity]
    day, price = market.snapshots[month], asked_cents(world, listing, month)
    own = price * scenario.exchange_rate.per_100_usd[entity.currency] // 100
    tiers = TIERS if alone and listing.tiers else ()
    return Offer(
        native_id=listing.native_id,
        title=listing.title,
        escaped_title=listing.double_escaped,
        vendor=entity.account(market.id).handle,
        bitcoin=bitcoin(price, cents_per_bitcoin),
        dollars=money(price),
        own_price=money(own),
        own_currency=entity.currency,
        category=scenario.products[listing.product].category[market.id],
        origin=entity.origin_texts[month],
        destination=entity.destination_texts[month],
        sold=listing.sales.until(day),
        opened=listing.opened,
        language=entity.language,
        opinions=_opinions(listing, entity.language, day, market.feedback_shown) if alone else (),
        tiers=tuple(Tier(str(low), str(high), money(price * percent // 100)) for low, high, percent in tiers),
    )


def seller(world: World, market: Market, entity: Entity, month: int) -> Seller:
    """A vendor in a snapshot; its rating is the mean of all scores so far, cut to hundredths."""
    day, scores, sold = market.snapshots[month], [], 0
    for one in world.by_account.get((entity.number, market.id), ()):
        until = one.sales.until(day)
        sold += until
        scores += [int(score) for score in one.sales.score[:until] if score]
    mean = 100 * sum(scores) // len(scores) if scores else None
    negative = sum(score < 3 for score in scores)
    neutral = sum(score == 3 for score in scores)
    return Seller(
        vendor=entity.account(market.id).handle,
        rating=None if mean is None else f"{mean // 100}.{mean % 100:02d}/5",
        sold=sold,
        scores=(len(scores) - negative - neutral, neutral, negative),
        registered=entity.registered,
        last_seen=day - datetime.timedelta(days=entity.number % 4),
        key=entity.key,
        origin=entity.origin_texts[month],
        about=profile(world, entity, market.id),
    )
