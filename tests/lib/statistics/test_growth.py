"""The change of odds over time."""

import numpy as np
import pytest
from cryptodrug.statistics.growth import odds_slope
from scipy.optimize import minimize

ONE = np.zeros(2, dtype=int)


def test_two_snapshots_of_one_market_give_the_ratio_of_the_odds():
    """Toy market, V2: inclusive (6/4)/(4/6) = 2.25 in 29 days, 2.34 in a month."""
    months = np.array([0, 29 / 30.44])
    slope = odds_slope(np.array([[4, 6]]), np.array([[10, 10]]), months, ONE)
    assert np.exp(slope[0] * months[1]) == pytest.approx(2.25)
    assert np.exp(slope[0]) == pytest.approx(2.343, abs=0.001)


def test_growth_of_the_market_and_missed_pages_cancel():
    months, market = np.arange(4.0), np.zeros(4, dtype=int)
    share = np.array([0.2, 0.2, 0.2, 0.2])
    total = np.array([100, 500, 50, 900])
    assert odds_slope((share * total)[None], total[None], months, market)[0] == pytest.approx(0, abs=1e-8)


def test_it_is_the_maximum_of_the_likelihood_of_two_markets():
    months = np.array([0, 1, 2, 3, 0.1, 1.1, 2.1])
    market = np.array([0, 0, 0, 0, 1, 1, 1])
    part, total = np.array([3, 5, 4, 9, 20, 24, 33]), np.array([30, 33, 31, 40, 60, 61, 70])

    def minus(parameters):
        eta = parameters[market] + parameters[2] * months
        return -(part * eta - total * np.logaddexp(0, eta)).sum()

    best = minimize(minus, np.zeros(3), tol=1e-12).x[2]
    assert odds_slope(part[None], total[None], months, market)[0] == pytest.approx(best, abs=1e-5)


def test_many_draws_at_once_are_each_by_itself():
    generator = np.random.default_rng(5)
    total = generator.integers(20, 60, size=(30, 4))
    part = generator.binomial(total, 0.3)
    months, market = np.arange(4.0), np.array([0, 0, 1, 1])
    together = odds_slope(part, total, months, market)
    alone = [odds_slope(part[k : k + 1], total[k : k + 1], months, market)[0] for k in range(30)]
    assert together == pytest.approx(alone, abs=1e-8)


@pytest.mark.parametrize("part", [[0, 0], [10, 10]])
def test_nothing_or_everything_has_no_slope(part):
    assert np.isnan(odds_slope(np.array([part]), np.array([[10, 10]]), np.array([0.0, 1.0]), ONE)[0])


def test_one_snapshot_a_market_has_no_slope():
    assert np.isnan(odds_slope(np.array([[3, 4]]), np.array([[10, 10]]), np.array([0.0, 1.0]), np.array([0, 1]))[0])


def test_a_market_that_is_all_of_the_part_says_nothing_and_does_not_harm():
    months, market = np.array([0.0, 1, 0, 1]), np.array([0, 0, 1, 1])
    both = odds_slope(np.array([[4, 6, 5, 5]]), np.array([[10, 10, 5, 5]]), months, market)
    assert np.exp(both[0]) == pytest.approx(2.25, rel=1e-3)
