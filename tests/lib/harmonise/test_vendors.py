"""Bands and ratings that vendor pages print."""

import pytest
from cryptodrug.harmonise.vendors import read_band, read_rating
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("100~150", 100, 150),
        ("150~100", 100, 150),
        ("1,000–1,500", 1000, 1500),
        ("500+", 500, None),
        ("7", 7, 7),
        ("0", 0, 0),
        ("Deals: 3", 3, 3),
        ("none", None, None),
        (None, None, None),
    ],
)
def test_bands(text, low, high):
    assert read_band(text) == (low, high)


@given(low=st.integers(0, 10**6), width=st.integers(0, 10**6))
@settings(max_examples=100, deadline=None)
def test_a_written_band_is_read_back(low, width):
    assert read_band(f"{low:,}~{low + width:,}") == (low, low + width)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("4.9/5", 0.98),
        ("4.9", 0.98),
        ("5/5", 1),
        ("97%", 0.97),
        ("9 / 10", 0.9),
        ("120%", None),
        ("3/0", None),
        (None, None),
        (" Positive", 1),
        ("Neutral", 0.5),
        ("Negative", 0),
        ("positively awful", None),
    ],
)
def test_ratings(text, share):
    assert read_rating(text) == (None if share is None else pytest.approx(share))
