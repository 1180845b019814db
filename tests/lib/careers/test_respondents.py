"""The eight career variables: the worked respondents, and what must hold for any answers."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from careers_any import ANSWERS
from cryptodrug.careers.drugs import DRUGS, STATES, use_of
from cryptodrug.careers.drugs import state as state_of
from cryptodrug.careers.respondents import ALSO, VARIABLES, career, drug_careers
from hypothesis import given, settings
from hypothesis import strategies as st

CASES = Path(__file__).resolve().parents[2] / "data/careers/careers-cases.csv"


def worked():
    """Answers and expected values of each worked respondent."""
    answers, expected = defaultdict(dict), defaultdict(dict)
    with CASES.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["kind"] == "input":
                answers[row["case"]][row["variable"]] = int(row["value"]) if row["value"] else None
            else:
                expected[row["case"]][row["variable"]] = row["value"]
    return {case: (answers[case], expected[case]) for case in answers}


WORKED = worked()


@pytest.mark.parametrize("case", list(WORKED))
def test_a_worked_respondent_has_the_values_worked_out_by_hand(case):
    answers, expected = WORKED[case]
    found = career(answers)
    assert {name: found[name] for name in VARIABLES} == expected


def test_an_exchange_is_one_drug_gained_and_one_dropped():
    found = career(WORKED["R3"][0])
    assert [found[name] for name in ("gained", "dropped", "exchange", "range_change")] == ["1", "1", "1", "1"]


def test_a_drug_has_each_state_that_its_answers_can_give():
    wanted = {
        (0, None, None): "never", (2, None, 3): "new", (2, None, 0): "tried", (1, 0, 2): "returned", (1, 0, 0): "past",
        (1, 2, 0): "ceased", (1, 2, 2): "continued", (1, -9, 2): "unknown", (None, 2, 2): "unknown",
    }  # fmt: skip
    found = {
        codes: state_of(use_of(dict(zip(("ever_can", "bf_freq_can", "nw_freq_can"), codes, strict=True)), "can"))
        for codes in wanted
    }
    assert found == wanted
    assert set(found.values()) == set(STATES)


@given(ANSWERS)
@settings(max_examples=300, deadline=None)
def test_values_are_those_of_the_tables_and_exclude_each_other_where_they_must(answers):
    found = career(answers)
    assert set(found) == {*VARIABLES, *ALSO}
    assert found["frequency"] in ("up", "same", "down", "na", "mis")
    assert found["intensity"] in ("up", "same", "down", "mixed", "na", "mis")
    for name in {*VARIABLES, "deescalation", "exchange"} - {"frequency", "intensity"}:
        assert found[name] in ("0", "1", "na", "mis")
    if found["onset"] in ("1", "na"):
        assert found["frequency"] == found["expansion"] == "na"
    if found["onset"] == "na":
        assert found["substitution"] == found["recovery"] == "na"
    assert not found["expansion"] == found["exchange"] == "1"
    if found["intensity"] in ("up", "mixed"):
        assert found["escalation"] == "1"


@given(ANSWERS, st.sampled_from(DRUGS))
@settings(max_examples=200, deadline=None)
def test_a_refused_drug_never_counts_as_not_used(answers, drug):
    refused = {name: (-8 if name.endswith(f"_{drug}") else code) for name, code in answers.items()}
    assert drug_careers(refused)[drug] == {
        "state": "unknown", "frequency": "mis", "intensity": "mis", "escalation": "mis", "deescalation": "mis",
    }  # fmt: skip


def drug(ever, before=-6, now=-6, amounts=(-6, -6)):
    return {"ever_can": ever, "bf_freq_can": before, "nw_freq_can": now, "bf_amt_can": amounts[0],
            "nw_amt_can": amounts[1]}  # fmt: skip


BASE = {f"ever_{name}": 0 for name in DRUGS} | {"use1_order": 1}
USED = drug(1, 2, 2, (2, 2))
SUBSTITUTED = {"sub_any": 1, "sub_from": 1, "sub_to": 2, "sub_kind": 1, "sub_src": 1}
NEW = {"ever_mdm": 2, "nw_freq_mdm": 1}
PROBLEM = {"prob_bf": 2, "prob_drug": 1, "prob_nw": 0}
# every line of every decision table, with answers that reach it: (variable, answers beside BASE, value)
LINES = [
    ("onset", {}, "0"),
    ("onset", {"use1_order": 2} | USED, "mis"),
    ("onset", {"use1_order": 3}, "1"),
    ("onset", {"use1_order": 4} | drug(2), "mis"),
    ("onset", {"use1_order": 4}, "na"),
    ("onset", {"use1_order": -9} | USED, "0"),
    ("onset", {"use1_order": None}, "mis"),
    ("frequency", {"use1_order": 2}, "na"),
    ("frequency", {"use1_order": -9}, "mis"),
    ("frequency", drug(1, -8, 2), "mis"),
    ("frequency", drug(1, 0, 0), "na"),
    ("frequency", drug(1, 2, 3), "up"),
    ("frequency", drug(1, 2, 2), "same"),
    ("frequency", drug(1, 2, 1), "down"),
    ("frequency", drug(1, 5, 5) | {"ever_mdm": -8}, "same"),
    ("intensity", drug(1, 2, 2, (1, 2)) | {"ever_mdm": 1, "bf_freq_mdm": 1, "nw_freq_mdm": 1, "bf_amt_mdm": 2,
                                           "nw_amt_mdm": 1}, "mixed"),
    ("intensity", drug(1, 2, 2, (-9, 2)), "mis"),
    ("intensity", drug(-9), "mis"),
    ("intensity", {}, "na"),
    ("intensity", drug(1, 2, 2, (1, 2)), "up"),
    ("intensity", drug(1, 2, 2, (2, 1)), "down"),
    ("intensity", USED, "same"),
    ("escalation", drug(1, 2, 3, (2, -9)), "1"),
    ("escalation", drug(1, 3, 3, (2, -9)), "mis"),
    ("escalation", USED, "0"),
    ("escalation", drug(1, 0, 3), "na"),
    ("switching", USED | {"main_bf": 1}, "mis"),
    ("switching", USED | {"main_bf": 2, "main_nw": 1}, "mis"),
    ("switching", USED | {"main_bf": 1, "main_nw": 0}, "na"),
    ("switching", {"main_bf": 15, "main_nw": 15}, "mis"),
    ("switching", USED | {"main_bf": 1, "main_nw": 15}, "1"),
    ("switching", USED | {"main_bf": 1, "main_nw": 1}, "0"),
    ("expansion", {"use1_order": 2}, "na"),
    ("expansion", {"use1_order": -9}, "mis"),
    ("expansion", drug(1, 2, 0) | NEW, "0"),
    ("expansion", USED | {"ever_mdm": 2, "nw_freq_mdm": -9}, "mis"),
    ("expansion", USED, "0"),
    ("expansion", drug(1, 2, -9) | NEW, "mis"),
    ("expansion", USED | NEW, "1"),
    ("substitution", {"use1_order": 4} | SUBSTITUTED, "na"),
    ("substitution", {"sub_any": -7}, "mis"),
    ("substitution", {"sub_any": 0}, "0"),
    ("substitution", SUBSTITUTED | {"sub_to": 1}, "mis"),
    ("substitution", SUBSTITUTED | {"sub_kind": -9}, "mis"),
    ("substitution", SUBSTITUTED | {"sub_src": 2}, "0"),
    ("substitution", SUBSTITUTED, "1"),
    ("recovery", {"use1_order": 4} | PROBLEM, "na"),
    ("recovery", {"prob_bf": -8}, "mis"),
    ("recovery", {"prob_bf": 1}, "na"),
    ("recovery", PROBLEM | {"prob_drug": -9}, "mis"),
    ("recovery", PROBLEM | drug(2), "mis"),
    ("recovery", PROBLEM | drug(1, 0, 1), "na"),
    ("recovery", PROBLEM | drug(1, 2, 2), "0"),
    ("recovery", PROBLEM | drug(1, 2, 1) | {"prob_nw": 2}, "0"),
    ("recovery", PROBLEM | drug(1, 2, -9), "mis"),
    ("recovery", PROBLEM | drug(1, 2, 1) | {"prob_nw": -9}, "mis"),
    ("recovery", PROBLEM | drug(1, 2, 1), "1"),
    ("recovery", PROBLEM | {"prob_drug": 15, "red_any": 1, "red_drug": 15}, "1"),
    ("recovery", PROBLEM | {"prob_drug": 15, "red_any": 0}, "0"),
    ("recovery", PROBLEM | {"prob_drug": 15, "red_any": 2, "red_drug": 3}, "0"),
]  # fmt: skip


@pytest.mark.parametrize(("variable", "answers", "value"), LINES)
def test_every_line_of_a_decision_table_is_reached(variable, answers, value):
    assert career(BASE | answers)[variable] == value


def test_every_value_of_every_variable_is_reached():
    ways = {"frequency": {"up", "same", "down"}, "intensity": {"up", "same", "down", "mixed"}}
    for name in VARIABLES:
        reached = {value for variable, _, value in LINES if variable == name}
        assert reached == ways.get(name, {"0", "1"}) | {"na", "mis"}
