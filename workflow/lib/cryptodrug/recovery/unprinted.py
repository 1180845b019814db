"""Estimators that no table of the report prints yet, or none with an interval, and what they are to find."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
import pandas as pd

from cryptodrug.harmonise.money import euro_per_dollar
from cryptodrug.populations import focus_listings
from cryptodrug.recovery.estimators import Estimate, analysis
from cryptodrug.recovery.memory import Study
from cryptodrug.revenue import monthly
from cryptodrug.sales import new_texts
from cryptodrug.simulate.market.blocks import Market
from cryptodrug.simulate.market.crawl import Crawl
from cryptodrug.simulate.market.world import Listing, World
from cryptodrug.statistics.coverage import chapman, schnabel
from cryptodrug.statistics.ratios import corrected_ratio
from cryptodrug.visible_sales import sales_between_snapshots, with_prices

Held = Iterator[tuple[Estimate, float]]
CAPTURES = 3


def _point(table: str, row: str, column: str, value: float) -> Estimate:
    return Estimate(table, row, column, float(value), None, None, None)


def _sold(listing: Listing, market: Market, month: int) -> int:
    """True sales of a listing since the snapshot before."""
    return listing.sales.until(market.snapshots[month]) - listing.sales.until(market.snapshots[month - 1])


def _worth(world: World, listing: Listing, market: Market, month: int) -> float:
    """These sales at the mean of its true prices (euro) in the snapshots at both ends in which it stands."""
    account = world.entities[listing.entity].account(market.id)
    ends = [
        place
        for place in (month - 1, month)
        if account.first <= place <= account.last and listing.stands_on(market.snapshots[place])
    ]
    price = [listing.usd_cents[place] / 100 * euro_per_dollar(market.snapshots[place]).rate for place in ends]
    return _sold(listing, market, month) * float(np.mean(price))


def _standing(world: World, market: Market, month: int) -> list[Listing]:
    return [one for one in world.standing(market, month) if world.scenario.products[one.product].drug_class]


def sales(study: Study) -> Held:
    """Bounds of the sales of all drug listings between snapshots, and what the lower one is worth a month.

    `lower`: feedback; `upper`: increase of the counter, or texts that were not there before. True are all sales, with
    and without feedback: the report prints the bounds as such, here they are held against what they bound.
    """
    world, feedback = study.world, study.table("feedback")
    sold = with_prices(sales_between_snapshots(study.offer, feedback), study.offer, "replace")
    for market in world.scenario.markets:
        of_market = sold[sold["market"] == market.id]
        months = range(1, len(market.snapshots))
        standing = [(one, month) for month in months for one in _standing(world, market, month)]
        true = float(sum(_sold(one, market, month) for one, month in standing))
        if not market.feedback_shown:
            yield _point("sales", market.id, "upper_counter", of_market["high"].sum()), true
            continue
        yield _point("sales", market.id, "lower", of_market["low"].sum()), true
        shown = feedback[(feedback["market"] == market.id) & feedback["listing_id"].isin(study.offer["listing_id"])]
        at = [shown[shown["snapshot_date"] == str(day)] for day in market.snapshots]
        yield _point("sales", market.id, "upper_texts", sum(new_texts(*two).sum() for two in pairwise(at))), true
        days = (market.snapshots[-1] - market.snapshots[0]).days
        worth = monthly(float((of_market["low"] * of_market["price"]).sum()), days)
        true_worth = monthly(sum(_worth(world, one, market, month) for one, month in standing), days)
        yield _point("revenue", market.id, "lower", worth), true_worth


def corrected(study: Study, focus: str, definition: str, parameters: Mapping[str, float]) -> Held:
    """The ratio of shares with half a listing added, pooled over all snapshots, against the ratio of mean shares."""
    part = focus_listings(study.offer, focus, definition)
    for name in sorted(study.offer["drug_class"].dropna().unique()):
        of_class = study.offer["drug_class"] == name
        counts = [int((of_class & group).sum()) for group in (part, ~part)]
        ratio = corrected_ratio(counts[0], int(part.sum()), counts[1], int((~part).sum()))
        if f"specialisation.{name}.ratio" in parameters:
            yield _point("corrected-ratio", name, "ratio", ratio), parameters[f"specialisation.{name}.ratio"]


def _met(crawl: Crawl) -> set[str]:
    """Listings whose own page arrived."""
    return {page.subject[0].native_id for page in crawl.wanted if page.kind == "listing" and page.arrives_as}


def populations(study: Study, missed: int) -> Held:
    """Number of listings from two (Chapman) and three (Schnabel) downloads of the pages of listings."""
    for crawl in study.crawls:
        captures = [_met(crawl.with_missed(missed, capture)) for capture in range(CAPTURES)]
        true = float(sum(page.kind == "listing" for page in crawl.wanted))
        row = f"{crawl.market.id}-{crawl.market.snapshots[crawl.month]}"
        both = len(captures[0] & captures[1])
        yield _point("population", row, "chapman", chapman(len(captures[0]), len(captures[1]), both).size), true
        yield _point("population", row, "schnabel", schnabel(captures)), true


def shuffled_lists(study: Study, missed: int, level: float) -> Held:
    """Share of a list seen that is ordered anew for each of its pages (Good-Turing), on markets that have one."""
    script = analysis("list_pages")
    for crawl in study.crawls:
        if not crawl.design.SHUFFLED:
            continue
        arrived = [page for page in crawl.shuffled(missed) if page.arrives_as]
        names = [(page.path, *crawl.design.list_named(page.path)) for page in arrived]
        page = pd.DataFrame(names, columns=["page_id", "list_text", "list_page_text"])
        links = [(one.listing_id, wanted.path) for wanted in arrived for one in wanted.subject]
        link = pd.DataFrame(links, columns=["listing_id", "page_id"])
        seen = script.estimate_shifting(script.shifting_lists(page, link), page, level)
        if seen is not None:
            row = f"{crawl.market.id}-{crawl.market.snapshots[crawl.month]}"
            found = Estimate("list-pages", row, "good_turing", *seen, "good-turing")
            yield found, link["listing_id"].nunique() / len(crawl.world.standing(crawl.market, crawl.month))


def unprinted(
    study: Study, missed: int, focus: str, definition: str, parameters: Mapping[str, float], level: float
) -> Held:
    """All of them, each with its true value."""
    yield from sales(study)
    yield from corrected(study, focus, definition, parameters)
    yield from populations(study, missed)
    yield from shuffled_lists(study, missed, level)
