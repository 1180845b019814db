"""The survey export: what passes the door, who is left out, and what missing means behind it."""

import logging
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest
import yaml
from cryptodrug.careers.drugs import DRUGS
from cryptodrug.errors import InputError, SettingsError
from cryptodrug.files import read_json, sha256_of
from cryptodrug.simulate.survey.respondents import draw_respondents
from cryptodrug.simulate.survey.sav import export_sav
from cryptodrug.simulate.survey.truth import flow_truth
from cryptodrug.survey.questionnaire import files_of
from cryptodrug.survey.speeders import hurried
from survey.read_survey import read_survey
from survey_scenarios import SEED, survey_of
from survey_small import MAP, RULES, export_file, questionnaire_files

PROJECT = Path(__file__).resolve().parents[3]
CONFIG = yaml.safe_load((PROJECT / "config.yaml").read_text(encoding="utf-8"))["survey"]
FOLDER = PROJECT / CONFIG["questionnaire"]


def read(
    folder, file, mapping=PROJECT / CONFIG["mapping"], questionnaire=None, exclusions=CONFIG["exclusions"], **more
):
    made = {name: str(folder / name) for name in ("respondent", "respondent_drug", "codebook", "flow")}
    questionnaire = questionnaire or files_of(FOLDER)
    read_survey(str(file), str(mapping), sha256_of(file), questionnaire, exclusions, **made, study="toy", **more)
    tables = [pd.read_parquet(made[name]) for name in ("respondent", "respondent_drug")]
    return (*tables, read_json(made["codebook"]), read_json(made["flow"]))


def read_small(folder, rules=RULES, mapping=MAP, labels=None, **columns):
    (folder / "map.yaml").write_text(mapping, encoding="utf-8")
    file = export_file(folder, labels, **columns)
    return read(folder, file, folder / "map.yaml", questionnaire_files(folder), rules)


@pytest.fixture(scope="module")
def respondents():
    return draw_respondents(survey_of("survey.yaml"), SEED)


@pytest.fixture(scope="module")
def demo(tmp_path_factory, respondents):
    folder = tmp_path_factory.mktemp("survey")
    (folder / "survey.sav").write_bytes(export_sav(respondents))
    return folder / "survey.sav", *read(folder, folder / "survey.sav")


def test_the_flow_is_exactly_the_true_one(demo, respondents):
    truth = flow_truth(respondents).set_index("step")["n"]
    flow = demo[4]
    assert (flow["started"], flow["valid"]) == (truth["started"], truth["valid"]) == (142, 99)
    assert {step["id"]: step["n"] for step in flow["steps"]} == truth.drop(["started", "valid"]).to_dict()
    assert flow["complete"] == 93


@pytest.mark.parametrize(("below", "divisor"), [("third-of-median", 3), ("half-of-median", 2)])
def test_speeders_leave_with_their_own_count_only_when_asked(demo, tmp_path, below, divisor):
    minutes = demo[1].set_index("respondent")["dur_min_code"].astype("float64")
    fast = set(minutes.index[minutes * divisor < np.median(minutes)])
    assert 0 < len(fast) < len(minutes)
    rule = {"exclude": True, "variable": "dur_min", "below": below}
    table, _, _, flow = read(tmp_path, demo[0], speeders=rule)
    assert set(minutes.index) - set(table["respondent"]) == fast
    assert flow["steps"] == [*demo[4]["steps"], {"id": "hurried", "reason": "hurried", "n": len(fast)}]
    assert (flow["started"], flow["valid"]) == (142, 99 - len(fast))
    assert flow["complete"] == int((~table["dropped_out"]).sum())
    kept = read(tmp_path, demo[0], speeders=rule | {"exclude": False})
    assert kept[3] == demo[4]
    assert kept[0].equals(demo[1])


def test_speeders_of_an_unknown_time_are_refused(demo, tmp_path):
    rule = {"exclude": True, "variable": "seconds", "below": "third-of-median"}
    with pytest.raises(SettingsError, match="`hurried` reads variables that the questionnaire does not have: seconds"):
        read(tmp_path, demo[0], speeders=rule)


def test_nobody_leaves_as_a_speeder_of_whom_no_time_is_known():
    assert list(hurried(pd.Series([np.nan, -9.0, 9, 30, 31]), "third-of-median")) == ["mis", "mis", "1", "0", "0"]
    assert list(hurried(pd.Series([np.nan, np.nan]), "half-of-median")) == ["mis", "mis"]
    assert list(hurried(pd.Series([10.0, 30, 30]), "third-of-median")) == ["0", "0", "0"]  # a third is not less than it


def test_exactly_the_valid_respondents_come_in(demo, respondents):
    valid = {record.resp_id: record for record in respondents.records if record.kind == "valid"}
    table = demo[1].set_index("respondent")
    assert list(table.index) == sorted(valid)
    assert all(table["dropped_out"] == [valid[number].left_after is not None for number in table.index])


def test_every_answer_of_a_valid_respondent_comes_in_with_its_code(demo, respondents):
    places = {record.resp_id: place for place, record in enumerate(respondents.records)}
    table = demo[1]
    order = [places[number] for number in table["respondent"]]
    checked = 0
    for name, question in respondents.questionnaire.questions.items():
        if question.type in ("single", "multiple", "consent", "integer") and name != "resp_id":
            wanted = pd.Series(respondents.reported[name][order]).fillna(-5)  # left before
            assert list(table[f"{name}_code"]) == list(wanted), name
            checked += 1
    assert checked == 291


def test_personal_data_and_text_never_pass_the_door(demo):
    file, table, by_drug, book, _ = demo
    _, head = pyreadstat.read_sav(file, metadataonly=True)
    forbidden = {"ip_address", "user_agent", "start_time", "email", "remark", "itv_contact"}
    assert forbidden <= set(head.column_names)
    assert book["columns_left_out"] == len(forbidden)
    assert not forbidden & {*table.columns, *by_drug.columns, *book["variables"]}
    written = (file.parent / "codebook").read_text() + table.to_csv() + by_drug.to_csv()
    for mark in ("192.0.2.", "@example", "2019-0", "Simulated/1.0", "Simulated remark", "a few", "ca."):
        assert mark not in written, mark


def test_the_number_of_columns_left_out_is_logged(demo, tmp_path, caplog):
    with caplog.at_level(logging.INFO, logger="cryptodrug"):
        read(tmp_path, demo[0])
    assert "142 records, 99 kept, 6 of them partial" in caplog.text
    assert "6 columns of the export are not in the questionnaire or text, and were not read" in caplog.text


def test_missing_answers_are_those_of_the_scenario_each_kind_apart(demo, respondents):
    blocks = respondents.questionnaire.blocks
    for name, wanted in survey_of("survey.yaml").missing.items():
        if name == "lp_qty":  # those that nobody can read join the ones that are not answered
            wanted = {-9: wanted[-9] + 3}
        for variable in [one.variable for one in blocks[name]] if name in blocks else [name]:
            counts = Counter(demo[1][variable])
            assert {code: counts[f"missing:{code}"] for code in wanted} == wanted, variable
            others = {f"missing:{code}" for code in (-7, -8, -9) if code not in wanted}
            assert not others & set(counts), variable
            missing = {kind: n for kind, n in counts.items() if kind.startswith("missing:")}
            assert demo[3]["variables"][variable]["missing"] == missing


def test_who_left_is_told_from_who_did_not_answer(demo):
    table = demo[1]
    left = table[table["dropped_out"]]
    assert Counter(left["itv_ok"]) == {"missing:drop-out": 6}
    assert not (table.loc[~table["dropped_out"]] == "missing:drop-out").any(axis=None)
    assert not (table == "missing:empty").any(axis=None)
    assert set(left["ever_can_code"]) <= {0, 1, 2}  # they saw the questions on drugs


def test_quantities_typed_by_hand_become_numbers_or_count_as_not_answered(demo):
    table = demo[1]
    assert set(table.loc[table["lp_qty"] == "given", "lp_qty_code"]) <= {0.5, 1, 2.5, 3.5, 5, 10, 20, 50, 100, 250}
    assert demo[3]["variables"]["lp_qty"]["unread"] == 3


def test_codes_become_the_published_categories_and_stay_beside_them(demo):
    pairs = demo[1].groupby("age_band")["age_band_code"].agg(lambda codes: sorted(set(codes)))
    assert pairs.to_dict() == {"18-24": [1, 2], "25-34": [3, 4], "35-more": [5, 6], "missing:-8": [-8]}
    assert set(demo[1]["n_buy12"]) <= {"none", "1-5", "6-more", "missing:drop-out", "missing:-8", "missing:-9"}
    assert {kind for kind in demo[1]["kn_bf"] if not kind.startswith("missing:")} <= set(map(str, range(11)))


def test_drugs_stand_in_rows_with_the_same_codes(demo):
    table, by_drug = demo[1].set_index("respondent"), demo[2]
    assert len(by_drug) == 99 * len(DRUGS)
    for drug in ("can", "nps"):
        one = by_drug[by_drug["drug"] == drug].set_index("respondent")
        for stem in ("ever", "bf_freq", "nw_amt", "cm"):
            assert (one[stem] == table[f"{stem}_{drug}_code"]).all()
    assert not by_drug.isna().any(axis=None)


def test_published_items_have_one_small_category_and_no_other(demo):
    small = {}
    for item, categories in CONFIG["items"].items():
        counts = demo[1][item].value_counts()
        assert set(categories) <= set(counts.index)
        small |= {(item, category): int(counts[category]) for category in categories if counts[category] < 8}
        assert sum(n for kind, n in counts.items() if kind.startswith("missing")) >= 5
    assert small == {("n_buy", "21-more"): 3}


def test_the_first_rule_that_fits_a_record_counts(tmp_path):
    rules = [
        {"id": "women", "reason": "test", "when": "gender == 1"},
        {"id": "buyers", "reason": "test", "when": "bought == 1"},
        {"id": "again", "reason": "test", "when": "repeated"},
    ]
    table, _, _, flow = read_small(tmp_path, rules)
    assert [(step["id"], step["n"]) for step in flow["steps"]] == [("women", 1), ("buyers", 0), ("again", 0)]
    assert list(table["respondent"]) == [3]


def test_a_record_with_the_answers_of_an_earlier_one_is_left_out_whatever_its_number(tmp_path):
    same = {"gender": [1.0, 1.0], "bought": [1.0, 1.0], "amount": ["2,5", "2,5"]}
    rules = [{"id": "again", "reason": "test", "when": "repeated"}]
    table, _, _, flow = read_small(tmp_path, rules, **same)
    assert flow["steps"][0]["n"] == 1
    assert list(table["respondent"]) == [7]


def test_a_rule_about_a_variable_that_is_not_asked_stops(tmp_path):
    with pytest.raises(SettingsError, match="`young` reads variables that the questionnaire does not have: age"):
        read_small(tmp_path, [{"id": "young", "reason": "test", "when": "age == 1"}])


def test_a_kept_record_that_is_neither_complete_nor_partial_stops(tmp_path):
    with pytest.raises(InputError, match="1 records are kept that are neither complete nor partial"):
        read_small(tmp_path, rules=[], state=[1.0, 3.0])


def test_an_unknown_code_is_named_with_its_number_and_without_the_respondent(tmp_path):
    with pytest.raises(InputError) as refused:
        read_small(tmp_path, gender=[9.0, 9.0])
    assert "answer codes that the questionnaire does not know: 9 (2 times)" in str(refused.value)
    assert "variable gender" in str(refused.value)
    assert not (tmp_path / "respondent").exists()


def test_another_label_for_the_same_code_stops_the_reading(tmp_path):
    with pytest.raises(InputError, match="2: 'woman' instead of 'man'"):
        read_small(tmp_path, labels={"gender": {1: "man", 2: "woman"}})


def test_an_empty_answer_of_a_whole_respondent_is_no_drop_out(tmp_path, caplog):
    with caplog.at_level(logging.WARNING, logger="cryptodrug"):
        table, _, _, _ = read_small(tmp_path, gender=[None, 2.0])
    assert dict(zip(table["respondent"], table["gender"], strict=True)) == {7: "missing:empty", 3: "men"}
    assert dict(zip(table["respondent"], table["gender_code"], strict=True)) == {7: -4, 3: 2}
    assert "gender: 1 answers are empty without a reason" in caplog.text


def test_of_one_who_left_what_lies_behind_the_last_answer_was_never_reached(tmp_path):
    table, *_ = read_small(tmp_path, state=[1.0, 2.0], gender=[1.0, None], bought=[1.0, 0.0], amount=["5", ""])
    left = table.set_index("respondent").loc[3]
    assert (left["gender"], left["bought"], left["amount"]) == ("missing:empty", "0", "missing:drop-out")


def test_a_respondent_twice_is_refused(tmp_path):
    with pytest.raises(InputError, match="2 rows share the number"):
        read_small(tmp_path, number=[7.0, 7.0])


def test_text_where_codes_should_be_is_refused(tmp_path):
    with pytest.raises(InputError, match="hold text, not codes: gender"):
        read_small(tmp_path, gender=["me@example.org", "man"])


@pytest.mark.parametrize("contact", [["me@example.org", ""], ["32", "-9"], [5.0, np.nan]])
def test_a_contact_address_in_the_export_is_refused_and_not_shown(tmp_path, contact):
    with pytest.raises(InputError, match="1 rows hold something in `contact`") as refused:
        read_small(tmp_path, contact=contact)
    assert "example.org" not in str(refused.value)


@pytest.mark.parametrize("contact", [["", "-9"], ["-6", "-6"], [-9.0, np.nan]])
def test_an_empty_column_for_contacts_is_let_be(tmp_path, contact):
    assert len(read_small(tmp_path, contact=contact)[0]) == 2


def test_an_absent_column_is_named(tmp_path):
    mapping = MAP.replace("columns: {}", "columns: {gender: Q1, bought: Q2}")
    with pytest.raises(InputError, match="the export has no column Q1, Q2"):
        read_small(tmp_path, mapping=mapping)


def test_a_variable_may_have_another_name_in_the_export(tmp_path):
    mapping = MAP.replace("columns: {}", "columns: {gender: Q1}")
    table, *_ = read_small(tmp_path, mapping=mapping, Q1=[2.0, 2.0])
    assert list(table["gender"]) == ["men", "men"]


def test_a_questionnaire_without_drugs_gives_an_empty_table_of_drugs(tmp_path):
    assert read_small(tmp_path)[1].empty


def test_another_checksum_stops_before_anything_is_read(demo, tmp_path):
    made = [str(tmp_path / name) for name in "abcd"]
    with pytest.raises(InputError, match="checksum"):
        read_survey(str(demo[0]), "no map", "0" * 64, ["none"], [], *made, "toy")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_export_is_an_input_error(demo, tmp_path):
    (tmp_path / "cut.sav").write_bytes(demo[0].read_bytes()[:900])
    with pytest.raises(InputError, match="damaged or no SPSS file"):
        read(tmp_path, tmp_path / "cut.sav")
