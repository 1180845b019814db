"""Every price becomes euro on the best way that is known, and says which."""

import datetime

import pytest
from cryptodrug.errors import InputError
from cryptodrug.harmonise.money import reference_rate
from cryptodrug.harmonise.rates import DailyRates, Rates, page_quotes, read_daily_rates, read_pair
from hypothesis import given
from hypothesis import strategies as st

DAY = datetime.date(2020, 9, 17)
USD = reference_rate("USD", DAY).rate
BTC, XMR = ("BTC", "USD"), ("XMR", "USD")


def day(number):
    return datetime.date(2020, 9, number)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("BTC/USD", ("BTC", "USD")),
        ("1 XMR = USD", ("XMR", "USD")),
        ("LTC EUR", ("LTC", "EUR")),
        ("USD", None),
        ("BTC/BTC", None),
        ("FOO/BAR", None),
        ("", None),
    ],
)
def test_pairs(text, pair):
    assert read_pair(text) == pair


def test_all_rates_of_a_page_and_none_that_is_no_number():
    found = page_quotes("9,600.5", "BTC/USD", '{"XMR = EUR": "77", "XMR = GBP": "soon", "news": "3", "LTC = USD": "0"}')
    assert found == {BTC: 9600.5, ("XMR", "EUR"): 77}
    assert page_quotes(None, None, None) == {}


def ways(pages=None, series=None, on=DAY):
    return Rates(pages or {}, DailyRates(series or {}), on)


def test_sources_in_their_order():
    pages = {"p1": {BTC: 500.0}, "p2": {BTC: 520.0}}
    series = {BTC: {day(17): 400.0}, XMR: {day(17): 90.0}, ("LTC", "USD"): {day(15): 40.0, day(19): 90.0}}
    rates = ways(pages, series)
    assert rates.euro("BTC", "p1") == (pytest.approx(500 * USD), "page", "BTC/USD USD/EUR", DAY)
    assert rates.euro("BTC", "p9")[:2] == (pytest.approx(510 * USD), "snapshot")
    assert rates.euro("XMR", "p1")[:2] == (pytest.approx(90 * USD), "day")
    assert rates.euro("LTC", "p1")[:2] == (pytest.approx(60 * USD), "interpolated")  # geometric middle of 40 and 90
    assert rates.euro("USD", "p1") == (USD, "reference", "USD/EUR", DAY)
    assert rates.euro("EUR", "p1") == (1, "none", "", None)
    assert rates.euro("ETH", "p1") is None
    assert rates.euro("$", "p1") is None and rates.euro(None, "p1") is None


def test_the_shortest_way_counts_and_euro_comes_before_dollar():
    printed = {("XMR", "EUR"): 77.0, XMR: 90.0, ("XMR", "AUD"): 123.0, ("BTC", "XMR"): 120.0}
    rates = ways({"p": printed})
    assert rates.euro("XMR", "p")[:3] == (77, "page", "XMR/EUR")
    assert rates.euro("BTC", "p")[:3] == (120 * 77, "page", "BTC/XMR XMR/EUR")
    del printed["XMR", "EUR"]
    assert ways({"p": printed}).euro("XMR", "p")[2] == "XMR/USD USD/EUR"


def test_a_rate_the_other_way_round_serves_too():
    assert ways({"p": {("USD", "BTC"): 0.002}}).euro("BTC", "p")[0] == pytest.approx(500 * USD)


def test_no_way_from_a_coin_to_a_currency_that_has_no_reference_rate():
    assert ways({"p": {("BTC", "XMR"): 120.0}}).euro("BTC", "p") is None


@pytest.mark.parametrize(("last", "known"), [(12, True), (13, False), (16, False)])
def test_a_missing_day_is_interpolated_over_the_widest_gap_at_most(last, known):
    daily = DailyRates({BTC: {day(5): 100.0, day(last): 200.0}}, widest=7)
    assert (BTC in daily.between(day(6))) == known


def test_nothing_is_said_of_days_before_the_first_after_the_last_or_with_a_rate():
    daily = DailyRates({BTC: {day(5): 100.0, day(7): 200.0}})
    assert [daily.between(day(number)) for number in (4, 5, 7, 8)] == [{}, {}, {}, {}]
    assert daily.on(day(5)) == {BTC: 100}


@given(low=st.floats(1e-6, 1e6), high=st.floats(1e-6, 1e6), place=st.integers(6, 9))
def test_an_interpolated_rate_lies_between_and_agrees_with_its_inverse(low, high, place):
    one = DailyRates({BTC: {day(5): low, day(10): high}}).between(day(place))[BTC]
    inverse = DailyRates({BTC: {day(5): 1 / low, day(10): 1 / high}}).between(day(place))[BTC]
    assert min(low, high) * (1 - 1e-9) <= one <= max(low, high) * (1 + 1e-9)
    assert one * inverse == pytest.approx(1)


def test_the_table_names_each_rate_with_its_source():
    table = ways({"p1": {XMR: 88.0}, "p2": {XMR: 90.0}, "p3": {XMR: 91.0}}, {XMR: {day(17): 87.0}}).table()
    coins = [row for row in table if row["base"] == "XMR"]
    assert [(row["source"], row["rate"], row["rate_low"], row["rate_high"], row["pages"]) for row in coins] == [
        ("page", 90, 88, 91, 3),
        ("day", 87, None, None, 0),
    ]
    (dollar,) = [row for row in table if row["base"] == "USD"]
    assert (dollar["quote"], dollar["source"], dollar["rate_date"]) == ("EUR", "reference", "2020-09-17")


def test_daily_rates_of_several_files_and_currencies(tmp_path):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("date,price_usd\n2020-09-16,10800.5\n2020-09-17,1\n")
    two.write_text('date,base,quote,rate,note\n2020-09-17,BTC,USD,"10,900",x\n2020-09-17,XMR,EUR,77,x\n')
    daily = read_daily_rates([one, two])
    assert daily.on(day(16)) == {BTC: 10800.5}
    assert daily.on(day(17)) == {BTC: 10900, ("XMR", "EUR"): 77}


@pytest.mark.parametrize(
    "text",
    [
        "date,price_usd\n2019-01-01,1\n2019-01-02,\n",
        "date,price_usd\n\n2019-01-01,1\n2019-01-02,-\n",
        "date,price_usd\n2019-01-32,1\n",
        "day,price_usd\n2019-01-01,1\n",
        "date,base,quote,rate\n2019-01-01,BTC,FOO,1\n",
    ],
)
def test_a_line_without_a_day_or_a_rate_is_named(tmp_path, text):
    path = tmp_path / "rates.csv"
    path.write_text(text)
    with pytest.raises(InputError, match="no rate in this line") as caught:
        read_daily_rates([path])
    assert f"{path}, line {text.count(chr(10))}" in str(caught.value)
    assert "date, base, quote and rate" in str(caught.value)
