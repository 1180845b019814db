"""Price points: who counts, and from how many."""

import numpy as np
import pandas as pd
import pytest
from analyse.price_per_gram import lot_of, price_per_gram_table
from offer_frames import FIRST, many, offer


def points(*rows, definition="inclusive"):
    return price_per_gram_table(offer(*rows), "BE", definition, 0.95).rows.set_index("row")


def sells(prefix, prices, times=4, origin="NL", **more):
    return [(f"{prefix}{n}", origin, {"price_eur": price, "times": times} | more) for n, price in enumerate(prices)]


def test_a_point_is_the_median_over_vendors_of_their_medians():
    rows = points(*sells("n", [100.0, 120.0, 200.0]), ("n0", "NL", {"price_eur": 900.0}))
    row = rows.loc["cannabis-10-rest"]
    assert (row["median"], row["vendors"], row["listings"]) == (12.0, 3, 13)
    assert (row["drug_class"], row["lot"], row["group"]) == ("cannabis", 10, "rest")


def test_a_vendor_counts_once_however_many_listings_it_has():
    row = points(*sells("n", [100.0, 110.0, 120.0]), *sells("m", [500.0], times=60)).loc["cannabis-10-rest"]
    assert row["median"] == pytest.approx(11.5)


@pytest.mark.parametrize(("vendors", "times", "shown"), [(2, 20, False), (3, 3, False), (3, 4, True), (5, 2, True)])
def test_a_point_needs_three_vendors_and_ten_listings(vendors, times, shown):
    assert (len(points(*sells("n", [100.0] * vendors, times))) == 1) == shown


def test_a_listing_seen_in_two_snapshots_is_one_of_the_ten():
    rows = [
        (f"n{n}", "NL", {"snapshot_date": day, "listing_id": f"toy:{n}-{k}"})
        for day in (FIRST, "2019-01-30")
        for n in range(3)
        for k in range(2)
    ]
    # twelve rows, but six listings
    assert points(*rows).empty


@pytest.mark.parametrize(("vendors", "interval"), [(5, None), (6, (10.0, 15.0)), (9, (11.0, 17.0))])
def test_the_interval_of_the_median_needs_six_vendors(vendors, interval):
    row = points(*sells("n", [100.0 + 10 * n for n in range(vendors)])).loc["cannabis-10-rest"]
    ends = (row["median_low"], row["median_high"])
    assert np.isnan(ends).all() if interval is None else ends == interval


def test_holding_prices_are_left_out_by_any_flag():
    flags = dict.fromkeys(("holding_own_history", "holding_class"), False)
    good = sells("n", [100.0, 120.0, 200.0], **flags, holding_cap=False)
    row = points(*good, *sells("h", [99_999.0], **flags, holding_cap=True)).loc["cannabis-10-rest"]
    assert (row["median"], row["vendors"]) == (12.0, 3)


def test_sizes_between_the_lots_are_not_compared():
    grams = pd.Series([0.5, 0.9, 1.0, 1.1, 1.2, 7, 28, 950, 1000, np.nan])
    assert lot_of(grams).fillna(0).tolist() == [0, 1, 1, 1, 0, 0, 0, 1000, 1000, 0]


def test_focus_and_rest_are_apart_and_the_guard_counts_the_vendors_of_the_point():
    rows = points(*sells("b", [100.0, 130.0, 160.0, 190.0], origin="BE|NL"), *sells("n", [100.0, 120.0, 200.0]))
    assert list(rows.index) == ["cannabis-10-focus", "cannabis-10-rest"]
    assert list(rows["support_vendors"]) == [4, 3]
    assert rows.loc["cannabis-10-focus", "median"] == 14.5


def test_a_vendor_is_ever_of_the_country_also_by_a_listing_without_a_price():
    priced = sells("n", [100.0, 120.0, 200.0])
    unpriced = many("n", 0, "BE") + [(f"n{n}", "BE", {"price_eur": np.nan}) for n in range(3)]
    assert list(points(*priced, *unpriced, definition="ever").index) == ["cannabis-10-focus"]


def test_prices_are_said_to_be_advertised():
    assert price_per_gram_table(offer(*sells("n", [1.0])), "BE", "inclusive", 0.95).notes == ["advertised"]
