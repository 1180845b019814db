"""Types of vendors: made around medoids, kept only when stable, others placed in them (typology, V15)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cryptodrug.harmonise.destinations import EUROPE
from cryptodrug.populations import origin_sets
from cryptodrug.statistics.partition import (
    Partition,
    best,
    gower,
    medoids,
    nearest,
    partitions,
    silhouettes,
    unit_scale,
)
from cryptodrug.vendor_features import on_scale

MOST_TYPES = 6
STABLE = 0.75  # mean overlap from which a group is stable (Hennig 2007)
BETWEEN = 0.1  # silhouette below which a vendor stands between types
OF_REGION = 200  # vendors with a European origin from which types are those of the region, else those of all
FEWEST_FITTED = 30
LARGEST_FIT = 500  # vendors of whom types are made; the others are placed (CLARA: Kaufman & Rousseeuw 1990)
REDRAWS = 100


@dataclass(frozen=True)
class Types:
    """Vendors (rows of `features`) in types, the largest first; `groups` from 0, -1 between types."""

    features: pd.DataFrame
    scaled: np.ndarray
    sample: np.ndarray
    tried: list[Partition]
    chosen: Partition | None
    nearest_type: np.ndarray
    groups: np.ndarray


def region(listing: pd.DataFrame) -> list[str]:
    """Vendors with a European origin where there are enough, else all; sorted."""
    european = origin_sets(listing).map(lambda origins: bool(origins & EUROPE))
    found = sorted(listing.loc[european, "entity"].unique())
    return found if len(found) >= OF_REGION else sorted(listing["entity"].unique())


def _by_size(chosen: Partition) -> Partition:
    """The same with the largest type first."""
    order = np.argsort(-np.bincount(chosen.groups, minlength=chosen.k), kind="stable")
    rank = np.argsort(order, kind="stable")
    return Partition(chosen.places[order], rank[chosen.groups], chosen.silhouette, chosen.stability[order])


def find_types(features: pd.DataFrame, seed: int, redraws: int = REDRAWS) -> Types:
    """Fit on a sample where there are many, then place all at the nearest medoid."""
    scaled = unit_scale(on_scale(features).to_numpy())
    n = len(scaled)
    generator = np.random.Generator(np.random.PCG64(seed))
    sample = np.arange(n) if n <= LARGEST_FIT else np.sort(generator.choice(n, LARGEST_FIT, replace=False))
    nobody = np.zeros(n, dtype=int)
    if n < FEWEST_FITTED:
        return Types(features, scaled, sample, [], None, nobody, nobody)
    tried = partitions(gower(scaled[sample], scaled[sample]), MOST_TYPES, redraws, seed)
    chosen = best(tried, STABLE)
    if chosen is None:
        return Types(features, scaled, sample, tried, None, nobody, nobody)
    chosen = _by_size(chosen)
    to_fitted = gower(scaled, scaled[sample])
    own = nearest(to_fitted, chosen.places)
    member = np.isin(np.arange(n), sample)
    near = silhouettes(to_fitted, chosen.groups, own, member)
    return Types(features, scaled, sample, tried, chosen, own, np.where(near < BETWEEN, -1, own))


def refitted(types: Types, kept: np.ndarray) -> np.ndarray:
    """Type of each vendor if types were made of those `kept` alone, numbered like the types they resemble most."""
    from scipy.optimize import linear_sum_assignment

    k = types.chosen.k
    fit = types.sample[kept[types.sample]]
    among = gower(types.scaled[fit], types.scaled[fit])
    places = fit[medoids(among, k)]
    again = gower(types.scaled, types.scaled[places]).argmin(axis=1)
    both = np.zeros((k, k))
    np.add.at(both, (again[kept], types.nearest_type[kept]), 1)
    rows, columns = linear_sum_assignment(-both)
    return columns[np.argsort(rows)][again]
