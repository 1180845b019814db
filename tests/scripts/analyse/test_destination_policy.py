"""Stated destinations, and how small policies are merged."""

import pandas as pd
import pytest
from analyse.destination_policy import destination_tables, merge_small_policies, widest_policy
from cryptodrug.gate import judge
from cryptodrug.statistics.intervals import wilson
from offer_frames import DRAWING, FIRST, many, offer
from tests_rules import RULES


def tables(*rows):
    policies, summary = destination_tables(offer(*rows), "BE", "inclusive", **DRAWING)
    return policies.rows.set_index("row"), summary.rows.iloc[0]


def sends(prefix, vendors, policy, **more):
    return many(prefix, vendors, "BE", ships_to_policy=policy, **more)


def merged(**counts):
    vendors = [name.replace("_", "-") for name, count in counts.items() for _ in range(count)]
    return merge_small_policies(pd.Series(vendors, dtype=object))


def test_policies_of_three_vendors_stand_as_they_are():
    target = merged(domestic=3, europe=4, worldwide=5, not_stated=1)
    assert all(target[name] == name for name in ("domestic", "europe", "worldwide", "not-stated"))


def test_a_small_policy_joins_the_next_wider_one():
    target = merged(domestic=2, europe=4, worldwide=5)
    assert target["domestic"] == "europe"


def test_small_policies_join_until_they_are_three():
    target = merged(domestic=1, neighbours=2, europe=1, worldwide=5)
    assert (target["domestic"], target["neighbours"]) == ("neighbours", "neighbours")
    assert target["europe"] == "worldwide"


def test_the_widest_joins_the_last_printed_when_it_is_small():
    assert merged(europe=4, worldwide=2)["worldwide"] == "europe"


def test_what_was_carried_to_a_small_widest_goes_where_it_goes():
    target = merged(europe=4, worldwide_except=1, worldwide=1)
    assert (target["worldwide-except"], target["worldwide"]) == ("europe", "europe")
    target = merged(europe=4, worldwide_except=1)
    assert target["worldwide-except"] == "europe"


def test_a_widest_that_is_large_enough_with_what_it_was_given_stays():
    target = merged(europe=4, worldwide_except=2, worldwide=1)
    assert (target["worldwide-except"], target["worldwide"]) == ("worldwide", "worldwide")


@pytest.mark.parametrize(
    "counts", [{}, {"worldwide": 1}, {"domestic": 1}, {"not_stated": 2}, {"domestic": 1, "europe": 1}]
)
def test_every_policy_has_a_printed_place_however_few_vendors(counts):
    target = merged(**counts)
    assert set(target.values()) == {target[name] for name in target.values()}


def test_the_widest_stated_policy_of_a_vendor_counts():
    widest = widest_policy(
        pd.Series(["domestic", "europe", "not-stated", "not-stated"]), pd.Series(["a", "a", "a", "b"])
    )
    assert widest.to_dict() == {"a": "europe", "b": "not-stated"}


def test_policies_by_hand():
    rows, summary = tables(
        *sends("d", 3, "domestic"), *sends("w", 4, "worldwide", times=2), *sends("u", 1, "unparsed"),
        *many("n", 6, "NL", ships_to_policy="europe"), *many("m", 2, "NL"),
    )  # fmt: skip
    assert list(rows.loc["domestic", ["listings_focus", "vendors_focus", "listings_rest"]]) == [3, 3, 0]
    assert list(rows.loc["worldwide", ["listings_focus", "vendors_focus", "listings_rest"]]) == [8, 4, 2]
    # a text that could not be read says nothing; it is a row, never dropped
    assert list(rows.loc["not-stated", ["listings_focus", "vendors_focus"]]) == [1, 1]
    assert rows.loc["worldwide", "share_focus"] == pytest.approx(8 / 12)
    assert rows.loc["worldwide", "share_vendors"] == pytest.approx(4 / 8)
    ends = tuple(rows.loc["worldwide", ["share_vendors_low", "share_vendors_high"]])
    assert ends == pytest.approx(wilson(4, 8, 0.95))
    assert rows.loc["europe", "share_rest"] == pytest.approx(6 / 8)
    assert rows["listings_focus"].sum() == 12
    assert (summary["vendors"], summary["vendors_abroad"]) == (8, 4)
    assert (summary["share_abroad"], summary["share_abroad_upper"]) == (0.5, 5 / 8)


def test_no_listing_is_lost_when_the_widest_policy_is_merged():
    rows, _ = tables(*sends("e", 4, "europe"), *sends("x", 1, "worldwide-except"), *sends("w", 1, "worldwide"))
    assert rows["listings_focus"].sum() == 6
    assert rows["vendors_focus"].sum() == 6
    assert rows.loc["europe", "listings_focus"] == 6


def test_the_guard_counts_vendors_behind_the_listings_of_a_policy():
    # one of the three vendors that go no further than their country is still there
    rows, _ = tables(
        *sends("d", 3, "domestic", snapshot_date=FIRST), *sends("d", 1, "domestic"), *sends("w", 4, "worldwide")
    )
    assert list(rows.loc["domestic", ["listings_focus", "support_listings"]]) == [1, 1]
    assert list(rows.loc["domestic", ["vendors_focus", "support_vendors"]]) == [3, 3]


def test_listings_of_vendors_that_also_reach_further_are_guarded_too():
    rows, _ = tables(("w00", "BE", {"ships_to_policy": "domestic", "times": 5}), *sends("w", 4, "worldwide"))
    assert list(rows.loc["domestic", ["listings_focus", "vendors_focus", "support_listings"]]) == [5, 0, 1]


def test_domestic_orientation_is_of_those_that_state_a_destination():
    _, summary = tables(
        *sends("d", 4, "domestic", times=2), *sends("e", 8, "europe"), *sends("n", 4, "not-stated", times=3),
        *many("r", 6, "NL", ships_to_policy="domestic"), *many("s", 6, "NL", ships_to_policy="worldwide"),
    )  # fmt: skip
    assert summary["share_domestic_focus"] == 8 / 16
    assert summary["share_domestic_rest"] == 6 / 12
    assert summary[["listings", "listings_not_stated"]].tolist() == [28, 12]
    assert summary[["vendors_stated", "vendors_domestic"]].tolist() == [12, 4]
    assert (summary["share_domestic_vendors_low"], summary["share_domestic_vendors_high"]) == wilson(4, 12, 0.95)
    # the broken variant: not stated taken as abroad
    assert summary["share_domestic_vendors"] != 4 / 16


def test_a_vendor_that_sends_home_with_some_listings_only_is_not_domestic():
    _, summary = tables(*sends("d", 10, "domestic"), *sends("d", 5, "europe"))
    assert (summary["vendors_domestic"], summary["vendors_stated"]) == (5, 10)
    assert summary["share_domestic_focus"] == 10 / 15


def test_orientation_is_hidden_where_the_rest_would_tell_of_few():
    from cryptodrug.disclosure.primary import primary_cells
    from tests_rules import RULES

    def hidden(*rows):
        _, table = destination_tables(offer(*rows), "BE", "inclusive", **DRAWING)
        return {column for _, column in primary_cells(table, RULES)}

    many_of_each = (*sends("d", 5, "domestic"), *sends("e", 9, "europe"), *sends("n", 4, "not-stated"))
    assert hidden(*many_of_each) == set()
    assert {"vendors_domestic", "share_domestic_vendors"} <= hidden(*many_of_each[:14], *sends("n", 1, "not-stated"))
    assert "share_domestic_focus" in hidden(*sends("d", 2, "domestic"), *sends("e", 9, "europe"))


def shown(silent=0, domestic=0, abroad=12):
    """Columns of the summary that the gate shows, for so many vendors each."""
    _, summary = destination_tables(
        offer(
            *sends("n", silent, "not-stated"), *sends("d", domestic, "domestic"), *sends("e", abroad, "europe"),
            *many("m", 6, "NL"),
        ), "BE", "inclusive", **DRAWING,
    )  # fmt: skip
    judged = judge(summary, RULES)
    return {column.name for column in summary.columns if ("all", column.name) not in judged.hidden}


@pytest.mark.parametrize(("silent", "upper"), [(0, True), (1, False), (2, False), (3, True)])
def test_both_bounds_stand_only_where_they_count_no_few_silent_vendors(silent, upper):
    columns = shown(silent=silent, domestic=3)
    assert {"vendors", "vendors_abroad", "share_abroad"} <= columns
    assert ("share_abroad_upper" in columns) == upper


@pytest.mark.parametrize(
    ("silent", "domestic", "there"), [(0, 0, True), (0, 1, False), (0, 3, True), (1, 1, False), (2, 0, False)]
)
def test_those_who_send_abroad_are_not_counted_where_few_are_left(silent, domestic, there):
    assert ("vendors_abroad" in shown(silent, domestic)) == there
    assert ("share_abroad" in shown(silent, domestic)) == there


def test_few_silent_vendors_are_not_what_those_who_send_abroad_and_those_at_home_leave():
    # 5 + 3 + 12 + 1 vendors; 15 are known to send abroad, so six do not, and five of these would be the row `domestic`
    policies, _ = destination_tables(
        offer(
            *sends("n", 1, "not-stated"), *sends("d", 5, "domestic"), *sends("b", 3, "neighbours"),
            *sends("e", 12, "europe"), *many("m", 6, "NL"),
        ), "BE", "inclusive", **DRAWING,
    )  # fmt: skip
    hidden = judge(policies, RULES).hidden
    assert {("not-stated", "vendors_focus"), ("domestic", "vendors_focus")} <= hidden
