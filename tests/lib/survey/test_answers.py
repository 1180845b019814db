"""Numbers typed by hand, months, holes."""

import numpy as np
import pandas as pd
import pytest
from cryptodrug.errors import InputError
from cryptodrug.survey.answers import EMPTY, NEVER_REACHED, as_codes, typed_number, without_holes
from cryptodrug.survey.export import Variable
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("5", 5.0), (" 2,5 ", 2.5), ("3.5", 3.5), ("0,5", 0.5), ("a few", None), ("5 g", None), ("1.000,5", None),
     ("1,", None), ("-3", None), ("", None), ("2 - 3", None), ("½", None)],
)  # fmt: skip
def test_a_typed_number_is_read_or_left(text, wanted):
    assert typed_number(text) == wanted


@given(st.text(max_size=12))
def test_no_text_gives_a_number_that_is_not_in_it(text):
    number = typed_number(text)
    assert number is None or (number >= 0 and set(text.strip()) <= set("0123456789.,"))


@given(st.integers(0, 999999), st.integers(0, 99), st.sampled_from(",."))
def test_a_written_number_is_read_back(whole, part, mark):
    assert typed_number(f"{whole}{mark}{part:02d}") == pytest.approx(whole + part / 100)


def test_what_is_empty_behind_the_last_answer_of_one_who_left_was_never_reached():
    nothing = np.nan
    codes = pd.DataFrame({"a": [1.0, nothing, 1.0], "b": [nothing, 2.0, nothing], "c": [nothing, nothing, -9.0]})
    partial = pd.Series([True, True, False])
    assert without_holes(codes, partial).to_numpy().tolist() == [
        [1, NEVER_REACHED, NEVER_REACHED],
        [EMPTY, 2, NEVER_REACHED],
        [1, EMPTY, -9],
    ]


def test_what_an_export_writes_becomes_a_code_and_what_is_none_is_counted_not_shown():
    said = Variable(labels={"9": {"": "refused"}}, missing=(("9", "9"),))
    column = pd.Series(["Y", "2", "9", ""], name="Q1")
    codes = as_codes(column, {"Y": 1}, said, {"refused": -8})
    assert codes.fillna(-99).tolist() == [1, 2, -8, -99]
    with pytest.raises(InputError, match="2 answers are no code") as caught:
        as_codes(pd.Series(["1,2,3", "a secret"], name="Q1"), {}, Variable(), {})
    assert "secret" not in str(caught.value)


def test_a_declared_missing_number_becomes_the_missing_code_of_its_label():
    said = Variable(labels={6.0: {"": "skip"}, 6.5: {"": "skip"}}, missing=((6.0, 6.0),))
    codes = as_codes(pd.Series([1.0, 6.0, 6.5, None]), {}, said, {"skip": -6})
    assert codes.fillna(-99).tolist() == [1, -6, 6.5, -99]
