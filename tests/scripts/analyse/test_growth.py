"""Growth of the offer against the rest."""

import pandas as pd
import pytest
from analyse.growth import growth_table
from offer_frames import DRAWING, FOCUS, many, offer

DAYS = [f"2019-0{month}-15" for month in (1, 2, 3, 4)]


def months(*numbers, rest=20, times=2):
    """So many Belgian vendors in each month, beside others who stay."""
    rows = []
    for day, number in zip(DAYS, numbers, strict=False):
        rows += many("b", number, "BE", snapshot_date=day, times=times)
        rows += many("n", rest, "NL", snapshot_date=day, times=times)
    return offer(*rows)


def rows_of(listing):
    return growth_table(listing, **FOCUS, **DRAWING).rows.set_index("row")


def test_vendors_who_come_make_the_odds_grow():
    found = rows_of(months(8, 10, 13, 16))
    assert found.loc["listings", "ratio"] == pytest.approx(found.loc["vendors", "ratio"])
    assert found.loc["vendors", "ratio"] == pytest.approx(2 ** (1 / 3), rel=0.05)
    assert found.loc["vendors", "ratio_low"] < found.loc["vendors", "ratio"] < found.loc["vendors", "ratio_high"]


def test_the_same_growth_everywhere_is_no_growth_of_the_part():
    assert rows_of(months(12, 12, 12, 12))["ratio"].tolist() == pytest.approx([1, 1])


def test_listings_grow_where_vendors_do_not():
    rows = []
    for place, day in enumerate(DAYS):
        rows += many("b", 12, "BE", snapshot_date=day, times=1 + place) + many("n", 20, "NL", snapshot_date=day)
    found = rows_of(offer(*rows))
    assert found.loc["listings", "ratio"] > 1.5
    assert found.loc["vendors", "ratio"] == pytest.approx(1)


@pytest.mark.parametrize("listing", [months(12, 12, 12), months(9, 9, 9, 9)], ids=["three months", "nine vendors"])
def test_below_four_months_or_ten_vendors_nothing_is_said(listing):
    assert rows_of(listing)[["ratio", "ratio_low"]].isna().all(axis=None)


def test_a_vendor_with_many_listings_counts_once_among_vendors():
    listing = months(12, 12, 12, 12)
    more = offer(*[("b00", "BE", {"snapshot_date": DAYS[3], "times": 40})])
    both = rows_of(pd.concat([listing, more], ignore_index=True))
    assert both.loc["vendors", "ratio"] == pytest.approx(1)
    assert both.loc["listings", "ratio"] > 1.1
