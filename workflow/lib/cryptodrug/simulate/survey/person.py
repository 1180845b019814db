"""One simulated respondent: a true answer to every question, whether or not the routing will ask it."""

import datetime

from cryptodrug.simulate.draws import Source
from cryptodrug.simulate.survey.background import ages
from cryptodrug.simulate.survey.buying import last_purchase, offline, purchases, said_changes
from cryptodrug.simulate.survey.careers import draw_career
from cryptodrug.simulate.survey.models import Survey
from cryptodrug.simulate.survey.opinions import information, scales, single_answers, ticks
from cryptodrug.survey.questionnaire import Questionnaire

REPLACED = "repl"  # the reason for stopping a drug that follows from the question on substitution
Answers = dict[str, int | str]
# drawn with others that must fit; their weights in `answers` are used there
TOGETHER = ("n_buy", "n_mkt", "lp_when", "lp_origin", "be_bought")


def entries(survey: Survey, questionnaire: Questionnaire) -> dict[str, str]:
    """For each variable the entry of `answers` that draws it: its own name, or the start of it."""
    found = {}
    for variable in questionnaire.questions:
        names = [name for name in survey.answers if variable == name or variable.startswith(f"{name}_")]
        if names and variable not in TOGETHER:
            found[variable] = max(names, key=len)
    return found


def _reasons(answers: Answers) -> dict[str, int]:
    """`Another drug took its place` is ticked exactly by those who said so of the same drug."""
    replaced = bool(answers["sub_any"]) and answers["sub_from"] == answers.get("red_drug")
    others = any(answers[name] for name in answers if name.startswith("red_why_") and not name.endswith(REPLACED))
    return {f"red_why_{REPLACED}": int(replaced)} | ({} if others or replaced else {"red_why_oth": 1})


def draw_person(
    survey: Survey,
    questionnaire: Questionnaire,
    drawn_by: dict[str, str],
    month: datetime.date,
    source: Source,
    number: int,
) -> Answers:
    """All true answers of a respondent.

    Parameters
    ----------
    drawn_by : of `entries`.
    month : of filling in.
    number : of the respondent, from 0; it names the streams.

    Each part of the questionnaire draws from a stream of its own: another number in one part changes no other part.
    """
    answers: Answers = draw_career(survey.careers, source("survey career", number))
    answers |= single_answers(survey, drawn_by, source("survey answers", number))
    answers |= ages(answers, month, source("survey ages", number))
    answers |= ticks(survey, questionnaire, source("survey ticks", number)) | offline(answers)
    answers |= information(survey, questionnaire, source("survey information", number))
    answers |= scales(survey, questionnaire, source("survey scales", number))
    buying = source("survey buying", number)
    answers |= purchases(survey, answers, buying) | last_purchase(survey, answers, buying)
    answers |= said_changes(survey, source("survey changes", number))
    return answers | _reasons(answers)
