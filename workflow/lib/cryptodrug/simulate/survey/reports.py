"""From true answers to those of the export: recall, routing, missing answers, leaving.

All answers stand in columns and are made in the order of the questionnaire: an answer that is missing decides what is
asked next.
"""

from collections.abc import Mapping

import numpy as np

from cryptodrug.careers.drugs import BEFORE, DRUGS, OTHER_DRUG
from cryptodrug.simulate.draws import Draws, Source
from cryptodrug.simulate.survey.models import Survey
from cryptodrug.simulate.survey.records import VALID, Record
from cryptodrug.survey.questionnaire import NO_ANSWER, NOT_ASKED, Question, Questionnaire

# what is asked of the time before the first purchase; neighbours on a scale, any other answer for sources and drugs
ON_A_SCALE = ("bf_freq_", "bf_amt_", "prob_bf", "kn_bf", "hr_bf_", "rk_bf_")
WITHOUT_ORDER = ("bf_src_", "main_bf")
FIRST_SECTION_WITH_RATE = "drugs"
PRINCIPAL = {"mot_main": "mot_offer"}  # offers only what was ticked: not answered with it
Person = Mapping[str, int | str]
Columns = dict[str, np.ndarray]


def other_answer(variable: str, true: int, person: Person, codes: list[int], draws: Draws) -> int:
    """A wrong answer: never the true one."""
    if variable.startswith(ON_A_SCALE):
        place = codes.index(true)
        return draws.one([codes[near] for near in (place - 1, place + 1) if 0 <= near < len(codes)])
    if variable == "main_bf":
        used = [code for code, drug in enumerate(DRUGS, 1) if person[f"ever_{drug}"] == BEFORE and code != true]
        return draws.one(used) if used else OTHER_DRUG if true != OTHER_DRUG else 1
    return draws.one([code for code in codes if code != true])


def remembered(person: Person, questionnaire: Questionnaire, error: int, draws: Draws) -> dict[str, int | str]:
    """What a respondent says: each answer about the time before is wrong with the probability `error` (thousandths)."""
    said = dict(person)
    for variable in questionnaire.questions:
        if variable.startswith((*ON_A_SCALE, *WITHOUT_ORDER)) and draws.happens(error):
            codes = sorted(questionnaire.answers(variable))
            said[variable] = other_answer(variable, int(person[variable]), person, codes, draws)
    return said


def asked(question: Question, columns: Columns, count: int) -> np.ndarray:
    """For each record whether the routing asks the question."""
    return question.asked_if.holds(columns) if question.asked_if else np.ones(count, dtype=bool)


def routed(questionnaire: Questionnaire, people: list[Person]) -> Columns:
    """Answers of people who answer everything they are asked, and are asked by the routing alone; -6 elsewhere.

    Text (a quantity as typed) is 0 here: that something was answered.
    """
    columns: Columns = {}
    for variable, question in questionnaire.questions.items():
        given = np.array([_number(person.get(variable)) for person in people])
        columns[variable] = np.where(asked(question, columns, len(people)), given, NOT_ASKED)
    return columns


def _number(answer: int | str | None) -> float:
    return np.nan if answer is None else 0.0 if isinstance(answer, str) else float(answer)


def _gone(questionnaire: Questionnaire, records: list[Record], section: str) -> np.ndarray:
    """For each record whether the respondent had left before a section."""
    place = questionnaire.sections.index
    return np.array([one.left_after is not None and place(one.left_after) < place(section) for one in records])


def _silent(survey: Survey, question: Question, key: str, here: list[int], source: Source) -> dict[int, int]:
    """Code of the missing answer for those of the records `here` who give none: exact numbers, or by the rate."""
    draws, exact = source("survey missing", key), survey.missing.get(key)
    if exact is not None:
        codes = [code for code, count in sorted(exact.items()) for _ in range(count)]
        return dict(zip(draws.some(here, len(codes)), codes, strict=True))
    rates = survey.missing_rate if question.type == "single" else {NO_ANSWER: survey.missing_rate.get(NO_ANSWER, 0)}
    return {record: code for record in here if (code := draws.chosen(rates)) is not None}


def _keys(questionnaire: Questionnaire) -> dict[str, str]:
    """Entry of `missing` for each variable: the block for items of several answers, which are missing together."""
    blocks = {one.variable: name for name, items in questionnaire.blocks.items() for one in items}
    return {variable: blocks.get(variable, variable) for variable in questionnaire.questions}


def reported(
    survey: Survey, questionnaire: Questionnaire, people: list[Person], records: list[Record], source: Source
) -> Columns:
    """Codes as the export has them: answers, -6 to -9, NaN for what was never reached."""
    columns: Columns = {}
    keys, silent = _keys(questionnaire), dict[str, dict[int, int]]()
    has_rate = questionnaire.sections.index(FIRST_SECTION_WITH_RATE)
    for variable, question in questionnaire.questions.items():
        is_asked = asked(question, columns, len(people))
        given = np.array([_number(person.get(variable)) for person in people])
        column = np.where(is_asked, given, NOT_ASKED)
        gone, key = _gone(questionnaire, records, question.section), keys[variable]
        if key in survey.missing or questionnaire.sections.index(question.section) >= has_rate:
            here = [i for i, one in enumerate(records) if one.kind == VALID and is_asked[i] and not gone[i]]
            if key not in silent:
                silent[key] = _silent(survey, question, key, here, source)
            for record, code in silent[key].items():
                column[record] = code
        if variable in PRINCIPAL:
            column[columns[PRINCIPAL[variable]] == NO_ANSWER] = NO_ANSWER
        columns[variable] = np.where(gone, np.nan, column)
    return columns
