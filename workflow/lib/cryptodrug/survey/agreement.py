"""Whether an export, a map and a questionnaire fit each other: what is mapped, what is missing, what contradicts."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz

from cryptodrug.survey.columns import Columns
from cryptodrug.survey.export import UNKNOWN, Variable
from cryptodrug.survey.mapping import Mapping
from cryptodrug.survey.questionnaire import BAR, CODED, NOT_ASKED, Questionnaire
from cryptodrug.survey.record import FACTS

FARTHER = 25.0  # how much more a wording must be like that of a neighbour to say that wordings have moved


@dataclass(frozen=True)
class Fit:
    """Variables with a column, variables without one, columns without a variable, and what contradicts."""

    mapped: list[str]
    missing: list[str]
    unused: list[str]
    contradictions: list[str]


def _wording(variable: Variable, language: str) -> str:
    text = variable.question.get(language, variable.question.get(UNKNOWN, ""))
    return text.replace(BAR, " ").lower()


def _labels(
    variable: str, column: str, said: Variable, questionnaire: Questionnaire, mapping: Mapping
) -> Iterator[str]:
    """Answers that both call by other words, or that the questionnaire does not have."""
    answers = {code: text[mapping.language] for code, text in questionnaire.answers(variable).items()}
    written = mapping.written(questionnaire, variable)
    for code, texts in said.labels.items():
        label = texts.get(mapping.language, texts.get(UNKNOWN))
        if label is None or (said.is_missing(code) and label in mapping.missing):
            continue
        shown = f"{code:g}" if isinstance(code, float) else code
        number = written.get(shown, int(shown) if shown.lstrip("-").isdigit() else None)
        if number is None or number in questionnaire.missing:
            continue
        if number not in answers:
            yield f"{variable} ({column}): the questionnaire has no answer {shown}: {label!r}"
        elif answers[number] != label:
            moved = [one for one, text in answers.items() if text == label]
            more = f"; there it is {moved[0]}: have labels shifted by {moved[0] - number:+d}?" if moved else ""
            yield f"{variable} ({column}): {shown} is {label!r} here and {answers[number]!r} in the questionnaire{more}"


def _shifted(
    pairs: list[tuple[str, str]], columns: Columns, questionnaire: Questionnaire, language: str
) -> Iterator[str]:
    """Wordings that are those of the variable in front or behind."""
    own = [questionnaire.questions[variable].text[language].replace(BAR, " ").lower() for variable, _ in pairs]
    for place, (variable, column) in enumerate(pairs):
        text = _wording(columns.book.get(column, Variable()), language)
        if not text:
            continue
        here = fuzz.token_sort_ratio(text, own[place])
        for step in (-1, 1):
            if not 0 <= place + step < len(pairs):
                continue
            there = fuzz.token_sort_ratio(text, own[place + step])
            if there - here > FARTHER and there > 2 * FARTHER:
                yield f"{variable} ({column}): asks here what the questionnaire asks in {pairs[place + step][0]}"


def fit_of(columns: Columns, mapping: Mapping, questionnaire: Questionnaire) -> Fit:
    """Compare an export with a questionnaire by a map.

    Parameters
    ----------
    columns : of the export, with its own code book.
    """
    present = {*columns.names, *FACTS}
    asked = [name for name, one in questionnaire.questions.items() if one.type != "open"]
    pairs = [(name, mapping.column(name)) for name in asked if name not in (*mapping.absent, *mapping.derived)]
    mapped = [(name, column) for name, column in pairs if column in present]
    used = {column for _, column in mapped} | {mapping.test} | {mapping.column(name) for name in mapping.must_be_empty}
    contradictions = []
    for name, column in mapped:
        if questionnaire.questions[name].type in CODED:
            contradictions += _labels(name, column, columns.book.get(column, Variable()), questionnaire, mapping)
    contradictions += _shifted(mapped, columns, questionnaire, mapping.language)
    return Fit(
        mapped=[name for name, _ in mapped] + list(mapping.derived),
        missing=[name for name, column in pairs if column not in present],
        unused=[column for column in columns.names if column not in used],
        contradictions=contradictions,
    )


def routing_faults(codes: pd.DataFrame, questionnaire: Questionnaire) -> Iterator[str]:
    """Answers of those whom a question does not concern, and those not asked whom it does.

    Parameters
    ----------
    codes : of all records by variable, NaN where the export is empty.
    """
    for name in codes:
        condition = questionnaire.questions[name].asked_if
        if condition is None or not set(condition.names) <= set(codes):
            continue
        asked = pd.Series(condition.holds(codes), index=codes.index)
        # where an answer that decides is itself missing, nothing can be said
        known = (codes[list(condition.names)] >= 0).any(axis="columns")
        too_many = int(((codes[name] >= 0) & ~asked & known).sum())
        too_few = int(((codes[name] == NOT_ASKED) & asked).sum())
        if too_many or too_few:
            yield f"{name}: {too_many} answer though it is not for them, {too_few} were not asked though it is"
