"""Days on which exchange rates were those of a page: by daily series, and by the rates between state currencies.

A page that prices one coin in several state currencies implies the rates between these. They move by tenths of a per
cent from day to day, so with three or more of them few days are left, and no series of the coin is needed.
On 56 pages of three markets that also have a clock, 3 to 35 days in twelve years were found so, the right one always
among them. Another market kept rates between currencies that were older than its prices: so this is evidence, no date.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from statistics import median

from cryptodrug.harmonise.money import reference_currencies, reference_rate
from cryptodrug.harmonise.rates import EURO, DailyRates, Pair, Quotes

WITHIN = 0.03  # of a daily rate of a coin: it moves by some per cent within a day
CROSS_WITHIN = 0.008  # of a rate between state currencies: coins are priced apart in each, by half a per cent
CROSSES = 3  # currencies beside the euro: with fewer, too many days fit
DAY = datetime.timedelta(days=1)


def crosses(quotes: Quotes) -> dict[str, float]:
    """Units of each state currency per euro that the prices of coins imply; the middle one over several coins."""
    implied: dict[str, list[float]] = {}
    for coin in {base for base, _ in quotes} - reference_currencies():
        euro = quotes.get((coin, EURO))
        for currency in reference_currencies() - {EURO} if euro else ():
            if price := quotes.get((coin, currency)):
                implied.setdefault(currency, []).append(price / euro)
    return {currency: median(rates) for currency, rates in implied.items()}


def _fits(day: datetime.date, implied: Mapping[str, float]) -> bool:
    for currency, rate in implied.items():
        reference = reference_rate(currency, day)
        if reference is None or abs(rate * reference.rate - 1) > CROSS_WITHIN:
            return False
    return True


def days_by_crosses(quotes: Quotes, days: Iterable[datetime.date]) -> Counter:
    """Those of `days` on which the reference rates are the implied ones; none, where too few currencies are priced."""
    implied = crosses(quotes)
    return Counter(day for day in days if len(implied) >= CROSSES and _fits(day, implied))


def days_by_series(quotes: Quotes, daily: DailyRates, days: Iterable[datetime.date]) -> Counter:
    """Those of `days` on which every printed rate that the series know is theirs; no rate is known: none."""
    found: Counter = Counter()
    for day in days:
        known: dict[Pair, float] = daily.on(day)
        both = [(quotes[pair], known[pair]) for pair in sorted(set(quotes) & set(known))]
        if both and all(abs(printed / rate - 1) <= WITHIN for printed, rate in both):
            found[day] = 1
    return found


def around(first: datetime.date, last: datetime.date, reach: int) -> list[datetime.date]:
    """All days from `reach` days before the first to as many after the last."""
    return [first + number * DAY for number in range(-reach, (last - first).days + reach + 1)]
