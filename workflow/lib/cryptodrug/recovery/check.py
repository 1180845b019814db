"""A short check that estimators find what is true, for tests: what thirty replicates must show, and no more.

Every tolerance follows from the Monte Carlo error. With the limits below a sound method fails a single test of these in
about one of a thousand draws of the replicates; their draws are fixed, so that a test either always fails or never.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

UNLIKELY = 0.001
NORMAL = 3.29  # standard errors outside of which a normal variable lies with that probability
PROMISED = {False: 0.93, True: 0.88}  # coverage of intervals that are printed unmarked, and of approximate ones
SMALLEST = 0.02  # of the true value: a bias below this is none, however exact the simulation
ON_THE_LOG = ("ratio", "quotient")
MET = ("snapshot-coverage", "list-pages")
LOWER_BOUNDS = frozenset({"sales.lower", "revenue.lower"})


def _biased(name: str, apart: np.ndarray, size: float, error: float) -> Iterator[str]:
    """Whether the mean error is larger than the Monte Carlo error allows."""
    allowed = NORMAL * np.hypot(apart.std(ddof=1) / np.sqrt(len(apart)), error)
    if abs(apart.mean()) > allowed + SMALLEST * size:
        yield f"{name}: biased by {apart.mean():.3g}, {allowed:.3g} is what {len(apart)} replicates allow"


def _seldom(name: str, rows: pd.DataFrame) -> Iterator[str]:
    """Whether intervals hold the true value too seldom for chance: exact binomial test of the promised coverage."""
    from scipy.stats import binom

    has = rows.dropna(subset=["low", "high"])
    if has.empty:
        return
    covered = int(((has["low"] <= has["true"]) & (has["true"] <= has["high"])).sum())
    promised = PROMISED[bool(has["approximate"].mean() >= 0.5)]
    if binom.cdf(covered, len(has), promised) < UNLIKELY:
        yield f"{name}: {covered} of {len(has)} intervals hold the true value, {promised:.0%} are promised"


def faults(records: pd.DataFrame) -> list[str]:
    """One line for each number that is not recovered; records as in `score.RECORD`, of one share of missed pages.

    A number is judged by its bias and by the coverage of its interval, a lower bound by lying below the truth in every
    replicate. Estimates of shares of a market that was met (`MET`) are judged together, as a mean of each replicate.
    """
    found: list[str] = []
    records = records.assign(id=records["table"] + "." + records["row"] + "." + records["column"])
    met = records["table"].isin(MET)
    for name, rows in records[met].dropna(subset=["low"]).groupby(records["table"] + "." + records["column"]):
        apart = (rows["value"] - rows["true"]).groupby(rows["replicate"]).mean().to_numpy()
        found += _biased(name, apart, 0.0, 0.0)
    for name, rows in records[~met].groupby("id"):
        table, column = rows["table"].iloc[0], rows["column"].iloc[0]
        if f"{table}.{column}" in LOWER_BOUNDS:
            above = int((rows["value"] > rows["true"]).sum())
            found += [f"{name}: above the truth in {above} of {len(rows)} replicates"] if above else []
            continue
        value, true, error = rows["value"].to_numpy(), rows["true"].to_numpy(), rows["error"].mean()
        if column in ON_THE_LOG:
            size, error, value, true = 1.0, error / true.mean(), np.log(value), np.log(true)
        else:
            size = abs(true).mean()
        found += [*_biased(name, value - true, size, error), *_seldom(name, rows)]
    return found
