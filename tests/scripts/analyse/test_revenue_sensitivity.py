"""Worth of visible sales under other rules of price."""

import pandas as pd
import pytest
from analyse.revenue_sensitivity import revenue_sensitivity_table
from cryptodrug.gate import judge
from offer_frames import DEGENERATE, FIRST, FOCUS, LAST, assert_valid, both_days, feedback_of, many, offer
from tests_rules import RULES

HOW = FOCUS | {"smallest": 3, "largest_two": 0.85}
MONTH = 30.44 / 29


def complete(listing):
    none = pd.array([None] * len(listing), dtype="Int64")
    return listing.assign(sales_total=none, listing_id=listing["vendor"], series_id=listing["vendor"])


def blocked(vendors, price=1000.0):
    """Fourteen vendors, one listing each at a hundred euro; so many of them end at another price, a holding one."""
    listing = complete(offer(*both_days(*many("b", 6, "BE"), *many("n", 8, "NL"))))
    last = (listing["snapshot_date"] == LAST) & listing["vendor"].isin(vendors)
    listing.loc[last, ["price_eur", "price_eur_per_g"]] = [price, price / 10]
    return listing.assign(holding_own_history=last)


def rows_of(listing):
    return revenue_sensitivity_table(listing, feedback_of(listing, 2), **HOW).rows.set_index("row")


FOUR = ["b00", "b01", "b02", "n00"]


def test_three_treatments_by_hand():
    rows = rows_of(blocked(FOUR))
    assert rows.loc["replace", "eur_low"] == pytest.approx(2 * 14 * 100 * MONTH)
    assert rows.loc["drop", "eur_low"] == pytest.approx(2 * 10 * 100 * MONTH)
    # kept: the mean of a hundred and a thousand
    assert rows.loc["none", "eur_low"] == pytest.approx(2 * (10 * 100 + 4 * 550) * MONTH)
    assert rows["share_low"].tolist()[:3] == pytest.approx([6 / 14, 3 / 10, (3 * 100 + 3 * 550) / 3200])
    assert rows.loc["none", "eur_window"] == pytest.approx(2 * (10 * 100 + 4 * 550) * MONTH)
    assert rows[["eur_high", "share_high"]].isna().all().all()


def test_another_factor_flags_other_prices():
    listing = blocked(FOUR, price=400.0).assign(holding_own_history=False)
    rows = rows_of(listing)
    # four times the other price: a holding price from three times, none from ten; replaced by the hundred before
    assert rows.loc["own-3", "eur_low"] == pytest.approx(2 * 14 * 100 * MONTH)
    assert rows.loc["own-10", "eur_low"] == pytest.approx(2 * (10 * 100 + 4 * 250) * MONTH)
    assert rows.loc["replace", "eur_low"] == rows.loc["own-10", "eur_low"]


def test_the_price_of_the_day_in_place_of_the_mean_of_both_ends():
    listing = complete(offer(*both_days(*many("b", 6, "BE"))))
    listing.loc[listing["snapshot_date"] == FIRST, "price_eur"] = 50.0
    rows = rows_of(listing)
    assert rows.loc["replace", "eur_low"] == pytest.approx(2 * 6 * 75 * MONTH)
    assert rows.loc["price-at-end", "eur_low"] == pytest.approx(2 * 6 * 100 * MONTH)


@pytest.mark.parametrize(("vendors", "hidden"), [(FOUR, False), (["b00", "n00"], True)])
def test_a_difference_that_two_vendors_make_is_not_given(vendors, hidden):
    """The broken variant: the sums alone rest on enough vendors, and give the two away by subtraction."""
    listing = blocked(vendors)
    found = judge(revenue_sensitivity_table(listing, feedback_of(listing, 2), **HOW), RULES).hidden
    assert ("none", "eur_low") not in found or hidden
    assert (("none", "eur_low") in found) == (("drop", "eur_low") in found) == hidden
    assert ("replace", "eur_low") not in found


def test_a_weak_month_hides_the_sum_over_months():
    listing = blocked(FOUR)
    few = complete(offer(*[(v, o, m | {"market": "small"}) for v, o, m in both_days(*many("z", 2, "NL"))]))
    both = pd.concat([listing, few], ignore_index=True)
    table = revenue_sensitivity_table(both, feedback_of(both, 2), **HOW)
    assert ("replace", "eur_low") in judge(table, RULES).hidden


@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_offers_give_valid_tables(name, tmp_path):
    listing = complete(DEGENERATE[name]) if len(DEGENERATE[name]) else DEGENERATE[name]
    listing = listing.assign(listing_id=DEGENERATE[name]["listing_id"], series_id=DEGENERATE[name]["listing_id"])
    for times in (0, 1):
        assert_valid(revenue_sensitivity_table(listing, feedback_of(listing, times), **HOW), tmp_path)
