"""The bootstrap over vendors: what is drawn, and when an interval is given."""

import numpy as np
import pytest
from cryptodrug.statistics.bootstrap import APPROXIMATE, METHOD, percentile_interval, resample

COUNTS = np.array([[3, 10], [0, 5], [7, 9], [1, 1], [2, 30]])


def share(sums):
    return sums[:, 0] / sums[:, 1]


def test_the_same_seed_gives_the_same_draws_and_another_seed_others():
    one, two, other = (resample(COUNTS, share, 600, seed) for seed in (4, 4, 5))
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)
    assert one.shape == (600, 1)


def test_the_first_draws_do_not_depend_on_how_many_follow():
    assert np.array_equal(resample(COUNTS, share, 250, 4), resample(COUNTS, share, 700, 4)[:250])


def test_a_draw_has_as_many_vendors_as_there_are():
    drawn = resample(np.ones((7, 1), dtype=int), lambda sums: sums[:, 0], 300, 1)
    assert (drawn == 7).all()


def test_drawing_within_strata_keeps_their_sizes():
    strata = np.array(["a", "b", "a", "b", "b", "c"])
    indicators = np.column_stack([strata == name for name in "abc"]).astype(int)
    drawn = resample(indicators, lambda sums: sums, 300, 1, strata)
    assert (drawn == [2, 3, 1]).all()
    # without strata the sizes vary
    assert len(np.unique(resample(indicators, lambda sums: sums, 300, 1), axis=0)) > 1


def test_a_vendor_brings_all_its_counts():
    # every vendor has twice as many of the second as of the first: so has every draw
    drawn = resample(np.array([[1, 2], [5, 10], [3, 6]]), share, 200, 1)
    assert (drawn == 0.5).all()


def test_draws_spread_around_the_estimate_as_the_theory_says():
    values = np.arange(40).reshape(-1, 1)
    means = resample(values, lambda sums: sums[:, 0] / 40, 4000, 1)
    assert means.mean() == pytest.approx(19.5, abs=0.15)
    assert means.std() == pytest.approx(values.std() / 40**0.5, rel=0.05)


@pytest.mark.parametrize(
    ("vendors", "method"),
    [(0, None), (9, None), (10, APPROXIMATE), (29, APPROXIMATE), (30, METHOD), (500, METHOD)],
)
def test_an_interval_is_given_from_ten_vendors_and_is_approximate_under_thirty(vendors, method):
    interval = percentile_interval(np.linspace(0, 1, 2001), 0.95, vendors)
    if method is None:
        assert interval is None
    else:
        assert (interval.low, interval.high, interval.method) == (pytest.approx(0.025), pytest.approx(0.975), method)


def test_no_interval_when_more_than_one_draw_in_twenty_is_undefined():
    estimates = np.linspace(0, 1, 1000)
    estimates[:50] = np.nan
    assert percentile_interval(estimates, 0.95, 50) is not None
    estimates[50] = np.inf
    assert percentile_interval(estimates, 0.95, 50) is None


def test_no_interval_when_no_draw_is_defined():
    assert percentile_interval(np.full(100, np.nan), 0.95, 50) is None
