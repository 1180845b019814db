"""From columns of an export to codes of the study, every kind of missing answer kept apart."""

import re
from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from cryptodrug.errors import InputError
from cryptodrug.survey.empty_cells import with_reasons
from cryptodrug.survey.export import Export, Variable
from cryptodrug.survey.mapping import CONDITION_FACTS, Mapping
from cryptodrug.survey.questionnaire import CODED, NO_ANSWER, Question, Questionnaire
from cryptodrug.survey.record import MONTH, months
from cryptodrug.survey.routing import parse_condition

# beside the codes of missing answers, -6 to -9: what an export leaves empty
NEVER_REACHED, EMPTY = -5, -4
EMPTY_REASONS = {NEVER_REACHED: "drop-out", EMPTY: "empty"}
WHOLE = re.compile(r"-?\d{1,15}(\.0*)?")
TYPED = re.compile(r"\d{1,9}([.,]\d{1,6})?")
FIRST_DAY, DAY = np.datetime64("1582-10-14"), 86400  # an SPSS date counts seconds from there


def _refuse(what: str, variable: str, do: str) -> InputError:
    return InputError(what, where=f"variable {variable}", not_done="no table of respondents was written", do=do)


def check_labels(variable: str, answers: dict[int, str], labels: dict[Any, str]) -> None:
    """Stop when the export calls a code something else than the questionnaire: it may mean another answer."""
    other = [
        f"{code}: {labels[code]!r} instead of {label!r}"
        for code, label in answers.items()
        if code in labels and labels[code] != label
    ]
    if other:
        raise _refuse(
            f"the export and the questionnaire call answers differently: {'; '.join(other)}",
            variable,
            "check which questionnaire this export belongs to; codes belong to one instrument",
        )


def check_codes(variable: str, codes: pd.Series, known: set[int]) -> None:
    """Stop at a code that the questionnaire does not know; it is named with its number, never with the respondent."""
    strangers = codes[codes.notna() & ~codes.isin(known)]
    if len(strangers):
        counts = ", ".join(f"{code:g} ({count} times)" for code, count in strangers.value_counts().sort_index().items())
        raise _refuse(
            f"answer codes that the questionnaire does not know: {counts}", variable, "add them to it, or mend the map"
        )


def _labels(export: Export, questionnaire: Questionnaire, mapping: Mapping, variable: str) -> dict[float, str]:
    """Labels of the export by code of the questionnaire."""
    written = mapping.written(questionnaire, variable)
    labels = export.labels(mapping.column(variable), mapping.language)
    codes = {code: written.get(code if isinstance(code, str) else f"{code:g}", code) for code in labels}
    return {
        float(code): labels[one] for one, code in codes.items() if not isinstance(code, str) or WHOLE.fullmatch(code)
    }


def typed_number(text: str) -> float | None:
    """A number typed with comma or point; None when it cannot be read as one without guessing."""
    text = text.strip()
    return float(text.replace(",", ".")) if TYPED.fullmatch(text) else None


def _typed(column: pd.Series, missing: set[int], written: dict[str, int]) -> tuple[pd.Series, int]:
    """Numbers of a column typed by hand, and how many could not be read: they count as not answered."""
    if pd.api.types.is_numeric_dtype(column):
        return column.astype("float64"), 0
    texts = column.fillna("").astype(str).str.strip()
    codes = {str(code): float(code) for code in missing} | {text: float(code) for text, code in written.items()}
    numbers = texts.map(lambda text: codes[text] if text in codes else np.nan if not text else typed_number(text))
    unread = numbers.isna() & (texts != "")
    return numbers.astype("float64").where(~unread, NO_ANSWER), int(unread.sum())


def _completed(codes: pd.DataFrame, rows: pd.DataFrame, questionnaire: Questionnaire, mapping: Mapping) -> pd.DataFrame:
    """Reasons of empty cells from the routing, where the map says so; then the variables that follow from others."""
    facts = {name: rows[fact] for name, fact in CONDITION_FACTS.items() if fact in rows}
    if mapping.empty == "routing":
        nobody = pd.Series(0.0, index=codes.index)
        codes = with_reasons(codes, questionnaire, facts.get("finished", nobody) == 1, facts.get("last_page"))
    for variable, cases in mapping.derived.items():
        found = pd.Series(np.nan, index=codes.index)
        for case in cases:
            holds = parse_condition(case.when).holds(facts | {name: codes[name] for name in codes})
            found = found.where(found.notna() | ~holds, float(case.code))
        codes = codes.assign(**{variable: found})
    return codes


def _months(column: pd.Series) -> pd.Series:
    """Year and month of a date as one number, 201905; missing codes stay. Texts begin with year and month."""
    if not pd.api.types.is_numeric_dtype(column):
        return months(column.fillna("").astype(str))
    given = column.notna() & (column >= 0)
    days = FIRST_DAY + (column.where(given, 0) // DAY).astype("int64").to_numpy().astype("timedelta64[D]")
    dates = pd.Series(pd.to_datetime(days), index=column.index)
    return column.where(~given, (dates.dt.year * 100 + dates.dt.month).astype("float64"))


def as_codes(column: pd.Series, written: dict[str, int], said: Variable, missing: dict[str, int]) -> pd.Series:
    """Codes of the questionnaire in place of what the export writes; NaN where it writes nothing.

    Parameters
    ----------
    written : answers that are written otherwise than by their code.
    said : the code book of the export; codes that it declares as missing and whose label stands in `missing` become the
        missing code given there.

    Raises
    ------
    InputError : a text that is no code. It is counted, not shown: it may name a person.
    """
    plan = written | {
        f"{code:g}" if isinstance(code, float) else code: missing[label]
        for code, texts in said.labels.items()
        for label in texts.values()
        if said.is_missing(code) and label in missing
    }
    if pd.api.types.is_numeric_dtype(column):
        numbers = {float(text): code for text, code in plan.items() if typed_number(text.removeprefix("-")) is not None}
        return column.astype("float64").replace(numbers) if numbers else column
    texts = column.fillna("").astype(str).str.strip()
    found = {text: plan.get(text, WHOLE.fullmatch(text) and float(text)) for text in texts.unique() if text}
    if strangers := [text for text, code in found.items() if code is None]:
        raise _refuse(
            f"{int(texts.isin(strangers).sum())} answers are no code",
            str(column.name),
            "say in the map (`answers`) which code they stand for, or take the variable out of the questionnaire",
        )
    return texts.map(found).astype("float64")


def clean(export: Export, questionnaire: Questionnaire, mapping: Mapping) -> tuple[pd.DataFrame, dict[str, int]]:
    """Codes of all records by variable, NaN where the export is empty, and the typed numbers that nobody can read.

    Raises
    ------
    InputError : a code or a label that the questionnaire does not know, a negative number that is no missing code.
    """
    columns, unread, missing = {}, {}, set(questionnaire.missing)
    for variable in read_variables(questionnaire, mapping.absent):
        if variable in mapping.derived:
            columns[variable] = pd.Series(np.nan, index=export.rows.index)
            continue
        question, name = questionnaire.questions[variable], mapping.column(variable)
        column, said = export.rows[name], export.book[name]
        if question.type not in ("number", "month"):
            column = as_codes(column, mapping.written(questionnaire, variable), said, mapping.missing)
        if question.type in CODED:
            answers = {code: text[mapping.language] for code, text in questionnaire.answers(variable).items()}
            check_labels(variable, answers, _labels(export, questionnaire, mapping, variable))
            check_codes(variable, column, set(answers) | missing)
            columns[variable] = column
            continue
        if question.type == "number":
            column, unread[variable] = _typed(column, missing, mapping.written(questionnaire, variable))
        check_codes(variable, column.where(column < 0), missing)
        columns[variable] = column if question.type != "month" or name == MONTH else _months(column)
    return _completed(pd.DataFrame(columns), export.rows, questionnaire, mapping), unread


def read_variables(questionnaire: Questionnaire, absent: Collection[str] = ()) -> list[str]:
    """Variables that may be read: all but text, and but those that the export does not have."""
    return [name for name, one in questionnaire.questions.items() if one.type != "open" and name not in absent]


def without_holes(codes: pd.DataFrame, partial: pd.Series) -> pd.DataFrame:
    """Codes with a code for what is empty: behind the last answer of those who left, or without a reason."""
    given = codes.notna()
    # columns stand in the order of asking: whether anything is given in this one or behind it
    later = given.iloc[:, ::-1].cummax(axis="columns").iloc[:, ::-1]
    behind_the_end = ~later & partial.to_numpy()[:, None]
    return codes.where(given | behind_the_end, EMPTY).where(~behind_the_end, NEVER_REACHED)


def categories(question: Question, codes: pd.Series, published: dict[int, str]) -> pd.Series:
    """Published category of each answer, or `missing:<code>`, `missing:drop-out`, `missing:empty`.

    A number has no categories: `given` stands for any.
    """
    reasons = codes.map(lambda code: f"missing:{EMPTY_REASONS.get(int(code), int(code))}")
    given = codes.map(published) if question.type in CODED else pd.Series("given", index=codes.index)
    return given.where(codes >= 0, reasons).astype("string")
