"""Weighted shares: formulas worked by hand, and what must hold of any sample."""

import numpy as np
import pytest
from cryptodrug.statistics.intervals import wilson
from cryptodrug.statistics.weighted import effective_number, linearised_variance, weighted_share
from hypothesis import given
from hypothesis import strategies as st

ALL = np.ones(4, bool)
YES = np.array([True, True, False, False])


def test_the_variance_is_that_of_the_worked_example():
    # weights 1, 2, 3, 4; the first two say yes: share 3/10, residuals 0.07, 0.14, -0.09, -0.12
    variance = linearised_variance(YES, ALL, np.array([1.0, 2, 3, 4]))
    assert variance == pytest.approx(4 / 3 * (0.07**2 + 0.14**2 + 0.09**2 + 0.12**2))


def test_with_equal_weights_it_is_the_variance_of_a_simple_random_sample():
    answer, n = np.arange(200) < 60, 200
    found = linearised_variance(answer, np.ones(n, bool), np.full(n, 7.0))
    assert found == pytest.approx(0.3 * 0.7 / (n - 1))


def test_respondents_outside_the_base_change_the_share_in_nothing_and_the_interval_hardly():
    answer = np.arange(400) < 60
    alone = weighted_share(answer[:200], np.ones(200, bool), np.ones(200), 0.95)
    among = weighted_share(answer, np.arange(400) < 200, np.ones(400), 0.95)
    assert alone.share == among.share
    assert (among.low, among.high) == pytest.approx((alone.low, alone.high), abs=2e-3)


def test_nobody_and_everybody_have_the_score_interval_of_the_effective_number():
    weights = np.array([1.0, 2, 3, 4])
    none = weighted_share(~ALL, ALL, weights, 0.95)
    assert effective_number(weights) == pytest.approx(100 / 30)
    assert (none.low, none.high) == wilson(0, 100 / 30, 0.95)
    assert weighted_share(ALL, ALL, weights, 0.95).high == 1


def test_there_is_no_share_of_nothing():
    assert weighted_share(YES, ~ALL, np.ones(4), 0.95) is None
    assert effective_number(np.array([])) == 0
    with pytest.raises(ValueError, match="negative"):
        weighted_share(YES, ALL, np.array([1.0, -1, 1, 1]), 0.95)


SAMPLES = st.lists(st.tuples(st.booleans(), st.booleans(), st.floats(0.1, 1e4)), min_size=2, max_size=60)


@given(SAMPLES, st.floats(0.01, 1e3))
def test_the_share_lies_in_its_interval_and_the_unit_of_the_weights_is_of_no_account(sample, factor):
    answer, inside, weights = (np.array(column) for column in zip(*sample, strict=True))
    found = weighted_share(answer, inside, weights, 0.95)
    if not inside.any():
        assert found is None
        return
    assert 0 <= found.low <= found.share + 1e-12 and found.share - 1e-12 <= found.high <= 1
    assert found.effective <= inside.sum() + 1e-6
    scaled = weighted_share(answer, inside, weights * factor, 0.95)
    assert (scaled.share, scaled.low, scaled.high) == pytest.approx((found.share, found.low, found.high), abs=1e-7)
