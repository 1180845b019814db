"""Whether two kinds are mixed alike over groups: exact tests of tables of counts with fixed margins."""

from math import comb

import numpy as np

TABLES = 9999  # random tables of a test that is not counted out


def fisher(first: tuple[int, int], second: tuple[int, int]) -> float:
    """Two-sided exact test of two groups with so many of one kind and of the other (Fisher 1935; Irwin 1935).

    p is the probability of all tables that are not more likely than the one seen, counted out in whole numbers. It is 1
    where a margin is zero.
    """
    if min(*first, *second) < 0:
        raise ValueError(f"{first} and {second} are no counts")
    yes, n_first, n_second = first[0] + second[0], sum(first), sum(second)
    ways = [comb(n_first, k) * comb(n_second, yes - k) for k in range(max(0, yes - n_second), min(yes, n_first) + 1)]
    seen = comb(n_first, first[0]) * comb(n_second, second[0])
    return sum(number for number in ways if number <= seen) / sum(ways)


def simulated(table: np.ndarray, seed: int) -> float:
    """The same for a table of any size (Freeman & Halton 1951), by random tables with its margins.

    Parameters
    ----------
    table : (rows, columns) whole numbers; no row or column may be empty.
    """
    from scipy.stats import random_table

    law = random_table(table.sum(axis=1), table.sum(axis=0))
    drawn = law.rvs(TABLES, random_state=np.random.Generator(np.random.PCG64(seed)))
    rarer = law.logpmf(drawn) <= law.logpmf(table) + 1e-9
    return float((1 + rarer.sum()) / (TABLES + 1))


def same_mix(yes: np.ndarray, of: np.ndarray, seed: int) -> float | None:
    """p that groups hold something equally often: counted out for two groups, simulated for more.

    Parameters
    ----------
    yes, of : (groups,) how many hold it, of how many. Empty groups are left out; None where fewer than two are left, or
        where all or none hold it: there is nothing to compare.
    """
    yes, of = yes[of > 0], of[of > 0]
    if len(of) < 2 or yes.sum() in (0, of.sum()):
        return None
    table = np.stack([yes, of - yes])
    if len(of) == 2:
        return fisher(*(tuple(int(number) for number in column) for column in table.T))
    return simulated(table, seed)
