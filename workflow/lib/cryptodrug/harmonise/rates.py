"""Exchange rates by day: what a page prints, what a study keeps, the euro reference rates; each with its source.

A price becomes euro along the shortest way that the best source allows: the page itself, then the other pages of the
same snapshot, then the daily files of the study, then a day between two days of those files. Between state currencies
the reference rates of the European Central Bank come first; coins have none.
"""

import csv
import datetime
import json
import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from cryptodrug.errors import InputError
from cryptodrug.harmonise.money import read_price, reference_currencies, reference_rate

COINS = ("BTC", "XMR", "LTC", "ETH", "BCH", "DASH", "ZEC", "DOGE", "ETC", "XRP", "USDT")
EURO = "EUR"
SOURCES = ("page", "snapshot", "day", "interpolated", "reference", "none")  # from the best on; none: it is euro already
RATE_COLUMNS = ["base", "quote", "source", "rate", "rate_low", "rate_high", "pages", "rate_date"]
DAY = datetime.timedelta(days=1)
_CODE = re.compile(r"(?<![A-Za-z])([A-Z]{3,4})(?![A-Za-z])")

Pair = tuple[str, str]  # one unit of the first costs so many of the second
Quotes = dict[Pair, float]


class Way(NamedTuple):
    """Euro per unit of a currency, where that comes from, and over which pairs."""

    rate: float
    source: str
    path: str
    reference_day: datetime.date | None = None  # of the euro reference rate that was used


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """Codes of all currencies that can be told apart."""
    return frozenset(COINS) | reference_currencies()


@lru_cache(maxsize=1024)
def read_pair(text: str, base: str | None = None) -> Pair | None:
    """The first two currencies that a text names: `"1 XMR = USD"` or `"XMR/USD"` -> XMR in USD; else None.

    `base`: the currency that is priced, where the text names only the other one.
    """
    known = [code for code in _CODE.findall(text) if code in currencies()]
    if base is not None and len(known) == 1:
        known.insert(0, base)
    return (known[0], known[1]) if len(known) >= 2 and known[0] != known[1] else None


def page_quotes(rate_text: str | None, rate_pair: str | None, rates: str | None) -> Quotes:
    """Exchange rates that a page prints: the one that its market file names, and all others (JSON of pair and number).

    Where those name one currency only, they say what the coin of the first is in each.

    A rate that is no number above zero, or whose pair is not understood, is none.
    """
    named = read_pair(rate_pair or "")
    printed = [(rate_pair or "", rate_text), *(json.loads(rates).items() if rates else ())]
    found: Quotes = {}
    for name, text in printed:
        pair, number = read_pair(name, named and named[0]), read_price(text)
        if pair and number:
            found.setdefault(pair, number)
    return found


class DailyRates:
    """Daily series of rates, by pair."""

    def __init__(self, series: Mapping[Pair, Mapping[datetime.date, float]], widest: int = 7) -> None:
        self._series = {pair: dict(sorted(days.items())) for pair, days in series.items()}
        self._days = {pair: list(days) for pair, days in self._series.items()}
        self._widest = widest * DAY

    def on(self, day: datetime.date) -> Quotes:
        """Rates of that very day."""
        return {pair: days[day] for pair, days in self._series.items() if day in days}

    def between(self, day: datetime.date) -> Quotes:
        """Rates of a missing day from the days around it, which are not further apart than the widest gap.

        The logarithm runs straight between the two, so that a rate and its inverse agree. Nothing is said of days
        before the first and after the last.
        """
        found: Quotes = {}
        for pair, days in self._days.items():
            place = bisect_left(days, day)
            if day in self._series[pair] or not 0 < place < len(days) or days[place] - days[place - 1] > self._widest:
                continue
            before, after = days[place - 1], days[place]
            share = (day - before) / (after - before)
            low, high = self._series[pair][before], self._series[pair][after]
            found[pair] = math.exp(math.log(low) * (1 - share) + math.log(high) * share)
        return found


def _rows(path: str | Path) -> Iterator[tuple[Pair, datetime.date, float]]:
    """Rows of a rate file: columns date and price_usd (dollar per bitcoin), or date, base, quote and rate."""
    with Path(path).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        for row in reader:
            try:
                pair = (row["base"], row["quote"]) if "rate" in row else ("BTC", "USD")
                number = read_price(row["rate"] if "rate" in row else row["price_usd"])
                day = datetime.date.fromisoformat(row["date"])
            except (KeyError, ValueError, TypeError):
                number = None
            if not number or not set(pair) <= currencies():
                raise InputError(
                    f"no rate in this line: {', '.join(str(text) for text in row.values())}",
                    where=f"{path}, line {reader.line_num}",
                    not_done="no price was converted",
                    do="the file needs the columns date and price_usd (dollar per bitcoin), or date, base, quote and "
                    "rate, with dates as 2019-01-31 and rates above zero",
                )
            yield pair, day, number


def read_daily_rates(paths: Iterable[str | Path], widest: int = 7) -> DailyRates:
    """Daily rates of all files; a later file counts where two name one day. `widest`: days between two rates.

    Raises
    ------
    InputError : a line without a day or a rate above zero; names file and line.
    """
    series: dict[Pair, dict[datetime.date, float]] = defaultdict(dict)
    for path in paths:
        for pair, day, number in _rows(path):
            series[pair][day] = number
    return DailyRates(series, widest)


def medians(quotes: Iterable[Quotes]) -> Quotes:
    """The middle rate of each pair over all pages."""
    printed: dict[Pair, list[float]] = defaultdict(list)
    for page in quotes:
        for pair, number in page.items():
            printed[pair].append(number)
    return {pair: median(numbers) for pair, numbers in printed.items()}


class Rates:
    """All rates that serve one snapshot.

    Parameters
    ----------
    pages : rates that each page prints, by page id.
    daily : daily series of the study.
    day : the day of the snapshot.
    """

    def __init__(self, pages: Mapping[str, Quotes], daily: DailyRates, day: datetime.date) -> None:
        self.pages, self.day = pages, day
        self.levels = {
            "snapshot": medians(pages.values()),
            "day": daily.on(day),
            "interpolated": daily.between(day),
        }
        self._known: dict[tuple[str, str | None], Way | None] = {}

    def euro(self, currency: str | None, page: str | None) -> Way | None:
        """Euro per unit of a currency on a page; None where no source knows a way."""
        if currency is None or currency not in currencies():
            return None
        key = (currency, page if page in self.pages else None)
        if key not in self._known:
            self._known[key] = self._find(currency, self.pages.get(page or "", {}))
        return self._known[key]

    def bitcoin_in_dollar(self, page: str | None) -> tuple[float, str] | None:
        """Dollar per bitcoin and its source, from the best source that names this pair."""
        for source, quotes in ({"page": self.pages.get(page or "", {})} | self.levels).items():
            if number := quotes.get(("BTC", "USD")):
                return number, source
        return None

    def _find(self, currency: str, printed: Quotes) -> Way | None:
        if currency == EURO:
            return Way(1.0, "none", "")
        if way := self._along(currency, {}, "reference"):
            return way
        for source, quotes in ({"page": printed} | self.levels).items():
            if quotes and (way := self._along(currency, quotes, source)):
                return way
        return None

    def _along(self, currency: str, quotes: Quotes, source: str) -> Way | None:
        """The shortest way from a currency to euro over these quotes (either way round) and the reference rates."""
        ways: list[tuple[str, float, list[str], datetime.date | None]] = [(currency, 1.0, [], None)]
        seen = {currency}
        while ways:
            here, rate, path, used = ways.pop(0)
            if here == EURO:
                return Way(rate, source, " ".join(path), used)
            for there, step, reference_day in self._steps(here, quotes):
                if there not in seen:
                    seen.add(there)
                    ways.append((there, rate * step, [*path, f"{here}/{there}"], reference_day or used))
        return None

    def _steps(self, here: str, quotes: Quotes) -> Iterator[tuple[str, float, datetime.date | None]]:
        """Currencies one step away: euro by the reference rate, then printed ones: euro, dollar, the others by name."""
        if reference := reference_rate(here, self.day):
            yield EURO, reference.rate, reference.date
        steps = {base: 1 / number for (base, quote), number in quotes.items() if quote == here}
        steps |= {quote: number for (base, quote), number in quotes.items() if base == here}
        for there in sorted(steps, key=lambda name: (name != EURO, name != "USD", name)):
            yield there, steps[there], None

    def table(self) -> list[dict[str, Any]]:
        """Every rate of the snapshot's day by pair and source: the median, the range, and the number of pages."""
        printed: dict[Pair, list[float]] = defaultdict(list)
        for quotes in self.pages.values():
            for pair, number in quotes.items():
                printed[pair].append(number)
        rows = [_row(pair, "page", median(numbers), numbers, self.day) for pair, numbers in printed.items()]
        for source in ("day", "interpolated"):
            rows += [_row(pair, source, number, (), self.day) for pair, number in self.levels[source].items()]
        for currency in sorted(reference_currencies() - {EURO}):
            if reference := reference_rate(currency, self.day):
                rows.append(_row((currency, EURO), "reference", reference.rate, (), reference.date))
        return sorted(rows, key=lambda row: (row["base"], row["quote"], SOURCES.index(row["source"])))


def _row(pair: Pair, source: str, rate: float, printed: Iterable[float], day: datetime.date) -> dict[str, Any]:
    numbers = list(printed)
    return {
        "base": pair[0],
        "quote": pair[1],
        "source": source,
        "rate": rate,
        "rate_low": min(numbers, default=None),
        "rate_high": max(numbers, default=None),
        "pages": len(numbers),
        "rate_date": str(day),
    }
