"""How much of a market was seen: capture and recapture, lists that change while they are read."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from cryptodrug.statistics.intervals import wilson

FEWEST_RECAPTURED = 7


class Population(NamedTuple):
    """Estimated number, its variance."""

    size: float
    variance: float


class Seen(NamedTuple):
    """Estimated share that was seen, with the ends of its interval."""

    share: float
    low: float
    high: float


def chapman(first: int, second: int, both: int) -> Population:
    """Size of a closed population from two captures (Chapman 1951); variance after Seber (1970).

    Popular pages are met in both captures, so the size is too low and the coverage too high.
    """
    if both < 0 or both > min(first, second):
        raise ValueError(f"{both} in both captures of {first} and {second}")
    size = (first + 1) * (second + 1) / (both + 1) - 1
    above = (first + 1) * (second + 1) * (first - both) * (second - both)
    return Population(size, above / ((both + 1) ** 2 * (both + 2)))


def schnabel(captures: list[set], others: int = 0) -> float:
    """Size from three or more captures (Schnabel 1938): sum of C M over sum of R.

    `others`: how many more the first capture met, which no later one did.
    """
    marked: set = set()
    above = below = 0
    for number, capture in enumerate(captures):
        above += len(capture) * (len(marked) + others if number else 0)
        below += len(capture & marked)
        marked |= capture
    if below == 0:
        raise ValueError("nothing was captured twice")
    return above / below


def recapture_interval(pages: list[tuple[int, int]], level: float) -> tuple[float, float]:
    """Interval of the share recaptured, from (listings, of which seen before) per page of the second capture.

    Listings of one page are found or missed together. The variance is that of a ratio over pages (Cochran 1977, section
    6.8); its excess over the binomial one shrinks the number of cases in Wilson's interval (Korn & Graubard 1998).
    """
    total = sum(size for size, _ in pages)
    seen = sum(found for _, found in pages)
    share, count = seen / total, len(pages)
    binomial = share * (1 - share) / total
    if count < 2 or binomial == 0:
        return wilson(seen, total, level)
    spread = sum((found - share * size) ** 2 for size, found in pages) * count / (count - 1) / total**2
    cases = total / max(1.0, spread / binomial)
    return wilson(share * cases, cases, level)


def good_turing(times_seen: Iterable[int], pages: int, level: float) -> Seen:
    """Share of a list that was seen, from how often each thing on it was (Good 1953, after Turing).

    For lists whose order changes while they are read: things seen once, by all sightings, are the chance that one more
    sighting is of something new. Each page shows a thing once at most, which the factor of Chao & Jost (2012), in its
    form for incidences (Chao et al. 2014), allows for. The variance is that of Esty (1983); the interval is Wilson's
    with as many cases as have it. Where some things are shown more readily than others, the share is too high (Chao &
    Lee 1992); where the order is kept, things are seen once each, and it is much too low.

    Parameters
    ----------
    times_seen : on how many pages each thing was seen, at least 1.
    pages : pages of the list that were read.
    """
    counts = Counter(times_seen)
    if not counts or min(counts) < 1 or max(counts) > pages:
        raise ValueError(f"things that were seen on {sorted(counts)} of {pages} pages")
    once, twice = counts[1], counts[2]
    total = sum(times * number for times, number in counts.items())
    factor = (pages - 1) * once / ((pages - 1) * once + 2 * twice) if once and pages > 1 else 1.0
    again = 1 - once / total
    binomial, variance = once * again, once * again + 2 * twice
    cases = total * binomial / variance if binomial else total
    low, high = wilson(again * cases, cases, level)
    return Seen(1 - factor * (1 - again), 1 - factor * (1 - low), 1 - factor * (1 - high))
