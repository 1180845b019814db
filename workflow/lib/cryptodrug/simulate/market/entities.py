"""Draw the vendors: where they say they are, how long they stay, on which markets they trade."""

import datetime
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptodrug.simulate.draws import Draws, Source
from cryptodrug.simulate.market.blocks import Group
from cryptodrug.simulate.market.words import DESTINATIONS, ORIGINS
from cryptodrug.simulate.market.world import Account, Entity

if TYPE_CHECKING:
    from cryptodrug.simulate.scenario import Scenario

IN_ENGLISH = 700  # thousandths who write the origin in English, whatever the language of their titles


def _origin_text(codes: tuple[str, ...], language: str) -> str:
    return " / ".join(ORIGINS[code][language] for code in codes)


def _destination(policy: str, origin: tuple[str, ...], form: int) -> str | None:
    if policy == "not-stated":
        return None
    if policy == "domestic":
        return f"{ORIGINS[origin[0]]['en']} only" if origin else "Domestic"
    forms = DESTINATIONS[policy]
    return forms[form % len(forms)]


def _life(group: Group, months: int, draws: Draws) -> tuple[int, int]:
    """First and last month in which a vendor trades."""
    first = draws.between(1, months - 1) if draws.happens(group.enter_later) and months > 1 else 0
    for month in range(first, months - 1):
        if draws.happens(group.leave_a_month):
            return first, month
    return first, months - 1


def _origins(group: Group, months: int, draws: Draws) -> tuple[list[tuple[str, ...]], str | None]:
    """Declared origins in each month, and the text of one who names no country."""
    target, also, vague = draws.chosen(group.moves_to), draws.chosen(group.also_from), draws.chosen(group.vague)
    moves = draws.between(1, months - 1) if months > 1 else months
    if vague is not None:
        return [()] * months, vague
    mains = [target if target and month >= moves else group.origin for month in range(months)]
    return [(main, also) if also and also != main else (main,) for main in mains], None


def _key(scenario: "Scenario", number: int) -> str:
    """Fingerprint of a key that nobody has; it begins with FA4E, twice."""
    return "FA4EFA4E" + sha256(f"simulated key {scenario.seed} {number}".encode()).hexdigest()[:32].upper()


def _accounts(scenario: "Scenario", number: int, first: int, last: int, draws: Draws) -> tuple[Account, ...]:
    """Accounts on the markets; who loses a market may open an account on another one."""
    rules, markets = scenario.accounts, {market.id: market for market in scenario.markets}
    homes = draws.weighted(rules.homes).split("+")
    forms = [f"sim-vendor-{number:03d}", f"Sim-Vendor-{number:03d}", f"sim_vendor_{number:03d}"]
    other = draws.one(forms) if draws.happens(rules.same_handle) else f"sim-other-{number:03d}"
    flees = draws.happens(rules.flee)
    made: list[Account] = []
    for place, home in enumerate(homes):
        handle = forms[0] if place == 0 else other
        until = min(last, len(markets[home].snapshots) - 1)
        if first <= until:
            made.append(Account(home, handle, first, until))
    ended = [one for one in made if one.last < last]
    open_ones = [name for name, market in markets.items() if len(market.snapshots) > last and name not in homes]
    if open_ones and len(homes) == 1 and (not made or (ended and flees)):
        # one who comes when its market has closed goes to another one at once
        made.append(Account(open_ones[0], forms[0] if not made else other, ended[0].last + 1 if ended else first, last))
    return tuple(made)


def draw_entity(scenario: "Scenario", number: int, group: Group, source: Source) -> Entity:
    """One vendor; its draws depend on no other vendor."""
    months, draws = scenario.months, source("vendor", number)
    language = draws.weighted(group.languages)
    written = "en" if draws.happens(IN_ENGLISH) else language
    policy, form = draws.weighted(group.policies), draws.below(3)
    first, last = _life(group, months, draws)
    origins, vague = _origins(group, months, draws)
    texts = [_origin_text(codes, written) if codes else vague or None for codes in origins]
    begins = min(market.snapshots[0] for market in scenario.markets)
    keyless, registered = draws.happens(scenario.accounts.no_key), draws.between(210, 700)
    return Entity(
        number=number,
        group=group.origin,
        language=language,
        currency=group.currency,
        origins=tuple(origins),
        origin_texts=tuple(texts),
        policy=policy,
        destination_texts=tuple(_destination(policy, codes, form) for codes in origins),
        key=None if keyless else _key(scenario, number),
        runs=False,
        registered=begins - datetime.timedelta(days=registered),
        accounts=_accounts(scenario, number, first, last, draws),
    )


def with_homonyms(scenario: "Scenario", entities: dict[int, Entity], pairs: int, draws: Draws) -> dict[int, Entity]:
    """Let some vendors of one market carry the name of a vendor of another market. Their keys differ."""
    alone = {name: [one for one in entities.values() if _home(one) == name] for name in scenario.market_ids}
    names = list(scenario.market_ids)
    if len(names) < 2:
        return entities
    known = [[one for one in alone[name] if one.key is not None] for name in names[:2]]
    count = min(pairs, *map(len, known))
    changed = dict(entities)
    for one, two in zip(draws.some(known[0], count), draws.some(known[1], count), strict=True):
        handle = one.accounts[0].handle
        changed[two.number] = replace(two, accounts=(replace(two.accounts[0], handle=handle),))
    return changed


def _home(entity: Entity) -> str | None:
    return entity.accounts[0].market if len(entity.accounts) == 1 else None


def with_runaways(scenario: "Scenario", entities: dict[int, Entity], count: int, draws: Draws) -> dict[int, Entity]:
    """Let some of those who leave an open market take the money of their last weeks with them."""
    leaving = [
        number
        for number, one in entities.items()
        if _home(one) and one.accounts[0].last < len(scenario.market(one.accounts[0].market).snapshots) - 1
    ]
    chosen = draws.some(leaving, min(count, len(leaving)))
    return entities | {number: replace(entities[number], runs=True) for number in chosen}
