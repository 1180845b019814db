"""The survey export: what passes the door, and what missing means behind it."""

import logging
from collections import Counter
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from cryptodrug.errors import InputError
from cryptodrug.files import read_json, sha256_of
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.simulate.survey import export
from survey.read_survey import read_survey

PROJECT = Path(__file__).resolve().parents[3]
MAPPING = str(PROJECT / "workflow/questionnaires/demo.yaml")
SCENARIO = read_scenario(PROJECT / "data/demo/scenario.yaml")


def read(folder, file):
    respondent, codebook = folder / "respondent.parquet", folder / "codebook.json"
    read_survey(str(file), MAPPING, sha256_of(file), str(respondent), str(codebook))
    return pd.read_parquet(respondent), read_json(codebook)


def small(folder, change=None, labels=None):
    """An export of two whole respondents, changed."""
    columns = ["resp_id", "status", *SCENARIO.survey.variables]
    table = pd.DataFrame([[1.0, 1.0] + [1.0] * 13, [2.0, 1.0] + [1.0] * 13], columns=columns)
    for (row, column), value in (change or {}).items():
        table.loc[row, column] = value
    pyreadstat.write_sav(table, folder / "small.sav", variable_value_labels=labels or {})
    return folder / "small.sav"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("survey")
    (folder / "survey.sav").write_bytes(export(SCENARIO))
    return folder / "survey.sav", *read(folder, folder / "survey.sav")


def test_ninety_nine_respondents_with_twelve_variables_come_in(demo):
    _, table, book = demo
    assert (len(table), book["respondents"], book["dropped_out"]) == (99, 99, 6)
    # the multiple-choice question is one variable of four items
    assert len(table.columns) == 2 + 2 * (8 + 1 + 4)
    assert list(table["respondent"]) == list(range(1, 100))


def test_personal_data_never_pass_the_door(demo):
    file, table, book = demo
    _, head = pyreadstat.read_sav(file, metadataonly=True)
    forbidden = {"ip_address", "user_agent", "start_time", "email", "remark"}
    assert forbidden <= set(head.column_names)
    assert book["columns_left_out"] == len(forbidden)
    assert not forbidden & set(table.columns)
    written = (file.parent / "codebook.json").read_text() + table.to_csv()
    assert not any(mark in written for mark in ("192.0.2.", "@example", "2019-06", "Simulated/1.0", "remark"))


def test_the_number_of_columns_left_out_is_logged(demo, tmp_path, caplog):
    with caplog.at_level(logging.INFO, logger="cryptodrug"):
        read(tmp_path, demo[0])
    assert "5 columns of the export are not in the map and were not read" in caplog.text


@pytest.mark.parametrize("variable", list(SCENARIO.survey.variables))
def test_missing_answers_are_those_of_the_scenario_each_kind_apart(demo, variable):
    names = list(SCENARIO.survey.variables)
    wanted = {f"missing:{code}": n for code, n in SCENARIO.survey.variables[variable].missing.items()}
    if names.index(variable) > names.index(SCENARIO.survey.partial_after):
        wanted["missing:drop-out"] = SCENARIO.survey.partial
    counts = Counter(demo[1][variable])
    assert {name: n for name, n in counts.items() if name.startswith("missing")} == wanted
    assert demo[2]["variables"][variable]["missing"] == wanted


def test_codes_become_the_published_categories_and_stay_beside_them(demo):
    table = demo[1]
    pairs = table.groupby("age_band")["age_band_code"].agg(lambda codes: sorted(set(codes)))
    assert pairs.to_dict() == {"18-24": [1, 2], "25-34": [3, 4], "35-more": [5, 6], "missing:-8": [-8]}


def test_labels_and_missing_codes_stand_in_the_file_as_written(demo):
    _, meta = pyreadstat.read_sav(demo[0], user_missing=True)
    assert meta.variable_value_labels["region"][1] == "Flemish Region"
    assert meta.variable_value_labels["gender"][-9] == "shown, not answered"
    assert meta.missing_ranges["gender"] == [{"lo": -9.0, "hi": -6.0}]


def test_most_name_the_same_main_drug_again(demo):
    known = demo[1][(demo[1]["main_bf_code"] >= 0) & (demo[1]["main_nw_code"] >= 0)]
    assert 0.65 < (known["main_bf_code"] == known["main_nw_code"]).mean() < 0.9


def test_an_unknown_code_is_named_with_its_number_and_without_the_respondent(tmp_path):
    file = small(tmp_path, {(0, "gender"): 7.0, (1, "gender"): 7.0})
    with pytest.raises(InputError) as refused:
        read(tmp_path, file)
    assert "answer codes that the map does not know: 7 (2 times)" in str(refused.value)
    assert "variable gender" in str(refused.value)
    assert not (tmp_path / "respondent.parquet").exists()


def test_another_label_for_the_same_code_stops_the_reading(tmp_path):
    with pytest.raises(InputError, match="2: 'woman' instead of 'man'"):
        read(tmp_path, small(tmp_path, labels={"gender": {1: "man", 2: "woman"}}))


def test_an_empty_answer_of_a_whole_respondent_is_no_drop_out(tmp_path, caplog):
    with caplog.at_level(logging.WARNING, logger="cryptodrug"):
        table, _ = read(tmp_path, small(tmp_path, {(0, "region"): None}))
    assert list(table["region"]) == ["missing:empty", "flemish"]
    assert "region: 1 answers are empty without a reason" in caplog.text


def test_rows_that_must_be_excluded_first_stop_the_reading(tmp_path):
    with pytest.raises(InputError, match="1 rows are neither complete nor partial"):
        read(tmp_path, small(tmp_path, {(1, "status"): 5.0}))


def test_a_respondent_twice_is_refused(tmp_path):
    with pytest.raises(InputError, match="2 rows share the number"):
        read(tmp_path, small(tmp_path, {(1, "resp_id"): 1.0}))


def test_text_where_codes_should_be_is_refused(tmp_path):
    table = pd.DataFrame([[1.0, 1.0, "me@example.org"] + [1.0] * 12])
    table.columns = ["resp_id", "status", *SCENARIO.survey.variables]
    pyreadstat.write_sav(table, tmp_path / "text.sav")
    with pytest.raises(InputError, match="hold text, not codes: lang"):
        read(tmp_path, tmp_path / "text.sav")


def test_an_absent_column_is_named(tmp_path):
    pyreadstat.write_sav(pd.DataFrame({"resp_id": [1.0], "status": [1.0]}), tmp_path / "short.sav")
    with pytest.raises(InputError, match="the export has no column lang, age_band"):
        read(tmp_path, tmp_path / "short.sav")


def test_another_checksum_stops_before_anything_is_read(demo, tmp_path):
    with pytest.raises(InputError, match="checksum"):
        read_survey(str(demo[0]), MAPPING, "0" * 64, str(tmp_path / "r"), str(tmp_path / "c"))


def test_a_damaged_export_is_an_input_error(demo, tmp_path):
    (tmp_path / "cut.sav").write_bytes(demo[0].read_bytes()[:900])
    with pytest.raises(InputError, match="damaged or no SPSS file"):
        read(tmp_path, tmp_path / "cut.sav")
