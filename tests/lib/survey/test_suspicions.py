"""What cannot be right in an export is found, and what is right is left alone."""

import pandas as pd
import pytest
from cryptodrug.survey.export import Export, Variable
from cryptodrug.survey.suspicions import is_mojibake, of_percentage, possible_counts, suspicions
from hypothesis import assume, given
from hypothesis import strategies as st

ANSWERS = {1.0: {"": "yes"}, 2.0: {"": "no"}, 3.0: {"": "both"}}


def kinds(values, question="Why?", labels=None, missing=()):
    variable = Variable({"": question}, labels or ANSWERS, missing)
    return [one.kind for one in suspicions(Export(pd.DataFrame({"a": values}), {"a": variable}))]


def test_codes_with_labels_and_declared_missing_codes_are_no_suspicion():
    assert kinds([1.0, 2.0, 9.0, None], missing=((6.0, 9.0),)) == []


@pytest.mark.parametrize(("code", "kind"), [(4.0, "no label"), (12.0, "packed"), (321.0, "packed"), (666.0, "filler")])
def test_a_code_without_a_label_is_named_with_what_it_may_be(code, kind):
    assert kinds([1.0, code]) == [kind]


def test_a_literal_na_is_no_missing_answer_by_itself():
    assert kinds(["a", "NA", ""], labels={"a": {"": "yes"}}) == ["literal"]


def test_many_codes_without_labels_are_one_suspicion():
    assert kinds([float(n) for n in range(100)]) == ["no label"]


def test_odd_words_are_found():
    assert kinds([1.0], question="=1+1") == ["formula"]
    assert kinds([1.0], question="a <script> in a question") == ["mark-up"]
    assert kinds([1.0], question="é" * 128) == ["cut"]
    assert kinds([1.0], labels={1.0: {"": "CafeÃ¯ne"}}) == ["mojibake"]


def test_one_wording_with_other_answers_may_have_moved():
    book = {name: Variable({"": "How often?"}, labels) for name, labels in (("a", ANSWERS), ("b", {1.0: {"": "once"}}))}
    found = suspicions(Export(pd.DataFrame(), book))
    assert [one.kind for one in found] == ["shifted"] and "a, b" in found[0].what


@given(st.text(max_size=30))
def test_a_text_read_once_too_often_is_recognised_and_the_text_itself_is_not(text):
    assume(not is_mojibake(text) and not text.isascii())
    try:
        wrong = text.encode().decode("windows-1252")
    except UnicodeDecodeError:
        return
    assert is_mojibake(wrong)


@given(st.integers(1, 500), st.data())
def test_a_percentage_that_was_rounded_is_never_suspected(base, data):
    count = data.draw(st.integers(0, base))
    digits = data.draw(st.integers(0, 2))
    printed = f"{round(100 * count / base + 1e-9, digits):.{digits}f}"
    rounded, _ = possible_counts(printed, base)
    assert count in rounded and of_percentage("a", printed, base) is None


def test_a_percentage_that_was_cut_or_has_another_base_is_named():
    cut = of_percentage("smokes", "28", 75)  # 21.5 of 75 would be 28.67; 21 are 28.00
    assert cut is None
    found = of_percentage("smokes", "28", 6)
    assert found.kind == "impossible"
    assert of_percentage("smokes", "28", 150) is None
    assert of_percentage("smokes", "66", 3).kind == "cut" and "2 are 66.67 %" in of_percentage("smokes", "66", 3).what
