"""Numbers, money, dates and lists in the three languages."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from cryptodrug.words.formatting import MINUS, NARROW, NO_BREAK, Formatter
from hypothesis import given, settings
from hypothesis import strategies as st

EN, NL, FR = (Formatter(language) for language in ("en", "nl", "fr"))
ALL = (EN, NL, FR)


def each(method: str, *arguments, **named) -> tuple[str, ...]:
    return tuple(getattr(one, method)(*arguments, **named) for one in ALL)


def test_thousands_are_parted_by_a_comma_in_english_and_by_a_narrow_no_break_space_in_dutch_and_french():
    assert each("number", 1000) == ("1,000", "1\u202f000", "1\u202f000")
    assert each("number", 1234567) == ("1,234,567", "1\u202f234\u202f567", "1\u202f234\u202f567")
    assert each("number", 999) == ("999", "999", "999")


def test_dutch_and_french_have_a_decimal_comma():
    assert each("number", 12345.675, 2) == ("12,345.68", "12\u202f345,68", "12\u202f345,68")
    assert each("number", 2, 1) == ("2.0", "2,0", "2,0")


def test_percent_sign_is_closed_up_except_in_french():
    assert each("percent", 0.0063, 2) == ("0.63%", "0,63%", "0,63\u00a0%")
    assert each("percent", 1, 0) == ("100%", "100%", "100\u00a0%")


def test_negative_numbers_have_a_true_minus():
    assert each("number", -5) == ("\u22125", "\u22125", "\u22125")
    assert each("percent", -0.031, 1) == ("\u22123.1%", "\u22123,1%", "\u22123,1\u00a0%")


def test_plus_is_printed_only_when_asked_for_and_never_before_nought():
    assert EN.number(5) == "5"
    assert EN.number(5, signed=True) == "+5"
    assert EN.number(0, signed=True) == "0"
    assert FR.percent(0.021, 1, signed=True) == "+2,1\u00a0%"


def test_minus_is_not_printed_before_a_rounded_nought():
    assert each("number", -0.4) == ("0", "0", "0")
    assert EN.number(-0.004, 2) == "0.00"


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [(0.5, 0, "1"), (1.5, 0, "2"), (2.5, 0, "3"), (-0.5, 0, "\u22121"), (-2.5, 0, "\u22123"), (0.125, 2, "0.13"),
     (1.005, 2, "1.01"), (-1.005, 2, "\u22121.01"), (2.675, 2, "2.68"), (0.285, 2, "0.29"), (999.5, 0, "1,000")],
)  # fmt: skip
def test_half_is_rounded_away_from_nought_on_the_printed_decimal(value, digits, expected):
    assert EN.number(value, digits) == expected


def test_half_of_a_percent_is_rounded_up_too():
    # 0.285 * 100 is 28.499999999999996 in binary
    assert EN.percent(0.285, 0) == "29%"
    assert EN.percent(0.00625, 2) == "0.63%"


def test_numbers_of_numpy_print_like_those_of_python():
    assert EN.number(np.float64(2.5)) == EN.number(2.5) == "3"
    assert NL.number(np.int64(12600)) == "12\u202f600"
    assert FR.percent(np.float64(0.285), 0) == "29\u00a0%"
    assert FR.plural(np.int64(1)) == "one"


def test_place_of_the_euro_sign_follows_the_language():
    assert each("money", 12600, "EUR") == ("€12,600", "€\u00a012\u202f600", "12\u202f600\u00a0€")
    assert each("money", 7.5, "EUR", 2) == ("€7.50", "€\u00a07,50", "7,50\u00a0€")


def test_currency_without_a_sign_keeps_a_no_break_space():
    assert each("money", 12600, "USD") == ("USD\u00a012,600", "USD\u00a012\u202f600", "12\u202f600\u00a0USD")


def test_months_are_lower_case_in_dutch_and_french_and_years_are_never_grouped():
    assert each("date", "2014-04") == ("April 2014", "april 2014", "avril 2014")
    assert each("date", "2019-12-31") == ("31\u00a0December 2019", "31\u00a0december 2019", "31\u00a0décembre 2019")


def test_only_the_first_of_a_month_is_an_ordinal_and_only_in_french():
    assert each("date", "2019-06-01") == ("1\u00a0June 2019", "1\u00a0juni 2019", "1er\u00a0juin 2019")
    assert FR.date("2019-06-02") == "2\u00a0juin 2019"
    assert FR.date("2019-06-11") == "11\u00a0juin 2019"


def test_day_stays_with_its_month():
    assert all(NO_BREAK in one.date("2019-06-09") for one in ALL)


def test_short_dates_are_day_month_year_in_all_languages():
    assert each("short_date", "2014-04-06") == ("06/04/2014",) * 3
    assert each("short_date", "2014-04") == ("04/2014",) * 3


def test_no_comma_stands_before_the_last_word_of_a_list():
    assert each("listing", ["a", "b", "c"]) == ("a, b and c", "a, b en c", "a, b et c")
    assert each("listing", ["a", "b"]) == ("a and b", "a en b", "a et b")
    assert each("listing", ["a"]) == ("a", "a", "a")


def test_french_has_a_space_before_a_colon_and_a_semicolon():
    assert each("sign", ":") == (":", ":", f"{NO_BREAK}:")
    assert each("interval", "1", "2") == (f"[1;{NO_BREAK}2]", f"[1;{NO_BREAK}2]", f"[1{NARROW};{NO_BREAK}2]")


def test_nought_is_singular_in_french_and_plural_in_english_and_dutch():
    assert each("plural", 0) == ("other", "other", "one")
    assert each("plural", 1) == ("one", "one", "one")
    assert each("plural", 2) == ("other", "other", "other")
    assert each("plural", 1_000_000) == ("other", "other", "other")


def test_locale_of_the_machine_changes_nothing(monkeypatch):
    before = each("number", 1234.5, 1) + each("date", "2014-04-06")
    for name in ("LANG", "LC_ALL", "LC_NUMERIC", "LANGUAGE"):
        monkeypatch.setenv(name, "de_DE.UTF-8")
    assert each("number", 1234.5, 1) + each("date", "2014-04-06") == before


def read_back(text: str, language: str) -> Decimal:
    group, mark = (",", ".") if language == "en" else (NARROW, ",")
    return Decimal(text.replace(group, "").replace(mark, ".").replace(MINUS, "-"))


@settings(max_examples=100, deadline=None)
@given(st.floats(-1e9, 1e9, allow_nan=False), st.integers(0, 4), st.sampled_from(ALL))
def test_printed_number_read_back_is_the_rounded_number(value, digits, formatter):
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    assert read_back(formatter.number(value, digits), formatter.language) == rounded


@settings(max_examples=100, deadline=None)
@given(st.decimals(-10, 10, places=6), st.integers(0, 3), st.sampled_from(ALL))
def test_printed_percentage_read_back_is_the_rounded_percentage(share, digits, formatter):
    printed = formatter.percent(share, digits).removesuffix("%").removesuffix(NO_BREAK)
    rounded = (share * 100).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    assert read_back(printed, formatter.language) == rounded


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**7), st.sampled_from(ALL))
def test_no_printed_number_can_be_broken_over_two_lines(value, formatter):
    for text in (formatter.number(value), formatter.money(value, "EUR"), formatter.percent(value / 7, 1)):
        assert " " not in text
