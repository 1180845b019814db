"""Exact tests of two kinds over groups: counted out for two groups, simulated for more, equal to independent code."""

import numpy as np
import pytest
from cryptodrug.statistics.mixes import fisher, same_mix, simulated
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact

COUNT = st.integers(0, 30)


def test_the_tea_of_fisher():
    # Fisher (1935): three of four cups right; 1, 16, 36, 16, 1 of 70 tables; those no likelier than 16: 34
    assert fisher((3, 1), (1, 3)) == pytest.approx(34 / 70)
    assert fisher((4, 0), (0, 4)) == pytest.approx(2 / 70)


@given(COUNT, COUNT, COUNT, COUNT)
def test_fisher_is_that_of_scipy(a, b, c, d):
    assert fisher((a, b), (c, d)) == pytest.approx(fisher_exact([[a, b], [c, d]]).pvalue, abs=1e-9)


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="are no counts"):
        fisher((1, -1), (2, 2))


def test_two_groups_are_counted_out_and_the_simulation_comes_near():
    yes, of = np.array([9, 2]), np.array([12, 14])
    exact = same_mix(yes, of, 1)
    assert exact == fisher((9, 3), (2, 12))
    assert simulated(np.stack([yes, of - yes]), 1) == pytest.approx(exact, abs=0.005)


def test_three_groups_that_are_alike_and_three_that_are_not():
    assert same_mix(np.array([5, 5, 5]), np.array([10, 10, 10]), 1) == 1
    assert same_mix(np.array([10, 1, 0]), np.array([10, 10, 10]), 1) < 0.001


@pytest.mark.parametrize(("yes", "of"), [([3], [8]), ([3, 0], [8, 0]), ([0, 0], [8, 9]), ([8, 9], [8, 9])])
def test_where_nothing_can_differ_there_is_no_test(yes, of):
    assert same_mix(np.array(yes), np.array(of), 1) is None


def test_an_empty_group_says_nothing():
    assert same_mix(np.array([9, 0, 2]), np.array([12, 0, 14]), 1) == fisher((9, 3), (2, 12))
