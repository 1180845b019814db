"""Offers with a price and a quantity: treatments of holding prices, groups by origin, bands."""

import numpy as np
import pandas as pd
import pytest
from cryptodrug.priced import measured, origin_groups, prices_under, sums_by_vendor
from cryptodrug.revenue import FLAGS
from offer_frames import offer

DAYS = ("2019-01-01", "2019-01-20", "2019-02-20", "2019-03-30")


def listing(*rows):
    """One listing a name, one row a day: (name, price, flagged)."""
    made = [
        {"listing_id": name, "snapshot_date": day, "price_eur": price, FLAGS[0]: flagged}
        for name, series in rows
        for day, (price, flagged) in zip(DAYS, series, strict=False)
    ]
    return pd.DataFrame(made).assign(**dict.fromkeys(FLAGS[1:], False))


def test_a_holding_price_is_left_out_replaced_by_the_nearest_other_or_taken():
    table = listing(("a", [(10.0, False), (999.0, True), (999.0, True), (14.0, False)]), ("b", [(888.0, True)]))
    assert prices_under(table, "drop").tolist()[::3] == [10, 14]
    assert prices_under(table, "drop").isna().sum() == 3
    # 20 January lies nearer to the first day, 20 February to the last; `b` has no other price
    assert prices_under(table, "replace").tolist()[:4] == [10, 10, 14, 14]
    assert np.isnan(prices_under(table, "replace")[4])
    assert prices_under(table, "none").tolist() == [10, 999, 999, 14, 888]
    with pytest.raises(ValueError, match="treatment 'mean'"):
        prices_under(table, "mean")


def test_groups_the_country_before_its_neighbours_before_the_others():
    table = offer(("a", "BE", {}), ("b", "BE|NL", {}), ("c", "NL|US", {}), ("d", "US", {}), ("e", None, {}))
    part = table["ships_from"].isin(["BE", "BE|NL"])
    assert origin_groups(table, part, ["NL", "DE"]).tolist() == ["focus", "focus", "neighbours", "others", "others"]


def test_grams_before_units_and_nothing_without_price_or_quantity():
    table = offer(
        ("a", "BE", {"quantity_g": 5.0, "quantity_units": 3.0}),
        ("b", "BE", {"quantity_g": None, "quantity_units": 50.0}),
        ("c", "BE", {"quantity_g": None}),
        ("d", "BE", {"price_eur": 0.0}),
        ("e", "BE", {"price_eur": None}),
    )
    found = measured(table)
    assert found[["entity", "measure", "quantity", "band"]].values.tolist() == [
        ["toy:a", "gram", 5.0, "1-10"], ["toy:b", "unit", 50.0, "10-100"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("grams", "band"),
    [(0.5, "to-1"), (1, "to-1"), (10, "1-10"), (10.1, "10-100"), (1000, "100-1000"), (2000, "over-1000")],
)
def test_a_band_ends_with_its_limit(grams, band):
    assert measured(offer(("a", "BE", {"quantity_g": grams})))["band"].tolist() == [band]


def test_sums_of_vendors_add_up_to_those_of_all():
    rows = [(f"v{n}", "BE" if n % 2 else "NL", {"quantity_g": 5.0 + n, "price_eur": 20.0 + n}) for n in range(6)]
    offered = offer(*rows)
    table = measured(offered).assign(group=origin_groups(offered, offered["ships_from"] == "BE", ["NL"]))
    _, values = sums_by_vendor(table, (table["quantity"] > 7).to_numpy().astype(int), 2)
    assert values.shape == (6, 2, 1, 8)
    assert values.sum(axis=0)[:, 0, :2].tolist() == [[3, 1], [3, 2]]
    # rows of no part count nowhere
    _, fewer = sums_by_vendor(table, np.where(table["quantity"] > 7, 0, -1), 1)
    assert (fewer[:, 0] == values[:, 1]).all()


def test_of_two_prices_equally_near_the_earlier_takes_the_place():
    table = listing(("a", [(10.0, False), (20.0, False), (999.0, True), (40.0, False)]))
    table["snapshot_date"] = ["2019-01-01", "2019-01-10", "2019-01-20", "2019-01-30"]
    assert prices_under(table, "replace").tolist() == [10, 20, 20, 40]
    # the order of the rows says nothing
    assert prices_under(table[::-1], "replace").tolist() == [40, 20, 20, 10]
