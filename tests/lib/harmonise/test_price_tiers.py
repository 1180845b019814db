"""Prices by quantity: pieces, what a piece holds, per cent off."""

import pandas as pd
import pytest
from cryptodrug.harmonise.price_tiers import read_discount, read_piece, read_pieces, type_prices
from cryptodrug.harmonise.rates import DailyRates, Rates
from cryptodrug.reading.schemas import SCHEMAS
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "pieces"), [("5", 5), ("10,000", 10_000), ("14999", 14_999), ("1.5", None), ("many", None), (None, None)]
)
def test_numbers_of_pieces(text, pieces):
    assert read_pieces(text) == pieces


@pytest.mark.parametrize(
    ("text", "off"), [("38% OFF", 38), ("7.5 %", 7.5), ("400% more", None), ("", None), (None, None)]
)
def test_discounts(text, off):
    assert read_discount(text) == off


@pytest.mark.parametrize(
    ("text", "grams", "count"),
    [
        ("112g", 112, None),
        ("1/4pound", 113.3980925, None),
        ("gram", 1, None),
        ("KG", 1000, None),
        ("Ounce", 28.349523125, None),
        ("10tab", None, 10),
        ("Each", None, None),
        ("Piece", None, None),
        ("$400", None, None),
        ("1g-5g", None, None),
        (None, None, None),
    ],
)
def test_what_a_piece_holds(text, grams, count, rules):
    found = read_piece(text, rules)
    assert (found.grams and float(found.grams), found.units and float(found.units)) == (grams, count)


@given(st.integers(0, 10**9))
def test_a_number_of_pieces_is_read_back_with_and_without_marks(number):
    assert read_pieces(str(number)) == read_pieces(f"{number:,}") == number


@given(st.text(max_size=30))
def test_no_text_gives_a_number_that_it_does_not_hold(text):
    pieces, off = read_pieces(text), read_discount(text)
    assert pieces is None or pieces == float(text.replace(",", ""))
    assert off is None or (0 <= off <= 100 and "%" in text)


def typed(rules, *rows, listing=()):
    columns = {*SCHEMAS["price"].names, "listing_id"} - {"native_id"}
    frame = pd.DataFrame([dict.fromkeys(columns) | {"page_id": "p1"} | row for row in rows], columns=sorted(columns))
    known = pd.DataFrame(listing, columns=["listing_id", "quantity_g", "quantity_units"])
    rates = Rates({}, DailyRates({}), pd.Timestamp("2019-10-28").date())
    return type_prices(frame, known, rules, rates)


def test_the_unit_of_a_price_wins_over_the_title_and_a_price_is_for_one_piece(rules):
    row = {"listing_id": "toy:a", "price_text": "20", "price_currency": "EUR", "quantity_low_text": "3"}
    found = typed(rules, row | {"unit_text": "2g"}, row, row | {"listing_id": "toy:b"}, listing=[("toy:a", 5.0, None)])
    assert found["piece_from"].tolist() == ["unit", "title", "none"]
    assert found["quantity_low_g"].tolist()[:2] == [6, 15] and pd.isna(found["quantity_low_g"][2])
    assert found["price_eur_per_g"].tolist()[:2] == [10, 4] and pd.isna(found["price_eur_per_g"][2])


def test_a_tier_without_a_quantity_or_a_price_stays_without(rules):
    found = typed(rules, {"listing_id": "toy:a", "basis_text": "bulk"}, {"listing_id": None, "basis_text": "guess"})
    assert found["basis"].tolist() == ["bulk", "other"]
    assert found[["pieces_low", "price_amount", "price_eur", "piece_g", "quantity_low_g"]].isna().all().all()


def test_no_row_gives_no_row(rules):
    assert len(typed(rules)) == 0
