"""Agreement of coders against the table of checks in the method, and against an independent package."""

import krippendorff
import numpy as np
import pytest
from cryptodrug.statistics.agreement import (
    agreement,
    cohen_kappa,
    gwet_ac1,
    krippendorff_alpha,
    mark_of,
)
from hypothesis import given
from hypothesis import strategies as st

# both, only the first, only the second, neither; observed agreement, kappa, alpha, AC1
CHECKS = [
    ((4, 1, 1, 4), 0.80, 0.600, 0.620, 0.600),
    ((2, 1, 1, 6), 0.80, 0.524, 0.548, 0.655),
    ((9, 1, 0, 0), 0.90, 0.000, 0.000, 0.890),
    ((5, 0, 0, 5), 1.00, 1.000, 1.000, 1.000),
]


def two(both, only_first, only_second, neither):
    """Ratings of two coders with these counts."""
    pairs = [(1, 1)] * both + [(1, 0)] * only_first + [(0, 1)] * only_second + [(0, 0)] * neither
    return np.array(pairs, dtype=float).T


@pytest.mark.parametrize(("cells", "observed", "kappa", "alpha", "ac1"), CHECKS)
def test_the_checks_of_the_method(cells, observed, kappa, alpha, ac1):
    ratings = two(*cells)
    assert (cells[0] + cells[3]) / 10 == observed
    assert cohen_kappa(*cells) == pytest.approx(kappa, abs=5e-4)
    assert krippendorff_alpha(ratings) == pytest.approx(alpha, abs=5e-4)
    assert gwet_ac1(ratings) == pytest.approx(ac1, abs=5e-4)


@given(
    st.integers(2, 4).flatmap(
        lambda coders: st.lists(
            st.lists(st.sampled_from([0.0, 1.0, float("nan")]), min_size=coders, max_size=coders),
            min_size=2,
            max_size=30,
        )
    )
)
def test_alpha_is_that_of_the_independent_package(units):
    ratings = np.array(units).T
    ours = krippendorff_alpha(ratings)
    pairable = ratings[:, (~np.isnan(ratings)).sum(axis=0) >= 2]
    values = pairable[~np.isnan(pairable)]
    if len(np.unique(values)) < 2:
        assert ours is None
    else:
        theirs = krippendorff.alpha(reliability_data=ratings, level_of_measurement="nominal")
        assert ours == pytest.approx(theirs, abs=1e-9)


def test_units_of_one_coder_say_nothing():
    ratings = np.array([[1, 0, 1, 1], [1, 0, np.nan, np.nan]])
    assert krippendorff_alpha(ratings) == 1
    assert agreement(ratings, np.array(list("abcd")), 200, 1, 0.95).units == 2


@pytest.mark.parametrize(
    "ratings", [np.ones((2, 5)), np.full((2, 5), np.nan), np.zeros((2, 0)), np.array([[1.0, 0.0]])]
)
def test_nothing_is_said_where_nothing_could_differ(ratings):
    found = agreement(ratings, np.arange(ratings.shape[1]), 200, 1, 0.95)
    assert (found.alpha, found.interval, found.printable) == (None, None, False)


def many(interviews, codes=6, seed=5):
    """Two coders on all codes of some interviews, who differ in one unit of eight."""
    generator = np.random.Generator(np.random.PCG64(seed))
    first = generator.integers(0, 2, codes * interviews)
    flipped = generator.integers(0, 8, codes * interviews) == 0
    return np.stack([first, first ^ flipped]).astype(float), np.tile(np.arange(interviews), codes)


def test_interviews_are_drawn_whole_and_the_same_draws_on_every_run():
    ratings, interviews = many(10)
    one, other = (agreement(ratings, interviews, 400, 7, 0.95) for _ in range(2))
    assert one == other
    assert one.interval.low < one.alpha < one.interval.high
    # all units of one interview twice: nothing is known more than before
    doubled = agreement(np.hstack([ratings, ratings]), np.hstack([interviews, interviews]), 400, 7, 0.95)
    assert doubled.interval.high - doubled.interval.low == pytest.approx(one.interval.high - one.interval.low, rel=0.03)


def test_fewer_than_six_interviews_have_no_interval():
    assert agreement(*many(5), 200, 1, 0.95).interval is None
    assert agreement(*many(6), 200, 1, 0.95).interval is not None


def test_full_agreement_has_an_interval_of_one_point():
    ratings, interviews = many(8)
    found = agreement(np.stack([ratings[0], ratings[0]]), interviews, 200, 1, 0.95)
    assert (found.alpha, found.interval.low, found.interval.high) == (1, 1, 1)


@pytest.mark.parametrize(("yes", "printable"), [(9, False), (10, True), (90, True), (91, False)])
def test_coefficients_are_not_printed_when_nearly_all_ratings_are_the_same(yes, printable):
    ratings = np.zeros((2, 100))
    ratings[:, :yes] = 1
    assert agreement(ratings, np.arange(100), 200, 1, 0.95).printable is printable


@pytest.mark.parametrize(("alpha", "mark"), [(0.8, "firm"), (0.799, "tentative"), (0.667, "tentative"), (0.66, "low")])
def test_marks(alpha, mark):
    assert mark_of(alpha) == mark


@pytest.mark.parametrize("cells", [(5, 0, 0, 0), (0, 0, 0, 5), (0, 0, 0, 0)])
def test_no_kappa_when_both_coders_say_the_same_of_everything(cells):
    assert cohen_kappa(*cells) is None
