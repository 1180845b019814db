"""Before and after on the same people, against numbers worked out by hand and other libraries."""

import numpy as np
import pytest
from cryptodrug.statistics.paired import (
    class_of,
    holm,
    marginal_homogeneity,
    sign_test,
    signed_rank,
    tango,
    verdict,
)
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import wilcoxon
from statsmodels.stats.contingency_tables import SquareTable


@pytest.mark.parametrize(("up", "down", "significant"), [(21, 9, True), (20, 10, False), (6, 0, True), (5, 0, False)])
def test_how_many_must_move_for_significance(up, down, significant):
    assert (sign_test(up, down) < 0.05) is significant
    assert sign_test(up, down) == sign_test(down, up)


def test_by_hand_three_against_one():
    assert sign_test(3, 1) == pytest.approx(2 * (1 + 4) / 16)
    assert sign_test(2, 2) == 1
    assert sign_test(0, 0) is None


def test_signed_ranks_by_hand_with_a_zero_and_ties():
    # sizes 0, 1, 1, 2: middle ranks 1, 2.5, 2.5, 4; the zero keeps its rank and is left out (Pratt)
    test = signed_rank([0, 1, 1, -2])
    # of eight ways to set the signs of 2.5, 2.5, 4, six are as far from the middle as 5 against 4
    assert (test.pairs, test.p) == (3, 1.0)
    assert test.z == pytest.approx((2 * 5 - 9) / np.sqrt(2.5**2 + 2.5**2 + 4**2))
    assert test.effect == pytest.approx(test.z / np.sqrt(3))
    assert signed_rank([1, 1, 1, 1, 1, 1]).p == pytest.approx(2 / 64)
    assert signed_rank([0, 0]) is None and signed_rank([]) is None


def test_signed_ranks_of_many_pairs_agree_with_scipy():
    steps = np.random.default_rng(5).integers(-3, 3, 90)
    theirs = wilcoxon(steps, zero_method="pratt", correction=False, method="asymptotic")
    ours = signed_rank(list(steps))
    assert ours.p == pytest.approx(theirs.pvalue, rel=1e-6)
    assert ours.z < 0


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 60))
def test_the_score_interval_holds_the_estimate_and_turns_with_the_data(up, down, same):
    n = up + down + same
    if n == 0:
        with pytest.raises(ValueError, match="no counts"):
            tango(up, down, n, 0.95)
        return
    low, high = tango(up, down, n, 0.95)
    assert -1 <= low <= (up - down) / n <= high <= 1
    assert tango(down, up, n, 0.95) == pytest.approx((-high, -low), abs=1e-9)


def test_the_score_interval_without_movers_is_that_of_wilson_for_none():
    # with nobody moving the score reduces to z * z / (n + z * z)
    low, high = tango(0, 0, 99, 0.95)
    assert high == pytest.approx(3.8415 / (99 + 3.8415), abs=1e-4)
    assert low == pytest.approx(-high)


def test_no_change_needs_the_whole_interval_inside_the_margin():
    assert verdict(True, 0.2, (-0.1, 0.14), 0.15) == "unchanged"
    assert verdict(True, 0.2, (-0.1, 0.16), 0.15) == "no-significant-change"
    assert verdict(True, None, (-0.04, 0.04), 0.15) == "unchanged"
    assert verdict(True, 0.049, (0.01, 0.1), 0.15) == "rose"
    assert verdict(False, 0.049, (-0.1, -0.01), 0.15) == "fell"


def test_holm_by_hand():
    assert holm({"a": 0.01, "b": 0.04, "c": None, "d": 0.03}) == pytest.approx(
        {"a": 0.03, "d": 0.06, "b": 0.06, "c": None}
    )


@pytest.mark.parametrize(
    ("p", "name"), [(0.0009, "below-0001"), (0.001, "below-001"), (0.049, "below-005"), (0.05, "not-below-005")]
)
def test_a_p_value_leaves_as_a_class(p, name):
    assert class_of(p) == name
    assert class_of(None) is None


def test_margins_agree_with_statsmodels_and_groups_that_agree_do_not_count():
    table = np.array([[5, 9, 2], [3, 20, 6], [1, 2, 8]])
    pairs = [(str(i), str(j)) for i in range(3) for j in range(3) for _ in range(table[i, j])]
    square = SquareTable(table, shift_zeros=False)
    assert marginal_homogeneity(pairs) == pytest.approx(square.homogeneity("stuart_maxwell").pvalue)
    assert marginal_homogeneity(pairs, bhapkar=True) == pytest.approx(square.homogeneity("bhapkar").pvalue)
    assert marginal_homogeneity([*pairs, *[("9", "9")] * 7]) == pytest.approx(marginal_homogeneity(pairs))
    assert marginal_homogeneity([("0", "0")]) is None
