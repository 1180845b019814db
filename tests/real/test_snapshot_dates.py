"""Real snapshots are dated as those who kept them say, and what speaks for it agrees."""

import datetime
from pathlib import Path

import pytest
from cryptodrug.dating.conclude import conclude
from cryptodrug.dating.evidence import FIRST_POSSIBLE
from cryptodrug.dating.rates import CROSSES, around, crosses, days_by_crosses
from cryptodrug.markets.dates import all_evidence, gather
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.reading.reader import Reader
from real_data import MARKETS, shared_data

# market file, pages, date, days between the first and the last, what it rests on, all kinds of evidence
DATED = [
    ("white-house", "white-house/2020-04-04", "2020-04-04", 0, "clock", {"clock", "name", "cross"}),
    ("white-house", "white-house/2020-09-17", "2020-09-17", 0, "clock", {"clock", "name", "cross"}),
    ("cypher", "cypher/2020-04-16", "2020-04-16", 0, "name", {"name", "identifier"}),
    ("cypher", "cypher/2020-09-17", "2020-09-17", 0, "name", {"name", "identifier"}),
    ("yellow-brick", "yellow-brick/2020-09-17", "2020-09-17", 0, "name", {"name"}),
    ("hansa", "hansa/listings-2016-12-11.csv.gz", "2016-12-11", 2, "row", {"row", "name"}),
    ("agora", "agora/index-2014-08-27.html", "2014-08-27", 0, "name", {"name", "rate"}),
]


@pytest.fixture(scope="module")
def folder():
    return shared_data() / "markets"


def _name(value: object) -> str:
    """The name of a case: the same in every run."""
    return "-".join(sorted(value)) if isinstance(value, set) else str(value)


@pytest.mark.parametrize(("market", "pages", "day", "span", "rests_on", "kinds"), DATED, ids=_name)
def test_dates(folder, market, pages, day, span, rests_on, kinds):
    gatherer = gather(Reader(read_adapter(MARKETS / f"{market}.yaml")), Path(folder / pages))
    evidence = all_evidence(gatherer, [str(folder / "agora" / "btc-usd.csv")] if market == "agora" else [])
    dating = conclude(evidence)
    assert {one.kind for one in evidence} == kinds
    assert (str(dating.day), dating.rests_on, dating.strays, dating.against) == (day, rests_on, 0, [])
    assert dating.last - dating.first == datetime.timedelta(days=span)


@pytest.mark.parametrize(("market", "pages"), [("white-house", 20), ("empire", 12), ("cryptonia", 24)])
def test_rates_between_state_currencies_fit_few_days_and_that_of_the_clock_always(folder, market, pages):
    reader, days = (
        Reader(read_adapter(MARKETS / f"{market}.yaml")),
        around(FIRST_POSSIBLE, datetime.date(2021, 1, 1), 0),
    )
    seen = 0
    for page in sorted(path for path in (folder / market).rglob("*") if "expected" not in path.parts):
        if not page.is_file() or page.suffix in (".md", ".csv", ".json"):
            continue
        gatherer = gather(reader, page)
        clocks = [day for one in gatherer.evidence() if one.kind == "clock" for day in one.days]
        if clocks and len(crosses(gatherer.quotes)) >= CROSSES:
            found = days_by_crosses(gatherer.quotes, days)
            assert clocks[0] in found and len(found) <= 35
            seen += 1
    assert seen == pages


def test_a_rate_older_than_the_name_is_seen_in_two_prices_of_one_offer(folder):
    """One page of April 2020 prices 60 dollars at 0.005802 bitcoin, more than a bitcoin cost in March or April."""
    reader = Reader(read_adapter(MARKETS / "yellow-brick.yaml"))
    rates = gather(reader, folder / "yellow-brick" / "2020-04-04").rates
    assert set(rates) == {("BTC", "USD")}
    assert all(10_330 < rate < 10_350 for rate in rates["BTC", "USD"])
