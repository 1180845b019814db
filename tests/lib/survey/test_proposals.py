"""Drafting a map and checking it, from the command line."""

import pandas as pd
import pytest
import yaml
from cryptodrug.cli import main
from cryptodrug.files import sha256_of
from cryptodrug.provenance.records import PROJECT
from cryptodrug.survey.agreement import routing_faults
from cryptodrug.survey.export import Variable
from cryptodrug.survey.proposals import is_personal, letters, proposals
from cryptodrug.survey.questionnaire import read_questionnaire
from survey_small import MAP, export_file, questionnaire_files

QUESTIONNAIRE = read_questionnaire(PROJECT / "workflow/questionnaires/cryptodrug")


def test_a_name_without_signs_is_the_variable():
    assert letters("bf_freq_can") == letters("bffreq[can]")
    assert proposals(["bffreq[can]"], {}, QUESTIONNAIRE)["bffreq[can]"][0].variable == "bf_freq_can"


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
def test_a_wording_is_recognised_in_every_language(language):
    said = {"Q7": Variable({"": QUESTIONNAIRE.questions["scr_18"].text[language].upper()})}
    assert proposals(["Q7"], said, QUESTIONNAIRE)["Q7"][0].variable == "scr_18"


def test_nothing_is_proposed_for_a_question_of_another_kind():
    said = {"Q7": Variable({"": "Boil the potatoes for twenty minutes"})}
    assert proposals(["Q7"], said, QUESTIONNAIRE)["Q7"] == []


@pytest.mark.parametrize(
    "column", ["ip_address", "ipaddr", "RecipientEmail", "user_agent", "LocationLatitude", "token"]
)
def test_columns_about_a_person_are_recognised_by_name(column):
    assert is_personal(column) and not is_personal("recipe")


def small(folder, **columns):
    questionnaire_files(folder)
    (folder / "map.yaml").write_text(MAP, encoding="utf-8")
    return export_file(folder, **columns)


def test_a_draft_is_a_map_bound_to_its_file_and_never_overwritten(tmp_path, capsys):
    file = small(tmp_path, email=["a@example.org"] * 2)
    out = tmp_path / "draft.yaml"
    call = ["survey", "codebook", str(file), "--questionnaire", str(tmp_path), "--out", str(out)]
    assert main(call) == 0
    draft = yaml.safe_load(out.read_text(encoding="utf-8"))
    assert draft["sha256"] == sha256_of(file) and draft["form"] == "spss"
    assert "email" in out.read_text(encoding="utf-8").partition("instrument")[0]
    assert "a@example.org" not in out.read_text(encoding="utf-8")
    assert main(call) == 2
    assert "is not overwritten" in capsys.readouterr().err


def test_a_check_says_what_is_missing_and_what_contradicts(tmp_path, capsys):
    labels = {"gender": {1: "man", 2: "woman"}, "state": {1: "whole", 2: "partial", 3: "test"}}
    file = small(tmp_path, labels=labels, bought=[1.0, 7.0])
    call = ["survey", "check", str(file), "--questionnaire", str(tmp_path), "--map", str(tmp_path / "map.yaml")]
    assert main(call) == 1
    text = capsys.readouterr().out
    assert "1 is 'man' here and 'woman' in the questionnaire; there it is 2: have labels shifted by +1?" in text
    wrong = MAP.replace("columns: {}", "columns: {gender: sex}")
    (tmp_path / "map.yaml").write_text(wrong, encoding="utf-8")
    assert main(call) == 1
    assert "missing in the export (1): gender" in capsys.readouterr().out


def test_a_check_of_another_file_says_so(tmp_path, capsys):
    file = small(tmp_path)
    (tmp_path / "map.yaml").write_text(MAP + f"sha256: {'a' * 64}\n", encoding="utf-8")
    call = ["survey", "check", str(file), "--questionnaire", str(tmp_path), "--map", str(tmp_path / "map.yaml")]
    assert main(call) == 1
    assert "the map is for another file" in capsys.readouterr().out


def test_printed_percentages_are_checked_beside(tmp_path, capsys):
    file = small(tmp_path)
    printed = tmp_path / "printed.csv"
    printed.write_text("variable,answer,percent,base\ngender,man,66,3\ngender,woman,33,3\n", encoding="utf-8")
    call = ["survey", "check", str(file), "--questionnaire", str(tmp_path), "--printed", str(printed)]
    assert main(call) == 1
    assert "66 % of 3 was cut, not rounded" in capsys.readouterr().out


def test_answers_that_the_routing_does_not_allow_are_counted(tmp_path):
    questionnaire_files(tmp_path)
    codes = pd.DataFrame({"bought": [1, 0, 1, -9, 0], "amount": [5, -6, -6, 7, 3]}, dtype="float64")
    faults = list(routing_faults(codes, read_questionnaire(tmp_path)))
    assert faults == ["amount: 1 answer though it is not for them, 1 were not asked though it is"]
    assert not list(routing_faults(codes.iloc[:2], read_questionnaire(tmp_path)))
