"""The map of an export: what it may say."""

import pytest
from cryptodrug.errors import SettingsError
from cryptodrug.survey.mapping import read_mapping
from cryptodrug.survey.questionnaire import read_questionnaire
from survey_small import MAP, questionnaire_files


def mapped(folder, text):
    questionnaire_files(folder)
    (folder / "map.yaml").write_text(text, encoding="utf-8")
    return read_mapping(folder / "map.yaml", read_questionnaire(str(folder)))


def test_a_variable_may_have_another_name_in_the_export(tmp_path):
    mapping = mapped(tmp_path, MAP.replace("columns: {}", "columns: {gender: Q1}"))
    assert (mapping.column("gender"), mapping.column("bought")) == ("Q1", "bought")


def test_categories_are_those_of_the_variable_else_of_its_labels_else_the_codes(tmp_path):
    text = MAP.replace("by_variable: {}", "by_variable: {bought: {any: [0, 1]}}")
    mapping, questionnaire = mapped(tmp_path, text), read_questionnaire(str(tmp_path))
    found = {name: mapping.published(questionnaire, name) for name in ("gender", "bought", "state")}
    assert found == {
        "gender": {1: "not-men", 2: "men"}, "bought": {0: "any", 1: "any"}, "state": {1: "1", 2: "2", 3: "3"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("columns: {}", "columns: {age: Q1}", "not in the questionnaire: age"),
        ("columns: {}", "columns: {gender: bought}", "column of the export used twice: bought"),
        ("men: [2]}", "men: [2, 3]}", r"by_labels.gender: must hold each of the codes \[1, 2\] once"),
        ("not-men: [1]", "not-men: [1, 2]", r"by_labels.gender: must hold each of the codes \[1, 2\] once"),
        ("by_variable: {}", "by_variable: {bought: {all: [1]}}", "by_variable.bought: must hold each of the codes"),
        ("by_labels: {", "by_labels: {shoes: {all: [1]}, ", "by_labels.shoes: must hold each of the codes"),
        ("status: state", "status: amount", "respondent.status: no coded variable"),
        ("language: en", "language: de", "language"),
        ("instrument: small", "instrument: small\nallowed: [remark]", "allowed: unknown key"),
    ],
)
def test_a_map_that_does_not_fit_the_questionnaire_is_refused(tmp_path, old, new, wanted):
    with pytest.raises(SettingsError, match=wanted):
        mapped(tmp_path, MAP.replace(old, new))
