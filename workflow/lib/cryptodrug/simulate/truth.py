"""Draw the true market of a scenario: who sells what, from where, at what price, and what was sold."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from cryptodrug.simulate.draws import Draws
from cryptodrug.simulate.market import Listing, Sale, Truth, Vendor
from cryptodrug.simulate.scenario import Particular, Product, Scenario, VendorGroup
from cryptodrug.simulate.sizes import Size, write_size
from cryptodrug.simulate.words import DESTINATIONS, MARKS, OPINIONS, ORIGINS, TITLES

MONTH = 30
FIRST_LISTING = 10001


def _origin_text(codes: tuple[str, ...], language: str) -> str:
    return " / ".join(ORIGINS[code][language] for code in codes)


def _destination(policy: str, origin: tuple[str, ...], form: int) -> str | None:
    if policy == "not-stated":
        return None
    if policy == "domestic":
        return f"{ORIGINS[origin[0]]['en']} only" if origin else "Domestic"
    forms = DESTINATIONS[policy]
    return forms[form % len(forms)]


def _vendor(scenario: Scenario, number: int, group: VendorGroup, special: Particular) -> Vendor:
    draws = Draws(scenario.seed, "vendor", number)
    language = draws.weighted(group.languages)
    # most write the origin in English, whatever the language of their titles
    written = "en" if draws.happens(700) else language
    policy, form = draws.weighted(group.policies), draws.below(3)
    origins = []
    for snapshot in range(1, len(scenario.snapshots) + 1):
        moved = special.moves_at is not None and snapshot >= special.moves_at
        main = special.moves_to if moved else group.origin
        codes = (main, special.also) if special.also else (main,)
        origins.append(() if special.origin_text is not None else codes)
    texts = [_origin_text(codes, written) if codes else special.origin_text or None for codes in origins]
    return Vendor(
        number=number,
        handle=f"sim-vendor-{number:03d}",
        language=language,
        origins=tuple(origins),
        origin_texts=tuple(texts),
        policy=policy,
        destination_texts=tuple(_destination(policy, codes, form) for codes in origins),
        first=(special.enters or 1) - 1,
        last=(special.leaves or len(scenario.snapshots)) - 1,
        registered=scenario.snapshots[0] - datetime.timedelta(days=draws.between(210, 700)),
    )


def _life(scenario: Scenario, vendor: Vendor, draws: Draws) -> tuple[datetime.date, datetime.date | None]:
    """When a listing was opened, and when it was taken away (None: it stays); within the life of its vendor."""
    rules, dates = scenario.listings, scenario.snapshots
    window = (dates[-1] - dates[0]).days
    later, early = draws.happens(rules.opened_later), draws.happens(rules.closed_early)
    back, forth, end = draws.between(1, rules.opened_before_days), draws.between(1, window), draws.between(1, window)
    opened = dates[0] + datetime.timedelta(days=forth if later else -back)
    closed = dates[0] + datetime.timedelta(days=end) if early else None
    if vendor.first > 0:
        begin, days = dates[vendor.first - 1], (dates[vendor.first] - dates[vendor.first - 1]).days
        opened = max(opened, begin + datetime.timedelta(days=1 + back % days))
    if vendor.last < len(dates) - 1:
        after, days = dates[vendor.last], (dates[vendor.last + 1] - dates[vendor.last]).days
        closed = min(closed or dates[-1], after + datetime.timedelta(days=1 + end % (days - 1)))
    return opened, closed if closed is None or closed > opened else None


def _sales(
    scenario: Scenario, opened: datetime.date, until: datetime.date, language: str, draws: Draws
) -> tuple[Sale, ...]:
    """Sales from the opening until a day, oldest first."""
    rules = scenario.listings
    a_month = draws.weighted(rules.sales_a_month)
    days = (until - opened).days + 1
    sales = []
    for begin in range(0, days, MONTH):
        for _ in range(a_month):
            day = begin + draws.below(MONTH)
            if day >= days:
                continue
            told = draws.happens(rules.sales_with_feedback)
            score = draws.weighted(rules.scores) if told else None
            number = f" ({draws.between(100, 999)})" if draws.happens(600) else ""
            opinion = draws.one(OPINIONS[language]) + number if told else None
            sales.append(Sale(opened + datetime.timedelta(days=day), score, opinion))
    return tuple(sorted(sales, key=lambda sale: (sale.day, sale.score or 0, sale.opinion or "")))


def _price(scenario: Scenario, product: Product, step: int, level: int, draws: Draws) -> tuple[int, ...]:
    """Price in cents in each snapshot: less a unit for larger lots, a level of the vendor, some spread."""
    spread = scenario.listings.price_spread_percent
    a_unit = product.usd_cents * (100 - product.discount_percent) ** step * level
    whole = Decimal(a_unit) * Decimal(product.lots[step]) / Decimal(100 ** (step + 1))
    percent = 100 + draws.between(-spread, spread)
    # from month to month the vendor moves it by two per cent at most
    return tuple(max(1, int(whole * (percent + draws.between(-2, 2)) / 100)) for _ in scenario.snapshots)


def _title(name: str, size: Size, language: str, draws: Draws) -> str:
    form, mark = draws.one(TITLES[language]), draws.one(MARKS)
    return " ".join(form.format(name=name, size=size.text, mark=mark).split())


def _assortment(scenario: Scenario, group: VendorGroup, draws: Draws) -> Iterator[tuple[str, str, int]]:
    """What one vendor sells: product, variety (its name in titles), step on the ladder of lots."""
    rules, left = scenario.listings, dict(group.products)
    for _ in range(min(draws.between(*rules.products_each), len(left))):
        name = draws.weighted(left)
        del left[name]
        product = scenario.products[name]
        for variety in draws.some(product.names, min(draws.between(*rules.varieties_each), len(product.names))):
            count = min(draws.between(*rules.lots_each), len(product.lots))
            for step in sorted(draws.some(range(len(product.lots)), count)):
                yield name, variety, step


def _listings_of(scenario: Scenario, vendor: Vendor, group: VendorGroup, first: int) -> list[Listing]:
    """All listings of one vendor, in all snapshots."""
    choice = Draws(scenario.seed, "assortment", vendor.number)
    level = group.price_percent + choice.between(-12, 12)
    listings = []
    for name, variety, step in _assortment(scenario, group, choice):
        product, draws = scenario.products[name], Draws(scenario.seed, "listing", vendor.number, variety, step)
        size = write_size(product.sold_by, product.lots[step], vendor.language, draws)
        opened, closed = _life(scenario, vendor, draws)
        listings.append(
            Listing(
                native_id=str(first + len(listings)),
                vendor=vendor.number,
                product=name,
                title=_title(variety, size, vendor.language, draws),
                size=size,
                lot=Decimal(product.lots[step]),
                usd_cents=_price(scenario, product, step, level, draws),
                opened=opened,
                closed=closed,
                sales=_sales(scenario, opened, closed or scenario.snapshots[-1], vendor.language, draws),
                holding=(False,) * len(scenario.snapshots),
                double_escaped=False,
            )
        )
    return listings


def _with_dirt(scenario: Scenario, listings: list[Listing]) -> list[Listing]:
    """Block some listings by an absurd price in some snapshots, escape some titles twice."""
    rules, draws = scenario.listings, Draws(scenario.seed, "dirt")
    places = range(len(listings))
    blocked = [set(draws.some(places, rules.holding)) for _ in scenario.snapshots]
    escaped = set(draws.some([place for place in places if "&" in listings[place].title], rules.double_escaped))
    return [
        replace(one, holding=tuple(place in month for month in blocked), double_escaped=place in escaped)
        for place, one in zip(places, listings, strict=True)
    ]


def numbered_vendors(scenario: Scenario) -> Iterable[tuple[int, VendorGroup]]:
    """Every vendor number, from 1 through all groups, with its group."""
    groups = (group for group in scenario.groups for _ in range(group.vendors))
    return enumerate(groups, start=1)


def draw_truth(scenario: Scenario) -> Truth:
    """The market of the scenario; the same scenario gives the same market."""
    special = {one.vendor: one for one in scenario.particular}
    vendors, listings = {}, []
    for number, group in numbered_vendors(scenario):
        vendors[number] = _vendor(scenario, number, group, special.get(number, Particular(vendor=number)))
        listings += _listings_of(scenario, vendors[number], group, FIRST_LISTING + len(listings))
    return Truth(scenario, vendors, _with_dirt(scenario, listings))
