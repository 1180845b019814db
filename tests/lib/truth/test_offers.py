"""Truth about the offer, worked out by hand on a few listings."""

import pytest
from cryptodrug.truth import offers
from truth_frames import true_rows

# 1 and 2 declare Belgium, 2 with the Netherlands from February on; 1 trades on both markets
OFFER = true_rows(
    (1, "one", "jan", "BE", {"times": 2}),
    (2, "one", "jan", "NL", {}),
    (3, "one", "jan", "NL", {"drug_class": "cannabis"}),
    (1, "two", "feb", "BE", {}),
    (2, "two", "feb", "BE|NL", {}),
    (3, "two", "feb", None, {"times": 2, "drug_class": "cannabis"}),
    (1, "one", "mar", "BE", {"drug_class": "cannabis"}),
    (3, "one", "mar", "NL", {"times": 3, "drug_class": "cannabis"}),
)


def by_row(table):
    return table.set_index("row")


def test_size_of_each_snapshot():
    table = by_row(offers.market_size(OFFER))
    assert list(table.loc["one-2019-01-15", ["listings", "listings_focus", "vendors", "vendors_focus"]]) == [4, 2, 3, 1]
    assert list(table.loc["two-2019-02-15", ["listings", "listings_focus", "vendors", "vendors_focus"]]) == [4, 2, 3, 2]
    assert table.loc["two-2019-02-15", "share_vendors"] == pytest.approx(2 / 3)


def test_first_and_last_month_mean_and_window():
    table = by_row(offers.key_figures(OFFER))
    assert (table.loc["first", "listings"], table.loc["last", "listings"]) == (4, 4)
    assert table.loc["mean", "share_listings"] == pytest.approx((2 / 4 + 2 / 4 + 1 / 4) / 3)
    assert list(table.loc["window", ["vendors", "vendors_focus"]]) == [3, 2]


def test_a_vendor_on_two_markets_counts_once_in_a_month():
    both = true_rows((1, "one", "feb", "BE", {}), (1, "two", "feb", "BE", {}), (2, "two", "feb", "NL", {}))
    table = by_row(offers.key_figures(both))
    assert list(table.loc["first", ["listings", "vendors", "vendors_focus"]]) == [3, 2, 1]


def test_three_definitions():
    table = by_row(offers.definition_sensitivity(OFFER))
    # last snapshots: February on the second market, March on the first
    assert list(table["listings"]) == [2, 3, 3]
    assert list(table["vendors"]) == [1, 2, 2]
    shares = [(2 / 4 + 1 / 4 + 1 / 4) / 3, (2 / 4 + 2 / 4 + 1 / 4) / 3, (3 / 4 + 2 / 4 + 1 / 4) / 3]
    assert list(table["share_listings"]) == pytest.approx(shares)
    assert list(table["change"]) == pytest.approx([share / shares[1] for share in shares])


def test_origins_and_ranks():
    table = by_row(offers.origin_countries(OFFER))
    shares = {"be": (2 / 4 + 1 / 4 + 1 / 4) / 3, "nl": (2 / 4 + 0 + 3 / 4) / 3, "several": 1 / 12, "not-stated": 1 / 6}
    assert table["share"].to_dict() == pytest.approx(shares)
    assert table["rank"].dropna().to_dict() == {"nl": 1, "be": 2}
    assert list(table.loc["be", ["listings", "vendors"]]) == [2, 1]
    assert offers.focus_rank(OFFER, "BE").iloc[0].to_dict() == {"row": "all", "rank": 2, "countries": 2}


def test_classes_of_few_focus_vendors_stand_together():
    assert offers.printed_classes(OFFER) == set()
    more = true_rows(*[(number, "one", "jan", "BE", {}) for number in (1, 2, 3)], (4, "one", "jan", "NL", {}))
    assert offers.printed_classes(more) == {"mdma"}
    table = by_row(offers.drug_classes(OFFER, {"cannabis"}))
    assert list(table.loc["cannabis", ["listings_focus", "listings_all", "vendors_focus"]]) == [1, 6, 1]
    assert table.loc["cannabis", "share_focus"] == pytest.approx((0 + 0 + 1) / 3)
    assert table.loc["cannabis", "share_rest"] == pytest.approx((1 / 2 + 1 + 1) / 3)
    ratios = by_row(offers.specialisation(OFFER, {"cannabis"}))
    assert list(ratios.index) == ["cannabis"]
    assert ratios.loc["cannabis", "ratio"] == pytest.approx((1 / 3) / (2.5 / 3))
    assert ratios.loc["cannabis", "quotient"] == pytest.approx((1 / 3) / ((1 / 4 + 2 / 4 + 1) / 3))
