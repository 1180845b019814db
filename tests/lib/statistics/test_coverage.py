"""How much of a market was seen."""

import pytest
from cryptodrug.statistics.coverage import chapman, recapture_interval, schnabel
from cryptodrug.statistics.intervals import wilson
from hypothesis import given, settings
from hypothesis import strategies as st


def test_chapman_of_two_captures_by_hand():
    size, variance = chapman(200, 150, 50)
    assert size == pytest.approx(201 * 151 / 51 - 1)
    assert variance == pytest.approx(201 * 151 * 150 * 100 / (51**2 * 52))


def test_everything_recaptured_leaves_nothing_unseen():
    assert chapman(80, 80, 80) == (80, 0)


def test_nothing_recaptured_still_has_a_size():
    assert chapman(9, 9, 0).size == 99


@given(first=st.integers(1, 500), second=st.integers(1, 500), part=st.floats(0, 1))
@settings(max_examples=100, deadline=None)
def test_the_estimated_size_is_never_below_what_one_capture_saw(first, second, part):
    both = round(part * min(first, second))
    size, variance = chapman(first, second, both)
    assert size >= max(first, second) - 1e-9
    assert variance >= 0


@pytest.mark.parametrize("both", [-1, 6])
def test_more_recaptured_than_captured_is_refused(both):
    with pytest.raises(ValueError, match=f"{both} in both captures of 5 and 9"):
        chapman(5, 9, both)


def test_schnabel_of_three_captures_by_hand():
    # C M: 4 x 0, 3 x 4, 3 x 5; R: 0, 2, 2
    assert schnabel([{1, 2, 3, 4}, {3, 4, 5}, {1, 5, 6}]) == (12 + 15) / 4


def test_schnabel_without_a_recapture_is_refused():
    with pytest.raises(ValueError, match="nothing was captured twice"):
        schnabel([{1}, {2}, {3}])


def test_everything_recaptured_has_the_interval_of_wilson():
    assert recapture_interval([(10, 10), (5, 5), (15, 15)], 0.95) == wilson(30, 30, 0.95)


def test_one_page_has_the_interval_of_wilson():
    assert recapture_interval([(30, 24)], 0.95) == wilson(24, 30, 0.95)


def test_listings_missed_page_by_page_widen_the_interval():
    together = recapture_interval([(10, 10)] * 4 + [(10, 0)], 0.95)
    apart = recapture_interval([(10, 8)] * 5, 0.95)
    assert apart == wilson(40, 50, 0.95)
    # all of a page or nothing: fifty listings are worth as much as four pages (5 pages, less one for their mean)
    assert together == pytest.approx(wilson(0.8 * 4, 4, 0.95))


@given(st.lists(st.tuples(st.integers(1, 30), st.floats(0, 1)), min_size=1, max_size=20))
@settings(max_examples=100, deadline=None)
def test_the_interval_holds_the_share_recaptured(drawn):
    pages = [(size, round(part * size)) for size, part in drawn]
    share = sum(found for _, found in pages) / sum(size for size, _ in pages)
    low, high = recapture_interval(pages, 0.95)
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1
