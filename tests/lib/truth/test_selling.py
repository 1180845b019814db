"""Truth about visible sales, worked out by hand."""

import datetime
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from cryptodrug.simulate.market.world import DELETED, KEPT, Sales
from cryptodrug.truth import selling
from truth_frames import DAYS, true_rows

FEB = {"days": 31, "low": np.nan, "high": np.nan, "window": np.nan}


def by_row(table):
    return table.set_index("row")


def sales_on(*days, score=5, fate=KEPT, changes="2019-01-01"):
    ordinals = np.array([datetime.date.fromisoformat(day).toordinal() for day in days])
    n, changed = len(days), datetime.date.fromisoformat(changes).toordinal()
    zero = np.zeros(n)
    return Sales(ordinals, np.full(n, score), zero, zero, np.full(n, fate), np.full(n, changed))


def world_of(feedback_shown, sales):
    days = [datetime.date.fromisoformat(DAYS[month]) for month in ("jan", "feb")]
    market = SimpleNamespace(id="one", snapshots=days, feedback_shown=feedback_shown)
    listing = SimpleNamespace(listing_id="one:1-0", sales=sales)
    return SimpleNamespace(scenario=SimpleNamespace(markets=[market]), listings=[listing])


OFFER = true_rows((1, "one", "jan", "BE", {}), (1, "one", "feb", "BE", {}))
INSIDE = ("2019-01-15", "2019-01-16", "2019-02-15")  # the first is the day of the snapshot before


@pytest.mark.parametrize(
    ("shown", "sales", "low", "high"),
    [
        (20, sales_on(*INSIDE), 2, None),
        (20, sales_on(*INSIDE, score=0), 0, None),
        (20, sales_on(*INSIDE, fate=DELETED, changes="2019-02-15"), 0, None),
        (20, sales_on(*INSIDE, fate=DELETED, changes="2019-02-16"), 2, None),
        (0, sales_on(*INSIDE, score=0), None, 2),
    ],
)
def test_what_is_sold_between_snapshots(shown, sales, low, high):
    first, last = selling.with_visible(world_of(shown, sales), OFFER).to_dict("records")
    assert last["days"] == 31
    assert np.isnan(first["days"]) and np.isnan(first["low"]) and np.isnan(first["high"])
    for name, value in (("low", low), ("high", high)):
        assert last[name] == value or (value is None and np.isnan(last[name]))


SOLD = true_rows(
    (1, "one", "jan", "BE", FEB | {"days": np.nan, "window": 3.0, "eur": 10.0}),
    (1, "one", "feb", "BE", FEB | {"low": 6.0, "eur": 10.0, "window": 5.0}),
    (2, "one", "feb", "NL", FEB | {"low": 0.0, "window": 0.0}),
    (3, "one", "feb", "NL", FEB | {"low": 4.0, "eur": 5.0, "window": 4.0, "drug_class": "lsd"}),
    (3, "two", "feb", "NL", FEB | {"high": 9.0, "eur": 20.0}),
)


def test_sales_of_vendors():
    rows = by_row(selling.sales_bounds(SOLD))
    assert list(rows.loc["one-all", ["vendors", "low", "silent", "best"]]) == [3, 10, 1, 1]
    assert rows.loc["one-all", "mean_low"] == pytest.approx(10 / 3 / 31 * 30.44)
    assert list(rows.loc["one-focus", ["vendors", "low", "silent", "best"]]) == [1, 6, 0, 1]
    assert (rows.loc["two-all", "high"], rows.loc["two-focus", "vendors"]) == (9, 0)


def test_the_ratio_is_within_markets():
    two = SOLD.assign(entity=[1, 1, 2, 3, 1], ever=[True, True, False, False, True])
    two = pd.concat([two, two[two["market"] == "two"].assign(entity=4, ever=False, high=3.0)])
    rows = by_row(selling.sales_summary(two))
    assert rows.loc["low", "ratio"] == pytest.approx(6 / 2)
    assert rows.loc["high", "ratio"] == pytest.approx(9 / 3)


def test_worth_of_a_month_and_share_of_the_country():
    rows = by_row(selling.revenue_bounds(SOLD))
    month = rows.loc["one-2019-02-15"]
    assert (month["sales_low"], month["eur_low"]) == (10, pytest.approx(80 / 31 * 30.44))
    assert (month["share_low"], month["eur_window"]) == (0.75, pytest.approx(70 / 29 * 30.44))
    assert rows.loc["one-2019-01-15", "eur_window"] == pytest.approx(30 / 29 * 30.44)
    assert rows.loc["two-mean", "eur_high"] == pytest.approx(180 / 31 * 30.44)
    summary = by_row(selling.revenue_summary(SOLD)).loc["low"]
    assert (summary["share"], summary["quotient"]) == (0.75, pytest.approx(0.75 * 3))


def test_classes_have_a_row_each_and_those_that_rest_on_few_one_together():
    many = [(n, "one", "feb", "BE" if n < 4 else "NL", FEB | {"low": 2.0}) for n in range(8)]
    few = [(n, "one", "feb", "BE", FEB | {"low": 1.0, "drug_class": "lsd"}) for n in range(4)]
    few += [(n, "one", "feb", "NL", FEB | {"low": 1.0, "drug_class": "ghb"}) for n in (5, 6)]
    few += [(7, "one", "feb", "NL", FEB | {"low": 1.0, "drug_class": "nps"})]
    offer = true_rows(*many, *few)
    assert selling.printed_classes(offer) == {"mdma", "lsd"}
    rows = by_row(selling.revenue_by_class(offer, {"mdma", "lsd"}))
    assert rows["share_rest_low"].to_dict() == pytest.approx(
        {"mdma": 8 / 11, "lsd": 0, "ghb": 2 / 11, "nps": 1 / 11, "other-classes": 3 / 11}
    )
    assert rows.loc["lsd", "share_focus_low"] == pytest.approx(4 / 12)


def test_worth_by_size_of_vendor_has_a_row_for_every_run_of_bands():
    one = [(1, "one", "feb", "BE", FEB | {"low": 1.0, "eur": 10.0, "times": 5})]
    two = [(2, "one", "feb", "BE", FEB | {"low": 2.0, "eur": 10.0}), (3, "one", "feb", "NL", FEB | {"low": 4.0})]
    rows = by_row(selling.revenue_by_band(true_rows(*one, *two)))
    assert len(rows) == 10
    assert rows.loc[["1-4", "5-9", "1-9", "10-more"], "vendors"].tolist() == [2, 1, 3, 0]
    month = 30.44 / 31
    assert rows.loc[["1-4", "5-9", "1-9"], "eur_low"].tolist() == pytest.approx([340 * month, 50 * month, 390 * month])
    assert rows.loc[["1-4", "5-9"], "share_focus_low"].tolist() == pytest.approx([20 / 70, 50 / 70])
    assert rows.loc["1-4", "share_rest_low"] == 1 and pd.isna(rows.loc["1-4", "share_rest_high"])


def test_true_prices_are_the_same_under_every_rule():
    rows = by_row(selling.revenue_sensitivity(SOLD))
    assert rows["eur_low"].tolist() == pytest.approx([80 / 31 * 30.44] * 6)
    # the mean of two snapshots: thirty and seventy euro in twenty-nine days
    assert rows.loc["none", "eur_window"] == pytest.approx(50 / 29 * 30.44)
    assert rows.loc["own-3", ["share_low", "share_high"]].tolist() == [0.75, 0]


def test_what_markets_took():
    rows = by_row(selling.commission(SOLD.assign(market=SOLD["market"].replace("one", "cardboard"))))
    assert rows.loc["cardboard", "eur_low"] == pytest.approx(0.04 * 80 / 31 * 30.44)
    assert rows.loc["cardboard", "eur_high"] != rows.loc["cardboard", "eur_high"]  # no counters there
    assert rows.loc["two"].isna().all()
