"""Quantity discount and prices by origin: who is compared, from how many, and what is said of it."""

import numpy as np
import pytest
from analyse.price_models import price_model_tables, price_sensitivity_table
from offer_frames import assert_valid, offer


def sells(prefix, vendors, origin, ratio=1.0, sizes=(1.0, 5.0, 10.0, 50.0), slope=0.8, spread=0.1, **more):
    """Vendors who sell each size at 10 euro times its power of the slope; every vendor has a level of its own."""
    levels = np.linspace(1 - spread, 1 + spread, vendors)
    return [
        (f"{prefix}{number:02d}", origin, {"quantity_g": size, "price_eur": 10 * size**slope * ratio * level} | more)
        for number, level in enumerate(levels)
        for size in sizes
    ]


def tables(*rows, definition="inclusive"):
    return price_model_tables(offer(*rows), "BE", definition, ["NL"], 0.95)


def models(*rows):
    return tables(*rows)[0].rows.set_index("row")


def test_a_discount_and_a_dearer_country_are_found(tmp_path):
    made = tables(*sells("b", 12, "BE", 1.5), *sells("n", 12, "NL"), *sells("u", 12, "US", 0.8))
    for table in made:
        assert_valid(table, tmp_path)
    row = made[0].rows.set_index("row").loc["cannabis-gram"]
    assert (row["vendors"], row["listings"], row["vendors_focus"]) == (36, 144, 12)
    assert row["slope"] == pytest.approx(0.8, abs=1e-3)
    assert row["tenfold"] == pytest.approx(10**-0.2, abs=1e-3)
    assert row["ratio_neighbours"] == pytest.approx(1.5, rel=1e-3)
    assert row["ratio_rest"] == pytest.approx(1.5 / 0.8**0.5, rel=1e-3)
    assert row["ratio_rest_low"] > 1 and row["verdict"] == "dearer"
    (summary,) = made[2].rows.to_dict("records")
    assert summary["ratio_rest"] == pytest.approx(row["ratio_rest"]) and summary["verdict"] == "dearer"
    assert (summary["kinds"], summary["discounts"], summary["surcharges"]) == (1, 1, 0)


def test_larger_lots_from_the_country_do_not_make_it_cheaper():
    rows = models(*sells("b", 12, "BE", sizes=(10.0, 50.0, 100.0)), *sells("u", 12, "US", sizes=(1.0, 5.0, 10.0)))
    assert rows.loc["cannabis-gram", "ratio_rest"] == pytest.approx(1, abs=0.01)
    assert rows.loc["cannabis-gram", "verdict"] == "uncertain"


def test_few_vendors_have_a_ratio_without_an_interval_and_no_verdict():
    row = models(*sells("b", 4, "BE", 0.5), *sells("u", 12, "US")).loc["cannabis-gram"]
    assert row["ratio_rest"] == pytest.approx(0.5, rel=0.01)
    assert np.isnan(row["ratio_rest_low"]) and row["verdict"] == "few"


@pytest.mark.parametrize(("vendors", "sizes", "shown"), [(2, (1.0, 5, 10, 50, 100), False), (3, (1.0, 5, 10), False),
                                                         (3, (1.0, 5, 10, 50), True), (12, (1.0,), True)])  # fmt: skip
def test_a_comparison_needs_three_vendors_and_ten_listings_on_each_side(vendors, sizes, shown):
    row = models(*sells("b", vendors, "BE", sizes=sizes), *sells("u", 12, "US")).loc["cannabis-gram"]
    assert np.isfinite(row["ratio_rest"]) == shown
    assert np.isnan(row["ratio_neighbours"]), "no neighbour sells"


def test_a_single_quantity_or_too_few_vendors_has_no_row():
    assert models(*sells("b", 12, "BE", sizes=(5.0,))).empty
    assert models(*sells("b", 2, "BE", sizes=(1.0, 5, 10, 50, 100))).empty


def test_units_stand_apart_from_grams():
    units = [(name, origin, more | {"quantity_units": more["quantity_g"], "quantity_g": None}) for name, origin, more in
             sells("p", 12, "US", 0.2, slope=0.9)]  # fmt: skip
    rows = models(*sells("u", 12, "US"), *units)
    assert rows["slope"].round(3).to_dict() == {"cannabis-gram": 0.8, "cannabis-unit": 0.9}


def test_bands_compare_within_their_limits():
    cheap = sells("b", 12, "BE", 0.5, sizes=(1.0, 0.5)) + sells("b", 12, "BE", 2.0, sizes=(50.0, 20.0))
    bands = tables(*cheap, *sells("u", 12, "US", sizes=(0.5, 1.0, 20.0, 50.0)))[1].rows.set_index("row")
    assert bands["ratio_rest"].round(2).to_dict() == {"cannabis-gram-to-1": 0.5, "cannabis-gram-10-100": 2.0}
    assert bands[["above", "up_to"]].values.tolist() == [[0, 1], [10, 100]]
    assert bands["verdict"].tolist() == ["cheaper", "dearer"]


def test_holding_prices_are_left_out_and_the_treatments_stand_side_by_side(tmp_path):
    blocked = [
        (
            name,
            origin,
            more | {"price_eur": 9e5, "holding_class": True, "holding_cap": False, "holding_own_history": False},
        )
        for name, origin, more in sells("b", 12, "BE", sizes=(100.0,))
    ]
    flags = dict.fromkeys(("holding_class", "holding_cap", "holding_own_history"), False)
    listing = offer(*sells("b", 12, "BE", **flags), *sells("u", 12, "US", **flags), *blocked)
    core = price_model_tables(listing, "BE", "inclusive", ["NL"], 0.95)[0].rows.set_index("row")
    table = price_sensitivity_table(listing, "BE", "inclusive", ["NL"], {"cannabis-gram"})
    assert_valid(table, tmp_path)
    (row,) = table.rows.to_dict("records")
    assert core.loc["cannabis-gram", "slope"] == pytest.approx(0.8, abs=1e-3) == row["slope_drop"]
    assert row["slope_replace"] == row["slope_drop"], "no other price of these listings is known"
    assert row["slope_none"] > 1 and row["ratio_none"] > 1.5 * row["ratio_drop"]
    assert row["slope_within"] == pytest.approx(0.8, abs=1e-3)


def test_vendors_and_not_listings_are_left_out():
    """Ten times the listings of each vendor make the interval no narrower."""
    few, many = (
        models(*sells("b", 12, "BE", spread=0.4, times=times), *sells("u", 12, "US", spread=0.4, times=times))
        for times in (1, 10)
    )
    widths = [
        rows.loc["cannabis-gram", "ratio_rest_high"] - rows.loc["cannabis-gram", "ratio_rest_low"]
        for rows in (few, many)
    ]
    assert widths[1] == pytest.approx(widths[0], rel=1e-6)
