"""From true answers to the export: routing, missing answers, leaving, recall."""

import numpy as np
import pytest
from cryptodrug.simulate.draws import Draws
from cryptodrug.simulate.survey.records import VALID
from cryptodrug.simulate.survey.reports import ON_A_SCALE, WITHOUT_ORDER, other_answer
from cryptodrug.survey.answers import read_variables
from cryptodrug.survey.questionnaire import NO_ANSWER, NOT_ASKED


def of_kind(respondents, kind=VALID):
    return np.array([record.kind == kind for record in respondents.records])


def reached(respondents, section):
    places = respondents.questionnaire.sections.index
    return np.array(
        [record.left_after is None or places(record.left_after) >= places(section) for record in respondents.records]
    )


@pytest.mark.parametrize("draw", ["respondents", "many", "unchanged"])
def test_every_record_obeys_the_routing_of_the_questionnaire(draw, request):
    one = request.getfixturevalue(draw)
    for variable, question in one.questionnaire.questions.items():
        codes, here = one.reported[variable], reached(one, question.section)
        asked = question.asked_if.holds(one.reported) if question.asked_if else np.ones(len(codes), dtype=bool)
        assert np.isnan(codes[~here]).all(), variable  # never reached
        assert (codes[here & ~asked] == NOT_ASKED).all(), variable
        assert not (codes[here & asked] == NOT_ASKED).any(), variable
        assert not np.isnan(codes[here]).any(), variable


def test_every_answer_is_one_that_the_question_has(respondents):
    for variable in read_variables(respondents.questionnaire):
        if respondents.questionnaire.questions[variable].labels:
            allowed = {*respondents.questionnaire.answers(variable), *respondents.questionnaire.missing}
            codes = respondents.reported[variable]
            assert set(codes[~np.isnan(codes)]) <= allowed, variable


def test_missing_answers_of_valid_respondents_are_exactly_those_of_the_scenario(survey, respondents):
    valid, blocks = of_kind(respondents), respondents.questionnaire.blocks
    for name, wanted in survey.missing.items():
        for variable in [one.variable for one in blocks[name]] if name in blocks else [name]:
            codes = respondents.reported[variable][valid]
            found = {code: int((codes == code).sum()) for code in (-7, -8, -9) if (codes == code).any()}
            assert found == wanted, variable


def test_other_questions_are_not_answered_at_the_rate_of_the_scenario(many, survey):
    asked = missing = 0
    for variable in ("kn_bf", "hr_nw_test", "rk_bf_mix", "aw_drug", "lp_addr", "sat_on_qual"):
        codes = many.reported[variable][of_kind(many)]
        asked += int((codes[~np.isnan(codes)] != NOT_ASKED).sum())
        missing += int((codes < NOT_ASKED).sum())
    rate = sum(survey.missing_rate.values()) / 1000
    assert missing / asked == pytest.approx(rate, abs=4 * (rate / asked) ** 0.5)


def test_items_of_a_question_with_several_answers_are_missing_together_and_else_one_is_ticked(many):
    for items in many.questionnaire.blocks.values():
        codes = np.array([many.reported[one.variable] for one in items])
        unanswered = codes == NO_ANSWER
        assert (unanswered.all(axis=0) == unanswered.any(axis=0)).all()
        answered = (codes >= 0).all(axis=0)
        assert (codes[:, answered].sum(axis=0) >= 1).all()


def test_nothing_excludes_the_other_items(many):
    for name, items in many.questionnaire.blocks.items():
        none = [one.variable for one in items if one.variable == f"{name}_none"]
        if none:
            chosen = many.reported[none[0]] == 1
            assert sum((many.reported[one.variable][chosen] == 1).sum() for one in items) == chosen.sum()


def test_the_principal_motive_is_one_that_was_ticked(many):
    motives = [one.variable for one in many.questionnaire.blocks["mot"]]
    for code, variable in enumerate(motives, 1):
        assert (many.reported[variable][many.reported["mot_main"] == code] == 1).all()


def test_what_is_said_of_the_time_before_is_wrong_with_the_probability_of_the_scenario(many, survey):
    wrong = asked = 0
    for variable in many.reported:
        if variable.startswith((*ON_A_SCALE, *WITHOUT_ORDER)):
            true, said = many.true[variable][of_kind(many)], many.reported[variable][of_kind(many)]
            both = (true >= 0) & (said >= 0)
            asked += int(both.sum())
            wrong += int((true[both] != said[both]).sum())
    error = survey.recall_error / 1000
    assert wrong / asked == pytest.approx(error, abs=4 * (error / asked) ** 0.5)


def test_what_is_said_of_now_is_true(many):
    for variable in many.reported:
        if variable.startswith(("ever_", "nw_", "main_nw", "prob_nw", "use1_order", "red_", "cm_")):
            true, said = many.true[variable], many.reported[variable]
            both = (true >= 0) & (said >= 0)
            assert (true[both] == said[both]).all(), variable


@pytest.mark.parametrize(
    ("variable", "true", "codes", "wanted"),
    [
        ("bf_freq_can", 3, [0, 1, 2, 3, 4, 5], {2, 4}),  # a neighbour
        ("bf_freq_can", 0, [0, 1, 2, 3, 4, 5], {1}),
        ("kn_bf", 10, list(range(11)), {9}),
        ("bf_src_can", 3, [2, 3, 4], {2, 4}),  # any other
        ("main_bf", 1, list(range(16)), {2}),  # another drug that was used before
    ],
)
def test_a_wrong_answer_is_a_neighbour_or_any_other(variable, true, codes, wanted):
    drugs = "can mdm coc amp met lsd psy ket ghb her opi ben med nps".split()
    person = {f"ever_{drug}": int(drug in ("can", "mdm")) for drug in drugs}
    assert {other_answer(variable, true, person, codes, Draws(1, number)) for number in range(60)} == wanted


def test_quantities_that_nobody_can_read_are_as_many_as_the_scenario_says(respondents, survey):
    typed = [
        text
        for text, record in zip(respondents.texts["lp_qty"], respondents.records, strict=True)
        if record.kind == VALID
    ]
    unreadable = survey.last_purchase.unreadable
    assert sum(text in unreadable.texts for text in typed) == unreadable.times == 3
