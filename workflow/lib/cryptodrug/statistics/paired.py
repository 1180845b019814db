"""Before and after on the same respondents: differences, tests, and how a claim of no change is earned.

A p-value is never printed as a number: it can give a hidden count back. `class_of` is what leaves an analysis.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb, sqrt
from statistics import NormalDist

EXACT_UP_TO = 25  # pairs that differ, for which signed ranks are counted out
CLASSES = ((0.001, "below-0001"), (0.01, "below-001"), (0.05, "below-005"))
NOT_SIGNIFICANT = "not-below-005"
SIGNIFICANT = 0.05
ROSE, FELL, UNCHANGED, OPEN = "rose", "fell", "unchanged", "no-significant-change"


def class_of(p: float | None) -> str | None:
    """The class in which a p-value is printed; None stays None."""
    if p is None:
        return None
    return next((name for limit, name in CLASSES if p < limit), NOT_SIGNIFICANT)


def sign_test(up: int, down: int) -> float | None:
    """Two-sided exact sign test (Dixon & Mood 1946), which is exact McNemar (1947) for pairs of yes and no.

    None when nobody moved: there is nothing to test.
    """
    moved = up + down
    if moved == 0:
        return None
    tail = sum(comb(moved, k) for k in range(min(up, down) + 1)) / 2**moved
    return min(1.0, 2 * tail)


@dataclass(frozen=True)
class SignedRank:
    """Signed-rank test. `z`: positive when values rose; `pairs`: those that differ; `effect`: z by their root."""

    z: float
    p: float
    effect: float
    pairs: int


def _doubled_ranks(differences: Sequence[float]) -> list[tuple[int, int]]:
    """Twice the middle rank of each difference by size, zeros ranked too and left out (Pratt 1959), with its sign."""
    sizes = sorted(abs(one) for one in differences)
    middle = {size: sizes.index(size) * 2 + sizes.count(size) + 1 for size in set(sizes)}
    return [(middle[abs(one)], 1 if one > 0 else -1) for one in differences if one]


def _exact(ranks: Sequence[int], above: int) -> float:
    """Two-sided p by counting all signs, for ranks with ties: the number of ways to each sum of positive ranks."""
    ways = [1]
    for rank in ranks:
        longer = ways + [0] * rank
        for place, number in enumerate(ways):
            longer[place + rank] += number
        ways = longer
    far = abs(2 * above - sum(ranks))
    extreme = sum(number for place, number in enumerate(ways) if abs(2 * place - sum(ranks)) >= far)
    return extreme / 2 ** len(ranks)


def signed_rank(differences: Sequence[float]) -> SignedRank | None:
    """Wilcoxon (1945) signed-rank test with the zeros of Pratt (1959): ranked, then left out.

    Parameters
    ----------
    differences : now minus before, one per respondent.

    Returns
    -------
    SignedRank : p is exact up to `EXACT_UP_TO` pairs that differ, from the normal distribution above. None when no
        pair differs.
    """
    ranked = _doubled_ranks(differences)
    if not ranked:
        return None
    ranks, above = [rank for rank, _ in ranked], sum(rank for rank, sign in ranked if sign > 0)
    z = (2 * above - sum(ranks)) / sqrt(sum(rank * rank for rank in ranks))
    p = _exact(ranks, above) if len(ranks) <= EXACT_UP_TO else 2 * (1 - NormalDist().cdf(abs(z)))
    return SignedRank(z, p, z / sqrt(len(ranks)), len(ranks))


def _score(difference: float, up: int, down: int, n: int) -> float:
    """Score statistic for a difference (Tango 1998): falls as the difference rises."""
    a, c = 2 * n, -down * difference * (1 - difference)
    b = -up - down + (2 * n - up + down) * difference
    share_down = (sqrt(max(0.0, b * b - 4 * a * c)) - b) / (2 * a)
    variance = n * (2 * share_down + difference * (1 - difference))
    distance = up - down - n * difference
    return 0.0 if distance == 0 else distance / sqrt(variance) if variance > 0 else distance * float("inf")


def tango(up: int, down: int, n: int, level: float) -> tuple[float, float]:
    """Score interval of (up - down) / n, two shares of the same respondents (Tango 1998).

    Parameters
    ----------
    up, down : respondents who moved either way. n : all who were asked both times; positive.
    """
    if n <= 0 or min(up, down) < 0 or up + down > n:
        raise ValueError(f"{up} up and {down} down of {n} are no counts")
    z, estimate, ends = NormalDist().inv_cdf((1 + level) / 2), (up - down) / n, []
    for sign in (1, -1):
        inside, outside = estimate, -float(sign)
        for _ in range(60):
            middle = (inside + outside) / 2
            if abs(_score(middle, up, down, n)) <= z:
                inside = middle
            else:
                outside = middle
        ends.append(inside)
    return ends[0], ends[1]


def verdict(rose: bool, p: float | None, interval: tuple[float, float], margin: float) -> str:
    """What may be said of a change.

    `rose` or `fell` when p is below 0.05. No change is a claim, not the lack of one: `unchanged` needs the whole
    interval of the difference inside the margin, which was fixed beforehand (equivalence; Schuirmann 1987). Else the
    change is not significant.
    """
    if p is not None and p < SIGNIFICANT:
        return ROSE if rose else FELL
    return UNCHANGED if -margin < interval[0] and interval[1] < margin else OPEN


def holm(values: Mapping[str, float | None]) -> dict[str, float | None]:
    """p-values adjusted for the tests of a family (Holm 1979); those that were not tested (None) are not counted."""
    tested = sorted((p, name) for name, p in values.items() if p is not None)
    adjusted, highest = dict.fromkeys(values), 0.0
    for place, (p, name) in enumerate(tested):
        highest = max(highest, min(1.0, (len(tested) - place) * p))
        adjusted[name] = highest
    return adjusted


def marginal_homogeneity(pairs: Sequence[tuple[str, str]], bhapkar: bool = False) -> float | None:
    """p of equal margins before and after (Stuart 1955, Maxwell 1970; `bhapkar`: Bhapkar 1966).

    Groups in which nobody came or left are taken out first. None when nobody moved, or when the covariances have no
    inverse.
    """
    moved = [pair for pair in pairs if pair[0] != pair[1]]
    names = sorted({name for pair in moved for name in pair})
    if len(names) < 2:
        return None
    import numpy as np
    from scipy.stats import chi2

    table = np.zeros((len(names), len(names)))
    for before, now in moved:
        table[names.index(before), names.index(now)] += 1
    difference = (table.sum(axis=1) - table.sum(axis=0))[:-1]
    spread = (np.diag(table.sum(axis=1) + table.sum(axis=0)) - table - table.T)[:-1, :-1]
    if bhapkar:
        spread = spread - np.outer(difference, difference) / len(pairs)
    if np.linalg.matrix_rank(spread) < len(spread):
        return None
    statistic = float(difference @ np.linalg.solve(spread, difference))
    return float(chi2.sf(statistic, len(spread)))
