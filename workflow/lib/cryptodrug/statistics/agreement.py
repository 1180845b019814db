"""Agreement of coders on yes and no, and its interval over interviews."""

from dataclasses import dataclass
from math import lcm

import numpy as np

from cryptodrug.statistics.bootstrap import UNDEFINED, Interval, resample

METHOD = "bootstrap-interviews"
FEWEST_INTERVIEWS = 6
# Krippendorff (2004), section 11.3.3
FIRM, TENTATIVE = 0.8, 0.667
# alpha and its like say little when nearly all ratings are the same
LEAST_YES, MOST_YES = 0.1, 0.9


@dataclass(frozen=True)
class Agreement:
    """Agreement over all units. `alpha` and `ac1` are None where they are not defined.

    `agreed` and `units` count units that two coders or more have rated; `yes` is the share of yes among all ratings.
    """

    units: int
    agreed: int
    yes: float
    alpha: float | None
    ac1: float | None
    interval: Interval | None

    @property
    def printable(self) -> bool:
        """Whether the coefficients may be printed: not when nearly all ratings are the same."""
        return self.alpha is not None and LEAST_YES <= self.yes <= MOST_YES


def _rated(ratings: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Ratings and yeses per unit, of units with two ratings or more: others say nothing of agreement."""
    given = (~np.isnan(ratings)).sum(axis=0)
    yes = np.nansum(ratings, axis=0)
    pairable = given >= 2
    return np.where(pairable, given, 0).astype(np.int64), np.where(pairable, yes, 0).astype(np.int64)


def _alpha_of(sums: np.ndarray, scale: int) -> np.ndarray:
    """Alpha from sums of ratings, of yeses, and of disagreement (times `scale`); NaN where all ratings are the same."""
    ratings, yes, disagreement = sums.T
    expected = 2 * yes * (ratings - yes) / (ratings - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - disagreement / scale / expected, np.nan)


def krippendorff_alpha(ratings: np.ndarray) -> float | None:
    """Nominal alpha of yes and no: one minus observed by expected disagreement.

    Parameters
    ----------
    ratings : (coders, units) of 1, 0 and NaN (not rated).

    Returns
    -------
    None when no unit has two ratings or all ratings are the same: nothing could have disagreed.
    Source: Krippendorff (2004), Content analysis, second edition, chapter 11.
    """
    sums, scale = unit_sums(np.asarray(ratings, dtype=float))
    alpha = _alpha_of(sums.sum(axis=0, keepdims=True), scale)[0] if len(sums) else np.nan
    return None if np.isnan(alpha) else float(alpha)


def unit_sums(ratings: np.ndarray) -> tuple[np.ndarray, int]:
    """Per unit: ratings, yeses, disagreement times a scale that makes it whole; and that scale."""
    given, yes = _rated(ratings)
    scale = lcm(*(int(count) - 1 for count in np.unique(given) if count >= 2)) if (given >= 2).any() else 1
    pairs = np.maximum(given - 1, 1)
    disagreement = 2 * yes * (given - yes) * (scale // pairs)
    return np.stack([given, yes, disagreement], axis=1), scale


def gwet_ac1(ratings: np.ndarray) -> float | None:
    """AC1 of two coders who rated every unit: robust where nearly all ratings are the same (Gwet 2008)."""
    if np.isnan(ratings).any() or ratings.shape[0] != 2 or ratings.shape[1] == 0:
        return None
    observed = float((ratings[0] == ratings[1]).mean())
    share = float(ratings.mean())
    chance = 2 * share * (1 - share)
    return (observed - chance) / (1 - chance)


def cohen_kappa(both: int, only_first: int, only_second: int, neither: int) -> float | None:
    """Kappa of two coders from their four counts (Cohen 1960); None when chance alone would make them agree."""
    n = both + only_first + only_second + neither
    first, second = both + only_first, both + only_second
    by_chance = first * second + (n - first) * (n - second)
    return None if by_chance == n * n else ((both + neither) * n - by_chance) / (n * n - by_chance)


def agreement(ratings: np.ndarray, interviews: np.ndarray, draws: int, seed: int, level: float) -> Agreement:
    """Agreement over all units, with an interval for alpha.

    Interviews are drawn with replacement, all units of an interview together: codes of one person are not independent.

    Parameters
    ----------
    ratings : (coders, units) of 1, 0 and NaN.
    interviews : interview of each unit.
    draws : bootstrap draws; `seed` fixes them.
    """
    ratings = np.asarray(ratings, dtype=float)
    sums, scale = unit_sums(ratings)
    paired = sums[:, 0] >= 2
    agreed = int((paired & (sums[:, 2] == 0)).sum())
    total = sums.sum(axis=0)
    groups = [sums[interviews == name].sum(axis=0) for name in np.unique(interviews)]
    interval = None
    if len(groups) >= FEWEST_INTERVIEWS:
        drawn = resample(np.array(groups), lambda some: _alpha_of(some, scale)[:, None], draws, seed)[:, 0]
        defined = drawn[np.isfinite(drawn)]
        if len(defined) >= (1 - UNDEFINED) * len(drawn):
            low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2], method="linear")
            interval = Interval(float(low), float(high), METHOD)
    return Agreement(
        units=int(paired.sum()),
        agreed=agreed,
        yes=float(total[1] / total[0]) if total[0] else 0.0,
        alpha=krippendorff_alpha(ratings),
        ac1=gwet_ac1(ratings),
        interval=interval,
    )


def mark_of(alpha: float) -> str:
    """How firm a value of alpha is (Krippendorff 2004): firm, tentative, low."""
    return "firm" if alpha >= FIRM else "tentative" if alpha >= TENTATIVE else "low"
