"""One row per listing, the best page wins; typed values stand beside their texts."""

import datetime

import pandas as pd
import pytest
from cryptodrug.harmonise.listings import (
    add_drugs,
    add_places,
    add_prices,
    add_prices_per_quantity,
    listing_key,
    one_row_each,
)
from cryptodrug.harmonise.money import euro_per_dollar
from cryptodrug.harmonise.rates import DailyRates, Rates

DAY = datetime.date(2019, 1, 2)
EURO = euro_per_dollar(DAY).rate
FIRST = {
    "page_id": "p1",
    "position": 0,
    "page_kind": "list",
    "native_id": "a",
    "title": "Blue tea",
    "vendor": "va",
    "price_text": "1.5",
    "price_currency": "BTC",
    "category_path": "Drugs/Cannabis",
    "ships_from_text": "Belgium",
    "ships_to_text": "EU",
}


def rows(*changes):
    return pd.DataFrame([FIRST | change for change in changes]).astype(object)


def test_the_page_of_the_listing_wins_over_a_list_and_a_list_over_the_page_of_its_vendor():
    seen = rows({"page_kind": "listing", "page_id": "own"}, {"page_kind": "list"}, {"page_kind": "vendor"})
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0]):
        best, links, counts = one_row_each(seen.iloc[order].reset_index(drop=True), "toy")
        assert best["page_id"].tolist() == ["own"]
        assert len(links) == 3
        assert counts == {"listing-repeated": 2, "listing-differs": 0}


def test_of_two_equal_pages_the_later_one_wins_and_the_difference_is_counted():
    best, links, counts = one_row_each(rows({}, {"page_id": "p2", "price_text": "2"}), "toy")
    assert best[["page_id", "price_text"]].values.tolist() == [["p2", "2"]]
    assert links["page_id"].tolist() == ["p1", "p2"]
    assert counts == {"listing-repeated": 1, "listing-differs": 1}


def test_a_field_that_one_page_does_not_show_is_no_difference():
    _, _, counts = one_row_each(rows({}, {"ships_from_text": None}), "toy")
    assert counts["listing-differs"] == 0


def test_without_native_id_the_same_vendor_and_title_are_one_listing_and_others_are_not():
    seen = rows(*({"native_id": None} | change for change in ({}, {}, {"vendor": "vb"}, {"title": "blue tea"})))
    best, _, counts = one_row_each(seen, "toy")
    assert len(best) == 3
    assert counts["listing-repeated"] == 1


def test_without_native_id_an_offer_that_also_stands_elsewhere_is_a_drug():
    for paths in (["Drugs/Other", "Services"], ["Services", "Drugs/Other"]):
        best, _, _ = one_row_each(rows(*({"native_id": None, "category_path": path} for path in paths)), "toy")
        assert best["category_path"].tolist() == ["Drugs/Other"]


def test_no_rows_are_no_listings():
    best, links, counts = one_row_each(rows({}).iloc[:0], "toy")
    assert (len(best), len(links), counts) == (0, 0, {"listing-repeated": 0, "listing-differs": 0})


def test_keys_name_the_market_and_never_show_vendor_or_title():
    assert listing_key("toy", "a", "va", "Blue tea") == "toy:a"
    made = listing_key("toy", None, "va", "Blue tea")
    assert made == listing_key("toy", "", "va", "Blue tea")
    assert len(made) == len("toy:") + 12 and "va" not in made.removeprefix("toy:")


def test_places_stand_beside_their_texts(rules):
    listing = rows({}, {"ships_from_text": None, "ships_to_text": None}, {"ships_from_text": "NL / Belgium"})
    add_places(listing, rules)
    assert listing["ships_from"].tolist() == ["BE", None, "BE|NL"]
    assert listing["ships_from_status"].tolist() == ["country", "none", "several"]
    assert listing["ships_to_policy"].tolist() == ["europe", "not-stated", "europe"]
    assert listing["ships_from_text"].tolist() == ["Belgium", None, "NL / Belgium"]


SILENT = {"page_kind": "list", "ships_from_text": None, "ships_to_text": None}
OWN = {"page_kind": "listing"}
SHOWN = {"ships_from_text": ["listing"], "ships_to_text": ["listing"]}


def taken_over(rules, *changes):
    listing = rows(*changes)
    add_places(listing, rules, SHOWN)
    columns = ["ships_from", "ships_from_status", "ships_from_of_vendor", "ships_to_policy", "ships_to_of_vendor"]
    return listing[columns].values.tolist()


def test_what_a_list_never_shows_is_that_of_the_other_listings_of_the_vendor(rules):
    found = taken_over(rules, OWN, OWN, SILENT, SILENT | {"vendor": "vb"})
    assert found[1] == ["BE", "country", False, "europe", False]
    assert found[2] == ["BE", "country", True, "europe", True]
    # nothing else of this vendor was met: nothing is known
    assert found[3] == [None, "none", False, "not-stated", False]


def test_a_policy_is_relative_to_the_origin_that_was_taken_over(rules):
    own = OWN | {"ships_to_text": "Belgium only"}
    assert taken_over(rules, own, SILENT)[1][3] == "domestic"


def test_listings_that_do_not_agree_lend_nothing(rules):
    found = taken_over(rules, OWN, OWN | {"ships_from_text": "NL"}, SILENT)
    assert found[2] == [None, "none", False, "europe", True]
    # a vendor who states nothing on the page of one listing and Belgium on another does not agree with itself either
    found = taken_over(rules, OWN, OWN | {"ships_from_text": None}, SILENT)
    assert found[2][:3] == [None, "none", False]


def test_a_listing_that_states_nothing_on_its_own_page_takes_nothing_over(rules):
    found = taken_over(rules, OWN, OWN | {"ships_from_text": None, "ships_to_text": None})
    assert found[1] == [None, "none", False, "not-stated", False]


def test_a_text_that_a_list_shows_after_all_counts(rules):
    found = taken_over(rules, OWN, SILENT | {"ships_from_text": "NL"})
    assert found[1][:3] == ["NL", "country", False]


def test_no_drug_has_no_class_and_an_unknown_category_is_neither(rules):
    listing = rows({"title": "10g tea"}, {"category_path": "Services"}, {"category_path": None, "title": None})
    add_drugs(listing, "toy", rules)
    assert listing["is_drug"].isna().tolist() == [False, False, True]
    assert listing["is_drug"].fillna(False).tolist() == [True, False, False]
    assert listing["drug_class"].tolist() == ["cannabis", None, None]
    assert listing["quantity_g"].fillna(-1).tolist() == [10, -1, -1]


def test_entities_that_a_title_still_holds_do_not_hide_the_quantity(rules):
    listing = rows({"title": "&frac12; oz tea"})
    add_drugs(listing, "toy", rules)
    assert listing["quantity_g"].tolist() == [pytest.approx(28.349523125 / 2)]
    assert listing["title"].tolist() == ["&frac12; oz tea"]


def rates(pages=None, day_rate=None):
    series = {} if day_rate is None else {("BTC", "USD"): {DAY: day_rate}}
    return Rates({page: {("BTC", "USD"): rate} for page, rate in (pages or {}).items()}, DailyRates(series), DAY)


def test_a_price_keeps_its_rate_with_source_and_path():
    listing = rows({"page_id": "p1"}, {"price_currency": "USD"}, {"price_currency": "EUR"})
    add_prices(listing, rates({"p1": 500.0}))
    assert listing["price_eur"].tolist() == [pytest.approx(1.5 * 500 * EURO), pytest.approx(1.5 * EURO), 1.5]
    assert listing["eur_rate_source"].tolist() == ["page", "reference", "none"]
    assert listing["eur_rate_path"].tolist() == ["BTC/USD USD/EUR", "USD/EUR", None]
    assert listing["btc_usd"].fillna(-1).tolist() == [500, -1, -1]
    assert listing["btc_usd_source"].tolist() == ["page", None, None]
    assert set(listing["usd_eur_date"]) == {"2019-01-02"}


def test_other_currencies_need_no_bitcoin_rate():
    listing = rows(*({"price_currency": name} for name in ("EUR", "USD", "DOGE", None)))
    add_prices(listing, rates(day_rate=400.0))
    assert listing["price_eur"].fillna(-1).tolist() == [1.5, pytest.approx(1.5 * EURO), -1, -1]
    assert listing["btc_usd"].isna().all() and listing["btc_usd_source"].isna().all()


def test_untyped_and_rateless_prices_have_no_euro_but_the_text_stays():
    listing = rows({"price_text": "abc"}, {"price_text": None}, {})
    add_prices(listing, rates())
    assert listing["price_eur"].isna().all()
    assert listing["price_amount"].fillna(-1).tolist() == [-1, -1, 1.5]
    assert listing["price_text"].tolist() == ["abc", None, "1.5"]


def test_price_per_gram_needs_grams_above_zero():
    listing = pd.DataFrame({"price_eur": [100.0, 100.0, None], "quantity_g": [10.0, 0.0, 10.0], "quantity_units": None})
    add_prices_per_quantity(listing)
    assert listing["price_eur_per_g"].fillna(-1).tolist() == [10, -1, -1]
    assert listing["price_eur_per_unit"].isna().all()
