"""Concentration of sales or listings among vendors: amounts of vendors, zero included, with a positive sum."""

import numpy as np


def _ordered(amounts: np.ndarray) -> np.ndarray:
    ordered = np.sort(np.asarray(amounts, dtype=float))
    if len(ordered) == 0 or ordered[0] < 0 or ordered.sum() <= 0:
        raise ValueError("concentration needs amounts of at least one vendor, none negative, not all zero")
    return ordered


def herfindahl(amounts: np.ndarray) -> float:
    """Sum of squared shares (Herfindahl 1950, Hirschman 1945): 1/n when equal, 1 when one has all."""
    ordered = _ordered(amounts)
    return float(((ordered / ordered.sum()) ** 2).sum())


def herfindahl_normalised(amounts: np.ndarray) -> float:
    """`(H - 1/n) / (1 - 1/n)`: 0 when equal whatever the number of vendors."""
    n = len(amounts)
    return (herfindahl(amounts) - 1 / n) / (1 - 1 / n) if n > 1 else 1.0


def gini(amounts: np.ndarray, corrected: bool = False) -> float:
    """Gini coefficient; corrected by n/(n-1) for few vendors (Deltas 2003)."""
    ordered = _ordered(amounts)
    n = len(ordered)
    plain = 2 * (np.arange(1, n + 1) * ordered).sum() / (n * ordered.sum()) - (n + 1) / n
    return float(plain * n / (n - 1)) if corrected and n > 1 else float(plain)


def gini_without_each(amounts: np.ndarray, corrected: bool = False) -> np.ndarray:
    """`gini` without each of the amounts in turn, from two sums of all; NaN where the others are all zero."""
    order = np.argsort(amounts, kind="stable")
    ordered = _ordered(amounts)
    n, ranks, total = len(ordered) - 1, np.arange(1, len(ordered) + 1), ordered.sum()
    larger = total - np.cumsum(ordered)  # each of these comes one rank down
    weighted, rest = (ranks * ordered).sum() - ranks * ordered - larger, total - ordered
    with np.errstate(divide="ignore", invalid="ignore"):
        plain = 2 * weighted / (n * rest) - (n + 1) / n
    found = np.empty(n + 1)
    found[order] = np.where(rest > 0, plain * n / (n - 1) if corrected and n > 1 else plain, np.nan)
    return found


def top_share_without_each(amounts: np.ndarray, share: float) -> np.ndarray:
    """`top_share` without each of the amounts in turn; NaN where the others are all zero."""
    order = np.argsort(-np.asarray(amounts, dtype=float), kind="stable")
    ordered = _ordered(amounts)[::-1]
    n = len(ordered) - 1
    wanted = max(1.0, n * share)
    whole = int(wanted)
    places, total = np.arange(n + 1), ordered.sum()
    cumulated, behind = np.concatenate([[0.0], np.cumsum(ordered)]), np.concatenate([ordered, [0.0, 0.0]])
    inside = places < whole
    top = np.where(inside, cumulated[min(whole + 1, n + 1)] - ordered, cumulated[whole])
    border = (wanted - whole) * np.where(places <= whole, behind[whole + 1], behind[whole])
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(total - ordered > 0, (top + border) / (total - ordered), np.nan)
    found = np.empty(n + 1)
    found[order] = left
    return found


def top_share(amounts: np.ndarray, share: float) -> float:
    """Share of the largest `share` of vendors, at least of one; the vendor on the border counts in part.

    Whole vendors only would make the top tenth of 29 vendors the share of two, which is 7 per cent of them.
    """
    ordered = _ordered(amounts)[::-1]
    wanted = max(1.0, len(ordered) * share)
    whole = int(wanted)
    border = (wanted - whole) * ordered[whole] if whole < len(ordered) else 0.0
    return float((ordered[:whole].sum() + border) / ordered.sum())


def lorenz(amounts: np.ndarray, points: int) -> list[tuple[float, float]]:
    """Lorenz curve at `points` equal steps of vendors, smallest first: (share of vendors, share of amount)."""
    ordered = _ordered(amounts)
    cumulated = np.concatenate([[0.0], np.cumsum(ordered) / ordered.sum()])
    positions = np.linspace(0, len(ordered), points)
    return [
        (float(at / len(ordered)), float(np.interp(at, np.arange(len(ordered) + 1), cumulated))) for at in positions
    ]
