"""What the pages of one archive say about its date, gathered while they are read: nothing but counts is kept."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from statistics import median
from typing import Any

from cryptodrug.dating.evidence import Evidence, day_of_identifier, days_in_name, evidence_of, possible
from cryptodrug.harmonise.dates import read_day
from cryptodrug.harmonise.money import read_price
from cryptodrug.harmonise.rates import COINS, Pair, Quotes, currencies, page_quotes
from cryptodrug.reading.writer import columns_of

# columns that can hold the date of something that was before the capture
PRINTED = (
    "posted_text",
    "last_seen_text",
    "registered_text",
    "vendor_seen_text",
    "vendor_registered_text",
    "listed_text",
)
Columns = dict[str, list[Any]]

_day = lru_cache(maxsize=100_000)(read_day)


class Gatherer:
    """Takes observed rows as the writers of tables do; `evidence()` says what they tell."""

    def __init__(self, archive: Path) -> None:
        self._names = Counter(day for name in archive.parts[-2:] for day in days_in_name(name))
        self._days: dict[str, Counter] = defaultdict(Counter)
        self._pages: list[Quotes] = []
        self._offers: dict[tuple[str, str], tuple[float, str]] = {}
        self._implied: dict[Pair, list[float]] = defaultdict(list)
        self.pages = 0

    def table(self, name: str) -> "_Taker":
        """The place that takes the rows of one observed table."""
        return _Taker(name, self)

    def take_pages(self, columns: Columns, count: int) -> None:
        """Paths, times of capture, clocks and rates of pages."""
        self.pages += count
        for path in columns["path"]:
            folders = PurePosixPath(path).parts[:-1]
            self._names.update(day for name in folders for day in days_in_name(name))
        for kind, column in (("capture", "captured_at"), ("clock", "clock_text")):
            self._count(kind, columns.get(column, ()))
        printed = (columns.get(name) or [None] * count for name in ("rate_text", "rate_pair", "rates"))
        self._pages += [found for texts in zip(*printed, strict=True) if (found := page_quotes(*texts))]

    def take_rows(self, table: str, columns: Columns, count: int) -> None:
        """Dates and identifiers in rows."""
        self._count("row", columns.get("seen_text", ()))
        for column in PRINTED:
            self._count("printed", columns.get(column, ()))
        for text in columns.get("native_id", ()):
            if text and (day := day_of_identifier(text)):
                self._days["identifier"][day] += 1
        shown = (
            columns.get(name) or [None] * count for name in ("page_id", "native_id", "price_text", "price_currency")
        )
        if table in ("listing", "price"):
            for page, native, text, currency in zip(*shown, strict=True):
                self._take_price(table, (page, native), read_price(text), currency)

    def _take_price(self, table: str, offer: tuple[str, str], amount: float | None, currency: str | None) -> None:
        """A further price of an offer in another currency implies a rate; prices by quantity do not."""
        if not amount or currency not in currencies():
            return
        if table == "listing":
            # the prices of a page come right behind its offers
            if self._offers and next(iter(self._offers))[0] != offer[0]:
                self._offers.clear()
            self._offers[offer] = (amount, currency)
        elif offer in self._offers and self._offers[offer][1] != currency:
            first, of = self._offers[offer]
            if {currency, of} & set(COINS):
                self._implied[currency, of].append(first / amount)

    def _count(self, kind: str, texts: Any) -> None:
        self._days[kind].update(day for text in texts if text and (day := _day(text)) and possible(day))

    @property
    def rates(self) -> dict[Pair, list[float]]:
        """Every rate that a page prints, or that two prices of one offer imply where no page prints that pair."""
        printed: dict[Pair, list[float]] = defaultdict(list)
        for quotes in self._pages:
            for pair, rate in quotes.items():
                printed[pair].append(rate)
        return dict(self._implied) | printed

    @property
    def quotes(self) -> Quotes:
        """The middle rate of each pair."""
        return {pair: median(rates) for pair, rates in self.rates.items()}

    def evidence(self) -> Iterator[Evidence]:
        """What was found, but for rates."""
        for kind in ("capture", "clock", "row"):
            yield from evidence_of(kind, self._days[kind])
        yield from evidence_of("name", self._names)
        for kind in ("printed", "identifier"):
            if days := self._days[kind]:
                # only the latest day tells something
                yield Evidence(kind, {max(days): days[max(days)]})


class _Taker:
    """Takes the rows of one table and hands them on."""

    def __init__(self, name: str, gatherer: Gatherer) -> None:
        self._name, self._gatherer = name, gatherer

    def add(self, names: tuple[str, ...], rows: list[list[Any]]) -> None:
        """Rows with their columns, as a table writer takes them."""
        columns, count = columns_of(names, rows), len(rows)
        if self._name == "page":
            self._gatherer.take_pages(columns, count)
        else:
            self._gatherer.take_rows(self._name, columns, count)
