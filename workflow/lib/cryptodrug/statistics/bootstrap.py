"""Bootstrap over vendors (B): listings of one vendor are not independent, so vendors are drawn, not listings."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

CHUNK = 250  # draws in memory at a time
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


def percentile_interval(estimates: np.ndarray, level: float, focus_vendors: int) -> Interval | None:
    """Percentile interval of one statistic, or None: fewer than ten focus vendors, or too many undefined draws.

    From ten to twenty-nine vendors the nominal level is not quite reached (typology, section 3): approximate.
    """
    defined = estimates[np.isfinite(estimates)]
    if focus_vendors < FEWEST or len(defined) < (1 - UNDEFINED) * len(estimates):
        return None
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2], method="linear")
    return Interval(float(low), float(high), METHOD if focus_vendors >= EXACT else APPROXIMATE)
