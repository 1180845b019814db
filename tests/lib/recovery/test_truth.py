"""Where small rows are merged, the truth is merged in the same way."""

import pytest
from cryptodrug.recovery.estimators import Estimate
from cryptodrug.recovery.truth import POLICIES, _herfindahl, _names_in, _policies_in

PARAMETERS = {f"drug-classes.{name}.share_focus": share for name, share in (("mdma", 0.5), ("lsd", 0.3), ("ghb", 0.2))}


def estimate(table, row, column):
    return Estimate(table, row, column, 0.0, None, None, None)


def test_a_policy_without_a_row_stands_with_the_next_wider_one_that_has():
    printed = {"neighbours": 0.3, "europe": 0.2, "other-countries": 0.0, "worldwide": 0.5, "not-stated": 0.0}
    assert _policies_in("neighbours", printed) == ["domestic", "neighbours"]
    assert _policies_in("worldwide", printed) == ["worldwide-except", "worldwide"]
    assert _policies_in("not-stated", printed) == ["not-stated"]
    assert sum(len(_policies_in(row, printed)) for row in printed) == len(POLICIES) + 1


def test_the_widest_policy_without_a_row_stands_with_the_widest_that_has_vendors():
    printed = {"domestic": 0.5, "neighbours": 0.3, "europe": 0.2, "other-countries": 0.0}
    assert _policies_in("europe", printed) == ["europe", "worldwide-except", "worldwide"]
    assert _policies_in("other-countries", printed) == ["other-countries"]


def test_merged_classes_are_those_without_a_row():
    rows = dict.fromkeys(("mdma", "other-classes"), 0.0)
    names = _names_in(estimate("drug-classes", "other-classes", "share_focus"), rows, PARAMETERS)
    assert names == ["drug-classes.lsd.share_focus", "drug-classes.ghb.share_focus"]
    one = estimate("drug-classes", "mdma", "share_focus")
    assert _names_in(one, rows, PARAMETERS) == [one.id]


def test_the_expected_index_between_two_tabulated_numbers_of_vendors_is_interpolated():
    from cryptodrug.recovery.estimands import SIZES

    known = {f"concentration.all.hhi.{size}": 3 / size for size in SIZES}
    assert _herfindahl("all", 35, known) == pytest.approx(3 / 35)
