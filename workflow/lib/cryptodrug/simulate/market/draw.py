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


def _groups(scenario: "Scenario", scale: int) -> Iterator[Group]:
    """The group of each vendor of the study itself, in the order of their numbers."""
    for _ in range(scale):
        for group in scenario.groups:
            yield from [group] * group.vendors


def _drawn_groups(scenario: "Scenario", vendors: int, source: Source) -> Iterator[Group]:
    """The group of each vendor of a replicate: each draws its own.

    The vendors of a study are then a sample of those who might have been there, which is what an interval by bootstrap
    over vendors speaks of.
    """
    weights = {index: group.vendors for index, group in enumerate(scenario.groups)}
    for number in range(vendors):
        yield scenario.groups[source("group", number).weighted(weights)]


def draw_world(
    scenario: "Scenario",
    replicate: int | None = None,
    scale: int = 1,
    vendors: int | None = None,
    exact: bool = False,
) -> World:
    """The world of the scenario; the same arguments give the same world.

    Parameters
    ----------
    replicate : None for the study itself, with exactly the vendors of each group; a number for another draw of the
        same truth, in which the groups are drawn too.
    scale : how many times as many vendors.
    vendors : of a replicate, how many there are; None: as many as in the study, times `scale`.
    exact : a replicate too has exactly the vendors of each group, times `scale`: expected numbers vary less.
    """
    in_study = sum(group.vendors for group in scenario.groups)
    count = in_study * scale if vendors is None else vendors
    if (replicate is None or exact) and count != in_study * scale:
        raise ValueError("exact numbers of vendors are those of the scenario; another one needs a drawn replicate")
    source = Source(scenario.seed, replicate)
    as_stated = replicate is None or exact
    drawn = _groups(scenario, scale) if as_stated else _drawn_groups(scenario, count, source)
    groups = dict(enumerate(drawn, start=1))
    entities = {number: draw_entity(scenario, number, group, source) for number, group in groups.items()}
    rules = scenario.accounts

    def in_proportion(number: int) -> int:
        return round(number * count / in_study)

    entities = with_homonyms(scenario, entities, in_proportion(rules.homonyms), source("homonyms"))
    entities = with_runaways(scenario, entities, in_proportion(rules.run_away), source("runaways"))
    numbers = {market.id: market.first_listing for market in scenario.markets}
    listings = [
        listing
        for number, entity in entities.items()
        for listing in draw_listings(scenario, entity, groups[number], numbers, source)
    ]
    return World(scenario, entities, listings)
