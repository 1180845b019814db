"""Groups of cases that resemble each other, and whether they are more than chance (typology, V15)."""

from dataclasses import dataclass

import numpy as np

SWAPS = 200  # it has converged long before


def unit_scale(values: np.ndarray) -> np.ndarray:
    """Each feature (column) from 0 to 1 by its range; a feature that is the same for all is 0; missing ones stay so."""
    known = np.isfinite(values)
    low = np.where(known, values, np.inf).min(axis=0)
    width = np.where(known, values, -np.inf).max(axis=0) - low
    usable = width > 0
    with np.errstate(invalid="ignore"):
        return np.where(known, np.where(usable, (values - low) / np.where(usable, width, 1), 0.0), np.nan)


def gower(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Distances from 0 to 1 between cases with features of different kinds (Gower 1971).

    Parameters
    ----------
    one, other : (n, features) and (m, features) on a unit scale; a missing feature is left out of its pairs.

    Returns
    -------
    (n, m); the largest distance for two cases that have no feature in common.
    """
    apart, common = (np.zeros((len(one), len(other))) for _ in range(2))
    for feature in range(one.shape[1]):
        difference = np.abs(one[:, feature][:, None] - other[:, feature])
        known = np.isfinite(difference)
        apart += np.where(known, difference, 0.0)
        common += known
    return np.where(common > 0, apart / np.maximum(common, 1), 1.0)


def medoids(distances: np.ndarray, k: int) -> np.ndarray:
    """The k cases to which all are nearest in sum (PAM: Kaufman & Rousseeuw 1990), in order.

    They are chosen one by one, then exchanged as long as an exchange lowers the sum; all exchanges are judged at once
    (Schubert & Rousseeuw 2021).
    """
    n = len(distances)
    chosen = [int(distances.sum(axis=1).argmin())]
    nearest = distances[chosen[0]].copy()
    while len(chosen) < k:
        gain = np.maximum(nearest - distances, 0).sum(axis=1)
        gain[chosen] = -1
        chosen.append(int(gain.argmax()))
        nearest = np.minimum(nearest, distances[chosen[-1]])
    places, rows = np.array(chosen), np.arange(n)
    for _ in range(SWAPS):
        to = distances[places]
        own = to.argmin(axis=0)
        first = to[own, rows]
        to[own, rows] = np.inf
        second = to.min(axis=0) if k > 1 else np.full(n, distances.max() + 1)
        belongs = (own[:, None] == np.arange(k)).astype(float)
        closer = np.minimum(distances - first, 0).sum(axis=1)
        without = (np.clip(distances, first, second) - first) @ belongs
        change = closer[:, None] + without
        change[places] = 0
        case, place = np.unravel_index(change.argmin(), change.shape)
        if change[case, place] >= -1e-12:
            break
        places[place] = case
    return np.sort(places)


def nearest(distances: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Group of each case, from 0: that of its nearest medoid."""
    return distances[:, places].argmin(axis=1)


def silhouettes(
    distances: np.ndarray, groups: np.ndarray, own: np.ndarray | None = None, member: np.ndarray | None = None
) -> np.ndarray:
    """How much nearer each case is to its own group than to the next: -1 to 1 (Rousseeuw 1987); 0 for one alone.

    Parameters
    ----------
    distances : (cases, grouped cases).
    groups : of the grouped cases, from 0.
    own, member : group of each case, and whether it is one of the grouped ones; without them the two are the same.
    """
    own = groups if own is None else own
    member = np.ones(len(own), dtype=bool) if member is None else member
    belongs = (groups[:, None] == np.arange(int(groups.max()) + 1)).astype(float)
    sizes, sums = belongs.sum(axis=0), distances @ belongs
    rows = np.arange(len(own))
    besides = sizes[own] - member
    inside = sums[rows, own] / np.maximum(besides, 1)
    others = np.where(sizes > 0, sums / np.maximum(sizes, 1), np.inf)
    others[rows, own] = np.inf
    outside = others.min(axis=1)
    larger = np.maximum(inside, outside)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where((besides > 0) & np.isfinite(outside) & (larger > 0), (outside - inside) / larger, 0.0)


def stability(distances: np.ndarray, groups: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """How well each group is found again in bootstrap draws: mean overlap (Jaccard) with the most similar group.

    Each case that is drawn counts once. From 0.75 a group is stable; below 0.6 it should not be trusted (Hennig 2007).
    """
    n, k = len(groups), int(groups.max()) + 1
    generator = np.random.Generator(np.random.PCG64(seed))
    total, times = np.zeros(k), np.zeros(k)
    for _ in range(draws):
        drawn = np.unique(generator.integers(0, n, size=n))
        if len(drawn) <= k:
            continue
        part = distances[np.ix_(drawn, drawn)]
        again = nearest(part, medoids(part, k))
        both = np.zeros((k, k))
        np.add.at(both, (groups[drawn], again), 1)
        old, new = both.sum(axis=1), both.sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            overlap = np.nan_to_num(both / (old[:, None] + new - both)).max(axis=1)
        total += np.where(old > 0, overlap, 0)
        times += old > 0
    return np.where(times > 0, total / np.maximum(times, 1), 0.0)


def adjusted_rand(one: np.ndarray, other: np.ndarray) -> float:
    """Agreement of two partitions: 1 alike, 0 as by chance (Hubert & Arabie 1985)."""
    _, left = np.unique(one, return_inverse=True)
    _, right = np.unique(other, return_inverse=True)
    both = np.zeros((left.max() + 1, right.max() + 1))
    np.add.at(both, (left, right), 1)

    def pairs(numbers: np.ndarray) -> float:
        return float((numbers * (numbers - 1) / 2).sum())

    rows, columns, every = pairs(both.sum(axis=1)), pairs(both.sum(axis=0)), len(one) * (len(one) - 1) / 2
    expected, largest = rows * columns / every, (rows + columns) / 2
    return 1.0 if largest == expected else (pairs(both) - expected) / (largest - expected)


@dataclass(frozen=True)
class Partition:
    """Cases in k groups by their medoids; `silhouette`: the mean one; `stability` of each group."""

    places: np.ndarray
    groups: np.ndarray
    silhouette: float
    stability: np.ndarray

    @property
    def k(self) -> int:
        """Number of groups."""
        return len(self.places)


def partitions(distances: np.ndarray, most: int, draws: int, seed: int) -> list[Partition]:
    """Partitions into two to `most` groups, as far as there are cases."""
    found = []
    for k in range(2, min(most, len(distances) - 1) + 1):
        places = medoids(distances, k)
        groups = nearest(distances, places)
        if len(np.unique(groups)) < k:  # fewer kinds of cases than groups
            break
        found.append(
            Partition(
                places,
                groups,
                float(silhouettes(distances, groups).mean()),
                stability(distances, groups, draws, seed),
            )
        )
    return found


def best(found: list[Partition], stable: float) -> Partition | None:
    """The one with the largest mean silhouette among those whose groups are all stable; None: there is none."""
    kept = [one for one in found if one.stability.min() >= stable]
    return max(kept, key=lambda one: one.silhouette, default=None)
