"""Shares of a weighted sample with intervals that follow from its design."""

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np

from cryptodrug.statistics.intervals import wilson


@dataclass(frozen=True)
class WeightedShare:
    """A share, its interval, the sum of weights behind it, and how many equal respondents the base is worth."""

    share: float
    low: float
    high: float
    weight: float
    effective: float


def effective_number(weights: np.ndarray) -> float:
    """How many respondents of equal weight give a mean as exactly (Kish 1965, section 11.7); 0 of none."""
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0


def linearised_variance(answer: np.ndarray, inside: np.ndarray, weights: np.ndarray) -> float:
    """Variance of a weighted share by Taylor linearisation (Wolter 2007, section 6.6).

    Each respondent is a unit of one stratum, drawn with replacement: a public file does not say more. Those outside the
    base count as units with nothing, so that the size of the base counts as random (Lumley 2010, section 2.2).
    """
    base = float(weights[inside].sum())
    share = float(weights[inside & answer].sum()) / base
    parts = np.where(inside, weights * (answer - share), 0.0) / base
    n = len(parts)
    return n / (n - 1) * float(((parts - parts.mean()) ** 2).sum())


def weighted_share(answer: np.ndarray, inside: np.ndarray, weights: np.ndarray, level: float) -> WeightedShare | None:
    """Share of an answer among those inside the base, or None where the base is empty.

    The interval is symmetric for the logit of the share, with the quantile of Student's t for one unit less than there
    are respondents (Korn and Graubard 1999, section 3.2; Lumley 2010, section 2.2). Where everybody or nobody gives the
    answer there is no logit: the score interval of the effective number of respondents stands there (Wilson 1927 with
    Kish 1965).

    Parameters
    ----------
    answer, inside : one truth value per respondent of the sample: gives the answer; belongs to the base.
    weights : one per respondent, none negative.
    level : of the interval.
    """
    if (weights < 0).any():
        raise ValueError("a weight is negative")
    base = float(weights[inside].sum())
    if base <= 0 or len(weights) < 2:
        return None
    weight, effective = float(weights[inside & answer].sum()), effective_number(weights[inside])
    share = min(weight / base, 1.0)
    variance = linearised_variance(answer, inside, weights)
    if not 0 < share < 1 or variance == 0:
        low, high = wilson(share * effective, effective, level)
        return WeightedShare(share, low, high, weight, effective)
    from scipy.special import stdtrit  # slow to import, and most steps need no weights

    half = float(stdtrit(len(weights) - 1, (1 + level) / 2)) * sqrt(variance) / (share * (1 - share))
    centre = log(share / (1 - share))
    low, high = (1 / (1 + exp(-(centre + sign * half))) for sign in (-1, 1))
    return WeightedShare(share, low, high, weight, effective)
