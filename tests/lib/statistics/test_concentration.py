"""Measures of concentration, where they are known without a computer."""

import numpy as np
import pytest
from cryptodrug.statistics.concentration import (
    gini,
    gini_without_each,
    herfindahl,
    herfindahl_normalised,
    lorenz,
    top_share,
    top_share_without_each,
)
from hypothesis import given, settings
from hypothesis import strategies as st

AMOUNTS = st.lists(st.integers(0, 1000), min_size=2, max_size=40).filter(any).map(np.array)


@pytest.mark.parametrize("n", [2, 5, 40])
def test_equal_vendors_show_no_concentration(n):
    equal = np.full(n, 7)
    assert herfindahl(equal) == pytest.approx(1 / n)
    assert herfindahl_normalised(equal) == pytest.approx(0)
    assert gini(equal) == pytest.approx(0)
    assert gini(equal, corrected=True) == pytest.approx(0)


@pytest.mark.parametrize("n", [2, 5, 40])
def test_one_vendor_with_everything_is_the_most_concentrated(n):
    all_to_one = np.array([0] * (n - 1) + [9])
    assert herfindahl(all_to_one) == 1
    assert herfindahl_normalised(all_to_one) == pytest.approx(1)
    assert gini(all_to_one) == pytest.approx(1 - 1 / n)
    assert gini(all_to_one, corrected=True) == pytest.approx(1)
    assert top_share(all_to_one, 0.1) == 1


def test_a_single_vendor_has_everything():
    alone = np.array([5])
    assert (herfindahl(alone), herfindahl_normalised(alone), gini(alone)) == (1, 1, 0)
    assert top_share(alone, 0.1) == 1
    assert lorenz(alone, 2) == [(0, 0), (1, 1)]


def test_the_vendor_on_the_border_counts_in_part():
    ten = np.arange(1, 11)
    assert top_share(ten, 0.1) == 10 / 55
    assert top_share(ten, 0.25) == pytest.approx((10 + 9 + 8 / 2) / 55)
    # fewer than ten vendors: the largest alone
    assert top_share(np.array([1, 2, 3]), 0.1) == 0.5
    assert top_share(ten, 1) == 1


def test_lorenz_curve_by_hand():
    curve = lorenz(np.array([6, 1, 3]), 4)
    assert np.array(curve) == pytest.approx(np.array([(0, 0), (1 / 3, 0.1), (2 / 3, 0.4), (1, 1)]))
    # half of three vendors: halfway between the first and the second
    assert lorenz(np.array([6, 1, 3]), 3)[1] == pytest.approx((0.5, 0.25))


@given(AMOUNTS)
@settings(max_examples=100, deadline=None)
def test_measures_stay_in_their_bounds_and_do_not_depend_on_the_currency(amounts):
    n = len(amounts)
    assert 1 / n - 1e-9 <= herfindahl(amounts) <= 1 + 1e-9
    assert -1e-9 <= gini(amounts) <= 1 - 1 / n + 1e-9
    assert herfindahl(amounts * 3) == pytest.approx(herfindahl(amounts))
    assert gini(amounts * 3) == pytest.approx(gini(amounts))


@given(AMOUNTS)
@settings(max_examples=100, deadline=None)
def test_the_lorenz_curve_rises_below_the_diagonal(amounts):
    x, y = np.array(lorenz(amounts, 7)).T
    assert (np.diff(y) >= -1e-12).all()
    assert (y <= x + 1e-9).all()
    assert (x[0], y[0], x[-1]) == (0, 0, 1)
    assert y[-1] == pytest.approx(1)


@pytest.mark.parametrize("amounts", [[], [0, 0], [-1, 4]])
def test_no_amounts_are_refused(amounts):
    with pytest.raises(ValueError, match="amounts of at least one vendor"):
        herfindahl(np.array(amounts))


def one_by_one(measure, amounts):
    rests = (np.delete(amounts, place) for place in range(len(amounts)))
    return np.array([measure(rest) if rest.sum() > 0 else np.nan for rest in rests])


@given(AMOUNTS, st.sampled_from([0.1, 0.3, 0.5]))
def test_all_left_out_at_once_as_one_by_one(amounts, share):
    plain = one_by_one(lambda rest: gini(rest, corrected=True), amounts)
    assert gini_without_each(amounts, corrected=True) == pytest.approx(plain, abs=1e-9, nan_ok=True)
    assert gini_without_each(amounts) == pytest.approx(one_by_one(gini, amounts), abs=1e-9, nan_ok=True)
    top = one_by_one(lambda rest: top_share(rest, share), amounts)
    assert top_share_without_each(amounts, share) == pytest.approx(top, abs=1e-9, nan_ok=True)
