"""How much of a market was seen."""

import numpy as np
import pytest
from cryptodrug.statistics.coverage import chapman, good_turing, recapture_interval, schnabel
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


def test_good_turing_by_hand():
    # three seen once of ten sightings, two seen twice, five pages: 4 x 3 / (4 x 3 + 2 x 2) = 3/4
    found = good_turing([1, 1, 1, 2, 2, 3], 5, 0.95)
    assert found.share == pytest.approx(1 - 3 / 4 * 3 / 10)
    # Esty: (3 x 0.7 + 2 x 2) / 100 where a binomial share would have 3 x 0.7 / 100
    low, high = wilson(0.7 * 10 * 2.1 / 6.1, 10 * 2.1 / 6.1, 0.95)
    assert found[1:] == pytest.approx((1 - 3 / 4 * (1 - low), 1 - 3 / 4 * (1 - high)))


def test_two_pages_that_show_half_each_saw_three_quarters():
    # of 4 things each page shows 2 by chance: 1 is seen twice, 2 once, 1 never
    assert good_turing([2, 1, 1], 2, 0.95).share == pytest.approx(3 / 4)


def test_all_seen_again_is_all_seen_and_nothing_again_tells_nothing():
    assert good_turing([2, 3, 2], 4, 0.95).share == 1
    assert good_turing([1] * 50, 5, 0.95).share == 0
    assert good_turing([1], 1, 0.95).share == 0


@pytest.mark.parametrize("times", [[], [0, 1], [1, 6]])
def test_what_cannot_have_been_seen_so_often_is_refused(times):
    with pytest.raises(ValueError, match="of 5 pages"):
        good_turing(times, 5, 0.95)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=200), st.integers(9, 40))
def test_the_share_lies_in_its_interval_and_grows_with_what_is_seen_again(times, pages):
    found = good_turing(times, pages, 0.95)
    assert 0 <= found.low <= found.share + 1e-12 and found.share <= found.high + 1e-12 and found.high <= 1
    assert good_turing([*times, 2], pages, 0.95).share >= found.share - 1e-12


@pytest.mark.parametrize("read", [33, 20])
def test_the_share_of_a_list_in_a_new_order_on_each_page_is_found(read):
    chance, apart, held = np.random.default_rng(82), [], 0
    for _ in range(300):
        seen = np.zeros(400, dtype=int)
        for _ in range(read):
            seen[chance.choice(400, 12, replace=False)] += 1
        found, true = good_turing(seen[seen > 0].tolist(), read, 0.95), (seen > 0).mean()
        apart.append(found.share - true)
        held += found.low <= true <= found.high
    # three standard errors of the mean, and of a share of 0.95
    assert abs(np.mean(apart)) < 3 * np.std(apart) / 300**0.5
    assert held / 300 > 0.95 - 3 * (0.95 * 0.05 / 300) ** 0.5
