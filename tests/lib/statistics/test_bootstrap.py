"""The bootstrap over vendors: what is drawn, and when an interval is given."""

import numpy as np
import pytest
from cryptodrug.statistics.bootstrap import (
    APPROXIMATE,
    METHOD,
    adjusted_interval,
    draw_vendors,
    percentile_interval,
    resample,
)

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


def interval(estimates, influence, vendors=50, point=0.5):
    return adjusted_interval(point, np.asarray(estimates, dtype=float), np.asarray(influence), 0.95, vendors)


MANY = np.tile([1.0, -1.0], 500)


def test_with_many_alike_vendors_and_no_bias_it_is_the_percentile_interval():
    found = interval(np.linspace(0, 1, 2001), MANY)
    assert (found.low, found.high, found.method) == (
        pytest.approx(0.025, abs=4e-4),
        pytest.approx(0.975, abs=4e-4),
        METHOD,
    )


def test_where_few_vendors_decide_it_is_wider():
    few = np.concatenate([[20.0, -20.0], MANY / 10])
    wide, narrow = interval(np.linspace(0, 1, 2001), few), interval(np.linspace(0, 1, 2001), MANY)
    assert wide.low < narrow.low and narrow.high < wide.high


def test_when_most_draws_lie_below_the_estimate_it_moves_up():
    drawn = np.linspace(0, 1, 2001)
    moved = interval(drawn, MANY, point=0.6)
    assert moved.low > 0.025 and moved.high > 0.975
    skewed = interval(drawn, np.concatenate([np.full(10, 9.0), np.full(90, -1.0)]))
    assert skewed.low > interval(drawn, -np.concatenate([np.full(10, 9.0), np.full(90, -1.0)])).low


@pytest.mark.parametrize(("vendors", "method"), [(9, None), (10, APPROXIMATE), (30, METHOD)])
def test_the_adjusted_interval_too_needs_ten_vendors(vendors, method):
    found = interval(np.linspace(0, 1, 2001), MANY, vendors)
    assert (found and found.method) == method


def test_where_no_draw_differs_nothing_is_said():
    assert interval(np.full(200, 0.5), MANY) is None
    assert interval(np.linspace(0, 1, 200), np.zeros(30)) is None
    assert interval(np.full(200, np.nan), MANY) is None


def test_all_draws_on_one_side_give_an_end_that_was_drawn():
    found = interval(np.linspace(0, 0.4, 200), MANY)
    assert 0 <= found.low <= found.high <= 0.4


def test_statistics_of_vendors_with_draws_and_influences():
    drawn = draw_vendors(COUNTS, share, 300, 4)
    assert drawn.point == pytest.approx([13 / 55])
    assert np.array_equal(drawn.draws, resample(COUNTS, share, 300, 4))
    # without the third vendor the share is 6 of 46; it raises the share most
    assert drawn.influence[:, 0].argmax() == 2
    found = drawn.interval(0, 0.95, 30)
    assert drawn.draws.min() <= found.low < 13 / 55 < found.high <= drawn.draws.max()


def test_influences_stand_within_their_stratum():
    strata = np.array(["a", "b", "a", "b", "b"])
    influence = draw_vendors(COUNTS, share, 10, 4, strata).influence[:, 0]
    assert influence[[0, 2]].sum() == pytest.approx(0)
    assert influence[[1, 3, 4]].sum() == pytest.approx(0)


def test_a_linear_statistic_is_covered_as_often_as_promised():
    """Means of twelve skewed vendors: the percentile interval covers too seldom, the other nearly often enough."""
    generator = np.random.default_rng(1)
    covered = {"percentile": 0, "adjusted": 0}
    for _ in range(400):
        values = np.exp(generator.normal(size=(12, 1)) + 6).astype(int)
        drawn = draw_vendors(values, lambda sums: sums[:, 0] / 12, 400, 1)
        found = {
            "percentile": percentile_interval(drawn.draws[:, 0], 0.95, 12),
            "adjusted": drawn.interval(0, 0.95, 12),
        }
        for name, one in found.items():
            covered[name] += one.low <= np.exp(6.5) <= one.high
    # both are judged on the same samples: 82 and 89 per cent in the long run
    assert covered["percentile"] + 12 < covered["adjusted"]
    assert covered["adjusted"] > 400 * 0.85
