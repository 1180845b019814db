"""Exports of nobody, of one, of those who saw one page; files that are broken in every way."""

import pandas as pd
import pytest
import yaml
from cryptodrug.cli import main
from cryptodrug.errors import InputError, StudyError
from cryptodrug.files import read_json, sha256_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from survey.read_survey import read_survey
from survey_small import MAP, RULES, questionnaire_files

HEADS = '"id","submitdate","lastpage","startlanguage","startdate","datestamp","gender","bought","amount"\r\n'
LIME = yaml.safe_load(MAP) | {
    "form": "limesurvey",
    "columns": {"number": "@number"},
    "must_be_empty": [],
    "empty": "routing",
    "answers": {"everywhere": {"Y": 1, "N": 0}},
    "derived": {"state": [{"code": 1, "when": "finished == 1"}, {"code": 2, "when": "finished == 0"}]},
}


def read_lime(folder, lines):
    questionnaire = questionnaire_files(folder)
    (folder / "map.yaml").write_text(yaml.safe_dump(LIME), encoding="utf-8")
    data = lines if isinstance(lines, bytes) else (HEADS + "".join(lines)).encode()
    (folder / "a.csv").write_bytes(data)
    made = {name: str(folder / name) for name in ("respondent", "respondent_drug", "codebook", "flow")}
    file = folder / "a.csv"
    read_survey(str(file), str(folder / "map.yaml"), sha256_of(file), questionnaire, RULES, **made, study="toy")
    return pd.read_parquet(made["respondent"]), read_json(made["flow"])


def line(number, gender="", bought="", amount="", page="1", sent=""):
    return f'"{number}","{sent}","{page}","en","2019-05-03 10:20:01","","{gender}","{bought}","{amount}"\r\n'


def test_nobody_has_answered_yet(tmp_path):
    table, flow = read_lime(tmp_path, [])
    assert len(table) == 0 and {"gender", "bought", "amount_code"} <= set(table.columns)
    assert (flow["started"], flow["valid"], flow["complete"]) == (0, 0, 0)


def test_one_respondent_who_came_to_the_end_and_one_who_saw_a_page(tmp_path):
    sent = "2019-05-03 10:30:00"
    table, flow = read_lime(tmp_path, [line(1, "1", "N", "", "2", sent), line(2, "", "", "", "1"), line(3, page="0")])
    table = table.set_index("respondent")
    assert (flow["valid"], flow["complete"]) == (3, 1)
    # bought nothing: the amount was not asked; saw the page and answered nothing; saw nothing at all
    assert table.loc[1, ["bought", "amount"]].tolist() == ["0", "missing:-6"]
    assert table.loc[2, ["gender", "bought", "amount"]].tolist() == ["missing:-9", "missing:-6", "missing:-6"]
    assert set(table.loc[3, ["gender", "bought", "amount"]]) == {"missing:drop-out"}


def test_an_answer_shows_that_a_page_was_reached_whatever_the_platform_says(tmp_path):
    table, _ = read_lime(tmp_path, [line(1, "2", "Y", "", "0")])
    assert table.loc[0, ["gender", "bought", "amount"]].tolist() == ["men", "1", "missing:-9"]


def test_an_empty_file_is_no_export(tmp_path):
    with pytest.raises(InputError, match="the export is empty"):
        read_lime(tmp_path, b"")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300))
def test_rubbish_is_refused_in_words_in_every_form(data, tmp_path):
    for name in ("a.csv", "a.sav", "a.zsav", "a.por", "a.xlsx"):
        (tmp_path / name).write_bytes(data)
        for structure in ("b.lss", "b.qsf", None):
            if structure:
                (tmp_path / structure).write_bytes(data)
            more = ["--structure", str(tmp_path / structure)] if structure else []
            assert main(["survey", "check", str(tmp_path / name), *more]) in (0, 1, 2)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 2000), flip=st.integers(0, 2000), byte=st.integers(0, 255))
def test_a_damaged_spss_file_is_refused_or_read_and_never_breaks_the_run(cut, flip, byte, tmp_path):
    from survey_small import export_file

    whole = bytearray(export_file(tmp_path).read_bytes())
    whole[flip % len(whole)] = byte
    questionnaire = questionnaire_files(tmp_path)
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    file = tmp_path / "broken.sav"
    file.write_bytes(bytes(whole[: len(whole) - cut % len(whole)]))
    made = {name: str(tmp_path / name) for name in ("respondent", "respondent_drug", "codebook", "flow")}
    try:
        read_survey(str(file), str(tmp_path / "map.yaml"), sha256_of(file), questionnaire, RULES, **made, study="toy")
    except StudyError as error:
        assert "not done" in str(error)
