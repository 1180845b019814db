"""The headlines under every combination of judgements."""

import pandas as pd
import pytest
from analyse.growth import growth_table
from analyse.market_size import market_size_tables
from analyse.specification import specification_table
from cryptodrug.headlines import most_moving, side_of_one, summary_rows
from cryptodrug.release import Value
from cryptodrug.specifications import OUTCOMES, days_used, flagged, links_used, specifications
from hypothesis import given
from hypothesis import strategies as st
from offer_frames import DEGENERATE, DRAWING, FLAGS, assert_valid, many, offer

MONTHS = ("2019-01-01", "2019-02-01", "2019-03-01", "2019-04-01", "2019-05-01")
NO_KEYS = pd.DataFrame({"market": [], "vendor": [], "snapshot_date": [], "pgp_fingerprint": []}, dtype=object)


def covered(listing, **by_day):
    rows = listing[["market", "snapshot_date"]].drop_duplicates().rename(columns={"snapshot_date": "snapshot"})
    return rows.assign(coverage=[by_day.get(f"d{day[5:7]}", 1.0) for day in rows["snapshot"]])


def table_of(listing, coverage=None, link="account", vendor=NO_KEYS, definition="inclusive"):
    coverage = covered(listing) if coverage is None else coverage
    return specification_table(listing, vendor, coverage, "BE", definition, link, 0.9, **DRAWING)


def monthly(months=MONTHS):
    rows = []
    for place, day in enumerate(months):
        rows += many("b", 11, "BE", snapshot_date=day, times=1 + place)
        rows += many("m", 3, "BE|NL", snapshot_date=day)
        rows += many("n", 20, "NL", snapshot_date=day, times=2)
    listing = offer(*rows)
    held = listing["vendor"].isin(["b00", "n00", "n01"]) & (listing["snapshot_date"] == months[-1])
    return listing.assign(holding_cap=held)


def test_the_combination_of_the_report_is_that_of_the_chapters():
    listing = monthly()
    rows = table_of(listing).rows
    own = rows[rows["default"] == "yes"].set_index("outcome")
    assert set(own.index) == set(OUTCOMES)
    key = market_size_tables(listing, "BE", "inclusive", **DRAWING)[1].rows.set_index("row")
    for outcome in ("listings", "vendors"):
        for end in ("", "_low", "_high"):
            assert own.loc[outcome, f"share{end}"] == pytest.approx(key.loc["mean", f"share_{outcome}{end}"])
    growth = growth_table(listing, "BE", "inclusive", **DRAWING).rows.set_index("row")
    for end in ("", "_low", "_high"):
        assert own.loc["growth", f"ratio{end}"] == pytest.approx(growth.loc["listings", f"ratio{end}"])


def test_numbers_of_each_combination_are_those_counted_by_hand():
    rows = table_of(offer(
        ("b1", "BE", {"snapshot_date": MONTHS[0], "times": 3}), ("b2", "BE|NL", {"snapshot_date": MONTHS[0]}),
        ("n1", "NL", {"snapshot_date": MONTHS[0], "times": 4}),
        ("b1", "BE", {"snapshot_date": MONTHS[1], "holding_class": True, "holding_own_history": False,
                      "holding_cap": False}),
        ("b1", "NL", {"snapshot_date": MONTHS[1]}), ("n1", "NL", {"snapshot_date": MONTHS[1]}),
    )).rows.set_index("row")  # fmt: skip
    share = rows["share"]
    assert share["listings-strict-counted-whole-all-account"] == pytest.approx((3 / 8 + 1 / 3) / 2)
    assert share["listings-inclusive-counted-whole-all-account"] == pytest.approx((4 / 8 + 1 / 3) / 2)
    assert share["listings-inclusive-left-out-whole-all-account"] == pytest.approx((4 / 8 + 0) / 2)
    assert share["listings-ever-counted-whole-all-account"] == pytest.approx((4 / 8 + 2 / 3) / 2)
    assert share["listings-ever-left-out-without-first-all-account"] == pytest.approx(0)
    assert share["vendors-inclusive-counted-whole-all-account"] == pytest.approx((2 / 3 + 1 / 2) / 2)
    # the second is strict only where all its known origins are
    assert share["vendors-strict-counted-whole-all-account"] == pytest.approx((1 / 3 + 0) / 2)
    assert not rows.index.str.startswith("growth").any()


@pytest.mark.parametrize("name", sorted(DEGENERATE))
def test_whatever_the_offer_the_table_is_valid(name, tmp_path):
    listing = DEGENERATE[name]
    assert_valid(table_of(listing.assign(**{flag: listing[flag].astype(bool) for flag in FLAGS})), tmp_path)


def test_growth_needs_months_and_vendors_under_each_combination():
    rows = table_of(monthly(MONTHS[:4])).rows
    assert set(rows.loc[rows["outcome"] == "growth", "window"]) == {"whole"}
    listing = monthly()
    few = listing[~listing["vendor"].isin(["b00", "b01", "b02", "b03"])].reset_index(drop=True)
    growth = table_of(few).rows.query("outcome == 'growth'").set_index("definition")["ratio"]
    assert growth.loc["strict"].isna().all()
    assert growth.loc["inclusive"].notna().all()


def test_what_leaves_out_a_snapshot_is_guarded_by_the_vendors_of_that_snapshot():
    first = [("b00", "BE", {"snapshot_date": MONTHS[0]}), *many("n", 5, "NL", snapshot_date=MONTHS[0])]
    later = [row for day in MONTHS[1:] for row in many("b", 12, "BE", snapshot_date=day)]
    rows = table_of(offer(*first, *later)).rows.set_index("row")["support_vendors"]
    assert rows["listings-inclusive-counted-whole-all-account"] == 12
    assert rows["listings-inclusive-counted-without-first-all-account"] == 1


def test_a_threshold_that_leaves_out_nothing_is_no_other_combination():
    days = pd.DataFrame({"snapshot_date": MONTHS[:4], "coverage": [0.95, 0.92, 0.99, 0.9]})
    assert {coverage for _, coverage in days_used(days, 0.9)} == {"all"}
    days["coverage"] = [0.95, None, 0.85, 0.99]
    used = days_used(days, 0.9)
    assert used[("whole", "nearly-complete")] == (0, 2, 3)
    assert used[("whole", "complete")] == (0, 3)
    # complete without the last month is the first snapshot alone, nearly complete without the first the two last
    assert used[("without-last", "complete")] == (0,)
    assert used[("without-first", "nearly-complete")] == (2, 3)
    assert len(used) == len(set(used.values()))
    assert len(used) == len(set(used.values()))


def test_links_that_join_the_same_accounts_are_one_and_the_configured_stands_first():
    listing = pd.DataFrame({"market": ["m1", "m2"], "vendor": ["Same", "same"], "snapshot_date": ["d", "d"]})
    assert list(links_used(listing, NO_KEYS, "key-or-name")) == ["key-or-name", "account"]
    other = listing.assign(vendor=["one", "two"])
    assert list(links_used(other, NO_KEYS, "key")) == ["key"]


@given(st.sets(st.sampled_from(["a", "b", "c"]), min_size=1), st.booleans())
def test_every_combination_stands_once_and_ever_says_nothing_of_growth(links, held):
    days = {("whole", "all"): (0, 1), ("without-first", "all"): (1,)}
    found = list(specifications(days, sorted(links), ("counted", "left-out") if held else ("counted",)))
    assert len({one.row for one in found}) == len(found)
    assert not [one for one in found if one.outcome == "growth" and one.definition == "ever"]
    held_times, k = 1 + held, len(links)
    assert len(found) == held_times * 2 * ((2 + k) + 3 * k + 2)


def test_a_holding_price_is_one_by_any_rule():
    listing = offer(("a", "BE", {flag: flag == "holding_cap" for flag in FLAGS}), ("b", "BE", dict.fromkeys(FLAGS)))
    assert list(flagged(listing)) == [True, False]


def released(rows):
    """As the gate writes it, with the values of the numbers."""
    values = {}
    for row in rows.to_dict("records"):
        ends = {"low": row["ratio_low"], "high": row["ratio_high"], "level": 0.95, "method": "x"}
        name = f"specification.{row['row']}.ratio"
        values[name] = Value(name, row["ratio"], "ratio", None, 2, None, ends, None, "specification", row["row"], "r")
    return values


def curve(*ends, own=0):
    levels = {"holding": "counted", "window": "whole", "coverage": "all", "link": "key", "outcome": "growth"}
    rows = [
        {"row": f"r{n}", "definition": f"d{n}", "default": "yes" if n == own else "no", "ratio": (low + high) / 2,
         "ratio_low": low, "ratio_high": high, "share": None, "share_low": None, "share_high": None} | levels
        for n, (low, high) in enumerate(ends)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_the_summary_says_over_what_range_and_whether_the_conclusion_stays():
    rows = curve((0.9, 1.3), (0.8, 1.1), (1.1, 1.7))
    (found,) = summary_rows(rows, released(rows))
    assert (found["combinations"], found["default"]) == (3, pytest.approx(1.1))
    assert (found["lowest"], found["highest"]) == (pytest.approx(0.95), pytest.approx(1.4))
    assert (found["above"], found["below"], found["conclusion"], found["judgement"]) == (1, 0, "depends", "definition")
    same = curve((1.1, 1.3), (1.2, 1.5))
    assert summary_rows(same, released(same))[0]["conclusion"] == "same"


def test_without_the_number_of_the_report_nothing_is_said():
    rows = curve((0.9, 1.3), (0.8, 1.1))
    rows.loc[0, ["ratio", "ratio_low", "ratio_high"]] = None
    assert summary_rows(rows, released(rows)) == []


def test_nothing_moves_a_number_that_stands_alone():
    rows = curve((0.9, 1.3))
    assert most_moving(rows, rows.iloc[0], "ratio") is None


@pytest.mark.parametrize(("ends", "side"), [((1.01, 2), "above"), ((0.5, 0.99), "below"), ((1, 2), "open")])
def test_the_side_of_an_interval(ends, side):
    assert side_of_one(*ends) == side
