"""Prices: text to number, bitcoin to dollar to euro, with the source and date of each rate."""

import csv
import datetime
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cryptodrug.errors import InputError

_PRICE = re.compile(r"\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def read_price(text: str | None) -> float | None:
    """A price as a number, point for decimals and comma for thousands; anything else (`"abc"`) stays untyped: None."""
    if text is None or _PRICE.fullmatch(text.strip()) is None:
        return None
    return float(text.replace(",", ""))


class EuroRate(NamedTuple):
    """Euro per dollar, and the day of the rate."""

    rate: float
    date: datetime.date


@lru_cache(maxsize=1)
def _reference_rates():
    from currency_converter import CurrencyConverter

    return CurrencyConverter()


def euro_per_dollar(day: datetime.date) -> EuroRate:
    """Reference rate of the European Central Bank on `day`, or on the last day before it with a rate (weekends).

    Raises
    ------
    InputError : the day lies outside the rates that the locked package ships.
    """
    rates = _reference_rates()
    first, last = rates.bounds["USD"]
    if not first <= day <= last:
        raise InputError(
            f"there is no euro reference rate for {day}",
            where=f"rates of the locked package reach from {first} to {last}",
            not_done="the prices of this snapshot were not converted",
            do="check the date of the snapshot, or renew the lock file for newer rates",
        )
    known = rates._rates["USD"]
    while known.get(day) is None:
        day -= datetime.timedelta(days=1)
    return EuroRate(1 / known[day], day)


def read_daily_rates(paths: Iterable[str | Path]) -> dict[str, float]:
    """Dollar per bitcoin by day (`2014-04-06`) from CSV files with the columns date and price_usd."""
    rates: dict[str, float] = {}
    for path in paths:
        with Path(path).open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            for row in reader:
                price = read_price(row.get("price_usd"))
                if price is None or "date" not in row:
                    raise InputError(
                        f"no rate in this line: {row.get('price_usd')!r}",
                        where=f"{path}, line {reader.line_num}",
                        not_done="no price was converted",
                        do="the file needs the columns date and price_usd",
                    )
                rates[row["date"]] = price
    return rates
