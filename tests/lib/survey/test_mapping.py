"""The map of an export: what it may say."""

import pytest
from cryptodrug.errors import SettingsError
from cryptodrug.survey.mapping import read_mapping

MAP = """
instrument: two questions
respondent: {column: id, status: state, complete: [1], partial: [2]}
missing: {-9: "shown, not answered"}
variables:
  gender:
    column: Q1
    question: Gender
    answers: [{code: 1, label: woman, category: not-men}, {code: 2, label: man, category: men}]
"""


def written(tmp_path, text):
    (tmp_path / "map.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "map.yaml"


def test_a_variable_may_have_another_name_in_the_export(tmp_path):
    assert read_mapping(written(tmp_path, MAP)).column("gender") == "Q1"


def test_there_is_no_way_to_let_text_pass(tmp_path):
    with pytest.raises(SettingsError, match=r"variables\.remark\.answers: missing"):
        read_mapping(written(tmp_path, MAP + "  remark: {question: Remarks, type: text}\n"))


def test_a_code_given_twice_is_refused(tmp_path):
    with pytest.raises(SettingsError, match=r"variables\.gender: code given twice: \[1\]"):
        read_mapping(written(tmp_path, MAP.replace("code: 2", "code: 1")))


def test_one_column_for_two_variables_is_refused(tmp_path):
    more = "  sex: {column: Q1, question: Sex, answers: [{code: 1, label: woman, category: woman}]}\n"
    with pytest.raises(SettingsError, match="column of the export used twice: Q1"):
        read_mapping(written(tmp_path, MAP + more))
