"""Wholesale: large listings, and their share of what is sold."""

import numpy as np
import pandas as pd
import pytest
from analyse.wholesale_share import (
    band_of,
    large_by,
    quantity_bands_tables,
    wholesale_rank_table,
    wholesale_share_table,
)
from cryptodrug.gate import judge
from cryptodrug.provenance.records import PROJECT
from cryptodrug.settings.load import load_settings
from offer_frames import DRAWING, FOCUS, LAST, both_days, feedback_of, many, offer

HOW = FOCUS | DRAWING
RULES = load_settings("config.yaml", PROJECT).disclosure


def priced(*rows):
    """Both days of these listings, one euro is 1.25 dollars."""
    listing = offer(*both_days(*rows))
    none = pd.array([None] * len(listing), dtype="Int64")
    return listing.assign(usd_eur=0.8, sales_total=none, quantity_units=np.nan, listing_id=listing["vendor"])


def by_row(table):
    return table.rows.set_index("row")


@pytest.mark.parametrize(
    ("eur", "band"), [(80.0, "under-100"), (80.1, "100-1000"), (800.0, "100-1000"), (800.1, "over-1000")]
)
def test_a_thousand_dollars_are_no_wholesale(eur, band):
    listing = priced(("a", "BE", {"price_eur": eur}))
    assert set(band_of(listing)["price"]) == {f"price-{band}"}


def test_a_holding_price_and_an_unknown_weight_have_no_band():
    listing = priced(("a", "BE", {"price_eur": 9e4})).assign(holding_class=True, quantity_g=np.nan)
    bands = band_of(listing)
    assert bands["price"].isna().all() and bands["weight"].isna().all() and bands["pieces"].isna().all()


MARKET = priced(
    *many("b", 8, "BE", price_eur=100.0), *many("c", 4, "BE", price_eur=1000.0, quantity_g=500.0),
    *many("n", 15, "NL", price_eur=100.0), *many("o", 5, "NL", price_eur=1000.0),
)  # fmt: skip


def test_listings_by_band():
    bands, summary = quantity_bands_tables(MARKET, **HOW)
    rows = by_row(bands)
    large = rows.loc["price-over-1000"]
    assert list(large[["listings_focus", "listings_rest"]]) == [4, 5]
    assert list(large[["share_focus", "share_rest"]]) == pytest.approx([1 / 3, 1 / 4])
    assert list(rows.loc["weight-over-100", ["share_focus", "share_rest"]]) == pytest.approx([1 / 3, 0])
    ratios = by_row(summary)
    assert ratios.loc["price", "ratio"] == pytest.approx(4 / 3)
    assert np.isnan(ratios.loc["weight", "ratio"])  # nobody else sells large by weight
    assert list(ratios.loc["price", ["countries", "countries_large", "vendors"]]) == [2, 2, 4]


def test_two_vendors_with_large_listings_are_hidden_and_cannot_be_subtracted():
    listing = priced(*many("b", 8, "BE"), *many("c", 2, "BE", price_eur=1000.0), *many("n", 15, "NL"))
    bands, summary = quantity_bands_tables(listing, **HOW)
    hidden = judge(bands, RULES).hidden
    assert {("price-over-1000", "listings_focus"), ("price-over-1000", "share_focus")} <= hidden
    assert [cell for cell in hidden if cell[0] == "price-100-1000" and cell[1] == "listings_focus"]
    assert {("price", "ratio"), ("price", "vendors")} <= judge(summary, RULES).hidden


def test_the_share_of_two_vendors_is_not_what_the_others_leave():
    listing = priced(*many("b", 8, "BE"), *many("c", 2, "BE", price_eur=1000.0), *many("n", 15, "NL"))
    bands, _ = quantity_bands_tables(listing, **HOW)
    shown = {cell[0] for cell in judge(bands, RULES).hidden if cell[1] == "share_focus"}
    assert {"price-100-1000", "price-over-1000"} <= shown
    assert not {"price-under-100", "weight-under-10"} & shown  # nobody, and enough


def test_shares_of_revenue_and_of_sales():
    row = by_row(wholesale_share_table(MARKET, feedback_of(MARKET, 2), **HOW)).loc["focus-replace"]
    assert row["share_low"] == pytest.approx(4 * 1000 / (4 * 1000 + 8 * 100))
    assert row["sales_low"] == pytest.approx(1 / 3)
    assert np.isnan(row["share_high"])


def test_a_holding_price_that_is_kept_looks_like_wholesale():
    listing = MARKET.copy()
    blocked = (listing["snapshot_date"] == LAST) & listing["vendor"].isin(["b00", "b01", "b02", "b03"])
    listing.loc[blocked, "price_eur"] = 50_000.0
    listing.loc[blocked, "holding_own_history"] = True
    rows = by_row(wholesale_share_table(listing, feedback_of(listing, 2), **HOW))
    plain = by_row(wholesale_share_table(MARKET, feedback_of(MARKET, 2), **HOW)).loc["focus-replace", "share_low"]
    assert rows.loc["focus-replace", "share_low"] == pytest.approx(plain)
    assert rows.loc["focus-drop", "share_low"] == pytest.approx(4000 / 4400)
    assert rows.loc["focus-none", "share_low"] > 0.98
    assert rows.loc["rest-none", "share_low"] == rows.loc["rest-replace", "share_low"]


def test_a_treatment_that_changes_one_vendor_would_give_it_away():
    listing = MARKET.copy()
    blocked = (listing["snapshot_date"] == LAST) & (listing["vendor"] == "b00")
    listing.loc[blocked, ["price_eur", "holding_own_history"]] = [50_000.0, True]
    judged = judge(wholesale_share_table(listing, feedback_of(listing, 2), **HOW), RULES)
    assert ("focus-none", "share_low") in judged.hidden
    assert ("focus-replace", "share_low") not in judged.hidden
    assert ("rest-none", "share_low") not in judged.hidden


def test_both_parts_need_three_vendors():
    listing = priced(*many("b", 8, "BE"), *many("c", 2, "BE", price_eur=1000.0), *many("n", 15, "NL"))
    judged = judge(wholesale_share_table(listing, feedback_of(listing, 2), **HOW), RULES)
    assert ("focus-replace", "share_low") in judged.hidden


# one snapshot by hand: price in euro (one is 1.25 dollars), grams
WEIGHED = priced(
    ("a", "BE", {"price_eur": 900.0, "quantity_g": 150.0, "drug_class": "amphetamine"}),
    ("b", "BE", {"price_eur": 1000.1, "quantity_g": 60.0, "drug_class": "heroin"}),
    ("c", "NL", {"price_eur": 800.0, "quantity_g": 501.0, "drug_class": "cannabis"}),
    ("d", "NL", {"price_eur": 5000.0, "quantity_g": 100.0, "drug_class": "mdma"}),
    ("e", "DE", {"price_eur": 2000.0, "quantity_g": 500.0, "drug_class": "cannabis"}),
)  # fmt: skip


def test_each_measure_of_wholesale_by_hand():
    large = {name: set(WEIGHED.loc[mask, "vendor"]) for name, (mask, _) in large_by(WEIGHED).items()}
    assert large["price"] == {"a", "b", "d", "e"}  # 800 euro are a thousand dollars: not more
    assert large["price-eur"] == {"b", "d", "e"}
    assert large["weight"] == {"a", "c", "e"}
    assert large["weight-by-drug"] == {"b", "c"}


def test_a_price_nobody_would_pay_is_not_large_and_a_weight_that_is_not_known_neither():
    listing = WEIGHED.assign(holding_cap=True, quantity_g=np.nan)
    assert not any((mask | known).any() for mask, known in large_by(listing).values())


def test_each_measure_has_its_ratio():
    summary = by_row(quantity_bands_tables(WEIGHED, **HOW)[1])
    # two of two against two of three; one of two against two of three; one of two against two of three; one against one
    assert summary["ratio"].tolist() == pytest.approx([3 / 2, 3 / 4, 3 / 4, 3 / 2])
    assert summary.loc["weight-by-drug", ["countries", "countries_large", "vendors"]].tolist() == [3, 2, 1]


RANKED = priced(
    *many("b", 12, "BE", price_eur=1000.0), *many("n", 20, "NL", price_eur=1000.0),
    *many("d", 5, "DE", price_eur=1000.0), *many("s", 40, "SE", price_eur=10.0), ("m", "BE|NL", {"price_eur": 1000.0}),
)  # fmt: skip
DRAWN = DRAWING | {"focus": FOCUS["focus"]}


def test_the_place_of_the_country_by_hand():
    row = by_row(wholesale_rank_table(RANKED, **DRAWN)).loc["price"]
    # a listing that declares two countries is of neither; who sells nothing large has no part in it
    assert row[["countries", "vendors", "rank"]].tolist() == [3, 12, 2]
    assert row["share"] == pytest.approx(12 / 38)
    assert 1 <= row["rank_low"] <= 2 <= row["rank_high"] <= 3
    assert row["share_low"] < 12 / 38 < row["share_high"]


def test_no_place_without_an_interval():
    listing = RANKED[~RANKED["vendor"].isin(["b00", "b01", "b02"])]
    row = by_row(wholesale_rank_table(listing, **DRAWN)).loc["price"]
    assert row["vendors"] == 9 and np.isnan(row["rank"]) and row["share"] == pytest.approx(9 / 35)


def test_two_vendors_hide_the_share_and_nobody_gives_no_row():
    listing = priced(*many("b", 2, "BE", price_eur=1000.0), *many("n", 9, "NL", price_eur=1000.0))
    table = wholesale_rank_table(listing, **DRAWN)
    assert {("price", "share"), ("price", "vendors")} <= judge(table, RULES).hidden
    assert wholesale_rank_table(priced(("a", "BE", {"price_eur": 1.0})), **DRAWN).rows.empty
