"""Trajectories that go alike, and slopes: against others' code, planted groups, broken variants."""

import numpy as np
import pytest
from cryptodrug.statistics.partition import adjusted_rand
from cryptodrug.statistics.trajectory_groups import best_trajectories, slopes, trajectory_groups
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import linregress, t

TIMES = np.array([0.0, 1, 2, 4, 5])


def random(seed):
    return np.random.Generator(np.random.PCG64(seed))


def planted(seed=1, each=80, missing=0.1):
    """Three groups: high and falling, low and rising, low and flat; a tenth of the values missing."""
    generator = random(seed)
    curves = np.array([4 - 0.5 * TIMES, 0.5 * TIMES, 0 * TIMES - 1])
    true = np.repeat([0, 1, 2], each)
    values = curves[true] + generator.normal(scale=0.5, size=(3 * each, len(TIMES)))
    values[generator.uniform(size=values.shape) < missing] = np.nan
    return values, true, curves


def tried(values, most=5):
    return [trajectory_groups(values, TIMES, k, 2, 3) for k in range(1, most + 1)]


def test_planted_groups_are_found_with_their_number_and_curves():
    values, true, curves = planted()
    found = best_trajectories(tried(values), 0.05)
    assert len(found.curves) == 3
    assert adjusted_rand(found.groups, true) > 0.95
    assert (found.certainty > 0.9).all()
    assert np.abs(found.curves - curves).max() < 0.3


def test_values_that_go_alike_are_one_group():
    values = random(2).normal(size=(250, len(TIMES)))
    assert len(best_trajectories(tried(values), 0.05).curves) == 1


def test_the_likelihood_alone_never_has_enough_groups_which_is_caught():
    """The broken variant: more groups always fit better; BIC counts what they cost."""
    values, _, _ = planted()
    likelihoods = [one.log_likelihood for one in tried(values)]
    assert likelihoods == sorted(likelihoods)


def test_small_groups_are_not_chosen():
    values, _, _ = planted(each=60)
    values = np.concatenate([values, np.full((3, len(TIMES)), 40.0)])
    chosen = best_trajectories(tried(values), 0.05)
    assert np.bincount(chosen.groups).min() >= 0.05 * len(values)
    assert np.bincount(best_trajectories(tried(values), 0.0).groups).min() == 3


def test_one_group_is_the_regression_of_all_values():
    values, _, _ = planted(missing=0.2)
    one = trajectory_groups(values, TIMES, 1, 2, 3)
    rows, columns = np.nonzero(np.isfinite(values))
    coefficients = np.polyfit(TIMES[columns], values[rows, columns], 2)
    assert one.curves[0] == pytest.approx(np.polyval(coefficients, TIMES), abs=1e-6)
    rest = values[rows, columns] - np.polyval(coefficients, TIMES[columns])
    n, variance = len(rest), (rest**2).mean()
    assert one.log_likelihood == pytest.approx(-n / 2 * (np.log(2 * np.pi * variance) + 1))
    assert one.bic == pytest.approx(4 * np.log(len(values)) - 2 * one.log_likelihood)


@given(st.integers(0, 10**6), st.integers(0, 2))
def test_slopes_and_their_intervals_are_those_of_others(seed, missing):
    values = random(seed).normal(size=(4, len(TIMES)))
    values[0, :missing] = np.nan
    slope, low, high = slopes(values, TIMES, 0.9)
    for case in range(4):
        known = np.isfinite(values[case])
        theirs = linregress(TIMES[known], values[case][known])
        half = t.ppf(0.95, known.sum() - 2) * theirs.stderr
        assert (slope[case], low[case], high[case]) == pytest.approx(
            (theirs.slope, theirs.slope - half, theirs.slope + half)
        )


def test_two_values_have_a_slope_and_no_interval():
    slope, low, high = slopes(np.array([[0, 1, np.nan, np.nan, np.nan]]), TIMES, 0.9)
    assert slope[0] == 1 and np.isnan(low[0]) and np.isnan(high[0])


def test_of_vendors_without_a_trend_one_in_ten_seems_to_have_one():
    _, low, high = slopes(random(4).normal(size=(20_000, 4)), np.arange(4.0), 0.9)
    assert (low > 0).mean() == pytest.approx(0.05, abs=0.006)
    assert (high < 0).mean() == pytest.approx(0.05, abs=0.006)
