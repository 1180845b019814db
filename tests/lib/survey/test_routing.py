"""Conditions of a questionnaire."""

import numpy as np
import pytest
from cryptodrug.survey.routing import parse_condition
from hypothesis import given
from hypothesis import strategies as st

CODES = {"a": np.array([1.0, 2.0, 0.0, -9.0, np.nan]), "b": np.array([0.0, 1.0, 1.0, 1.0, 1.0])}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a == 1", [True, False, False, False, False]),
        ("a != 1", [False, True, True, False, False]),  # a missing answer is not "another answer"
        ("a >= 1", [True, True, False, False, False]),
        ("a in (0, 2)", [False, True, True, False, False]),
        ("a == 1 or b == 1", [True, True, True, True, True]),
        ("a >= 1 and (b == 1 or b == 0)", [True, True, False, False, False]),
    ],
)
def test_a_condition_holds_for_the_right_records(text, wanted):
    assert parse_condition(text).holds(CODES).tolist() == wanted


def test_the_variables_of_a_condition_are_named_in_order():
    assert parse_condition("b == 1 or a in (1, 2) or b >= 3").names == ("b", "a")


@pytest.mark.parametrize(
    "text",
    ["", "a", "a = 1", "a < 1", "not a == 1", "a == b", "1 == a", "0 <= a == 1", "a == -9", "a == True", "a == 1.5",
     "a in [1]", "a in (b,)", "f(a) == 1", "a == 1; b", "lambda: 1", "a.b == 1", "(a == 1", "a == 'x'",
     "a == 1 if b else c"],
)  # fmt: skip
def test_anything_else_is_refused_and_the_grammar_said(text):
    with pytest.raises(ValueError, match="a condition has names of variables"):
        parse_condition(text)


@given(st.text(max_size=40))
def test_no_text_does_anything_but_parse_or_be_refused(text):
    try:
        parse_condition(text)
    except ValueError as error:
        assert "a condition has" in str(error)
