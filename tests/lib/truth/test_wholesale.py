"""Truth about wholesale, worked out by hand."""

import numpy as np
from cryptodrug.truth import wholesale
from truth_frames import true_rows

FEB = {"days": 31, "low": 2.0, "high": np.nan, "quantity_units": np.nan}


def by_row(table):
    return table.set_index("row")


def test_bands_are_mean_shares_over_snapshots_and_a_thousand_dollars_are_none():
    offer = true_rows(
        (1, "one", "jan", "BE", {"usd_cents": 10_000}), (1, "one", "jan", "BE", {"usd_cents": 100_000}),
        (1, "one", "mar", "BE", {"usd_cents": 100_001, "quantity_g": 101.0}), (2, "one", "mar", "NL", {"usd_cents": 1}),
    ).assign(quantity_units=np.nan)  # fmt: skip
    rows = by_row(wholesale.quantity_bands(offer))
    assert rows.loc["price-under-100", ["share_focus", "share_rest"]].tolist() == [0.25, 1]
    assert rows.loc["price-100-1000", ["share_focus", "listings_focus"]].tolist() == [0.25, 0]
    assert rows.loc["price-over-1000", ["share_focus", "listings_focus", "listings_rest"]].tolist() == [0.5, 1, 0]
    assert rows.loc["weight-over-100", "share_focus"] == 0.5
    summary = by_row(wholesale.wholesale_summary(offer))
    assert summary.loc["price", ["countries", "countries_large", "vendors"]].tolist() == [2, 1, 1]


def test_wholesale_of_sales():
    offer = true_rows(
        (1, "one", "feb", "BE", FEB | {"usd_cents": 100_001, "eur": 900.0}),
        (2, "one", "feb", "BE", FEB | {"eur": 100.0, "low": 8.0}),
        (3, "one", "feb", "NL", FEB | {"eur": 800.0, "usd_cents": 100_000}),
    )
    rows = by_row(wholesale.wholesale_share(offer))
    assert rows.loc["focus-drop", ["share_low", "sales_low"]].tolist() == [1800 / 2600, 0.2]
    assert rows.loc["rest-none", "share_low"] == 0
    assert rows["share_high"].isna().all()


def test_large_by_euro_and_by_the_weight_of_the_drug_and_the_place():
    offer = true_rows(
        (1, "one", "mar", "BE", {"usd_cents": 110_000, "eur": 900.0, "drug_class": "heroin", "quantity_g": 51.0}),
        (2, "one", "mar", "NL", {"usd_cents": 130_000, "eur": 1001.0, "drug_class": "cannabis", "quantity_g": 500.0}),
        (3, "one", "mar", "NL", {"usd_cents": 130_000, "eur": 1001.0, "drug_class": "mdma", "quantity_g": 101.0}),
    ).assign(quantity_units=np.nan)  # fmt: skip
    summary = by_row(wholesale.wholesale_summary(offer))
    assert summary["ratio"].tolist() == [1, 0, 0, 2]
    rank = by_row(wholesale.wholesale_rank(offer, "BE"))
    assert rank.loc["price", ["countries", "vendors", "share", "rank"]].tolist() == [2, 1, 1 / 3, 2]
    assert rank.loc["weight-by-drug", ["share", "rank"]].tolist() == [0.5, 1]
    assert wholesale.wholesale_rank(offer, "FR").empty
