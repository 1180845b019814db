"""How much an estimate hangs on each vendor."""

import numpy as np
import pytest
from cryptodrug.statistics.influence import degrees_of_freedom, left_out, reciprocal_interval, student_interval


def test_influences_of_a_mean_give_its_variance():
    values = np.array([2.0, 5.0, 11.0, 4.0])
    without = (values.sum() - values) / 3
    influence = left_out(without[:, None])[:, 0]
    assert influence.sum() == pytest.approx(0)
    assert (influence**2).sum() == pytest.approx(values.var(ddof=1) / 4)
    # who raises the mean has a positive influence
    assert influence.argmax() == 2


def test_an_undefined_estimate_tells_nothing():
    influence = left_out(np.array([[1.0], [np.nan], [3.0], [np.inf]]))[:, 0]
    assert influence[[1, 3]].tolist() == [0, 0]
    assert influence[0] == -influence[2] > 0


def test_one_alone_tells_nothing():
    assert left_out(np.array([[4.0]])).tolist() == [[0.0]]


@pytest.mark.parametrize("n", [2, 10, 51])
def test_equal_influences_have_one_degree_of_freedom_less_than_there_are_vendors(n):
    assert degrees_of_freedom(np.tile([1.0, -1.0], n)) == 2 * n - 1


def test_a_few_large_influences_have_few_degrees_of_freedom():
    many = np.concatenate([[9.0, -9.0], np.full(50, 0.1), np.full(50, -0.1)])
    # two vendors have nearly all the variance: 2 S^2 / (S^2 / 2 - S^2 / 102) is about 4
    assert degrees_of_freedom(many) == pytest.approx(4.1, abs=0.1)
    assert degrees_of_freedom(np.array([0.0, 5.0, 0.0])) == 1


def test_the_interval_on_the_reciprocal_reaches_further_up_than_down_and_may_have_no_end():
    influence = np.tile([0.01, -0.01], 50)
    low, high = reciprocal_interval(0.4, influence, 0.95)
    assert 1 / low + 1 / high == pytest.approx(2 / 0.4)
    # a standard error of 0.1 and 99 degrees of freedom: 1.984 standard errors of a quarter
    assert high == pytest.approx(0.4 / (1 - 1.9842 * 0.1 / 0.4), rel=1e-4)
    assert reciprocal_interval(0.1, influence, 0.95)[1] == np.inf
    assert reciprocal_interval(0.4, np.zeros(5), 0.95) is None


def test_the_interval_of_a_mean_is_that_of_students_textbook():
    values = np.array([1.0, 5.0] * 6)
    n, spread = len(values), values.std(ddof=1)
    without = ((values.sum() - values) / (n - 1))[:, None]
    low, high = student_interval(values.mean(), left_out(without)[:, 0], 0.95)
    assert (low + high) / 2 == pytest.approx(3)
    assert high - 3 == pytest.approx(2.200985 * spread / np.sqrt(n), rel=1e-5)  # t with eleven degrees of freedom


def test_an_estimate_that_no_vendor_changes_or_that_is_undefined_has_no_interval():
    assert student_interval(1.0, np.zeros(12), 0.95) is None
    assert student_interval(float("nan"), np.ones(12), 0.95) is None
