"""What a page of the market shows, as texts, before any markup: the one source of pages and of expected rows."""

import datetime
from dataclasses import dataclass
from itertools import pairwise

from cryptodrug.simulate.market import Listing, Truth, Vendor

BANDS = (0, 5, 10, 20, 50, 100, 200, 500)
MICRO = 1_000_000  # prices are printed in millionths of a bitcoin


@dataclass(frozen=True)
class Opinion:
    """One feedback as shown."""

    day: str
    score: str
    text: str


@dataclass(frozen=True)
class Offer:
    """A listing as shown on a page; None where the page shows nothing."""

    native_id: str
    title: str
    escaped_title: bool
    vendor: str
    price: str
    category: str
    origin: str | None
    destination: str | None
    sold: str
    stock: str | None
    language: str
    opinions: tuple[Opinion, ...]


@dataclass(frozen=True)
class Seller:
    """A vendor as shown on its page."""

    vendor: str
    rating: str | None
    sold: str
    registered: str
    last_seen: str
    key: bool
    origin: str | None


def bitcoin(usd_cents: int, cents_per_bitcoin: int) -> str:
    """A price in bitcoin with six decimals, rounded half up."""
    micro = (2 * usd_cents * MICRO + cents_per_bitcoin) // (2 * cents_per_bitcoin)
    return f"{micro // MICRO}.{micro % MICRO:06d}"


def dollars(cents: int) -> str:
    """Cents as dollars, with commas between thousands."""
    return f"{cents // 100:,}.{cents % 100:02d}"


def band(number: int) -> str:
    """The band that the market prints instead of a number of sales: `"20~50"`, `"500+"`."""
    for low, high in pairwise(BANDS):
        if number < high:
            return f"{low}~{high}"
    return f"{BANDS[-1]}+"


def tally(number: int) -> str:
    """The number of offers that the front page prints: rounded down to tens, `"460+"`; below ten as it is."""
    return str(number) if number < 10 else f"{number - number % 10}+"


def _opinions(listing: Listing, until: datetime.date, most: int) -> tuple[Opinion, ...]:
    """Feedback up to a day, newest first; older than the newest `most` is not shown."""
    told = [sale for sale in listing.sales if sale.opinion and sale.day <= until]
    newest = told[::-1][:most]
    return tuple(Opinion(str(sale.day), f"{sale.score}/5", sale.opinion or "") for sale in newest)


def offer(truth: Truth, listing: Listing, snapshot: int, cents_per_bitcoin: int) -> Offer:
    """A listing in a snapshot, priced at the rate of the page."""
    scenario, vendor = truth.scenario, truth.vendors[listing.vendor]
    day = scenario.snapshots[snapshot]
    price = listing.usd_cents[snapshot] * (scenario.listings.holding_times if listing.holding[snapshot] else 1)
    sold = sum(1 for sale in listing.sales if sale.day <= day)
    return Offer(
        native_id=listing.native_id,
        title=listing.title,
        escaped_title=listing.double_escaped,
        vendor=vendor.handle,
        price=bitcoin(price, cents_per_bitcoin),
        category=scenario.products[listing.product].category,
        origin=vendor.origin_texts[snapshot],
        destination=vendor.destination_texts[snapshot],
        sold=band(sold),
        stock=str(1 + sold % 40) if sold % 3 else None,
        language=vendor.language,
        opinions=_opinions(listing, day, scenario.crawl.feedback_shown),
    )


def seller(truth: Truth, vendor: Vendor, snapshot: int) -> Seller:
    """A vendor in a snapshot; its rating is the mean of all scores so far, cut to hundredths."""
    day = truth.scenario.snapshots[snapshot]
    sales = [sale for one in truth.listings if one.vendor == vendor.number for sale in one.sales if sale.day <= day]
    scores = [sale.score for sale in sales if sale.score is not None]
    mean = 100 * sum(scores) // len(scores) if scores else None
    return Seller(
        vendor=vendor.handle,
        rating=None if mean is None else f"{mean // 100}.{mean % 100:02d}/5",
        sold=band(len(sales)),
        registered=f"{vendor.registered:%Y-%m}",
        last_seen=str(day - datetime.timedelta(days=vendor.number % 4)),
        key=vendor.number % 5 != 0,
        origin=vendor.origin_texts[snapshot],
    )
