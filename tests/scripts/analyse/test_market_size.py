"""Counts and shares of the offer, by snapshot and by definition."""

import pandas as pd
import pytest
from analyse.definition_sensitivity import definition_sensitivity_table
from analyse.market_size import market_size_tables
from offer_frames import DRAWING, FIRST, LAST, WHOLE, both_days, many, offer

GROWING = offer(
    ("b1", "BE", {"snapshot_date": FIRST, "times": 2}),
    ("n1", "NL", {"snapshot_date": FIRST, "times": 8}),
    ("b1", "BE", {"times": 3}),
    ("b2", "BE|NL", {}),
    ("n1", "NL", {"times": 4}),
)


def size(listing, definition="inclusive"):
    table, figures = market_size_tables(listing, "BE", definition, **DRAWING)
    return table.rows.set_index("row"), figures.rows.set_index("row")


def test_a_snapshot_has_its_own_counts_and_shares():
    rows, _ = size(GROWING)
    first, last = rows.loc[f"toy-{FIRST}"], rows.loc[f"toy-{LAST}"]
    assert list(first[["listings", "listings_focus", "vendors", "vendors_focus"]]) == [10, 2, 2, 1]
    assert list(last[["listings", "listings_focus", "vendors", "vendors_focus"]]) == [8, 4, 3, 2]
    assert (first["share_listings"], first["share_vendors"]) == (0.2, 0.5)
    assert (last["share_listings"], last["share_vendors"]) == (0.5, pytest.approx(2 / 3))


def test_the_mean_is_one_of_snapshots_not_of_rows():
    _, figures = size(GROWING)
    assert figures.loc["mean", "share_listings"] == pytest.approx((0.2 + 0.5) / 2)
    assert figures.loc["mean", "share_vendors"] == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert list(figures.loc["window", ["vendors", "vendors_focus"]]) == [3, 2]
    assert list(figures.index) == ["first", "last", "mean", "window"]


def test_the_last_month_adds_up_its_markets_and_names_them():
    far = {"market": "other", "snapshot_date": "2019-01-20"}
    elsewhere = offer(("b1", "BE", far), ("n7", "NL", far | {"times": 3}))
    _, figures = size(pd.concat([GROWING, elsewhere], ignore_index=True))
    last = figures.loc["last"]
    assert (last["market"], last["snapshot"]) == ("other|toy", "2019-01")
    # b1 has an account on both markets
    assert list(last[["listings", "listings_focus", "vendors", "vendors_focus"]]) == [12, 5, 5, 3]
    assert last["share_listings"] == 5 / 12
    # one vendor of ours on the other market: the number of this one, published elsewhere, could be subtracted
    assert last["support_vendors"] == 1


def test_a_month_of_one_market_keeps_its_day_and_only_one_of_its_snapshots():
    rows, figures = size(offer(*both_days(("b1", "BE", {}), ("n1", "NL", {}))))
    assert len(rows) == 2
    assert list(figures.loc[["first", "last"], "snapshot"]) == [FIRST, LAST]
    assert list(figures.loc[["first", "last"], "listings"]) == [2, 2]
    assert list(figures.loc[["first", "last"], "market"]) == ["toy", "toy"]


def test_the_gate_learns_how_many_focus_vendors_stand_behind_a_row():
    rows, figures = size(GROWING)
    assert list(rows["support_vendors"]) == [1, 2]
    assert list(figures["support_vendors"]) == [1, 2, 2, 2]


def test_strict_listings_are_guarded_by_the_vendors_they_come_from():
    # no vendor is strict, but two of its listings are: that they are one vendor's must reach the gate
    rows, _ = size(offer(("b1", "BE", {"times": 2}), ("b1", "NL", {}), ("n1", "NL", {})), "strict")
    row = rows.iloc[0]
    assert (row["listings_focus"], row["vendors_focus"], row["support_vendors"]) == (2, 0, 1)


def test_an_interval_needs_ten_focus_vendors_in_the_window():
    nine, _ = size(offer(*many("b", 9, "BE"), *many("n", 20, "NL")))
    ten, _ = size(offer(*many("b", 10, "BE"), *many("n", 20, "NL")))
    assert nine[["share_listings_low", "share_listings_high"]].isna().all(axis=None)
    assert ten["share_listings_low"].iloc[0] < 1 / 3 < ten["share_listings_high"].iloc[0]


@pytest.mark.parametrize(("vendors", "method"), [(29, "bootstrap-vendors-approximate"), (30, "bootstrap-vendors")])
def test_the_column_says_whether_its_interval_is_approximate(vendors, method):
    table, _ = market_size_tables(offer(*many("b", vendors, "BE"), *many("n", 3, "NL")), "BE", "inclusive", **DRAWING)
    assert {column.method for column in table.columns if column.low} == {method}


def sensitivity(listing):
    return definition_sensitivity_table(listing, "BE", "inclusive", **DRAWING).rows.set_index("row")


def test_three_definitions_side_by_side():
    rows = sensitivity(GROWING)
    # b2 is not strict; ever: all listings of b1 and b2, in both snapshots
    assert list(rows["listings"]) == [3, 4, 4]
    assert list(rows["vendors"]) == [1, 2, 2]
    assert list(rows["share_listings"]) == pytest.approx([(0.2 + 3 / 8) / 2, 0.35, 0.35])
    assert list(rows["change"]) == pytest.approx([(0.2 + 3 / 8) / 2 / 0.35, 1, 1])


def test_ever_takes_the_listings_of_a_vendor_from_before_it_stated_the_country():
    rows = sensitivity(offer(("v1", "NL", {"snapshot_date": FIRST}), ("v1", "BE", {}), *both_days(("n1", "NL", {}))))
    assert list(rows["share_listings"]) == pytest.approx([0.25, 0.25, 0.5])


def test_no_change_is_given_without_a_core_share():
    rows = sensitivity(WHOLE[WHOLE["ships_from"] != "BE"].reset_index(drop=True))
    assert rows["change"].isna().all()
    assert list(rows["support_vendors"]) == [0, 0, 0]


def test_counts_are_those_of_the_last_snapshot_of_each_market():
    rows = sensitivity(
        offer(
            ("b1", "BE", {"times": 2}),
            ("b2", "BE", {"market": "other", "snapshot_date": FIRST, "times": 3}),
            ("n1", "NL", {"market": "other", "snapshot_date": FIRST}),
        )
    )
    assert (rows.loc["inclusive", "listings"], rows.loc["inclusive", "vendors"]) == (5, 2)


def test_counts_and_shares_of_a_definition_are_guarded_by_the_vendors_behind_each():
    early = many("b", 4, "BE", snapshot_date=FIRST)
    table = definition_sensitivity_table(
        offer(*early, ("b00", "BE", {}), *both_days(("n1", "NL", {}))), "BE", "inclusive", **DRAWING
    )
    assert list(table.rows["support_last"]) == [1, 1, 1]
    assert list(table.rows["support_vendors"]) == [4, 4, 4]
    guards = {column.name: column.guard_vendors for column in table.columns}
    assert guards["listings"] == guards["vendors"] == "support_last"
    assert guards["share_listings"] == guards["change"] == "support_vendors"
