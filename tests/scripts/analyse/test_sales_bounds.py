"""Visible sales of vendors."""

import numpy as np
import pandas as pd
import pytest
from analyse.sales_bounds import feedback_scores_table, opinion_of, sales_bounds_tables, successful
from cryptodrug.statistics.ratios import stratified_rate_ratio
from offer_frames import DRAWING, FIRST, FOCUS, LAST, both_days, feedback_of, many, offer

HOW = FOCUS | DRAWING


def sold(listing, *parts):
    """Both tables; each part: (prefix of vendors, sales of each)."""
    listing = listing.assign(sales_total=pd.array([None] * len(listing), dtype="Int64"))
    feedback = [feedback_of(listing[listing["vendor"].str.startswith(name)], times) for name, times in parts]
    return sales_bounds_tables(listing, pd.concat(feedback) if feedback else feedback_of(listing).iloc[:0], **HOW)


TWENTY = offer(*both_days(*many("b", 12, "BE"), *many("n", 12, "NL")))


def test_means_and_ratio_by_hand():
    bounds, summary = sold(TWENTY.assign(listing_id=TWENTY["vendor"]), ("b", 3), ("n", 2))
    rows = bounds.rows.set_index("row")
    assert rows.loc["toy-focus", ["vendors", "low", "silent"]].tolist() == [12, 36, 0]
    assert rows.loc["toy-all", ["vendors", "low", "silent"]].tolist() == [24, 60, 0]
    assert rows.loc["toy-focus", "mean_low"] == pytest.approx(3 * 30.44 / 29)
    row = summary.rows.set_index("row").loc["low"]
    assert (row["ratio"], row["mean_all"]) == (pytest.approx(1.5), pytest.approx(2.5 * 30.44 / 29))
    assert "high" not in set(summary.rows["row"])
    assert rows["high"].isna().all()


def test_feedback_counted_twice_doubles_the_mean(monkeypatch):
    from cryptodrug import visible_sales

    listing = TWENTY.assign(listing_id=TWENTY["vendor"])
    once = sold(listing, ("b", 3), ("n", 2))[1].rows.loc[0, "mean_all"]
    counted = visible_sales.feedback_in
    monkeypatch.setattr(visible_sales, "feedback_in", lambda *arguments: 2 * counted(*arguments))
    assert sold(listing, ("b", 3), ("n", 2))[1].rows.loc[0, "mean_all"] == pytest.approx(2 * once)


def test_what_differs_between_markets_is_no_difference_of_vendors():
    # where most sell much there are few of ours: a plain ratio of means would be below one
    ours, days = np.array([10.0, 20.0]), np.array([10.0, 200.0])
    others, their_days = np.array([200.0, 1.0]), np.array([200.0, 10.0])
    assert stratified_rate_ratio(ours, days, others, their_days) == pytest.approx(1)
    assert (ours.sum() / days.sum()) / (others.sum() / their_days.sum()) < 0.2
    assert np.isnan(stratified_rate_ratio(ours, days, others * 0, their_days * 0))


def test_the_last_month_without_a_vendor_counts_for_nothing():
    listing = offer(*both_days(*many("b", 10, "BE")), ("n", "NL", {"snapshot_date": FIRST}))
    bounds, _ = sold(listing.assign(listing_id=listing["vendor"]), ("b", 1))
    assert bounds.rows.set_index("row").loc["toy-all", "vendors"] == 10


def test_who_comes_when_nothing_is_shown_any_more_is_not_silent():
    late = offer(*both_days(*many("b", 3, "BE")), *many("n", 4, "NL"))
    late.loc[late["vendor"].str.startswith("n"), "snapshot_date"] = "2019-03-01"
    listing = late.assign(listing_id=late["vendor"])
    bounds, _ = sold(listing, ("b", 1))
    assert bounds.rows.set_index("row").loc["toy-all", ["vendors", "silent"]].tolist() == [3, 0]


@pytest.mark.parametrize(("focus", "mean"), [(9, False), (10, True)])
def test_a_mean_needs_ten_vendors(focus, mean):
    listing = offer(*both_days(*many("b", focus, "BE"), *many("n", 15, "NL")))
    _, summary = sold(listing.assign(listing_id=listing["vendor"]), ("b", 1), ("n", 1))
    row = summary.rows.set_index("row").loc["low"]
    assert pd.notna(row["mean_focus"]) == pd.notna(row["ratio"]) == mean
    assert pd.notna(row["mean_all"])


def test_the_gate_learns_who_sells_and_the_two_largest():
    listing = offer(*both_days(*many("b", 3, "BE"), ("c", "BE", {}), ("n", "NL", {})))
    bounds, summary = sold(listing.assign(listing_id=listing["vendor"]), ("b", 1), ("n", 5))
    row = bounds.rows.set_index("row").loc["toy-focus"]
    assert (row["support_low"], row["support_top_low"], row["silent"]) == (3, pytest.approx(2 / 3), 1)
    guarded = {column.name: (column.guard_vendors, column.guard_top2) for column in bounds.columns}
    assert guarded["low"] == guarded["mean_low"] == guarded["share_cut"] == ("support_low", "support_top_low")
    assert guarded["silent"][0] == "support_silent"
    assert bounds.domain == summary.domain == "revenue"
    assert summary.rows.set_index("row").loc["low", "support_focus"] == 3


def test_success_is_the_top_tenth_by_every_known_bound():
    rows = pd.DataFrame({"entity": [f"v{n}" for n in range(20)], "low": range(20), "high": range(20)})
    rows = rows.assign(low_days=29, high_days=29)
    assert successful(rows) == {"v18", "v19"}
    assert successful(rows.assign(high=range(20, 0, -1))) == set()
    assert successful(rows.assign(high=0, high_days=0)) == {"v18", "v19"}
    assert successful(rows.iloc[:19]) == set()


def test_scores_are_read_as_three_kinds():
    stars = pd.Series([1.0, 0.8, 0.6, 0.4, 0.2])
    assert list(opinion_of(stars)) == ["positive", "positive", "neutral", "negative", "negative"]
    assert list(opinion_of(pd.Series([1.0, 0.5, 0.0]))) == ["positive", "neutral", "negative"]


def test_opinions_of_the_last_snapshot_count_once_each():
    listing = offer(*many("b", 4, "BE"), *many("n", 4, "NL"))
    feedback = feedback_of(listing, 2)
    bad = feedback[feedback["listing_id"] == "toy:0"].iloc[:1].assign(score=0.2)
    again = feedback.assign(page_id="another")
    table = feedback_scores_table(listing, pd.concat([feedback, again, bad]), **HOW)
    rows = table.rows.set_index("row")
    assert rows["feedback"].to_dict() == {"focus": 9, "rest": 8}
    assert rows.loc["focus", "negative"] == pytest.approx(1 / 9)
    older = feedback.assign(snapshot_date=FIRST, score=0.2)
    table = feedback_scores_table(listing, pd.concat([feedback.assign(snapshot_date=LAST), older]), **HOW)
    assert table.rows.set_index("row").loc["rest", "positive"] == 1
