"""The simulated respondents: records, true answers, answers as reported."""

import datetime
from dataclasses import dataclass

from cryptodrug.provenance.records import PROJECT
from cryptodrug.simulate.draws import Source
from cryptodrug.simulate.survey.checks import check_scenario
from cryptodrug.simulate.survey.models import Survey
from cryptodrug.simulate.survey.person import draw_person, entries
from cryptodrug.simulate.survey.records import PASSES, REPEATED, VALID, Record, draw_records
from cryptodrug.simulate.survey.reports import Columns, remembered, reported, routed
from cryptodrug.survey.questionnaire import NO_ANSWER, Questionnaire, read_questionnaire

LABEL_OF_STUDY = "Simulated survey, no real respondent"
REMARK = "Simulated remark."
DATES_FROM = datetime.date(1582, 10, 14)  # of dates in SPSS files


@dataclass(frozen=True, repr=False)
class Respondents:
    """Everything drawn, one entry per record, in the order of the export.

    Attributes
    ----------
    true : what was true of each person, by variable: -6 where the routing asks nobody like them, NaN where there is
        no true answer (paradata of the record).
    reported : codes of the export; NaN: never reached.
    texts : answers in words, by variable of the types `number` and `open`; empty where a code stands.
    """

    survey: Survey
    questionnaire: Questionnaire
    records: list[Record]
    true: Columns
    reported: Columns
    texts: dict[str, list[str]]


def _eligible(screening: dict[str, int]) -> int:
    return int(all(screening[name] == PASSES[name] for name in PASSES))


def spss_date(date: datetime.date) -> int:
    """Seconds from the first day of the Gregorian calendar, as SPSS counts."""
    return (date - DATES_FROM).days * 86400


def _of_record(record: Record, person: dict, source: Source, survey: Survey) -> dict:
    """The answers of a person in a record: paradata, screening, the remark."""
    speaks = source("survey remark", record.number).happens(survey.remarks)
    return person | record.screening | {
        "resp_id": record.resp_id,
        "status": record.status,
        "fill_month": spss_date(record.start.date().replace(day=1)),
        "dur_min": record.minutes,
        "scr_ok": 0 if record.left_after == "consent" else _eligible(record.screening),
        "itv_contact": NO_ANSWER,
        "remark": REMARK if speaks else NO_ANSWER,
    }  # fmt: skip


def _garbled(survey: Survey, people: list[dict], records: list[Record], source: Source) -> None:
    """Some valid respondents type a quantity that is no number."""
    unreadable, draws = survey.last_purchase.unreadable, source("survey unreadable")
    whole = [place for place, one in enumerate(records) if one.kind == VALID and one.left_after is None]
    for place in draws.some(whole, unreadable.times):
        people[place]["lp_qty"] = draws.one(unreadable.texts)


def _repeat(columns: Columns, texts: dict[str, list[str]], records: list[Record]) -> None:
    """A repeated record has the answers of the first one, missing ones included; only its number is its own."""
    first = {one.number: place for place, one in enumerate(records) if one.kind == VALID}
    for place, one in enumerate(records):
        if one.kind == REPEATED:
            for variable in set(columns) - {"resp_id"}:
                columns[variable][place] = columns[variable][first[one.number]]
            for answers in texts.values():
                answers[place] = answers[first[one.number]]


def draw_respondents(survey: Survey, seed: int, replicate: int | None = None) -> Respondents:
    """Draw all records of a survey.

    Parameters
    ----------
    replicate : number of a replicate with draws of its own; None: the study itself.

    Raises
    ------
    SettingsError : the scenario names what the questionnaire does not have.
    """
    questionnaire, source = read_questionnaire(PROJECT / survey.questionnaire), Source(seed, replicate)
    check_scenario(survey, questionnaire)
    records, drawn_by = draw_records(survey, source), entries(survey, questionnaire)
    people = []
    for record in records:
        month = record.start.date().replace(day=1)
        person = draw_person(survey, questionnaire, drawn_by, month, source, record.number)
        people.append(_of_record(record, person, source, survey))
    said = [
        remembered(person, questionnaire, survey.recall_error, source("survey recall", record.number))
        for person, record in zip(people, records, strict=True)
    ]
    _garbled(survey, said, records, source)
    columns = reported(survey, questionnaire, said, records, source)
    texts = _texts(questionnaire, said, columns)
    _repeat(columns, texts, records)
    return Respondents(survey, questionnaire, records, routed(questionnaire, people), columns, texts)


def _texts(questionnaire: Questionnaire, said: list[dict], columns: Columns) -> dict[str, list[str]]:
    worded = [name for name, one in questionnaire.questions.items() if one.type in ("number", "open")]
    return {
        name: [str(person.get(name, "")) if code == 0 else "" for person, code in zip(said, columns[name], strict=True)]
        for name in worded
    }
