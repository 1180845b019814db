"""Prices and rates: what is no number stays untyped; every rate has a day."""

import datetime

import pytest
from cryptodrug.errors import InputError
from cryptodrug.harmonise.money import euro_per_dollar, read_price, reference_currencies, reference_rate
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "number"),
    [("0.12345678", 0.12345678), ("12", 12), (" 12.5 ", 12.5), ("1,234.5", 1234.5), ("1,234,567", 1234567), ("0", 0)],
)
def test_prices(text, number):
    assert read_price(text) == number


@pytest.mark.parametrize(
    "text", [None, "", "abc", "12 BTC", "1,5", "12,34,567", "-3", "1e5", "1.2.3", "NaN", "inf", "."]
)
def test_price_that_is_no_number_stays_untyped(text):
    assert read_price(text) is None


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_text_gives_a_number_or_nothing(text):
    number = read_price(text)
    assert number is None or number >= 0


@given(st.decimals(0, 99_999, places=8))
@settings(max_examples=100, deadline=None)
def test_a_written_price_is_read_back(number):
    assert read_price(f"{number:f}") == float(number)
    assert read_price(f"{number:,.2f}") == float(round(number, 2))


def test_euro_rate_of_a_working_day_is_of_that_day():
    # European Central Bank, reference rate of 31 December 2014: EUR 1 = USD 1.2141
    rate = euro_per_dollar(datetime.date(2014, 12, 31))
    assert rate == (pytest.approx(1 / 1.2141), datetime.date(2014, 12, 31))


def test_euro_rate_of_a_sunday_is_that_of_the_friday_before():
    sunday, friday = datetime.date(2014, 4, 6), datetime.date(2014, 4, 4)
    assert euro_per_dollar(sunday) == euro_per_dollar(friday)
    assert euro_per_dollar(sunday).date == friday


def test_a_day_without_reference_rates_stops_with_the_range():
    with pytest.raises(InputError, match="there is no euro reference rate for 1998-12-31") as caught:
        euro_per_dollar(datetime.date(1998, 12, 31))
    assert "rates of the locked package reach from 1999-01-04 to 20" in str(caught.value)
    assert "the prices of this snapshot were not converted" in str(caught.value)


def test_reference_rate_of_another_currency_and_of_a_holiday():
    # European Central Bank, 24 December 2014: EUR 1 = GBP 0.7865; no rates on 25 and 26 December
    rate = reference_rate("GBP", datetime.date(2014, 12, 26))
    assert rate == (pytest.approx(1 / 0.7865), datetime.date(2014, 12, 24))


@pytest.mark.parametrize("currency", ["BTC", "RUB", "XYZ"])
def test_a_currency_without_a_recent_rate_has_none(currency):
    # the bank published its last rate of the rouble on 1 March 2022
    assert reference_rate(currency, datetime.date(2022, 6, 1)) is None


def test_state_currencies_are_known_and_coins_are_not():
    assert {"USD", "EUR", "AUD", "CAD"} <= reference_currencies()
    assert "BTC" not in reference_currencies()
