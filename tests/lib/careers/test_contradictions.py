"""Contradictions: each by hand, and a variable with one is never known."""

import pytest
from careers_any import ANSWERS
from cryptodrug.careers.contradictions import KINDS, contradictions
from cryptodrug.careers.drugs import DRUGS
from cryptodrug.careers.respondents import career
from hypothesis import given, settings

NOBODY = {f"ever_{drug}": 0 for drug in DRUGS} | {"use1_order": 1}
USED = {"ever_can": 1, "bf_freq_can": 2, "nw_freq_can": 0}


@pytest.mark.parametrize(
    ("answers", "kinds"),
    [
        ({}, []),
        ({"use1_order": 2} | USED, ["onset"]),
        ({"use1_order": 4, "ever_can": 2}, ["onset"]),
        ({"use1_order": 4}, []),
        (USED | {"main_bf": 1, "main_nw": 1}, ["switching"]),
        (USED | {"main_bf": 2, "main_nw": 0}, ["switching"]),
        (USED | {"main_bf": 1, "main_nw": 15}, []),
        ({"sub_any": 1, "sub_from": 2, "sub_to": 2}, ["substitution"]),
        ({"sub_any": 0, "sub_from": 2, "sub_to": 2}, []),
        ({"prob_bf": 2, "prob_drug": 1}, ["recovery"]),
        ({"prob_bf": 2, "prob_drug": 1} | USED, []),
        ({"prob_bf": 1, "prob_drug": 1}, []),
        ({"prob_bf": 3, "prob_drug": 15}, []),
    ],
)
def test_a_contradiction_by_hand(answers, kinds):
    assert [kind for kind, found in contradictions(NOBODY | answers).items() if found] == kinds


@given(ANSWERS)
@settings(max_examples=300, deadline=None)
def test_a_variable_whose_answers_contradict_each_other_is_not_known(answers):
    found, values = contradictions(answers), career(answers)
    assert tuple(found) == KINDS
    for kind, contradicts in found.items():
        if contradicts:
            assert values[kind] in (("mis", "na") if kind in ("substitution", "recovery") else ("mis",))
