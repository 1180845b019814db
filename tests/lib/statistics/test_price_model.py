"""Prices by quantity and origin: made prices are found again, and an independent fit of the whole design agrees."""

import numpy as np
import pytest
from cryptodrug.statistics.price_model import MOMENTS, SCALE, common_ratio, moments, solve, tenfold_factor
from hypothesis import given, settings
from hypothesis import strategies as st

ROUNDING = 3 / SCALE  # logs have four decimals


def sums_of(quantity, price, origin, group, groups):
    """Sums of the moments by group, (1, groups, 8)."""
    total = np.zeros((groups, len(MOMENTS)), dtype=np.int64)
    np.add.at(total, np.asarray(group), moments(np.asarray(quantity), np.asarray(price), np.asarray(origin)))
    return total[None]


def made(seed, offers=80, groups=3, slope=0.8, ratio=0.9):
    """Prices without chance: a level a group, a slope, a ratio by origin."""
    draws = np.random.Generator(np.random.PCG64(seed))
    quantity, group = draws.choice([0.5, 1, 5, 28, 100], offers), draws.integers(0, groups, offers)
    origin = draws.random(offers) < np.where(quantity > 5, 0.6, 0.2)  # from the country come the larger lots
    levels = np.exp(draws.normal(2, 0.5, groups))
    return quantity, levels[group] * quantity**slope * np.where(origin, ratio, 1), origin, group


@given(st.integers(0, 10**6), st.floats(0.5, 1.2), st.floats(0.5, 2.0))
@settings(max_examples=40)
def test_a_slope_and_a_ratio_without_chance_are_found_again(seed, slope, ratio):
    quantity, price, origin, group = made(seed, slope=slope, ratio=ratio)
    (found,), (log_ratio,) = solve(sums_of(quantity, price, origin, group, 3))
    assert found == pytest.approx(slope, abs=ROUNDING)
    assert np.exp(log_ratio) == pytest.approx(ratio, rel=ROUNDING)


def test_it_is_least_squares_with_a_column_for_each_level():
    quantity, price, origin, group = made(5)
    price = price * np.exp(np.random.Generator(np.random.PCG64(6)).normal(0, 0.3, len(price)))
    levels = (group[:, None] == np.arange(3)).astype(float)
    design = np.column_stack([np.log(quantity), origin, levels])
    slope, ratio, *_ = np.linalg.lstsq(design, np.log(price), rcond=None)[0]
    found = solve(sums_of(quantity, price, origin, group, 3))
    assert (found[0][0], found[1][0]) == (pytest.approx(slope, abs=ROUNDING), pytest.approx(ratio, abs=ROUNDING))


def test_an_estimator_without_quantity_or_without_levels_is_found_out():
    """What the model is for: the country sells larger lots, and prices differ between days."""
    quantity, price, origin, group = made(7)
    (_,), (log_ratio,) = solve(sums_of(quantity, price, origin, group, 3))
    naive = np.log(price / quantity)
    broken = {
        "per gram, whatever the quantity": naive[origin].mean() - naive[~origin].mean(),
        "one level for all days": solve(sums_of(quantity, price, origin, np.zeros_like(group), 1))[1][0],
        "one quantity for all": solve(sums_of(np.ones_like(quantity), price, origin, group, 3))[1][0],
    }
    assert log_ratio == pytest.approx(np.log(0.9), abs=ROUNDING)
    assert {name for name, value in broken.items() if abs(value - np.log(0.9)) < 0.02} == set()


def test_the_ratio_in_common_is_that_of_each_kind_whatever_their_slopes():
    kinds = [made(seed, slope=slope)[:] for seed, slope in ((1, 0.7), (2, 1.0), (3, 0.9))]
    stacked = np.stack([sums_of(*kind, 3) for kind in kinds], axis=1)
    assert stacked.shape == (1, 3, 3, len(MOMENTS))
    assert common_ratio(stacked)[0] == pytest.approx(np.log(0.9), abs=ROUNDING)
    # a kind without offers from the country changes nothing
    alone = sums_of(kinds[0][0], kinds[0][1], np.zeros(80), kinds[0][3], 3)
    assert common_ratio(np.concatenate([stacked, alone[:, None]], axis=1))[0] == common_ratio(stacked)[0]


def test_what_cannot_be_told_is_undefined():
    one_quantity = solve(sums_of([5, 5, 5, 5], [10, 12, 20, 24], [0, 0, 1, 1], [0, 0, 0, 0], 1))
    assert np.isnan(one_quantity[0][0]) and np.exp(one_quantity[1][0]) == pytest.approx(2, rel=ROUNDING)
    one_origin = solve(sums_of([1, 10], [8, 80], [1, 1], [0, 0], 1))
    assert one_origin[0][0] == pytest.approx(1) and np.isnan(one_origin[1][0])
    together = solve(sums_of([1, 1, 10, 10], [8, 8, 70, 70], [0, 0, 1, 1], [0, 0, 0, 0], 1))
    assert np.isnan(together[1][0]), "origin and quantity go together: nothing tells them apart"
    assert np.isnan(solve(np.zeros((2, 1, len(MOMENTS))))[0]).all()
    assert np.isnan(common_ratio(np.zeros((2, 1, 1, len(MOMENTS))))).all()


def test_sums_are_the_same_in_any_order():
    quantity, price, origin, group = made(9)
    order = np.random.Generator(np.random.PCG64(1)).permutation(len(price))
    one = sums_of(quantity, price, origin, group, 3)
    other = sums_of(quantity[order], price[order], origin[order], group[order], 3)
    assert (one == other).all()


def test_ten_times_the_quantity():
    assert tenfold_factor(1) == 1
    assert tenfold_factor(0.5) == pytest.approx(10**-0.5)
