"""Findings follow the ends of intervals, never the point."""

from types import SimpleNamespace

import pytest
from cryptodrug.findings import RatioAgainstOne, RatiosAgainstOne, ShareAtLeast, ShareBelow, state_of

GROWTH = RatioAgainstOne(kind="ratio-against-one", values=["growth-models.listings.ratio"], why="one is the rest")
TESTING = ShareBelow(kind="share-below", values=["practice-levels.hr-test-now.share"], threshold=0.5, why="half")


def ratio(low, high, hidden=None):
    ends = None if low is None else {"low": low, "high": high}
    return SimpleNamespace(value=1.0, interval=ends, hidden=hidden, row="listings")


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (ratio(1.01, 1.4), "holds"),
        (ratio(0.7, 0.99), "contrary"),
        (ratio(0.9, 1.2), "open"),
        (ratio(1.0, 1.2), "open"),
        (ratio(None, None), "open"),
        (ratio(1.01, 1.4, hidden="small"), "hidden"),
    ],
)
def test_the_state_of_growth(value, state):
    assert state_of(GROWTH, {"growth-models.listings.ratio": value}) == state


def test_without_the_figure_it_is_absent():
    assert state_of(GROWTH, {}) == "absent"


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (ratio(0.2, 0.49), "holds"),
        (ratio(0.5, 0.7), "contrary"),
        (ratio(0.3, 0.5), "open"),
        (ratio(None, None), "open"),
        (ratio(0.2, 0.4, hidden="small"), "hidden"),
        (None, "absent"),
    ],
)
def test_the_state_of_something_rare(value, state):
    assert state_of(TESTING, {"practice-levels.hr-test-now.share": value} if value else {}) == state


BOUNDS = RatiosAgainstOne(kind="ratios-against-one", values=["t.low.ratio", "t.high.ratio"], why="both bounds")


@pytest.mark.parametrize(
    ("low", "high", "state"),
    [
        (ratio(1.1, 1.4), ratio(1.2, 2), "holds"),
        (ratio(1.1, 1.4), None, "holds"),
        (ratio(0.7, 0.9), ratio(0.1, 0.9), "contrary"),
        (ratio(0.7, 0.9), ratio(1.1, 1.9), "open"),
        (ratio(1.1, 1.4), ratio(0.9, 2), "open"),
        (None, ratio(0.9, 2), "open"),
        (ratio(1.1, 1.4), ratio(1.2, 2, hidden="small"), "hidden"),
        (None, None, "absent"),
    ],
)
def test_both_bounds_must_say_the_same(low, high, state):
    values = {f"t.{name}.ratio": one for name, one in (("low", low), ("high", high)) if one is not None}
    assert state_of(BOUNDS, values) == state


def test_what_was_asked_and_merged_with_another_answer_is_hidden_and_not_absent():
    share = "social-supply.not-for-profit.share"
    finding = ShareAtLeast(
        kind="share-at-least", values=[share], upper=share, asked="s.own.n", threshold=0.5, why="half"
    )
    assert state_of(finding, {}) == "absent"
    assert state_of(finding, {"s.own.n": ratio(None, None)}) == "hidden"
    assert state_of(finding, {"s.own.n": ratio(None, None), share: ratio(0.6, 0.8)}) == "holds"
