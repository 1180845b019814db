"""Bootstrap over vendors (B): listings of one vendor are not independent, so vendors are drawn, not listings.

Intervals are those of `adjusted_interval`. The plain percentile interval stays for ranks, which no correction suits:
with some dozens of vendors of very unequal size it is too narrow, and leaves out the true value on one side more often
than on the other (docs/recovery.md).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from cryptodrug.statistics.influence import degrees_of_freedom, left_out

CHUNK = 250  # draws in memory at a time
LEFT_OUT = 2_000  # vendors left out, each alone, in memory at a time
INVERSIONS = 30  # halvings in the search for a p-value
UNDEFINED = 0.05  # more undefined draws than this: no interval
FEWEST = 10  # focus vendors from which an interval is printed
EXACT = 30  # focus vendors from which it is printed without "approximate"
APPROXIMATE = "bootstrap-vendors-approximate"
METHOD = "bootstrap-vendors"

Statistic = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Interval:
    """Ends of an interval and how it was made."""

    low: float
    high: float
    method: str


def _weights(strata: np.ndarray, draws: int, seed: int) -> Iterator[np.ndarray]:
    """How often each vendor is drawn, (draws in chunk, vendors); within each stratum, with replacement."""
    generator = np.random.Generator(np.random.PCG64(seed))
    members = [np.flatnonzero(strata == name) for name in np.unique(strata)]
    for begin in range(0, draws, CHUNK):
        size = min(CHUNK, draws - begin)
        weights = np.zeros((size, len(strata)))
        for group in members:
            n = len(group)
            drawn = generator.integers(0, n, size=(size, n)) + n * np.arange(size)[:, None]
            weights[:, group] = np.bincount(drawn.ravel(), minlength=size * n).reshape(size, n)
        yield weights


def resample(
    values: np.ndarray, statistic: Statistic, draws: int, seed: int, strata: np.ndarray | None = None
) -> np.ndarray:
    """The statistic in each draw.

    Parameters
    ----------
    values : (vendors, m) whole numbers; a draw adds up the rows of the vendors drawn. Sums of whole numbers below 2^53
        are exact in any order, so they are the same whatever the number of processors.
    statistic : from (draws, m) sums to (draws, k) estimates; NaN where undefined.
    strata : label of each vendor; drawn within it (market; or group for ratios between groups).

    Returns
    -------
    (draws, k). Source: Davison & Hinkley (1997), chapter 2.
    """
    values = np.asarray(values, dtype=np.int64).astype(float)
    strata = np.zeros(len(values), dtype=int) if strata is None else np.asarray(strata)
    parts = []
    with np.errstate(divide="ignore", invalid="ignore"):
        for weights in _weights(strata, draws, seed):
            parts.append(np.atleast_2d(statistic(weights @ values).T).T)
    return np.concatenate(parts)


def influence_of(values: np.ndarray, statistic: Statistic, strata: np.ndarray | None = None) -> np.ndarray:
    """What each vendor adds to the estimate, by leaving it out (jackknife): (vendors, k), zero on average in a stratum.

    The sum of squares is the variance of the estimate.
    """
    values = np.asarray(values, dtype=np.int64)
    strata = np.zeros(len(values), dtype=int) if strata is None else np.asarray(strata)
    total, parts = values.sum(axis=0), []
    with np.errstate(divide="ignore", invalid="ignore"):
        for begin in range(0, len(values), LEFT_OUT):
            without = (total - values[begin : begin + LEFT_OUT]).astype(float)
            parts.append(np.atleast_2d(statistic(without).T).T)
    without = np.concatenate(parts)
    found = np.zeros(without.shape)
    for name in np.unique(strata):
        group = np.flatnonzero(strata == name)
        found[group] = left_out(without[group])
    return found


@dataclass(frozen=True)
class Drawn:
    """Some statistics of vendors: (k,) estimates, (draws, k) estimates in the draws, (vendors, k) influences."""

    point: np.ndarray
    draws: np.ndarray
    influence: np.ndarray

    def interval(self, place: int, level: float, focus_vendors: int) -> Interval | None:
        """Interval of the statistic at `place`."""
        return adjusted_interval(
            self.point[place], self.draws[:, place], self.influence[:, place], level, focus_vendors
        )


def draw_vendors(
    values: np.ndarray, statistic: Statistic, draws: int, seed: int, strata: np.ndarray | None = None
) -> Drawn:
    """The statistics of all vendors, of each draw, and the influence of each vendor; parameters as in `resample`."""
    with np.errstate(divide="ignore", invalid="ignore"):
        point = np.atleast_1d(statistic(np.asarray(values).sum(axis=0, keepdims=True).astype(float))[0])
    return Drawn(point, resample(values, statistic, draws, seed, strata), influence_of(values, statistic, strata))


def _method(focus_vendors: int) -> str:
    return METHOD if focus_vendors >= EXACT else APPROXIMATE


def _defined(estimates: np.ndarray, focus_vendors: int) -> np.ndarray | None:
    """The defined draws, or None: fewer than ten focus vendors, or too many undefined draws."""
    defined = estimates[np.isfinite(estimates)]
    return None if focus_vendors < FEWEST or len(defined) < (1 - UNDEFINED) * len(estimates) else defined


def percentile_interval(estimates: np.ndarray, level: float, focus_vendors: int) -> Interval | None:
    """Percentile interval of one statistic, or None: fewer than ten focus vendors, or too many undefined draws.

    From ten to twenty-nine vendors the nominal level is not quite reached (typology, section 3): approximate.
    """
    defined = _defined(estimates, focus_vendors)
    if defined is None:
        return None
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2], method="linear")
    return Interval(float(low), float(high), _method(focus_vendors))


def adjusted_interval(
    point: float, estimates: np.ndarray, influence: np.ndarray, level: float, focus_vendors: int
) -> Interval | None:
    """Bias-corrected, accelerated interval (Efron 1987), its percentiles widened for few vendors (Hesterberg 2015).

    1. Widened: the percentiles are those of Student's distribution with as many degrees of freedom as the variance of
       the estimate has: few when some vendors decide, whatever their number.
    2. Corrected for the share of draws below the estimate, and for the skewness of the influences.

    None where `percentile_interval` gives none, and where no draw differs from the estimate: nothing can then be said.
    """
    from scipy.special import ndtr, ndtri, stdtrit

    defined = _defined(estimates, focus_vendors)
    squares = (influence**2).sum()
    if defined is None or squares == 0 or np.ptp(defined) == 0:
        return None
    acting = int((influence != 0).sum())
    sides = np.array([1 - level, 1 + level]) / 2
    normal = np.sqrt(acting / (acting - 1)) * stdtrit(degrees_of_freedom(influence), sides)
    nearly = 1e-9 * max(abs(point), float(np.ptp(defined)))
    below = ((defined < point - nearly).sum() + (defined <= point + nearly).sum()) / 2
    bias = ndtri(min(max(below, 1), len(defined) - 1) / len(defined))
    acceleration = (influence**3).sum() / (6 * squares**1.5)
    shifted = bias + normal
    places = ndtr(bias + shifted / np.maximum(1 - acceleration * shifted, 1e-3))
    low, high = np.quantile(defined, places, method="linear")
    return Interval(float(low), float(high), _method(focus_vendors))


def inverted_p(drawn: Drawn, place: int, null: float, focus_vendors: int) -> float | None:
    """Two-sided p-value of `null`: the smallest error at which the interval of the statistic still leaves it out.

    So a p-value and an interval never disagree (Davison & Hinkley 1997, section 4.4). It is never below two by the
    number of draws: so few draws cannot tell. None where there is no interval.
    """
    if drawn.interval(place, 0.5, focus_vendors) is None:
        return None
    smallest = 2 / len(drawn.draws)
    held, left_out_at = smallest, 1.0  # errors at which the null is inside, and outside
    for _ in range(INVERSIONS):
        middle = (held + left_out_at) / 2
        interval = drawn.interval(place, 1 - middle, focus_vendors)
        if interval.low <= null <= interval.high:
            held = middle
        else:
            left_out_at = middle
    return max(smallest, left_out_at)
