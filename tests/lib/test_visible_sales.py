"""Visible sales of listings between snapshots."""

import numpy as np
import pandas as pd
import pytest
from cryptodrug.visible_sales import (
    account_months,
    cut_off,
    dated_between,
    dominance,
    known_total,
    sales_between_snapshots,
    sales_in_window,
    snapshot_pairs,
    with_prices,
)
from hypothesis import given
from hypothesis import strategies as st
from offer_frames import FIRST, LAST, both_days, feedback_of, offer

MIDDLE = "2019-01-15"


def counted(*counters, market="toy"):
    """One listing with a counter in each snapshot; None: not seen that day."""
    days = (FIRST, MIDDLE, LAST)
    rows = [
        ("a", "BE", {"listing_id": "toy:x", "snapshot_date": day, "sales_total": number, "market": market})
        for day, number in zip(days, counters, strict=False)
        if number is not None
    ]
    # somebody else is seen each day, so that each day is a snapshot
    rows += [("b", "NL", {"listing_id": "toy:y", "snapshot_date": d, "sales_total": 0}) for d in days[: len(counters)]]
    return offer(*rows).astype({"sales_total": "Int64"})


NONE = feedback_of(offer(("a", "BE", {}))).iloc[:0]


def of_x(table):
    return table[table["listing_id"] == "toy:x"].set_index("snapshot_date")


def test_a_counter_is_compared_with_the_snapshot_in_which_the_listing_was_last_seen():
    sold = of_x(sales_between_snapshots(counted(5, None, 9), NONE))
    assert sold["high"].to_dict() == {LAST: 4}


def test_the_whole_counter_of_a_listing_that_is_new_counts():
    assert of_x(sales_between_snapshots(counted(None, 3, 4), NONE))["high"].to_dict() == {MIDDLE: 3, LAST: 1}


def test_a_counter_that_falls_is_no_sale_and_is_told():
    sold = of_x(sales_between_snapshots(counted(5, 4, 6), NONE))
    assert sold["high"].to_dict() == {MIDDLE: 0, LAST: 2}
    assert sold["fell"].to_dict() == {MIDDLE: True, LAST: False}


def test_a_counter_behind_the_feedback_gives_way_to_it():
    listing = counted(5, 6)
    feedback = feedback_of(listing.assign(snapshot_date=LAST).iloc[:1], 3, posted="2019-01-10").assign(
        listing_id="toy:x", snapshot_date=MIDDLE
    )
    row = of_x(sales_between_snapshots(listing, feedback)).loc[MIDDLE]
    assert (row["low"], row["high"]) == (3, 3)


def test_without_feedback_there_is_no_lower_bound_and_without_counters_no_upper_one():
    assert sales_between_snapshots(counted(1, 2), NONE)["low"].isna().all()
    listing = offer(*both_days(("a", "BE", {"listing_id": "toy:x"}))).assign(sales_total=pd.array([None] * 2, "Int64"))
    sold = sales_between_snapshots(listing, feedback_of(listing, 2))
    assert (list(sold["low"]), sold["high"].isna().all()) == ([2], True)


def test_the_only_snapshot_with_feedback_has_its_own_29_days():
    listing = offer(("a", "BE", {"listing_id": "toy:x"})).assign(sales_total=pd.array([7], "Int64"))
    posted = {"2019-01-01": 0, "2019-01-02": 2, LAST: 2}
    for day, sales in posted.items():
        sold = sales_between_snapshots(listing, feedback_of(listing, 2, posted=day))
        assert (list(sold["low"]), list(sold["days"]), list(sold["before"])) == ([sales], [29], ["2019-01-01"])
        assert sold["high"].isna().all()  # a counter of a whole life is no bound of a month


def test_an_age_in_months_counts_only_where_it_lies_inside_as_a_whole():
    row = feedback_of(offer(("a", "BE", {})))
    sure = row.assign(posted_low="2019-01-05", posted_high="2019-01-20")
    vague = row.assign(posted_low="2018-12-20", posted_high="2019-01-20")
    assert dated_between(sure, FIRST, LAST).sum() == 1
    assert dated_between(vague, FIRST, LAST).sum() == 0
    assert dated_between(row.assign(posted_low=None, posted_high=None), FIRST, LAST).sum() == 0


def test_feedback_is_cut_off_where_a_full_page_is_all_new():
    full = feedback_of(offer(("a", "BE", {})), 2).assign(truncated=True)
    old = full.assign(posted_high=["2018-12-01", LAST])
    assert cut_off(full, FIRST) == {"toy:0"}
    assert cut_off(old, FIRST) == cut_off(full.assign(truncated=False), FIRST) == cut_off(full.iloc[:0], FIRST) == set()


def test_christins_estimator_by_hand():
    """Feedback of 29 days times the mean price, by 29, over all listings (Christin 2013)."""
    listing = offer(
        ("a", "BE", {"listing_id": "toy:x", "snapshot_date": FIRST, "price_eur": 40.0}),
        ("a", "BE", {"listing_id": "toy:x", "price_eur": 60.0}),
        ("b", "NL", {"listing_id": "toy:y", "price_eur": 10.0}),
    )
    last = listing[listing["snapshot_date"] == LAST]
    feedback = pd.concat([feedback_of(last, 2), feedback_of(last.iloc[:1], 5, posted="2018-12-31")])
    window = with_prices(sales_in_window(listing, feedback), listing, "replace")
    # two of x at the mean of 40 and 60, two of y at 10; five of x are older than 29 days
    assert (window["low"] * window["price"]).sum() / 29 == pytest.approx((2 * 50 + 2 * 10) / 29)


def test_pairs_are_of_neighbouring_snapshots_of_one_market():
    listing = pd.concat([counted(1, 1, 1), offer(("c", "NL", {"market": "old", "snapshot_date": FIRST}))])
    assert list(snapshot_pairs(listing)) == [("toy", FIRST, MIDDLE), ("toy", MIDDLE, LAST)]


def test_an_upper_bound_without_a_listing_that_sold_is_none():
    low, high = pd.Series([2.0, 0.0, np.nan]), pd.Series([3.0, 1.0, np.nan])
    assert known_total(high, low) == 4
    assert np.isnan(known_total(high, pd.Series([2.0, 0.0, 1.0])))
    assert np.isnan(known_total(pd.Series([np.nan]), pd.Series([0.0])))


def test_sales_of_accounts_name_only_bounds_that_are_known():
    months = account_months(sales_between_snapshots(counted(5, 9), NONE))
    assert months["low"].isna().all()
    assert dict(zip(months["entity"], months["high"], strict=True)) == {"toy:a": 4, "toy:b": 0}
    assert account_months(sales_between_snapshots(counted(5), NONE)).empty


@given(st.lists(st.integers(0, 1000), max_size=8))
def test_dominance_is_of_those_who_sell(amounts):
    n, top = dominance(pd.Series(amounts, dtype=float))
    assert n == sum(one > 0 for one in amounts)
    largest = sum(sorted(amounts)[-2:])
    assert top == pytest.approx(largest / sum(amounts) if sum(amounts) else 0)
