"""The eight career variables: the worked respondents, and what must hold for any answers."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
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
CODE = st.sampled_from([None, -9, -8, -6, 0, 1, 2, 3, 4, 5])
ANSWERS = st.fixed_dictionaries(
    {"use1_order": st.sampled_from([None, -9, 1, 1, 1, 2, 3, 4])}
    | dict.fromkeys(("main_bf", "main_nw", "sub_any", "sub_from", "sub_to", "sub_kind", "sub_src"), CODE)
    | dict.fromkeys(("prob_bf", "prob_nw", "prob_drug", "red_any", "red_drug"), CODE)
    | {f"ever_{drug}": st.sampled_from([None, -8, 0, 0, 1, 1, 2]) for drug in DRUGS}
    | {f"{stem}_{drug}": CODE for stem in ("bf_freq", "bf_amt", "nw_freq", "nw_amt") for drug in DRUGS}
)


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
