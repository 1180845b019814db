"""Ratios of shares."""

import numpy as np
import pytest
from cryptodrug.statistics.ratios import corrected_ratio, location_quotient, ratio_of_shares


def ratios(here, rest):
    counts = np.array([[here, rest]], dtype=float)
    bases = counts.sum(axis=2, keepdims=True)
    with np.errstate(invalid="ignore"):
        shares = counts / bases
    return ratio_of_shares(shares[:, 0], shares[:, 1], counts, bases)[0]


def test_ratio_of_shares_by_hand():
    assert ratios([4, 6], [10, 30]) == pytest.approx([0.4 / 0.25, 0.6 / 0.75])


def test_one_zero_adds_half_a_listing_to_every_class():
    found = ratios([4, 2, 1], [0, 2, 3])
    assert found == pytest.approx([corrected_ratio(*cell, 5) for cell in ((4, 7, 0), (2, 7, 2), (1, 7, 3))])
    assert found[0] == pytest.approx((4.5 / 8) / (0.5 / 6))


def test_a_group_without_listings_has_no_ratio():
    assert np.isnan(ratios([0, 0], [3, 4])).all()
    assert np.isnan(ratios([3, 4], [0, 0])).all()


def test_location_quotient_of_a_class_nobody_offers_is_undefined():
    found = location_quotient(np.array([0.5, 0.0]), np.array([0.25, 0.0]))
    assert found[0] == 2
    assert np.isnan(found[1])
