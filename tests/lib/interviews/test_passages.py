"""Passages of two coders: found when they share half of the shorter one, each once."""

import pandas as pd
import pytest
from cryptodrug.interviews.passages import Found, found, matched, overlap


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [((0, 10), (0, 10), 1), ((0, 10), (5, 25), 0.5), ((0, 10), (2, 4), 1), ((0, 10), (10, 20), 0), ((3, 3), (0, 9), 0)],
)
def test_overlap_is_a_share_of_the_shorter_passage(one, other, share):
    assert overlap(one, other) == overlap(other, one) == share


def test_each_passage_is_matched_once_and_the_closest_first():
    assert matched([(0, 100)], [(0, 40), (50, 90)]) == 1
    assert matched([(0, 10), (10, 20)], [(0, 20)]) == 1
    assert matched([(0, 10), (8, 18)], [(7, 17), (0, 9)]) == 2
    assert matched([], [(0, 10)]) == 0


def test_counts_by_code_and_no_f1_for_a_few():
    rows = [
        ("i1", "a", "x", 0, 10), ("i1", "b", "x", 1, 10), ("i1", "b", "x", 20, 30),
        ("i2", "a", "x", 5, 9), ("i2", "a", "y", 0, 9), ("i1", "a", "x", None, None),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["interview", "coder", "code", "begins", "ends"])
    counts = found(table, "a", "b", "x", ["i1", "i2"])
    assert counts == Found(both=1, only_first=1, only_second=1)
    assert counts.f1 is None
    assert Found(both=8, only_first=1, only_second=1).f1 == pytest.approx(16 / 18)
