"""The register of quotations: no step is left out, no word of the list passes, and no run of a passage."""

import copy
import re

import pandas as pd
import pytest
from cryptodrug.errors import DisclosureError, SettingsError
from cryptodrug.interviews.quotations import Register, check_register, quotation_table, read_register
from cryptodrug.interviews.redaction import faults_of, fine_numbers, listed_words, passages_of, shares_too_much
from hypothesis import given
from hypothesis import strategies as st

WAY = [
    {"step": "candidate", "role": "interviewer", "month": "2019-07"},
    {"step": "consent-checked", "role": "interviewer", "month": "2019-07"},
    {"step": "cleaned", "role": "interviewer", "month": "2019-08"},
    {"step": "second-reader", "role": "second-reader", "month": "2019-09"},
    {"step": "approved", "role": "coordinator", "month": "2019-09"},
]
ONE = {
    "id": "one", "interview": "interview-01", "code": "d-trust", "language": "en", "form": "paraphrase",
    "consent": "paraphrase", "removed": ["places"], "steps": WAY, "text": {"en": "Others told me to go slowly."},
}  # fmt: skip
RULES = {"redaction": ["Gent", "Cardboard Market"], "number_step": 10, "words_in_common": 4}
SENSITIVE = {"d-trust": False, "f-risky": True}
PASSAGE = "There I was told more than once to take it easy with all of it."


def register(*changes):
    quotations = [copy.deepcopy(ONE) | {"id": f"q{number}"} | change for number, change in enumerate(changes)]
    return Register.model_validate({"rules": RULES, "quotations": quotations})


def check(*changes):
    check_register(register(*changes), {"interview-01", "interview-02"}, SENSITIVE, "register")


def test_a_quotation_that_went_the_whole_way_is_citable():
    check({})
    assert register({}).quotations[0].citable
    assert quotation_table(register({}).quotations).loc[0, ["state", "month", "role"]].tolist() == [
        "approved",
        "2019-09",
        "coordinator",
    ]


@pytest.mark.parametrize("last", [1, 2, 3, 4])
def test_one_on_its_way_is_not_citable_and_has_no_fault(last):
    check({"steps": WAY[:last]})
    assert not register({"steps": WAY[:last]}).quotations[0].citable


@pytest.mark.parametrize("end", ["refused", "withdrawn"])
def test_the_end_can_come_at_any_step_and_nothing_follows_it(end):
    stop = {"step": end, "role": "interviewee", "month": "2019-10"}
    check({"steps": [*WAY, stop]}, {"steps": [*WAY[:2], stop]})
    assert not register({"steps": [*WAY, stop]}).quotations[0].citable
    with pytest.raises(DisclosureError, match="not in the order"):
        check({"steps": [*WAY[:3], stop, *WAY[3:]]})


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"steps": WAY[:2] + WAY[3:]}, "not in the order"),
        ({"steps": WAY[::-1]}, "not in the order"),
        ({"consent": "none"}, "approved as paraphrase with consent for none"),
        ({"form": "verbatim"}, "approved as verbatim with consent for paraphrase"),
        ({"code": "f-risky"}, "sensitive and no consent was given for this passage"),
        ({"code": "g-none"}, "g-none is no code"),
        ({"interview": "interview-99"}, "there is no interview-99"),
        ({"steps": [*WAY[:3], WAY[3] | {"role": "interviewer"}, WAY[4]]}, "needs a second reader"),
        ({"steps": [*WAY[:4], WAY[4] | {"role": "second-reader"}]}, "then the coordinator"),
        ({"steps": [*WAY[:4], WAY[4] | {"month": "2019-01"}]}, "its months go back"),
    ],
)
def test_faults_on_the_way_stop_the_build(change, fault):
    with pytest.raises(DisclosureError, match=fault):
        check(change)


def test_consent_for_the_passage_opens_a_sensitive_code():
    check({"code": "f-risky", "passage_consent": True})


def test_at_most_two_of_one_person():
    check({}, {}, {"interview": "interview-02"})
    with pytest.raises(DisclosureError, match="3 quotations of one person"):
        check({}, {}, {})


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"text": {"en": "I bought it on cardboard  market then."}}, "1 of its words stand in the redaction list"),
        ({"text": {"en": "Fine.", "nl": "Ik woon in Gent."}}, r"\(nl\): 1 of its words"),
        ({"text": {"en": "I am 23 and he is 20."}}, "1 of its numbers are no multiple of 10"),
        ({"text": {"en": "They told me more than once to take it easy."}}, "more than 4 words in a row"),
    ],
)
def test_words_that_must_not_pass(change, fault):
    found = list(faults_of(register(change), {"interview-02": [PASSAGE]}))
    assert len(found) == 1
    assert re.search(fault, found[0])
    # the error may be shown to anybody: it names the quotation and no word of it
    assert not any(word in found[0] for word in ("Gent", "market", "23", "easy"))


def test_what_is_not_approved_is_not_looked_at():
    assert list(faults_of(register({"steps": WAY[:2], "text": {"en": "Gent 23"}}), {})) == []


def test_verbatim_words_may_be_those_of_their_own_passage_only():
    said = {"form": "verbatim", "consent": "verbatim", "text": {"en": "I was told more than once to take it easy."}}
    assert list(faults_of(register(said), {"interview-01": [PASSAGE]})) == []
    other = PASSAGE.replace("with all of it", "by a friend") + " More."
    assert list(faults_of(register(said), {"interview-01": [PASSAGE], "interview-02": [other[:40]]}))


def test_accents_and_capitals_hide_nothing():
    assert listed_words("Je suis né à LIEGE.", ["Liège"]) == ["Liège"]
    assert listed_words("Liégeois", ["Liège"]) == []
    assert listed_words("anything", ["!"]) == []


@pytest.mark.parametrize(
    ("text", "count"), [("about 20", 0), ("1 000 euros", 0), ("2,5", 1), ("19 of 20", 1), ("none", 0)]
)
def test_numbers_finer_than_allowed(text, count):
    assert fine_numbers(text, 10) == count


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=12), st.integers(0, 11), st.integers(3, 6))
def test_a_run_is_found_exactly_when_it_is_longer_than_allowed(words, start, most):
    run = words[start : start + most + 1]
    text = f"x {' '.join(run)} y"
    assert shares_too_much(text, [" ".join(words)], most) == (len(run) > most)


def test_passages_are_cut_from_the_texts_and_those_without_a_place_left_out():
    codings = pd.DataFrame(
        [("i1", 0, 6), ("i1", 0, 6), ("i1", 7, 11), ("i2", 0, 4), ("i1", None, None)],
        columns=["interview", "begins", "ends"],
    )
    assert passages_of(codings, {"i1": "Before that", "i2": None}) == {"i1": ["Before", "that"]}


def test_an_id_that_stands_twice_is_refused(tmp_path):
    path = tmp_path / "register.yaml"
    one = str(ONE).replace("'", '"')
    path.write_text(f'{{"rules": {RULES!s}, "quotations": [{one}, {one}]}}'.replace("'", '"'), encoding="utf-8")
    with pytest.raises(SettingsError, match="two quotations have the same id: one"):
        read_register(path)
