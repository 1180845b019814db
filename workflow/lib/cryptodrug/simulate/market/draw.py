"""Draw the true world of a scenario: who sells what, from where, at what price, and what was sold."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cryptodrug.simulate.draws import Source
from cryptodrug.simulate.market.blocks import Group
from cryptodrug.simulate.market.entities import draw_entity, with_homonyms, with_runaways
from cryptodrug.simulate.market.offers import draw_listings
from cryptodrug.simulate.market.world import World

if TYPE_CHECKING:
    from cryptodrug.simulate.scenario import Scenario


def _groups(scenario: "Scenario", scale: int, source: Source, drawn: bool) -> Iterator[Group]:
    """The group of each vendor, in the order of their numbers.

    In a replicate each vendor draws its group: the vendors of a study are then a sample of those who might have been
    there, which is what an interval by bootstrap over vendors speaks of.
    """
    weights = {index: group.vendors for index, group in enumerate(scenario.groups)}
    exact = [index for index, count in weights.items() for _ in range(count)]
    for round_number in range(scale):
        for place, index in enumerate(exact):
            yield scenario.groups[source("group", round_number, place).weighted(weights) if drawn else index]


def draw_world(scenario: "Scenario", replicate: int | None = None, scale: int = 1) -> World:
    """The world of the scenario; the same arguments give the same world.

    Parameters
    ----------
    replicate : None for the study itself, with exactly the vendors of each group; a number for another draw of the
        same truth, in which the groups are drawn too.
    scale : how many times as many vendors.
    """
    source = Source(scenario.seed, replicate)
    groups = dict(enumerate(_groups(scenario, scale, source, replicate is not None), start=1))
    entities = {number: draw_entity(scenario, number, group, source) for number, group in groups.items()}
    rules = scenario.accounts
    entities = with_homonyms(scenario, entities, rules.homonyms * scale, source("homonyms"))
    entities = with_runaways(scenario, entities, rules.run_away * scale, source("runaways"))
    numbers = {market.id: market.first_listing for market in scenario.markets}
    listings = [
        listing
        for number, entity in entities.items()
        for listing in draw_listings(scenario, entity, groups[number], numbers, source)
    ]
    return World(scenario, entities, listings)
