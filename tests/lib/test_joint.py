"""The joint display: anomalies are computed from released values, and never guessed where one is hidden."""

import dataclasses
from pathlib import Path

import pytest
import yaml
from cryptodrug.errors import SettingsError
from cryptodrug.interviews.codebook import read_codebook
from cryptodrug.joint import Anomalies, joint_display
from cryptodrug.words.messages import Message
from cryptodrug.words.render import Functions
from words_small import context, value

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = PROJECT / "workflow/questionnaires/interviews"
INTERVAL = {"low": 0.25, "high": 0.45, "level": 0.95, "method": "wilson"}
VALUES = {
    one.id: one
    for one in [
        value("t.r.share", 0.35, "share", interval=INTERVAL),
        value("t.r.lower", 0.2, "share"),
        value("t.r.gone", None, "share", hidden="small"),
        value("t.r.word", "rose", "text"),
    ]
}


COLUMNS = dict.fromkeys(("share", "lower", "gone", "word", "absent"), "Word")
EXHIBITS = PROJECT / "reports/templates/exhibits.yaml"


def display(tmp_path, when, inferences=None):
    path, said = tmp_path / "anomalies.yaml", None
    path.write_text(yaml.safe_dump({"J1": {"when": when, "codes": ["b-same"]}}), encoding="utf-8")
    if inferences is not None:
        said = tmp_path / "inferences.yaml"
        said.write_text(yaml.safe_dump(inferences), encoding="utf-8")
    exhibits = tmp_path / "exhibits.yaml"
    exhibits.write_text(yaml.safe_dump({"t": {"column": COLUMNS}, "figure": {"title": "Without columns"}}))
    return joint_display(path, said, VALUES, exhibits)["J1"]


@pytest.mark.parametrize(
    ("when", "state"),
    [
        ([{"value": "t.r.share", "above": 0.3}], "met"),
        ([{"value": "t.r.share", "end": "low", "above": 0.3}], "not-met"),
        ([{"value": "t.r.share", "end": "high", "below": 0.5}], "met"),
        ([{"value": "t.r.lower", "end": "low", "above": 0.1}], "not-determined"),
        ([{"value": "t.r.share", "above_value": "t.r.lower"}], "met"),
        ([{"value": "t.r.share", "above_value": "t.r.gone"}], "not-determined"),
        ([{"value": "t.r.word", "is": "rose"}], "met"),
        ([{"value": "t.r.word", "is_not": "rose"}], "not-met"),
        ([{"value": "t.r.gone", "above": 0.1}], "not-determined"),
        ([{"value": "t.nobody.absent", "above": 0.1}], "not-determined"),
        ([{"value": "t.r.gone", "above": 0.1}, {"value": "t.r.word", "is": "fell"}], "not-met"),
        ([{"any_of": [{"value": "t.r.gone", "above": 0.1}, {"value": "t.r.word", "is": "rose"}]}], "met"),
        ([{"any_of": [{"value": "t.r.gone", "above": 0.1}, {"value": "t.r.word", "is": "fell"}]}], "not-determined"),
        ([{"any_of": [{"value": "t.r.lower", "above": 0.5}, {"value": "t.r.word", "is": "fell"}]}], "not-met"),
    ],
)
def test_a_state_follows_from_released_values(tmp_path, when, state):
    assert display(tmp_path, when)["state"] == state


MET = [{"value": "t.r.word", "is": "rose"}]
ROLES = {"roles": ["coder", "coordinator"], "month": "2019-10"}


def test_what_nobody_has_written_is_silent_and_what_is_not_met_says_nothing(tmp_path):
    assert display(tmp_path, MET)["inference"] == "silent"
    assert display(tmp_path, MET, {"J1": {"inference": "explains"} | ROLES})["inference"] == "explains"
    other = [{"value": "t.r.word", "is": "fell"}]
    assert display(tmp_path, other, {"J1": {"inference": "explains"} | ROLES})["inference"] is None


@pytest.mark.parametrize(
    ("when", "inferences", "fault"),
    [
        ([{"value": "t.r.share", "above": 1, "below": 2}], None, "give one of"),
        ([{"value": "t.r.share"}], None, "give one of"),
        (MET, {"J9": {"inference": "explains"} | ROLES}, "there is no anomaly J9"),
        (MET, {"J1": {"inference": "explains", "roles": ["coder"], "month": "2019-10"}}, "written by two people"),
        (MET, {"J1": {"inference": "proves"} | ROLES}, "J1.inference"),
        ([{"value": "t.r.shares", "above": 0.3}], None, "no such table or column: J1: t.r.shares"),
        ([{"value": "u.r.share", "above": 0.3}], None, "no such table or column: J1: u.r.share"),
        ([{"any_of": [{"value": "t.r.share", "above_value": "t.share"}]}], None, "J1: t.share"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path, when, inferences, fault):
    with pytest.raises(SettingsError, match=fault):
        display(tmp_path, when, inferences)


def test_the_anomalies_of_the_method_name_codes_and_count_no_sensitive_one():
    codes = {code.code: code for code in read_codebook(FOLDER / "codebook.csv") if code.kind == "code"}
    known = Anomalies.model_validate(yaml.safe_load((FOLDER / "anomalies.yaml").read_text(encoding="utf-8"))).root
    assert list(known) == [f"J{number}" for number in range(1, 11)]
    labels = yaml.safe_load((PROJECT / "reports/templates/vocabulary.yaml").read_text(encoding="utf-8"))["vocabulary"]
    assert list(labels["anomaly"]) == list(known)
    for anomaly in known.values():
        assert not any(codes[code].sensitive for code in anomaly.codes)
        assert all(codes[code].sensitive for code in anomaly.in_words)


def test_the_demo_has_its_inferences_for_anomalies_that_there_are():
    made = joint_display(FOLDER / "anomalies.yaml", PROJECT / "data/demo/inferences.yaml", {}, EXHIBITS)
    assert {one["state"] for one in made.values()} == {"not-determined"}


def test_the_display_prints_states_and_names_of_codes_and_no_number():
    given = context()
    words = {"anomaly.J1": "Odd", "anomaly.J2": "Odder", "interview_code.b-same": "Use did not change"}
    words |= {"inference.explains": "explained ({codes}).", "inference.not-determined": "not known."}
    labels = {f"vocabulary.{name}": Message(name, text, "vocabulary.yaml", 1) for name, text in words.items()}
    given.translator._labels.update(labels)
    anomalies = {
        "J1": {"state": "met", "inference": "explains", "codes": ["b-same"]},
        "J2": {"state": "not-determined", "inference": None, "codes": ["b-same"]},
    }
    functions = Functions(dataclasses.replace(given, findings={"anomalies": anomalies}), "small.md.j2")
    assert functions.joint_determined()
    assert functions.joint_display() == "- Odd: explained (Use did not change).\n- Odder: not known."
