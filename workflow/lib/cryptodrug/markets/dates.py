"""The date of a snapshot, from its name, its pages and their rates, with the evidence for each."""

import argparse
import datetime
import json
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

from cryptodrug.archive import pages
from cryptodrug.dating.conclude import Dating, conclude, merged
from cryptodrug.dating.evidence import FIRST_POSSIBLE, MEANING, Evidence, evidence_of
from cryptodrug.dating.gather import Gatherer
from cryptodrug.dating.rates import around, days_by_crosses, days_by_series
from cryptodrug.harmonise.money import reference_bounds
from cryptodrug.harmonise.rates import Pair, read_daily_rates
from cryptodrug.markets.find import market_file, page_source
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.reading.observe import observe_pages, observe_table, reads_as_table
from cryptodrug.reading.reader import Reader
from cryptodrug.reading.tables import COLUMNS_OF

SHOWN = 4  # periods that are printed of evidence that fits many days


def gather(reader: Reader, source: Path) -> Gatherer:
    """Read all pages of a folder, an archive or a table for what they say about their date."""
    gatherer = Gatherer(source.resolve())
    writers = {table: gatherer.table(table) for table in (*COLUMNS_OF, "page")}
    if reads_as_table(reader, source):
        observe_table(reader, source, reader.adapter.market, "", writers)
    else:
        observe_pages(reader, pages(source), reader.adapter.market, "", writers)
    return gatherer


def all_evidence(gatherer: Gatherer, rate_files: list[str]) -> list[Evidence]:
    """What the pages tell, and the days on which the rates are theirs."""
    evidence = list(gatherer.evidence())
    last = reference_bounds("USD")[1]
    days = around(FIRST_POSSIBLE, last, 0)
    if rate_files:
        evidence += evidence_of("rate", days_by_series(gatherer.quotes, read_daily_rates(rate_files), days))
    return evidence + evidence_of("cross", days_by_crosses(gatherer.quotes, days))


def _periods(one: Evidence, near: datetime.date | None) -> str:
    """The days of evidence as periods, those nearest to the date first where there are many."""
    periods = merged(Counter(one.days))
    shown = periods
    if len(periods) > SHOWN:
        distance = (lambda period: abs(period[0] - near)) if near else (lambda period: period[0])
        shown = sorted(sorted(periods, key=distance)[:SHOWN])
    text = ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in shown)
    return text + (f" and {len(periods) - len(shown)} other periods" if len(periods) > len(shown) else "")


def _as_json(evidence: list[Evidence], dating: Dating, rates: dict[Pair, list[float]]) -> dict[str, Any]:
    def day(value: datetime.date | None) -> str | None:
        return None if value is None else str(value)

    return {
        "snapshot_date": day(dating.day),
        "first_day": day(dating.first),
        "last_day": day(dating.last),
        "rests_on": dating.rests_on,
        "strays": dating.strays,
        "against": dating.against,
        "rates": _ranges(rates),
        "evidence": {one.kind: {str(when): count for when, count in one.days.items()} for one in evidence},
    }


def _ranges(rates: dict[Pair, list[float]]) -> dict[str, list[float]]:
    """Lowest, middle and highest rate of each pair: a wide range means a crawl of several days."""
    return {"/".join(pair): [min(found), median(found), max(found)] for pair, found in sorted(rates.items())}


def _print(evidence: list[Evidence], dating: Dating, rates: dict[Pair, list[float]]) -> None:
    for name, (low, middle, high) in _ranges(rates).items():
        print(f"printed    {name} {middle:g} ({low:g} to {high:g})")
    for one in evidence:
        print(f"{one.kind:<11}{_periods(one, dating.day or dating.first)} ({MEANING[one.kind]}; {one.count} in all)")
    if dating.day is None:
        print("the evidence gives no day" if dating.first is None else "the evidence gives a span, no day")
    else:
        span = "" if dating.first == dating.last else f", a crawl from {dating.first} to {dating.last}"
        print(f"snapshot date: {dating.day}{span}, by {dating.rests_on}")
    if dating.strays:
        print(f"strays: {dating.strays} pages or rows more than 30 days from most others")
    for text in dating.against:
        print(f"against it: {text}")


def dates(options: argparse.Namespace) -> int:
    """Print the date of a snapshot with its evidence; 0: a date and nothing against it, 1: otherwise.

    Raises
    ------
    AdapterError, InputError : the market file is wrong, or the pages cannot be read (exit status 2).
    """
    gatherer = gather(Reader(read_adapter(market_file(options.market))), page_source(options.pages))
    evidence = all_evidence(gatherer, options.rates)
    dating = conclude(evidence)
    if options.json:
        print(json.dumps(_as_json(evidence, dating, gatherer.rates)))
    else:
        _print(evidence, dating, gatherer.rates)
    return 0 if dating.day is not None and not dating.against else 1
