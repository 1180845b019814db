"""Truth about vendors and about time, worked out by hand."""

import math

import pytest
from cryptodrug.truth import stays, time, vendors
from truth_frames import true_rows

# 1: Belgium throughout, leaves the first market behind January, is on the second in February
# 2: comes in February, moves to Belgium in March; 3: Dutch, every month; 4: once, on the market that ends in February
OFFER = true_rows(
    (1, "one", "jan", "BE", {"times": 6, "policy": "domestic"}),
    (1, "two", "feb", "BE", {"times": 2, "policy": "domestic"}),
    (2, "one", "feb", "NL", {"times": 3}),
    (2, "one", "mar", "BE", {"times": 3}),
    (3, "one", "jan", "NL", {"times": 4}),
    (3, "one", "feb", "NL", {"times": 4}),
    (3, "one", "mar", "NL", {"times": 4}),
    (4, "two", "feb", "NL", {}),
)


def by_row(table):
    return table.set_index("row")


def test_sizes_are_means_over_snapshots_with_listings():
    assert vendors.listings_each(OFFER, ["entity"]).to_dict() == {1: 4, 2: 3, 3: 4, 4: 1}
    table = by_row(vendors.vendor_size(OFFER))
    assert list(table.loc["1-4", ["vendors_focus", "share_focus", "vendors_rest"]]) == [2, 1, 2]


def test_a_vendor_is_larger_than_those_of_its_market():
    row = vendors.vendor_size_summary(OFFER).iloc[0]
    # first market: 6 and 3 against 4; second: 2 against 1
    assert row["superiority"] == pytest.approx((1 + 0 + 1) / 3)
    assert list(row[["vendors_focus", "vendors_rest", "median_focus", "median_rest"]]) == [2, 2, 3.5, 2.5]


def test_small_policies_join_the_next_wider_one():
    of = [("domestic", 2), ("neighbours", 1), ("europe", 4), ("worldwide", 3), ("not-stated", 1)]
    numbers = iter(range(99))
    rows = [(next(numbers), "one", "mar", "BE", {"policy": name}) for name, count in of for _ in range(count)]
    offer = true_rows(*rows, (99, "one", "mar", "NL", {"policy": "domestic"}))
    names = vendors.printed_policies(offer)
    assert names == {
        "domestic": "neighbours", "neighbours": "neighbours", "europe": "europe", "other-countries": "other-countries",
        "worldwide-except": "worldwide-except", "worldwide": "worldwide", "not-stated": "not-stated",
    }  # fmt: skip
    table = by_row(vendors.destination_policy(offer, names))
    assert list(table.loc["neighbours", ["vendors_focus", "listings_focus", "listings_rest"]]) == [3, 3, 1]
    assert table.loc["europe", "share_vendors"] == pytest.approx(4 / 11)
    summary = vendors.destination_summary(offer).iloc[0]
    assert list(summary[["vendors", "vendors_abroad"]]) == [11, 8]
    assert (summary["share_abroad"], summary["share_abroad_upper"]) == pytest.approx((8 / 11, 9 / 11))


def test_presence_is_judged_against_the_months_of_ones_own_markets():
    table = by_row(time.vendor_presence(OFFER))
    # 1: two of three months; 2: two of three; 3: all; 4: one (its market has only that month)
    assert list(table["vendors"]) == [1, 2, 1]
    assert list(table["share"]) == [0.25, 0.5, 0.25]
    assert list(table["vendors_focus"]) == [0, 2, 0]


def test_who_comes_and_goes():
    table = by_row(time.vendor_entry_exit(OFFER))
    assert list(table["present"]) == [2, 4, 2]
    assert list(table["entered"].iloc[1:]) == [2, 0]
    # 1 left behind February: its first market still has March; 4 did not: its market had ended
    assert list(table["left"].iloc[1:]) == [0, 1]
    assert math.isnan(table["entered"].iloc[0])
    assert list(table["left_focus"].iloc[1:]) == [0, 1]


def test_who_comes_again():
    gap = true_rows((1, "one", "jan", "BE", {}), (1, "one", "mar", "BE", {}), (2, "one", "feb", "NL", {}))
    assert by_row(time.vendor_entry_exit(gap)).loc["2019-03", "back"] == 1


def test_moves_of_declared_origins():
    table = by_row(time.origin_moves(OFFER, "BE"))
    assert table["vendors"].to_dict() == {"stays": 1, "several": 0, "moved": 1, "not-assessable": 0, "followed": 2}
    assert table.loc["stays", "share"] == 0.5


def test_who_stays_of_the_first_and_of_those_who_come_later():
    rows = [(n, "one", month, "BE" if n in (1, 4) else "NL", {}) for n, of in (
        (1, "jan feb mar"), (2, "jan"), (3, "jan feb"), (4, "feb"), (5, "feb mar"), (6, "mar"),
    ) for month in of.split()]  # fmt: skip
    offer = true_rows(*rows, (7, "two", "jan", "NL", {}), (7, "two", "feb", "NL", {}), (8, "two", "feb", "NL", {}))
    first = by_row(stays.vendor_cohort(offer))
    # 7 is there to the last day of its market; nobody knows of March
    assert first[["followed", "still"]].values.tolist() == [[4, 3], [3, 1]]
    assert list(first["share_focus"]) == [1, 1]
    # 4 leaves at once, 5 stays; 6 and 8 come on the last day of their market
    assert by_row(stays.vendor_survival(offer)).loc["all-1", "share"] == 0.5
    summary = stays.vendor_survival_summary(offer).iloc[0]
    assert list(summary[["cohort", "stayed", "entrants", "exits"]]) == [4, 2, 4, 1]
    assert list(summary[["cohort_focus", "stayed_focus", "entrants_focus", "exits_focus"]]) == [1, 1, 1, 1]
    # January: 1 and 3 and 7 stay, 2 leaves; February: 1 and 5 stay, 3 and 4 leave
    assert summary["ratio"] == pytest.approx((0 + 1 * 1 / 4) / (1 * 1 / 4 + 1 * 1 / 4))


def test_growth_of_the_odds():
    rows = [(1, "one", "jan", "BE", {"times": 2}), (2, "one", "jan", "NL", {"times": 4})]
    rows += [(1, "one", "feb", "BE", {"times": 4}), (2, "one", "feb", "NL", {"times": 4})]
    rows += [(1, "one", "mar", "BE", {"times": 8}), (2, "one", "mar", "NL", {"times": 4})]
    table = by_row(time.growth_models(true_rows(*rows)))
    assert list(table["snapshots"]) == [3, 3]
    # the odds double from snapshot to snapshot, which lie 31 and 28 days apart: between 2 and 2.2 in 30.44 days
    assert table.loc["listings", "ratio"] == pytest.approx(2 ** (30.44 * 2 / 59), rel=0.01)
    assert table.loc["vendors", "ratio"] == pytest.approx(1)


def test_growth_has_a_level_of_its_own_for_each_market():
    rows = [(1, "one", "jan", "BE", {"times": 8}), (2, "one", "jan", "NL", {})]
    rows += [(1, "two", "feb", "BE", {}), (2, "two", "feb", "NL", {"times": 8})]
    rows += [(1, "one", "mar", "BE", {"times": 8}), (2, "one", "mar", "NL", {})]
    assert by_row(time.growth_models(true_rows(*rows))).loc["listings", "ratio"] == pytest.approx(1)
