"""A rule that stands behind a wider one can never read a page."""

import pytest
from cryptodrug.reading.reach import never_reached
from cryptodrug.reading.rules import PageRule


def rules(*whens):
    return [PageRule(kind="other", layout=str(number), when=when) for number, when in enumerate(whens)]


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ({"contains": ["a"]}, {"contains": ["abc"]}),
        ({"contains_any": ["a", "b"]}, {"contains": ["xb"]}),
        ({"contains_any": ["a", "b"]}, {"contains_any": ["ax", "xb"]}),
        ({"lacks": ["abc"]}, {"lacks": ["b"]}),
        ({"shorter_than": 10}, {"shorter_than": 9}),
        ({"path": "^a"}, {"path": "^a", "contains": ["x"]}),
    ],
)
def test_the_narrow_rule_behind_the_wide_one_is_found_and_not_the_other_way_round(wide, narrow):
    assert never_reached(rules(wide, narrow)) == [(1, 0)]
    assert never_reached(rules(narrow, wide)) == []


def test_of_several_rules_in_front_the_first_is_named():
    assert never_reached(rules({"contains": ["a"]}, {"contains": ["b"]}, {"contains": ["a", "b"]})) == [(2, 0)]
