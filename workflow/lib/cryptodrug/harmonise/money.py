"""Prices: text to number; the euro reference rates of state currencies, each with its day."""

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from cryptodrug.errors import InputError

LATEST = 10  # days: longer than any row of holidays on which the bank publishes nothing
_PRICE = re.compile(r"\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def read_price(text: str | None) -> float | None:
    """A price as a number, point for decimals and comma for thousands; anything else (`"abc"`) stays untyped: None."""
    if text is None or _PRICE.fullmatch(text.strip()) is None:
        return None
    return float(text.replace(",", ""))


class EuroRate(NamedTuple):
    """Euro per unit of a currency, and the day of the rate."""

    rate: float
    date: datetime.date


@lru_cache(maxsize=1)
def _reference_rates():
    from currency_converter import CurrencyConverter

    return CurrencyConverter()


@lru_cache(maxsize=1)
def reference_currencies() -> frozenset[str]:
    """Codes of the state currencies with a euro reference rate on some day, and the euro itself."""
    return frozenset(_reference_rates().currencies)


def reference_bounds(currency: str) -> tuple[datetime.date, datetime.date]:
    """First and last day with a reference rate of a state currency in the locked package."""
    first, last = _reference_rates().bounds[currency]
    return first, last


@lru_cache(maxsize=4096)
def reference_rate(currency: str, day: datetime.date) -> EuroRate | None:
    """Reference rate of the European Central Bank on `day`, or on the last day before it with a rate (weekends).

    None where the bank publishes no rate of this currency, or none within ten days before (the currency was given up,
    or the rates of the locked package do not reach so far).
    """
    known = _reference_rates()._rates.get(currency, {})
    for back in range(LATEST + 1):
        if rate := known.get(day - datetime.timedelta(days=back)):
            return EuroRate(1 / rate, day - datetime.timedelta(days=back))
    return None


def euro_per_dollar(day: datetime.date) -> EuroRate:
    """Reference rate of the dollar on `day`, or on the last day before it with a rate (weekends).

    Raises
    ------
    InputError : the day lies outside the rates that the locked package ships.
    """
    first, last = reference_bounds("USD")
    rate = reference_rate("USD", day) if first <= day <= last else None
    if rate is None:
        raise InputError(
            f"there is no euro reference rate for {day}",
            where=f"rates of the locked package reach from {first} to {last}",
            not_done="the prices of this snapshot were not converted",
            do="check the date of the snapshot, or renew the lock file for newer rates",
        )
    return rate
