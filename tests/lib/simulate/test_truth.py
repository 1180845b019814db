"""The world of the demo scenario."""

from pathlib import Path

import numpy as np
import pytest
from cryptodrug.simulate.market.crawl import Crawl
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.market.shown import asked_cents, band, bitcoin, money, offer, seller, tally
from cryptodrug.simulate.market.truth import truth_tables
from cryptodrug.simulate.market.world import DELETED, EDITED
from cryptodrug.simulate.scenario import read_scenario

SCENARIO = read_scenario(Path(__file__).resolve().parents[3] / "data/demo/scenario.yaml")
CARDBOARD, LANTERN = SCENARIO.markets


@pytest.fixture(scope="module")
def world():
    return draw_world(SCENARIO)


def belgian(world, market, month):
    there = {one.entity for one in world.standing(market, month)}
    return {number for number in there if "BE" in world.entities[number].origins[month]}


def test_about_six_hundred_pages_a_market_and_month(world):
    sizes = [len(list(Crawl(world, market, month).arrived())) for market, month in world.snapshots()]
    assert len(sizes) == 9
    assert min(sizes) > 450 and max(sizes) < 950 and 550 < np.mean(sizes) < 700


def test_at_least_twenty_five_vendors_are_belgian_in_all(world):
    months = [belgian(world, market, month) for market, month in world.snapshots()]
    assert len(set().union(*months)) >= 25
    assert min(map(len, months)) >= 8


def test_everything_that_the_scenario_promises_happens_at_least_once(world):
    entities = world.entities.values()
    assert any(one.origins[0] == ("BE",) and one.origins[-1] != ("BE",) for one in entities)
    assert any(one.origins[0] == ("NL",) and one.origins[-1] == ("BE",) for one in entities)
    assert any(len(one.origins[0]) == 2 for one in entities)
    assert {"EU", None} <= {one.origin_texts[0] for one in entities if not one.origins[0]}
    assert sum(one.runs for one in entities) == SCENARIO.accounts.run_away
    assert any(len(one.accounts) == 2 for one in entities)
    handles = {}
    for one in entities:
        for account in one.accounts:
            handles.setdefault(account.handle, {})[one.number] = one.key
    shared = [keys for keys in handles.values() if len(keys) > 1]
    assert len(shared) == SCENARIO.accounts.homonyms
    assert all(len(set(keys.values())) == 2 and None not in keys.values() for keys in shared)


def test_some_vendors_of_the_market_that_closes_come_to_the_other_one(world):
    fled = [
        one
        for one in world.entities.values()
        if [account.market for account in one.accounts] == ["lantern", "cardboard"]
    ]
    fled = [one for one in fled if one.accounts[1].first == len(LANTERN.snapshots)]
    assert fled
    assert all(one.accounts[0].last == len(LANTERN.snapshots) - 1 for one in fled)


def test_a_vendor_more_in_the_scenario_changes_nothing_of_those_before_it(world):
    data = SCENARIO.model_dump(mode="json")
    data["groups"][-1]["vendors"] += 1
    larger = draw_world(type(SCENARIO).model_validate(data))
    plain = [number for number, one in world.entities.items() if not one.runs]
    same = [n for n in plain if larger.entities[n].origins == world.entities[n].origins]
    assert same == plain
    assert [one.title for one in larger.listings[: len(world.listings)]] == [one.title for one in world.listings]


def test_replicates_differ_and_are_the_same_again():
    one, again, other = (draw_world(SCENARIO, replicate=number) for number in (1, 1, 2))
    assert one.entities == again.entities and one.listings == again.listings
    assert {n: e.group for n, e in one.entities.items()} != {n: e.group for n, e in other.entities.items()}


def test_the_scale_multiplies_the_vendors(world):
    larger = draw_world(SCENARIO, scale=3)
    assert len(larger.entities) == 3 * len(world.entities)
    assert sum(one.runs for one in larger.entities.values()) == 3 * SCENARIO.accounts.run_away


def test_listings_of_a_vendor_who_enters_later_are_opened_after_the_snapshot_before(world):
    later = [(e, a) for e in world.entities.values() for a in e.accounts if a.first > 0]
    assert later
    for entity, account in later:
        before = SCENARIO.market(account.market).snapshots[account.first - 1]
        assert all(before < one.opened for one in world.by_account[entity.number, account.market])


def test_sales_come_at_their_rate(world):
    """Over all listings of one rate the number of sales is that rate a month, within four standard errors."""
    for rate in SCENARIO.listings.sales_a_month:
        days = sales = 0
        for one in world.listings:
            if one.rate == rate:
                until = one.closed or SCENARIO.market(one.market).snapshots[-1]
                days += (until - one.opened).days + 1
                sales += len(one.sales.day)
        share = rate / 30
        assert abs(sales - days * share) <= 4 * np.sqrt(days * share * (1 - share))


def test_feedback_is_cut_at_twenty_newest_first_deleted_gone_edited_marked(world):
    day = CARDBOARD.snapshots[4]
    busiest = max(world.standing(CARDBOARD, 4), key=lambda one: len(one.sales.shown(day)))
    shown = offer(world, CARDBOARD, busiest, 4, 490_000).opinions
    sales, ordinal = busiest.sales, day.toordinal()
    told = [
        place
        for place in range(len(sales.day))
        if sales.day[place] <= ordinal
        and sales.score[place]
        and not (sales.fate[place] == DELETED and sales.changes[place] <= ordinal)
    ]
    assert len(told) > 20 == len(shown)
    days = [day.fromordinal(int(sales.day[place])).isoformat() for place in told[::-1][:20]]
    assert [opinion.day for opinion in shown] == days
    edited = [sales.fate[place] == EDITED and sales.changes[place] <= ordinal for place in told[::-1][:20]]
    assert [opinion.text.endswith("*") for opinion in shown] == edited


def test_who_runs_away_is_said_to_deliver_nothing(world):
    (gone,) = [one for one in world.entities.values() if one.runs]
    (account,) = gone.accounts
    last = SCENARIO.market(account.market).snapshots[account.last]
    closed = [one for one in world.by_account[gone.number, account.market] if one.closed > last]
    late = [one.sales.score[one.sales.day > one.closed.toordinal() - 21] for one in closed]
    assert sum(map(len, late)) > 0
    assert set(np.concatenate(late)) == {1}


def test_prices_are_rounded_half_up_to_millionths():
    assert bitcoin(1, 400_000) == "0.000003"  # 2.5 millionths
    assert bitcoin(1_234_500, 500_000) == "2.469000"
    assert money(401_205) == "4,012.05"


def test_a_holding_price_is_sixty_times_the_true_one(world):
    held = [(one, month) for one in world.listings for month in range(5) if one.holding[month]]
    assert 20 < len(held) < 80
    for one, month in held:
        assert asked_cents(world, one, month) == 60 * one.usd_cents[month]


def test_bands_hold_their_lower_and_not_their_upper_end():
    assert [band(number) for number in (0, 4, 5, 199, 500, 9000)] == ["0~5", "0~5", "5~10", "100~200", "500+", "500+"]


def test_scores_of_a_vendor_add_up_to_its_feedback(world):
    entity = world.entities[world.standing(LANTERN, 0)[0].entity]
    shown = seller(world, LANTERN, entity, 0)
    told = sum(
        int((one.sales.score[: one.sales.until(LANTERN.snapshots[0])] > 0).sum())
        for one in world.by_account[entity.number, "lantern"]
    )
    assert sum(shown.scores) == told


def test_the_truth_says_which_page_was_lost_and_why(world):
    tables = truth_tables(world)
    page = tables["page"]
    shuffled = page["path"].str.contains("shelf=all&")
    # of the list in changing order a share is missed, and no other fault is drawn
    assert set(page.loc[shuffled, "fault"].dropna()) == {"missed"} and set(page.loc[shuffled, "market"]) == {"lantern"}
    assert 0.05 < page.loc[shuffled, "fault"].notna().mean() < 0.25
    page = page[~shuffled]
    for market in SCENARIO.markets:
        rules, pages = market.crawl, page[page["market"] == market.id]
        planned = [rules.offer_faults, rules.browse_faults, rules.seller_faults]
        for _, of_day in pages.groupby("snapshot_date"):
            found = of_day["fault"].value_counts().drop("outage", errors="ignore")
            assert found.to_dict() == {
                fault: sum(one.get(fault, 0) for one in planned) for fault in {name for one in planned for name in one}
            }
    outage = page[page["fault"] == "outage"]
    assert set(outage["snapshot_date"]) == {"2019-03-15"}
    assert len(outage) == CARDBOARD.crawl.outage.pages
    assert set(page.loc[page["fault"].isin(["missed", "outage"]), "kind"]) == {None}
    assert set(tables["listing"]["is_drug"]) == {True, False}
    assert set(tables["vendor"]["policy"]) > {"domestic", "europe", "worldwide"}


def test_in_a_replicate_pages_are_missed_at_the_rate_asked_for():
    world = draw_world(SCENARIO, replicate=3)
    pages = [p for market, month in world.snapshots() for p in Crawl(world, market, month, 100, replicate=3).wanted]
    missed = sum(page.fault == "missed" for page in pages)
    assert {page.fault for page in pages} == {None, "missed"}
    assert abs(missed - 0.1 * len(pages)) < 4 * np.sqrt(0.09 * len(pages))


def test_totals_on_the_front_page_are_rounded_down_to_tens():
    assert [tally(number) for number in (0, 9, 10, 461)] == ["0", "9", "10+", "460+"]
