"""Concentration of visible sales."""

import numpy as np
import pandas as pd
import pytest
from analyse.concentration import amounts_of_vendors, concentration_tables
from cryptodrug.statistics.concentration import gini
from offer_frames import FIRST, FOCUS, LAST, feedback_of, many, offer


def tables(listing, feedback):
    table, curve = concentration_tables(listing, feedback, **FOCUS, level=0.95)
    return table, table.rows.set_index("row"), curve.rows


def test_sales_are_feedback_times_price_and_none_is_zero():
    listing = offer(("a", "BE", {"price_eur": 50.0}), ("b", "NL", {"price_eur": 70.0}), ("c", "NL", {}))
    feedback = feedback_of(listing, 3)
    amounts, unit, _ = amounts_of_vendors(listing, feedback[feedback["listing_id"] != "toy:2"])
    assert (amounts.to_dict(), unit) == ({"toy:a": 150, "toy:b": 210, "toy:c": 0}, "sales")


def test_a_feedback_seen_on_two_pages_is_one_sale():
    listing = offer(("a", "BE", {}))
    once = feedback_of(listing, 2)
    amounts, *_ = amounts_of_vendors(listing, pd.concat([once, once.assign(page_id="another")]))
    assert amounts["toy:a"] == 200


@pytest.mark.parametrize(("posted", "sales"), [("2019-01-01", 0), ("2019-01-02", 1), (LAST, 1)])
def test_the_window_of_29_days_is_open_at_its_beginning(posted, sales):
    listing = offer(("a", "BE", {}), ("b", "NL", {}))
    recent = feedback_of(listing.iloc[1:])
    amounts, *_ = amounts_of_vendors(listing, pd.concat([recent, feedback_of(listing.iloc[:1], posted=posted)]))
    assert amounts["toy:a"] == 100 * sales


def test_a_holding_price_is_replaced_by_the_price_before():
    fields = {"listing_id": "toy:x", "holding_own_history": False, "holding_class": False, "holding_cap": False}
    before = ("a", "BE", fields | {"snapshot_date": FIRST, "price_eur": 40.0})
    listing = offer(before, ("a", "BE", fields | {"price_eur": 9000.0, "holding_own_history": True}))
    amounts, *_ = amounts_of_vendors(listing, feedback_of(listing))
    assert amounts["toy:a"] == 40


@pytest.mark.parametrize("posted", [None, "2018-05-01"])
def test_listings_are_counted_where_no_recent_feedback_is_dated(posted):
    listing = offer(("a", "BE", {"times": 3}), ("b", "NL", {}))
    amounts, unit, _ = amounts_of_vendors(listing, feedback_of(listing, posted=posted))
    assert (amounts.to_dict(), unit) == ({"toy:a": 3, "toy:b": 1}, "listings")


def test_markets_are_judged_each_by_its_own_last_snapshot():
    listing = offer(("a", "BE", {}), ("b", "BE", {"market": "old", "snapshot_date": FIRST, "price_eur": 7.0}))
    feedback = feedback_of(listing)
    of_old = feedback.assign(market="old", snapshot_date=FIRST, listing_id="toy:1", posted_high="2018-12-20")
    amounts, *_ = amounts_of_vendors(listing, pd.concat([feedback, of_old]))
    assert amounts.to_dict() == {"toy:a": 100, "old:b": 7}


def test_a_vendor_on_two_markets_has_the_sales_of_both():
    listing = offer(("a", "BE", {}), ("b", "BE", {"market": "old", "price_eur": 7.0}))
    amounts, *_ = amounts_of_vendors(listing.assign(entity="toy:a"), feedback_of(listing))
    assert amounts.to_dict() == {"toy:a": 107}


def test_a_row_names_the_markets_that_show_feedback():
    listing = offer(("a", "BE", {}), ("b", "BE", {"market": "mute"}))
    _, rows, _ = tables(listing, feedback_of(listing.iloc[:1]))
    assert list(rows["market"]) == ["toy", "toy"]
    _, rows, _ = tables(listing, feedback_of(listing.iloc[:0]))
    assert list(rows["market"]) == ["mute|toy", "mute|toy"]


@pytest.mark.parametrize(("vendors", "measured", "tenth"), [(9, False, False), (10, True, False), (20, True, True)])
def test_measures_need_ten_vendors_and_the_top_tenth_twenty(vendors, measured, tenth):
    listing = offer(*many("b", vendors, "BE"), *many("n", 30, "NL", times=2))
    _, rows, curve = tables(listing, feedback_of(listing))
    row = rows.loc["focus"]
    assert row["vendors"] == vendors
    assert (not np.isnan(row["gini"]), not np.isnan(row["top_tenth"])) == (measured, tenth)
    assert (set(curve["group"]) == {"focus", "all"}) == measured
    assert rows.loc["all", "gini"] == pytest.approx(gini(np.array([100] * vendors + [200] * 30), corrected=True))


def test_the_gate_learns_the_number_of_vendors_and_the_share_of_the_two_largest():
    listing = offer(*many("b", 3, "BE"), ("c", "BE", {"times": 5}), ("n", "NL", {}))
    table, rows, _ = tables(listing, feedback_of(listing))
    assert (rows.loc["focus", "support_vendors"], rows.loc["focus", "support_top2"]) == (4, 6 / 8)
    assert (rows.loc["all", "support_vendors"], rows.loc["all", "support_top2"]) == (5, 6 / 9)
    assert table.domain == "revenue"
    guarded = {column.name: (column.guard_vendors, column.guard_top2) for column in table.columns}
    assert guarded["gini"] == guarded["hhi"] == guarded["top_tenth"] == ("support_vendors", "support_top2")


def test_no_interval_when_one_vendor_sells_all():
    # without it nobody sells, without another nothing changes
    listing = offer(*many("b", 10, "BE"))
    _, rows, _ = tables(listing, feedback_of(listing.iloc[:1]))
    assert rows.loc["focus", "hhi"] == 1
    assert np.isnan(rows.loc["focus", "gini_low"])


def test_the_index_that_one_vendor_decides_has_no_interval():
    listing = offer(*many("b", 12, "BE"), *many("n", 30, "NL", times=2))
    table, rows, _ = tables(listing, feedback_of(listing))
    assert {column.name for column in table.columns if column.low} == {"gini", "top_tenth"}
    row = rows.loc["all"]
    assert row["gini_low"] < row["gini"] < row["gini_high"] <= 1


def test_no_step_of_the_curve_is_a_single_vendor():
    listing = offer(*many("n", 11, "NL"))
    _, _, curve = tables(listing, feedback_of(listing))
    assert curve["vendors_share"].diff().dropna().min() >= 3 / 11 - 1e-9
    assert (curve["amount_share"].iloc[0], curve["amount_share"].iloc[-1]) == (0, 1)
