"""The quirks of real exports, one by one, each with a real file."""

import json
from pathlib import Path

import pandas as pd
import pytest
import yaml
from cryptodrug.cli import main
from cryptodrug.errors import InputError
from cryptodrug.files import sha256_of
from cryptodrug.survey.answers import typed_number
from cryptodrug.survey.columns import columns_of, read_coded
from cryptodrug.survey.mapping import Layout
from cryptodrug.survey.questionnaire import files_of
from cryptodrug.survey.read_plain import read_plain
from cryptodrug.survey.read_qualtrics import read_qualtrics
from cryptodrug.survey.read_sav import read_sav
from cryptodrug.survey.suspicions import suspicions
from real_data import shared_data
from survey.read_survey import read_survey

PROJECT = Path(__file__).resolve().parents[2]
SURVEYS = shared_data() / "surveys"
CTNS = SURVEYS / "ctns-2020/ctns_2020_pumf_eng.sav"
QUIRKS = SURVEYS / "spss-quirks"
FRENCH = SURVEYS / "french-labels/exampledataFrancais_processed.sav"
LEGACY, QUALTRICS = (SURVEYS / "qualtrics" / name for name in ("qualtRics_sample_legacy.csv", "qualtRics_sample.csv"))


def suspected(path):
    columns = columns_of(path, None, "spss", Layout())
    return suspicions(read_coded(path, None, "spss", Layout(), columns))


def read_ctns(folder, sha256=None, rules=(), **changes):
    """The file of CTNS 2020, with its map changed: respondents and flow."""
    mapping = yaml.safe_load((PROJECT / "studies/ctns-2020/mapping.yaml").read_text(encoding="utf-8")) | changes
    (folder / "map.yaml").write_text(yaml.safe_dump(mapping), encoding="utf-8")
    made = {name: str(folder / name) for name in ("respondent", "respondent_drug", "codebook", "flow")}
    questionnaire = files_of(PROJECT / "studies/ctns-2020/questionnaire")
    checksum = sha256 or sha256_of(CTNS)
    read_survey(str(CTNS), str(folder / "map.yaml"), checksum, questionnaire, list(rules), **made, study="x")
    return pd.read_parquet(made["respondent"]), json.loads(Path(made["flow"]).read_text(encoding="utf-8"))


# 1
def test_user_missing_codes_stay_and_what_the_file_declares_is_known():
    export = read_sav(CTNS, ["PUMFID", "CAN_10AR"])
    said = export.book["CAN_10AR"]
    assert said.missing == ((6.0, 9.0),) and (len(export.rows), export.left) == (8112, 97)
    assert (export.rows["CAN_10AR"] == 6).sum() == 4956
    assert [code for code in said.labels if said.is_missing(code)] == [6.0, 7.0, 8.0, 9.0]


def test_a_text_can_be_declared_as_missing():
    export = read_sav(QUIRKS / "pyreadstat/missing_data/missing_char.sav", ["mychar"], texts=["mychar"])
    assert export.rows["mychar"].tolist() == ["Z", "a"]
    assert export.book["mychar"].is_missing("Z") and not export.book["mychar"].is_missing("a")


def test_several_ranges_and_single_codes_are_declared_together():
    export = read_sav(QUIRKS / "pyreadstat/basic/sample_missing.sav", ["mynum", "myord"])
    assert export.book["mynum"].is_missing(2500.0) and export.book["mynum"].is_missing(-1.0)
    assert not export.book["mynum"].is_missing(1.1) and export.book["myord"].is_missing(-3.0)


# 2
def test_a_date_that_python_does_not_know_loses_nothing():
    export = read_sav(QUIRKS / "haven/datetime.sav", ["date", "date.posix", "time"])
    assert export.rows["date.posix"].iloc[0] == 6306150067200  # long after the year 9999


# 3
def test_the_denominator_of_several_answers_follows_from_who_was_asked(tmp_path):
    table, _ = read_ctns(tmp_path)
    asked = table["cannabis_vaped_code"] == 1
    answered = table["from_online_code"] >= 0
    assert (asked.sum(), answered.sum()) == (962, 927)
    assert answered[~asked].sum() == 0 and (table.loc[~answered & asked, "from_online"] == "missing:-9").all()


# 4
def test_a_map_is_for_one_file_and_labels_of_another_wave_stop_it(tmp_path):
    with pytest.raises(InputError, match="checksum"):
        read_ctns(tmp_path, sha256="0" * 64)
    with pytest.raises(InputError, match="checksum"):
        read_ctns(tmp_path, sha256="b" * 64)
    columns = yaml.safe_load((PROJECT / "studies/ctns-2020/mapping.yaml").read_text(encoding="utf-8"))["columns"]
    with pytest.raises(InputError, match="call answers differently"):
        # the same codes, another question: whether somebody tried to stop is no gender
        read_ctns(tmp_path, columns=columns | {"gender": "TBC_40R"})


def test_a_valid_skip_is_not_asked_and_not_stated_is_no_answer(tmp_path):
    table, _ = read_ctns(tmp_path)
    assert (table["cannabis_often"] == "missing:-6").sum() == 4956
    assert (table["cannabis_often"] == "missing:-9").sum() == 16
    with pytest.raises(InputError, match=r"does not know: 9 \(70 times\)"):
        read_ctns(tmp_path, missing={"Valid skip": -6})


# 5
def test_heads_marks_commas_and_lines_of_qualtrics_are_no_answers():
    old = read_qualtrics(LEGACY, None, Layout(), ["Q1", "@finished"])
    new = read_qualtrics(QUALTRICS, None, Layout(), ["Q1", "@finished"])
    assert old.rows["Q1"].tolist() == new.rows["Q1"].tolist() == ["2"]
    assert old.rows["@finished"].tolist() == new.rows["@finished"].tolist() == [1]
    assert old.question("Q1", "en") == "This is a multiple choice question."
    plain = read_plain(LEGACY, None, Layout(), ["V1", "Q2"])  # byte order mark, trailing comma
    assert len(plain.rows) == 2 and plain.left == 13


# 6
def test_a_text_decoded_wrongly_is_reported_and_real_accents_are_not(tmp_path, capsys):
    (tmp_path / "book.csv").write_text(
        "variable,question,values,missing\ncaff,CafeÃ¯ne,CL0=jamais,\n", encoding="utf-8"
    )
    (tmp_path / "a.csv").write_text("caff\nCL0\n", encoding="utf-8")
    assert main(["survey", "check", str(tmp_path / "a.csv"), "--structure", str(tmp_path / "book.csv")]) == 1
    assert "mojibake: caff" in capsys.readouterr().out
    assert not [one for one in suspected(FRENCH) if one.kind == "mojibake"]
    export = read_sav(QUIRKS / "haven/umlauts.sav", ["var1"])
    assert export.labels("var1", "de")[1.0] == "the ä umlaut"


# 7
def test_codes_without_labels_moved_labels_cut_labels_and_formulas_are_named():
    found = {(one.kind, one.column) for one in suspected(FRENCH)}
    assert {("no label", "stress_coping"), ("no label", "HHhSNoFood_FR"), ("cut", "LhCSICrisis1")} <= found
    assert {("formula", "LhCSICat"), ("shifted", "HHhSNoFood_FR")} <= found


# 8
def test_several_answers_in_one_cell_are_never_one_number():
    assert typed_number("1,2,3") is None
    (column,) = [one for one in suspected(FRENCH) if one.column == "crisis_coping"]
    assert column.kind == "no label"  # 3 alone is a code; 12 of codes 1 and 2 would be two


# 9
def test_columns_of_text_are_recognised_under_every_version_of_pandas():
    with (
        pd.option_context("future.infer_string", True),
        pytest.raises(InputError, match="hold text, not codes: mychar"),
    ):
        read_sav(QUIRKS / "pyreadstat/basic/sample.sav", ["mychar", "mynum"])
    with pytest.raises(InputError, match="hold text, not codes: mychar"):
        read_sav(QUIRKS / "pyreadstat/basic/sample.zsav", ["mychar"])


# 10
def test_records_that_a_rule_leaves_out_reach_no_table_and_are_counted(tmp_path):
    rule = {"id": "young", "reason": "under-age", "when": "age == 1"}
    table, flow = read_ctns(tmp_path, rules=[rule])
    assert flow["steps"] == [{"id": "young", "n": 1230, "reason": "under-age"}]
    assert len(table) == flow["valid"] == 8112 - 1230 and not (table["age_code"] == 1).any()


# 11
def test_a_printed_percentage_of_the_file_that_was_cut_is_found(tmp_path, capsys):
    # 36 of 963 are 3.738 %
    (tmp_path / "p.csv").write_text("variable,answer,percent,base\nCAN_30AR,9,3.73,963\nCAN_30AR,9,3.74,963\n")
    assert main(["survey", "check", str(CTNS), "--printed", str(tmp_path / "p.csv")]) == 1
    assert "3.73 % of 963 was cut, not rounded: 36 are 3.74 %" in capsys.readouterr().out


# 12: test_refi_qda_files.py


# 13
def test_personal_columns_of_qualtrics_never_come_in():
    for path in (LEGACY, QUALTRICS):
        export = read_qualtrics(path, None, Layout(), ["Q1", "@month"])
        text = export.rows.to_csv() + str(export.book)
        assert export.rows["@month"].tolist() == [201707]
        assert not [word for word in ("130.92", "Hello", "R_2YPO", "08:28", "47.115") if word in text]


def test_free_text_is_refused_even_where_a_questionnaire_asks_for_it_as_codes():
    with pytest.raises(InputError, match="hold text, not codes"):
        read_sav(QUIRKS / "pyreadstat/basic/tegulu.sav", ["Q16br9oe_Q24br9oe"])


def test_portable_compressed_and_wide_files_are_read_alike():
    names = ["mynum", "mylabl", "myord"]
    sav, zsav = (read_sav(QUIRKS / f"pyreadstat/basic/sample.{ending}", names) for ending in ("sav", "zsav"))
    por = read_sav(QUIRKS / "pyreadstat/basic/sample.por", [name.upper() for name in names])
    pd.testing.assert_frame_equal(sav.rows, zsav.rows)
    pd.testing.assert_frame_equal(sav.rows, por.rows.rename(columns=str.lower))
    assert por.labels("MYLABL", "en") == sav.labels("mylabl", "en") == {1.0: "Male", 2.0: "Female"}
    wide = read_sav(QUIRKS / "pyreadstat/basic/test_width.sav", ["Duration__in_seconds_"])
    assert len(wide.rows) == 5 and wide.left == 3
    assert read_sav(QUIRKS / "pyreadstat/basic/hebrews.sav", ["ותק_ב"]).rows.shape == (99, 1)


def test_multiple_response_sets_are_known():
    file = QUIRKS / "pyreadstat/multiple_response/simple_alltypes.sav"
    assert read_sav(file, ["bool1", "bool2", "bool3"]).sets["mymrset"] == ["bool1", "bool2", "bool3"]


def test_labels_of_text_codes_become_codes_of_the_questionnaire():
    export = read_sav(QUIRKS / "haven/labelled-str.sav", ["gender"], texts=["gender"])
    assert export.rows["gender"].tolist() == ["M", "F"] and export.labels("gender", "en") == {
        "F": "Female",
        "M": "Male",
    }
