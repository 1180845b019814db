"""Holding prices are flagged by rule and never removed. The toy market is invented."""

import pandas as pd
import pytest
from cryptodrug.holding import above_cap, add_holding_flags, class_and_band, own_history

FLAGS = ["holding_own_history", "holding_class", "holding_cap"]


def listings(*rows):
    """Rows of (listing, date, vendor, class, grams, euro)."""
    names = ["listing_id", "snapshot_date", "vendor", "drug_class", "quantity_g", "price_eur"]
    table = pd.DataFrame(rows, columns=names).astype({"quantity_g": float, "price_eur": float})
    table["quantity_units"], table["series_id"] = None, table["listing_id"]
    table["price_eur_per_g"] = table["price_eur"] / table["quantity_g"]
    return table


T1, T2 = "2019-01-01", "2019-01-30"
TOY = [
    ("L01", T1, "va", "mdma", 10, 100),
    ("L02", T1, "va", "mdma", 100, 600),
    ("L03", T1, "va", "mdma", 1000, 3000),
    ("L04", T1, "va", "amphetamine", 10, 50),
    ("L05", T1, "vb", "cannabis", 10, 80),
    ("L06", T1, "vb", "cannabis", 100, 800),
    ("L07", T1, "vb", "cannabis", 1, 10),
    ("L09", T1, "vc", "cocaine", 1, 70),
    ("L10", T1, "vc", "cocaine", 10, 600),
    ("L11", T1, "vc", "cocaine", 100, 5000),
    ("L12", T1, "vc", None, None, 5),
    ("L01", T2, "va", "mdma", 10, 100),
    ("L02", T2, "va", "mdma", 100, 600),
    ("L03", T2, "va", "mdma", 1000, 3000),
    ("L04", T2, "va", "amphetamine", 10, 50000),
    ("L05", T2, "vb", "cannabis", 10, 80),
    ("L06", T2, "vb", "cannabis", 100, 800),
    ("L08", T2, "vb", "mdma", 10, 120),
    ("L09", T2, "vc", "cocaine", 1, 70),
    ("L10", T2, "vc", "cocaine", 10, 600),
    ("L11", T2, "vc", "cocaine", 100, 5000),
    ("L12", T2, "vc", None, None, 5),
]


def test_toy_market_flags_one_price_and_removes_nothing():
    table = listings(*TOY)
    add_holding_flags(table, 5, 10, 10_000)
    assert len(table) == len(TOY)
    flagged = table[table[FLAGS].any(axis=1)]
    assert flagged[["listing_id", "snapshot_date"]].values.tolist() == [["L04", T2]]
    assert flagged[FLAGS].values.tolist() == [[True, False, False]]


def test_own_history_compares_with_the_others_and_not_with_itself():
    table = listings(*(("a", f"2019-01-0{day}", "va", "mdma", 10, price) for day, price in enumerate([10, 12, 51], 1)))
    assert own_history(table, 5).tolist() == [False, False, False]  # 51 is not above five times 11
    table.loc[2, ["price_eur", "price_eur_per_g"]] = 56, 5.6
    assert own_history(table, 5).tolist() == [False, False, True]


def test_own_history_is_per_gram_where_the_quantity_changed():
    table = listings(("a", T1, "va", "mdma", 1, 10), ("a", T2, "va", "mdma", 100, 600))
    assert not own_history(table, 5).any()


def test_a_listing_with_one_price_has_no_history():
    table = listings(("a", T1, "va", "mdma", 10, 99_999), ("a", T2, "va", "mdma", 10, None))
    assert not own_history(table, 5).any()


def peers(vendors, dear, grams=10):
    """One dear listing among others of ten euro."""
    others = [(f"l{number}", T1, vendor, "mdma", 10, 10) for number, vendor in enumerate(vendors)]
    return listings(*others, ("dear", T1, "vx", "mdma", grams, dear))


def test_class_rule_needs_five_others_of_three_vendors():
    flagged = [False] * 5 + [True]
    assert class_and_band(peers(["va", "va", "vb", "vb", "vc"], 101), 10).tolist() == flagged
    assert not class_and_band(peers(["va", "va", "vb", "vc"], 101), 10).any()
    assert not class_and_band(peers(["va", "va", "va", "vb", "vb"], 101), 10).any()


def test_class_rule_is_strictly_more_than_the_limit():
    assert not class_and_band(peers(["va", "va", "vb", "vb", "vc"], 100), 10).any()


def test_class_rule_compares_within_the_size_band_only():
    # 11 grams are in the next band, where there are no others
    assert not class_and_band(peers(["va", "va", "vb", "vb", "vc"], 99_999, grams=11), 10).any()


def test_cap_holds_only_where_the_quantity_is_unknown():
    table = listings(("a", T1, "va", "mdma", None, 10_001), ("b", T1, "va", "mdma", 10, 10_001))
    assert above_cap(table, 10_000).tolist() == [True, False]
    table["quantity_units"] = [50.0, None]
    assert above_cap(table, 10_000).tolist() == [False, False]


def test_an_absurd_price_of_an_unsold_offer_is_flagged_and_kept():
    # 99,999 bitcoin at about EUR 370, quantity not stated, one other price of the same listing
    table = listings(("a", T1, "va", "other", None, 37_000_000), ("a", T2, "va", "other", None, 40))
    add_holding_flags(table, 5, 10, 10_000)
    assert table[FLAGS].values.tolist() == [[True, False, True], [False, False, False]]
    assert table["price_eur"].tolist() == [37_000_000, 40]


def test_missing_prices_are_never_flagged():
    table = listings(("a", T1, "va", "mdma", None, None), ("b", T1, "va", None, None, None))
    add_holding_flags(table, 5, 10, 10_000)
    assert not table[FLAGS].to_numpy().any()


@pytest.mark.parametrize("size", [0, 1])
def test_small_tables_need_no_special_care(size):
    table = listings(*TOY[:size])
    add_holding_flags(table, 5, 10, 10_000)
    assert len(table) == size and not table[FLAGS].to_numpy().any()
