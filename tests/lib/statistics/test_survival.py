"""How long something lasts: against published values, against the code of others, and against broken variants."""

import numpy as np
import pytest
from cryptodrug.statistics.survival import innermost, interval_survival, pooled_odds_ratio
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.contingency_tables import StratifiedTable

INF = np.inf
# months to the first sign of a change of 46 women after radiotherapy (Finkelstein & Wolfe 1985)
BREAST = [(45, INF), (6, 10), (0, 7), (46, INF), (46, INF), (7, 16), (17, INF), (7, 14), (37, 44), (0, 8), (4, 11),
          (15, INF), (11, 15), (22, INF), (46, INF), (46, INF), (25, 37), (46, INF), (26, 40), (46, INF), (27, 34),
          (36, 44), (46, INF), (36, 48), (37, INF), (40, INF), (17, 25), (46, INF), (11, 18), (38, INF), (5, 12),
          (37, INF), (0, 5), (18, INF), (24, INF), (36, INF), (5, 11), (19, 35), (17, 25), (24, INF), (32, INF),
          (33, INF), (19, 26), (37, INF), (34, INF), (36, INF)]  # fmt: skip


def survival(intervals, times, weights=None):
    low, high = np.array(intervals, dtype=float).T
    return interval_survival(low, high, np.ones(len(low)) if weights is None else weights, np.array(times))[0]


def test_the_published_distribution_of_a_published_example():
    # probabilities of the innermost intervals as printed for these data with the R package interval (Fay & Shaw 2010)
    edges = [5, 7, 8, 12, 25, 34, 40]
    gone = np.cumsum([0.0463, 0.0334, 0.0887, 0.0708, 0.0926, 0.0818, 0.1209])
    assert survival(BREAST, edges) == pytest.approx(1 - gone, abs=3e-4)


def test_overlapping_intervals_as_others_estimate_them():
    # KaplanMeierFitter.fit_interval_censoring of lifelines 0.30.3 on these cases, its tolerance at 1e-10. Only cases of
    # which none ends where another begins can be compared: lifelines takes both ends of an interval as part of it.
    cases = [(0.5, 2.25), (1.75, 4.5), (0.25, 1.5), (3.25, INF), (2.5, 6.75), (5.25, INF), (1.25, 3.75), (4.25, 8.5),
             (6.25, INF), (2.75, 5.5), (0.75, 3.5), (7.25, 9.75), (5.75, INF), (8.25, INF)]  # fmt: skip
    theirs = {1.5: 0.804382, 2.25: 0.804382, 3.5: 0.470337, 4.5: 0.470337, 6.75: 0.470337, 8.5: 0.0}
    assert survival(cases, list(theirs)) == pytest.approx(list(theirs.values()), abs=1e-6)


def test_within_an_innermost_interval_nothing_is_said():
    found = survival(BREAST, [39, 40])
    assert np.isnan(found[0]) and not np.isnan(found[1])


def test_innermost_intervals_begin_after_the_end_of_others():
    assert innermost(np.array([0, 2]), np.array([2, 3])).tolist() == [[0, 2], [2, 3]]
    assert innermost(np.array([0, 1]), np.array([2, 3])).tolist() == [[1, 2]]


STAYS = st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=2, max_size=40)


@given(STAYS)
def test_without_overlaps_it_is_the_product_limit_estimate_of_others(cases):
    """On a regular grid, against scipy and statsmodels."""
    intervals = [(low, low + 1 if seen else INF) for low, seen in cases]
    # who is seen leaving in (2, 3] leaves at 3; who is not was followed up to 2
    time = np.array([high if high < INF else low for low, high in intervals], dtype=float)
    event = np.array([high < INF for _, high in intervals])
    last = max(low for low, _ in intervals)
    times = np.arange(1, last + 1)
    ours = survival(intervals, times)
    theirs = ecdf(CensoredData(uncensored=time[event], right=time[~event])).sf.evaluate(times)
    assert ours == pytest.approx(theirs, abs=1e-6)
    if event.any():
        other = SurvfuncRight(time, event.astype(int))
        steps = dict(zip(other.surv_times, other.surv_prob, strict=True))
        at = [step for step in steps if 1 <= step <= last]
        assert survival(intervals, at) == pytest.approx([steps[step] for step in at], abs=1e-6)


@given(STAYS)
def test_a_weight_is_so_many_cases(cases):
    intervals = [(low, low + 2 if seen else INF) for low, seen in cases]
    kinds, weights = np.unique(np.array(intervals), axis=0, return_counts=True)
    times = np.arange(0, 8)
    np.testing.assert_allclose(survival(kinds, times, weights), survival(intervals, times), atol=1e-6)


def test_draws_are_independent_of_each_other_and_an_empty_one_says_nothing():
    low, high = np.array([0.0, 1.0, 1.0]), np.array([1.0, 2.0, INF])
    weights = np.array([[2, 1, 1], [0, 0, 0], [0, 3, 1]])
    found = interval_survival(low, high, weights, np.array([1]))
    assert found[0] == pytest.approx([0.5]) and np.isnan(found[1]).all() and found[2] == pytest.approx([1])
    assert np.isnan(interval_survival(low[:0], high[:0], weights[:, :0], np.array([1]))).all()


def test_leaving_out_the_censored_is_caught():
    """The broken variant: who was not seen leaving does not count."""
    intervals = [(0, 1)] * 2 + [(1, 2)] * 2 + [(1, INF)] * 4
    assert survival(intervals, [1]) == pytest.approx([0.75])
    assert survival([one for one in intervals if one[1] < INF], [1]) == pytest.approx([0.5])


def simulated(hazard=0.15, looks=12, entrants=4000, seed=1):
    """Stays between monthly looks: entry and exit at any time, seen only if there at a look."""
    generator = np.random.Generator(np.random.PCG64(seed))
    came = generator.uniform(0, looks - 1, entrants)
    stayed = generator.exponential(1 / hazard, entrants)
    first, last = np.ceil(came), np.minimum(np.floor(came + stayed), looks - 1)
    seen = first <= last
    return stayed[seen], first[seen], last[seen], looks - 1


def test_the_curve_since_first_seen_bounds_the_true_stay_and_that_with_two_unknown_ends_does_not():
    """Why the length from the true entry is not given: taken as one interval its curve is far off."""
    stayed, first, last, end = simulated()
    high = np.where(last < end, last + 1 - first, INF)
    since = survival(list(zip(last - first, high, strict=True)), [1, 2, 3, 4])
    true = np.array([(stayed > months).mean() for months in (2, 3, 4)])
    assert (since[1:] < true + 0.02).all() and (true < since[:-1] + 0.02).all()
    both = survival(list(zip(last - first, np.where(last < end, last + 2 - first, INF), strict=True)), [1, 2, 3, 4])
    assert both[0] == 1
    assert not ((since[1:] < both[1:] + 0.02) & (both[1:] < since[:-1] + 0.02) & (abs(both[1:] - true) < 0.03)).all()


TABLES = st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=1, max_size=6)


@given(TABLES)
def test_the_pooled_odds_ratio_is_that_of_others(cells):
    cells = np.array(cells, dtype=float)
    ours = pooled_odds_ratio(*(cells[None, :, place] for place in range(4)))[0]
    given = cells[cells.sum(axis=1) > 0]
    if np.isnan(ours):
        n = np.where(cells.sum(axis=1) > 0, cells.sum(axis=1), 1)
        assert (cells[:, 0] * cells[:, 3] / n).sum() == 0 or (cells[:, 1] * cells[:, 2] / n).sum() == 0
    else:
        assert ours == pytest.approx(StratifiedTable([table.reshape(2, 2) for table in given]).oddsratio_pooled)


def test_pooling_without_regard_to_the_month_is_caught():
    """The broken variant: many leave in one month, when few of the group are there."""
    early, late = [1, 9, 10, 90], [5, 5, 1, 1]
    tables = np.array([early, late], dtype=float)
    assert pooled_odds_ratio(*(tables[None, :, place] for place in range(4)))[0] == pytest.approx(1)
    assert pooled_odds_ratio(*tables.sum(axis=0)[:, None, None])[0] > 2
