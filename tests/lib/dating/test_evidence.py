"""Names, identifiers and rates speak for days, and only for possible ones."""

import datetime
import uuid

import pytest
from cryptodrug.dating.evidence import day_of_identifier, days_in_name
from cryptodrug.dating.rates import around, crosses, days_by_crosses, days_by_series
from cryptodrug.harmonise.money import reference_rate
from cryptodrug.harmonise.rates import DailyRates
from hypothesis import given
from hypothesis import strategies as st


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("2014-04-06.tar.gz", ["2014-04-06"]),
        ("crawl_20140406", ["2014-04-06"]),
        ("market.2020.09.17", ["2020-09-17"]),
        ("2014-04-06_to_2014-04-08", ["2014-04-06", "2014-04-08"]),
        ("listings-december-2016.csv", ["2016-12-01", "2016-12-31"]),
        ("Feb2020", ["2020-02-01", "2020-02-29"]),
        ("2018-03", ["2018-03-01", "2018-03-31"]),
        ("2014-04-06-december-2016", ["2014-04-06"]),
        ("market-2014", []),
        ("2014-13-06", []),
        ("20140499", []),
        ("120140406", []),
        ("2004-04-06", []),
        ("p2014-04-061", []),
    ],
)
def test_days_in_a_name(name, days):
    assert [str(found) for found in days_in_name(name)] == days


@given(st.text(max_size=40))
def test_any_name_gives_days_in_order_of_a_calendar_or_none(name):
    assert all(isinstance(found, datetime.date) for found in days_in_name(name))


@given(st.dates(datetime.date(2009, 1, 4), datetime.date(2099, 1, 1)))
def test_a_day_in_a_name_is_found(when):
    assert days_in_name(f"a-{when}.zip") == days_in_name(f"{when:%Y%m%d}") == [when]


def test_the_day_of_a_version_1_identifier():
    # the time of the example in RFC 9562, appendix A.1: 22 February 2022
    assert str(day_of_identifier("c232ab00-9414-11ec-b3c8-9f6bdeced846")) == "2022-02-22"


@pytest.mark.parametrize(
    "text", ["17", str(uuid.uuid5(uuid.NAMESPACE_DNS, "x")), "00000000-0000-1000-8000-000000000000", "x"]
)
def test_other_identifiers_hold_no_day(text):
    assert day_of_identifier(text) is None


def test_rates_between_state_currencies_are_implied_by_the_price_of_a_coin():
    quotes = {
        ("XMR", "EUR"): 50.0,
        ("XMR", "USD"): 60.0,
        ("BTC", "EUR"): 100.0,
        ("BTC", "USD"): 124.0,
        ("LTC", "USD"): 1,
    }
    assert crosses(quotes) == {"USD": pytest.approx(1.22)}


def prices(when, currencies):
    return {("XMR", "EUR"): 50.0} | {("XMR", name): 50 / reference_rate(name, when).rate for name in currencies}


def test_days_with_these_reference_rates():
    when = day("2020-09-17")
    found = days_by_crosses(prices(when, ["USD", "GBP", "AUD", "CAD"]), around(when, when, 400))
    assert when in found
    assert len(found) < 20
    assert days_by_crosses(prices(when, ["USD", "GBP"]), [when]) == {}
    assert days_by_crosses({}, [when]) == {}


def test_days_with_this_daily_rate():
    daily = DailyRates({("BTC", "USD"): {day("2014-04-05"): 440.0, day("2014-04-06"): 462.0, day("2014-04-07"): 500.0}})
    days = around(day("2014-04-06"), day("2014-04-06"), 3)
    assert set(days_by_series({("BTC", "USD"): 452.0}, daily, days)) == {day("2014-04-05"), day("2014-04-06")}
    assert days_by_series({("XMR", "USD"): 452.0}, daily, days) == {}
