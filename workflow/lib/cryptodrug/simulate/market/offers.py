"""Draw what each vendor offers: products, titles, sizes, prices, how long each listing stands."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from cryptodrug.simulate.draws import Draws, Source
from cryptodrug.simulate.market.blocks import Group, Market, Product
from cryptodrug.simulate.market.sales import draw_sales
from cryptodrug.simulate.market.sizes import Size, write_size
from cryptodrug.simulate.market.words import MARKS, TITLES
from cryptodrug.simulate.market.world import Account, Entity, Listing

if TYPE_CHECKING:
    from cryptodrug.simulate.scenario import Scenario


def _life(
    scenario: "Scenario", market: Market, account: Account, draws: Draws
) -> tuple[datetime.date, datetime.date | None]:
    """When a listing was opened, and when it was taken away (None: it stays); within the life of its account."""
    rules, dates = scenario.listings, market.snapshots
    window = (dates[-1] - dates[0]).days or 1
    later, early = draws.happens(rules.opened_later), draws.happens(rules.closed_early)
    back, forth, end = draws.between(1, rules.opened_before_days), draws.between(1, window), draws.between(1, window)
    opened = dates[0] + datetime.timedelta(days=forth if later else -back)
    closed = dates[0] + datetime.timedelta(days=end) if early else None
    if account.first > 0:
        begin, days = dates[account.first - 1], (dates[account.first] - dates[account.first - 1]).days
        opened = max(opened, begin + datetime.timedelta(days=1 + back % days))
    if account.last < len(dates) - 1:
        after, days = dates[account.last], (dates[account.last + 1] - dates[account.last]).days
        closed = min(closed or dates[-1], after + datetime.timedelta(days=1 + end % (days - 1)))
    return opened, closed if closed is None or closed > opened else None


def _price(scenario: "Scenario", product: Product, step: int, level: int, draws: Draws) -> tuple[int, ...]:
    """Price in cents in each month: less a unit for larger lots, a level of the vendor, some spread."""
    spread = scenario.listings.price_spread_percent
    a_unit = product.usd_cents * (100 - product.discount_percent) ** step * level
    whole = Decimal(a_unit) * Decimal(product.lots[step]) / Decimal(100 ** (step + 1))
    percent = 100 + draws.between(-spread, spread)
    # from month to month the vendor moves it by two per cent at most
    return tuple(max(1, int(whole * (percent + draws.between(-2, 2)) / 100)) for _ in range(scenario.months))


def _title(name: str, size: Size, language: str, draws: Draws) -> str:
    form, mark = draws.one(TITLES[language]), draws.one(MARKS)
    return " ".join(form.format(name=name, size=size.text, mark=mark).split())


def _assortment(scenario: "Scenario", group: Group, draws: Draws) -> Iterator[tuple[str, str, int]]:
    """What one vendor sells: product, variety (its name in titles), step on the ladder of lots."""
    rules, left = scenario.listings, dict(group.products)
    for _ in range(min(draws.weighted(rules.products_each), len(left))):
        name = draws.weighted(left)
        del left[name]
        product = scenario.products[name]
        for variety in draws.some(product.names, min(draws.between(*rules.varieties_each), len(product.names))):
            count = min(draws.between(*rules.lots_each), len(product.lots))
            for step in sorted(draws.some(range(len(product.lots)), count)):
                yield name, variety, step


def draw_listings(
    scenario: "Scenario", entity: Entity, group: Group, numbers: dict[str, int], source: Source
) -> Iterator[Listing]:
    """All listings of one vendor on all its markets; `numbers`: the next free number of each market, moved on."""
    choice = source("assortment", entity.number)
    level = group.price_percent + choice.between(-12, 12)
    assortment = list(_assortment(scenario, group, choice))
    for account in entity.accounts:
        market = scenario.market(account.market)
        for name, variety, step in assortment:
            draws = source("listing", entity.number, account.market, variety, step)
            yield _listing(scenario, entity, account, (name, variety, step), level, str(numbers[market.id]), draws)
            numbers[market.id] += 1


def _listing(
    scenario: "Scenario",
    entity: Entity,
    account: Account,
    what: tuple[str, str, int],
    level: int,
    native_id: str,
    draws: Draws,
) -> Listing:
    name, variety, step = what
    rules, market, product = scenario.listings, scenario.market(account.market), scenario.products[name]
    size = write_size(product.sold_by, product.lots[step], entity.language, draws)
    opened, closed = _life(scenario, market, account, draws)
    title = _title(variety, size, entity.language, draws)
    prices = _price(scenario, product, step, level, draws)
    holding = tuple(draws.happens(rules.holding) for _ in range(scenario.months))
    escaped, tiers = draws.happens(rules.double_escaped), draws.happens(rules.bulk_table)
    rate = draws.weighted(rules.sales_a_month)
    until = closed or market.snapshots[-1]
    taken = entity.runs and closed is not None and closed > market.snapshots[account.last]
    return Listing(
        market=market.id,
        native_id=native_id,
        entity=entity.number,
        product=name,
        title=title,
        size=size,
        lot=Decimal(product.lots[step]),
        usd_cents=prices,
        opened=opened,
        closed=closed,
        rate=rate,
        sales=draw_sales(rules, rate, opened, until, entity.language, draws, taken),
        holding=holding,
        double_escaped=escaped and "&" in title,
        tiers=tiers,
    )
