"""Intervals from formulas, against printed values and against what an interval must be."""

from math import comb

import pytest
from cryptodrug.statistics.intervals import median_interval, order_statistic_ranks, wilson
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_values(count, base, low, high):
    assert wilson(count, base, 0.95) == pytest.approx((low, high), abs=5e-5)


@given(base=st.integers(1, 10_000), part=st.floats(0, 1), level=st.floats(0.5, 0.999))
@settings(max_examples=100, deadline=None)
def test_wilson_holds_the_share_and_stays_a_proportion(base, part, level):
    count = round(part * base)
    low, high = wilson(count, base, level)
    assert 0 <= low <= count / base + 1e-12
    assert count / base - 1e-12 <= high <= 1


@given(base=st.integers(1, 500), part=st.floats(0, 1))
@settings(max_examples=100, deadline=None)
def test_wilson_mirrors_when_the_question_is_turned_round(base, part):
    count = round(part * base)
    low, high = wilson(count, base, 0.95)
    assert wilson(base - count, base, 0.95) == pytest.approx((1 - high, 1 - low))


def test_wilson_narrows_with_the_base_and_widens_with_the_level():
    def width(count, base, level):
        low, high = wilson(count, base, level)
        return high - low

    assert width(30, 100, 0.95) < width(3, 10, 0.95) < width(3, 10, 0.99)


@pytest.mark.parametrize(("count", "base"), [(0, 0), (3, 2), (-1, 5)])
def test_wilson_of_no_proportion_is_refused(count, base):
    with pytest.raises(ValueError, match="is no proportion"):
        wilson(count, base, 0.95)


@pytest.mark.parametrize(
    ("n", "ranks"),
    [(0, None), (1, None), (5, None), (6, (1, 6)), (8, (1, 8)), (9, (2, 8)), (10, (2, 9)), (20, (6, 15))],
)
def test_ranks_that_bound_the_median_at_95_percent(n, ranks):
    # six is the fewest; from nine on the outermost observations are not needed (Conover 1999)
    assert order_statistic_ranks(n, 0.95) == ranks


def test_median_interval_takes_the_values_at_these_ranks_in_any_order():
    assert median_interval([9, 1, 7, 3, 5, 11], 0.95) == (1, 11)
    assert median_interval([50, 9, 1, 7, 3, 5, 11, 12, 2], 0.95) == (2, 12)
    assert median_interval([1, 2, 3, 4, 5], 0.95) is None


@pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.99])
def test_ranks_are_the_innermost_that_cover_enough(level):
    for n in (1, 2, 5, 6, 7, 30, 31, 150, 151):
        covered = {low: 1 - 2 * sum(comb(n, k) for k in range(low)) / 2**n for low in range(1, n // 2 + 1)}
        lows = [low for low, share in covered.items() if share >= level]
        assert order_statistic_ranks(n, level) == ((max(lows), n + 1 - max(lows)) if lows else None)


def test_ranks_of_very_many():
    low, high = order_statistic_ranks(100_000, 0.95)
    assert low + high == 100_001 and high - low == pytest.approx(1.96 * 100_000**0.5, rel=0.01)
