"""All truth tables of a simulated study: what is true of its markets, and of the vendors who might have been there.

An interval by a bootstrap over vendors, and one for a share of vendors or respondents, speaks of others who might have
been there. So it is judged against the value of the scenario: the same quantity in many drawn worlds taken together, as
if the markets had so many times as many vendors. A number without such an interval is judged against the study's own
world.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pandas as pd

from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.market.world import World
from cryptodrug.simulate.scenario import Scenario
from cryptodrug.truth import offers, pages, prices, sales, selling, stays, time, vendors, wholesale
from cryptodrug.truth.offers import Table

# with exact numbers of vendors in each group, what is left of chance is about a fifth of the error of an estimate: it
# costs a nominal 95 % less than one point of coverage
DRAWS = 20
FIRST_DRAW = 10_000  # replicates of this number and above are drawn nowhere else
SCENARIO = "_scenario"
BY_DRAW = ("hhi", "hhi_normalised")  # these shrink with the number of vendors
SUMS = ("revenue-bounds", "revenue-summary", "offer-adjusted")  # with numbers of all vendors together


@dataclass(frozen=True)
class Printed:
    """Categories under which the report prints: decided in the study's own world."""

    classes: set[str]
    policies: dict[str, str]
    selling: set[str]
    regions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawn:
    """Offers of one or several worlds, and the worth of recent sales by vendor."""

    offer: Table
    worth: pd.Series


def count(world: World, focus: str, shift: int = 0) -> Drawn:
    """The offer of a world; `shift` is added to the numbers of its vendors."""
    offer = selling.with_visible(world, sales.with_euro(offers.true_offer(world, focus)))
    worth = sales.recent_worth(world, offer)
    return Drawn(offer.assign(entity=offer["entity"] + shift), worth.set_axis(worth.index + shift))


def printed_in(offer: Table, regions: Mapping[str, Collection[str]]) -> Printed:
    """Under which categories this world is printed; `regions`: their countries, a country counts in the first."""
    placed = {country: name for name in reversed(regions) for country in regions[name]}
    return Printed(
        offers.printed_classes(offer), vendors.printed_policies(offer), selling.printed_classes(offer), placed
    )


def _neighbours(printed: Printed) -> set[str]:
    return {country for country, region in printed.regions.items() if region == "neighbours"}


def of_vendors(drawn: Drawn, focus: str, printed: Printed) -> dict[str, Table]:
    """Tables that are made of the offer alone: of one world, or of many together."""
    offer = drawn.offer
    return {
        "market-size": offers.market_size(offer),
        "key-figures": offers.key_figures(offer),
        "offer-adjusted": offers.offer_adjusted(offer),
        "definition-sensitivity": offers.definition_sensitivity(offer),
        "origin-countries": offers.origin_countries(offer),
        "focus-rank": offers.focus_rank(offer, focus),
        "region-comparison": time.region_comparison(offer, printed.regions),
        "drug-classes": offers.drug_classes(offer, printed.classes),
        "specialisation": offers.specialisation(offer, printed.classes),
        "vendor-size": vendors.vendor_size(offer),
        "vendor-size-summary": vendors.vendor_size_summary(offer),
        "destination-policy": vendors.destination_policy(offer, printed.policies),
        "destination-summary": vendors.destination_summary(offer),
        "vendor-presence": time.vendor_presence(offer),
        "vendor-presence-summary": time.vendor_presence_summary(offer),
        "vendor-entry-exit": time.vendor_entry_exit(offer),
        "vendor-type-summary": vendors.vendor_type_summary(offer),
        "vendor-cohort": stays.vendor_cohort(offer),
        "vendor-survival": stays.vendor_survival(offer),
        "vendor-survival-summary": stays.vendor_survival_summary(offer),
        "vendor-age-survival": stays.vendor_age_survival(offer),
        "registration-shown": stays.registration_shown(offer),
        "origin-moves": time.origin_moves(offer, focus),
        "growth": time.growth(offer),
        "growth-models": time.growth_models(offer),
        "price-per-gram": sales.price_per_gram(offer),
        "price-models": prices.price_models(offer, _neighbours(printed)),
        "price-bands": prices.price_bands(offer, _neighbours(printed)),
        "price-summary": prices.price_summary(offer, _neighbours(printed)),
        "quantity-bands": wholesale.quantity_bands(offer),
        "wholesale-summary": wholesale.wholesale_summary(offer),
        "wholesale-rank": wholesale.wholesale_rank(offer, focus),
        "wholesale-share": wholesale.wholesale_share(offer),
        "concentration": sales.concentration(drawn.worth, vendors.focus_vendors(offer)),
        "sales-bounds": selling.sales_bounds(offer),
        "sales-summary": selling.sales_summary(offer),
        "revenue-bounds": selling.revenue_bounds(offer),
        "revenue-summary": selling.revenue_summary(offer),
        "revenue-sensitivity": selling.revenue_sensitivity(offer),
        "revenue-by-band": selling.revenue_by_band(offer),
        "commission": selling.commission(offer),
        "revenue-by-class": selling.revenue_by_class(offer, printed.selling),
    }


def of_world(world: World, offer: Table, minimum: float) -> dict[str, Table]:
    """Tables of the study's own world alone; `minimum`: coverage from which a snapshot counts as complete."""
    crawled = pages.crawls(world)
    table, account = pages.page_table(crawled), pages.coverage_account(crawled)
    return {
        "page-kinds": pages.page_kinds(table),
        "page-variants": pages.page_variants(crawled),
        "coverage-account": account,
        "account-summary": pages.account_summary(account, table),
        "row-account": pages.row_account(crawled),
        "list-pages": pages.list_pages(crawled),
        "printed-counts": pages.printed_counts(crawled),
        "snapshot-coverage": pages.snapshot_coverage(table),
        "market-calendar": pages.market_calendar(world, table, minimum),
        "crawl-faults": pages.crawl_faults(crawled),
        "study-facts": pages.study_facts(world, table),
        "accounts": vendors.account_table(world),
        "vendor-linking": vendors.vendor_linking(world),
        "sales-bands": sales.sales_bands(world, offer),
        "holding-prices": sales.holding_prices(offer),
        "feedback-scores": sales.feedback_scores(world, offer),
    }


def _large_world(scenario: Scenario, focus: str, draws: int) -> list[Drawn]:
    return [
        count(draw_world(scenario, replicate=FIRST_DRAW + number, exact=True), focus, FIRST_DRAW * (number + 1))
        for number in range(draws)
    ]


def _together(drawn: list[Drawn]) -> Drawn:
    offer = pd.concat([one.offer for one in drawn], ignore_index=True)
    return Drawn(offer, pd.concat([one.worth for one in drawn]))


def scenario_tables(scenario: Scenario, focus: str, printed: Printed, draws: int = DRAWS) -> dict[str, Table]:
    """The same tables for the vendors who might have been there; shares and ratios only are to be used."""
    drawn = _large_world(scenario, focus, draws)
    tables = of_vendors(_together(drawn), focus, printed)
    each = [sales.concentration(one.worth, vendors.focus_vendors(one.offer)) for one in drawn]
    means = pd.concat(each).groupby("row")[list(BY_DRAW)].mean()
    concentration = tables["concentration"].set_index("row")
    concentration[list(BY_DRAW)] = means.reindex(concentration.index)
    sums = {name: _by_draw(tables[name], draws) for name in SUMS}
    return tables | sums | {"concentration": concentration.reset_index()}


def _by_draw(table: Table, draws: int) -> Table:
    """Euro and numbers of listings of all draws together as those of one."""
    sums = [name for name in table if name.startswith(("eur", "adjusted"))]
    return table.assign(**{name: table[name].astype(float) / draws for name in sums})


def with_scenario(own: Table, large: Table, columns: list[str]) -> Table:
    """The study's own values with those of the scenario beside them, in columns that end in `_scenario`."""
    other = large.set_index("row")[columns].add_suffix(SCENARIO)
    return own.set_index("row").join(other).reset_index()


def own_market(
    scenario: Scenario, focus: str, minimum: float, regions: Mapping[str, Collection[str]]
) -> tuple[dict[str, Table], Printed]:
    """Every table about the study's own markets by its id, and under which categories they are printed."""
    world = draw_world(scenario)
    own = count(world, focus)
    printed = printed_in(own.offer, {"focus": [focus], **regions})
    return of_vendors(own, focus, printed) | of_world(world, own.offer, minimum), printed


def beside(own: Mapping[str, Table], large: Mapping[str, Table], judged: Mapping[str, list[str]]) -> dict[str, Table]:
    """All tables, those with values of the scenario with these beside their own; `judged`: such columns by table."""
    both = {name: columns for name, columns in judged.items() if name in own and name in large}
    return {**own, **{name: with_scenario(own[name], large[name], columns) for name, columns in both.items()}}


def market_truth(
    scenario: Scenario,
    focus: str,
    minimum: float,
    judged: Mapping[str, list[str]],
    regions: Mapping[str, Collection[str]],
    draws: int = DRAWS,
) -> dict[str, Table]:
    """Every truth table about markets by its id; `judged`: columns by table that have a value of the scenario."""
    own, printed = own_market(scenario, focus, minimum, regions)
    return beside(own, scenario_tables(scenario, focus, printed, draws), judged)
