"""How much of a market was seen: capture and recapture, printed totals."""

from math import exp, log, sqrt
from statistics import NormalDist
from typing import NamedTuple

from cryptodrug.statistics.intervals import wilson

FEWEST_RECAPTURED = 7


class Population(NamedTuple):
    """Estimated number, its variance."""

    size: float
    variance: float


def chapman(first: int, second: int, both: int) -> Population:
    """Size of a closed population from two captures (Chapman 1951); variance after Seber (1970).

    Popular pages are met in both captures, so the size is too low and the coverage too high.
    """
    if both < 0 or both > min(first, second):
        raise ValueError(f"{both} in both captures of {first} and {second}")
    size = (first + 1) * (second + 1) / (both + 1) - 1
    above = (first + 1) * (second + 1) * (first - both) * (second - both)
    return Population(size, above / ((both + 1) ** 2 * (both + 2)))


def schnabel(captures: list[set]) -> float:
    """Size from three or more captures (Schnabel 1938): sum of C M over sum of R."""
    marked: set = set()
    above = below = 0
    for capture in captures:
        above += len(capture) * len(marked)
        below += len(capture & marked)
        marked |= capture
    if below == 0:
        raise ValueError("nothing was captured twice")
    return above / below


def coverage_interval(passes: tuple[int, int, int], population: Population, level: float) -> tuple[float, float]:
    """Interval of the share seen in the first of two captures (first, second, both), never above one.

    Log-normal for the number not seen (Burnham et al. 1987). When everything of the second capture was in the first,
    that variance is zero and says too much: then Wilson's interval of the share of the second seen in the first.
    """
    first, second, both = passes
    unseen = population.size - first
    if unseen <= 0 or population.variance == 0:
        return wilson(both, second, level)
    z = NormalDist().inv_cdf((1 + level) / 2)
    factor = exp(z * sqrt(log(1 + population.variance / unseen**2)))
    return first / (first + unseen * factor), first / (first + unseen / factor)
