"""How long something lasts when its end is only known to lie between two looks (typology, V11)."""

from itertools import pairwise

import numpy as np

ROUNDS = 20_000
CLOSE = 1e-10
NOTHING = 1e-9  # a smaller probability counts as none


def innermost(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The intervals that can have probability in the most likely distribution (Turnbull 1976): (m, 2), in order.

    They begin with the low end of one observation and end with the next high end, nothing between them. An end belongs
    to an interval, its beginning does not.
    """
    # at the same value ends come before beginnings: (0, 2] and (2, 3] have nothing in common
    edges = sorted({(float(value), 1) for value in low} | {(float(value), 0) for value in high})
    found = [(one[0], two[0]) for one, two in pairwise(edges) if one[1] == 1 and two[1] == 0]
    return np.array(found).reshape(-1, 2)


def interval_survival(low: np.ndarray, high: np.ndarray, weights: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Share that lasts longer than each of the times, the most likely without any assumption on its form.

    By self-consistency (Turnbull 1976; Efron 1967), all draws at once. Without overlaps between the intervals it is the
    product-limit estimate (Kaplan & Meier 1958).

    Parameters
    ----------
    low, high : (k,) the end lies in (low, high]; `high` infinite: nobody saw it (right-censored).
    weights : (draws, k) number of cases of each kind.
    times : (m,) in the unit of `low`.

    Returns
    -------
    (draws, m); NaN where the data leave open how many of an interval last so long, and where there is no case.
    """
    weights = np.atleast_2d(weights).astype(float)
    total = weights.sum(axis=1, keepdims=True)
    cells = innermost(low, high)
    if len(cells) == 0:
        return np.full((len(weights), len(times)), np.nan)
    fits = ((low[:, None] <= cells[:, 0]) & (cells[:, 1] <= high[:, None])).astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = weights / total
        mass = np.full((len(weights), len(cells)), 1 / len(cells))
        for _ in range(ROUNDS):
            within = mass @ fits.T
            moved = mass * ((shares / np.where(within > 0, within, np.inf)) @ fits)
            step = np.nanmax(np.abs(moved - mass), initial=0)
            mass = moved
            if step < CLOSE:
                break
    gone = (cells[:, 1][:, None] <= times).astype(float)
    open_cells = ((cells[:, 0][:, None] < times) & (times < cells[:, 1][:, None])).astype(float)
    lasting = np.clip(1 - mass @ gone, 0, 1)
    return np.where((mass @ open_cells > NOTHING) | (total == 0), np.nan, lasting)


def pooled_odds_ratio(ends: np.ndarray, stays: np.ndarray, other_ends: np.ndarray, other_stays: np.ndarray):
    """Odds to end in a group against those in the others, pooled over periods (Mantel & Haenszel 1959).

    Those at risk in each period are those who are there then, whenever they came: so late entry (left truncation) and
    censoring both are allowed for. That it is one is what the log-rank test tests (Mantel 1966).

    Parameters
    ----------
    ends, stays, other_ends, other_stays : (draws, periods) of those at risk in a period, how many do not last it and
        how many do; the group and the others.

    Returns
    -------
    (draws,); NaN where either side has no end or no stay to compare.
    """
    at_risk = ends + stays + other_ends + other_stays
    with np.errstate(divide="ignore", invalid="ignore"):
        each = np.where(at_risk > 0, 1 / at_risk, 0)
        above, below = (ends * other_stays * each).sum(axis=-1), (stays * other_ends * each).sum(axis=-1)
        return np.where((above > 0) & (below > 0), above / below, np.nan)
