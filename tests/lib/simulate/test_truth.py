"""The market of the demo scenario."""

from pathlib import Path

import pytest
from cryptodrug.simulate.market import Truth
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.simulate.shown import band, bitcoin, dollars, offer, tally
from cryptodrug.simulate.tables import truth_tables
from cryptodrug.simulate.truth import draw_truth

SCENARIO = Path(__file__).resolve().parents[3] / "data/demo/scenario.yaml"


@pytest.fixture(scope="module")
def truth() -> Truth:
    return draw_truth(read_scenario(SCENARIO))


def test_each_snapshot_has_forty_vendors_of_whom_at_least_twelve_belgian_and_three_hundred_listings(truth):
    for snapshot in range(3):
        standing = truth.standing(snapshot)
        vendors = {one.vendor for one in standing}
        assert len(standing) >= 300
        assert len(vendors) == 40
        assert sum("BE" in truth.vendors[number].origins[snapshot] for number in vendors) >= 12


def test_vendors_move_in_and_out_of_belgium(truth):
    moves = {(one.origins[0], one.origins[-1]) for one in truth.vendors.values() if one.origins[0] != one.origins[-1]}
    assert moves == {(("BE",), ("NL",)), (("NL",), ("BE",))}


def test_a_vendor_more_in_the_scenario_changes_nothing_of_those_before_it(truth):
    data = truth.scenario.model_dump(mode="json")
    data["groups"][-1]["vendors"] += 1
    larger = draw_truth(type(truth.scenario).model_validate(data))
    assert {n: larger.vendors[n] for n in truth.vendors} == truth.vendors
    assert [one.title for one in larger.listings[: len(truth.listings)]] == [one.title for one in truth.listings]


def test_listings_of_a_vendor_who_enters_later_are_opened_after_the_snapshot_before(truth):
    dates = truth.scenario.snapshots
    later = {number: one for number, one in truth.vendors.items() if one.first > 0}
    assert len(later) == 4
    for one in truth.listings:
        if one.vendor in later:
            assert dates[later[one.vendor].first - 1] < one.opened


def test_feedback_is_cut_at_twenty_newest_first(truth):
    most = max(truth.standing(2), key=lambda one: sum(sale.opinion is not None for sale in one.sales))
    shown = offer(truth, most, 2, 490_000).opinions
    told = [sale for sale in most.sales if sale.opinion]
    assert len(told) > 20
    assert [opinion.day for opinion in shown] == [str(sale.day) for sale in told[::-1][:20]]


def test_prices_are_rounded_half_up_to_millionths():
    assert bitcoin(1, 400_000) == "0.000003"  # 2.5 millionths
    assert bitcoin(1_234_500, 500_000) == "2.469000"
    assert dollars(401_205) == "4,012.05"


def test_bands_hold_their_lower_and_not_their_upper_end():
    assert [band(number) for number in (0, 4, 5, 199, 500, 9000)] == ["0~5", "0~5", "5~10", "100~200", "500+", "500+"]


def test_the_truth_says_which_page_was_lost_and_why(truth):
    tables = truth_tables(truth)
    page = tables["page"]
    faults = page.groupby("snapshot_date")["fault"].value_counts().unstack()
    rules = truth.scenario.crawl
    planned = [rules.offer_faults, rules.browse_faults, rules.seller_faults]
    for fault in {fault for one in planned for fault in one}:
        assert set(faults[fault]) == {sum(one.get(fault, 0) for one in planned)}
    assert set(page.loc[page["fault"] == "missed", "kind"]) == {None}
    assert set(tables["listing"]["is_drug"]) == {True, False}
    assert set(tables["vendor"]["policy"]) > {"domestic", "europe", "worldwide"}


def test_totals_on_the_front_page_are_rounded_down_to_tens():
    assert [tally(number) for number in (0, 9, 10, 461)] == ["0", "9", "10+", "460+"]
