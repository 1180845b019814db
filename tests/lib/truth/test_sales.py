"""Truth about prices and sales, worked out by hand."""

import datetime
from types import SimpleNamespace

import pandas as pd
import pytest
from cryptodrug.truth import sales
from truth_frames import DAYS, true_rows


def by_row(table):
    return table.set_index("row")


def test_prices_in_euro_are_those_of_the_reference_rate_of_the_day():
    table = sales.with_euro(true_rows((1, "one", "jan", "BE", {"usd_cents": 10_000})).drop(columns="eur"))
    # the European Central Bank gave 1.1424 dollars a euro on 15 January 2019
    assert table["eur"].iloc[0] == pytest.approx(100 / 1.1424)


def test_price_points_are_medians_over_vendors():
    offer = true_rows(
        (1, "one", "jan", "BE", {"eur": 50.0, "times": 3}),
        (2, "one", "jan", "BE", {"eur": 90.0}),
        (3, "one", "jan", "BE", {"eur": 70.0, "quantity_g": 10.5}),
        (3, "one", "feb", "BE", {"eur": 999.0, "quantity_g": 12.0}),
        (4, "one", "jan", "NL", {"eur": 60.0}),
    )
    table = by_row(sales.price_per_gram(offer))
    assert set(table.index) == {"mdma-10-focus", "mdma-10-rest"}
    assert list(table.loc["mdma-10-focus"]) == pytest.approx([70 / 10.5, 3, 5])


def test_concentration_by_hand():
    worth = pd.Series({1: 60.0, 2: 40.0, **dict.fromkeys(range(3, 21), 0.0)})
    row = by_row(sales.concentration(worth, {1, 2})).loc["all"]
    assert (row["vendors"], row["hhi"]) == (20, pytest.approx(0.52))
    assert row["hhi_normalised"] == pytest.approx((0.52 - 0.05) / 0.95)
    # two of twenty: 40 and 60; mean difference over pairs, by twice the mean of 5
    pairs = 20 * 19
    assert row["gini"] == pytest.approx(2 * (18 * 60 + 18 * 40 + 20) / pairs / 10)
    assert row["top_tenth"] == 1


def test_the_vendor_on_the_border_of_the_largest_tenth_counts_in_part():
    worth = pd.Series([50.0, 30.0, 20.0, *[0.0] * 12])
    assert by_row(sales.concentration(worth, set())).loc["all", "top_tenth"] == pytest.approx(0.5 + 0.3 / 2)


def world_of(**numbers):
    """A world of listings with so many sales, all on the given days."""
    listings = [SimpleNamespace(listing_id=name, sales=SimpleNamespace(until=until)) for name, until in numbers.items()]
    markets = [SimpleNamespace(id="one", feedback_shown=20), SimpleNamespace(id="two", feedback_shown=0)]
    return SimpleNamespace(listings=listings, scenario=SimpleNamespace(markets=markets))


def test_recent_worth_counts_29_days_of_the_markets_with_feedback():
    last = datetime.date.fromisoformat(DAYS["mar"])
    first = last - datetime.timedelta(days=28)

    def until(day):
        return sum(sold <= day for sold in (first - datetime.timedelta(days=1), first, last))

    offer = true_rows((1, "one", "mar", "BE", {}), (2, "one", "mar", "NL", {"eur": 5.0}), (3, "two", "feb", "NL", {}))
    world = world_of(**{"one:1-0": until, "one:2-0": lambda day: 0})
    assert sales.recent_worth(world, offer).to_dict() == {1: 160, 2: 0}
