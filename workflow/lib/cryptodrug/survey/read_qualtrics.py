"""Read an export of Qualtrics: CSV with two or three lines of heads, and the structure (`.qsf`).

The first line has names, the second the wording, the third, in newer exports, an `ImportId` in JSON.
"""

import json
from collections.abc import Collection, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from cryptodrug.survey.export import UNKNOWN, Export, Variable, refuse
from cryptodrug.survey.limesurvey_structure import plain_text
from cryptodrug.survey.mapping import Layout
from cryptodrug.survey.record import FACTS, FINISHED, LANGUAGE, LAST_PAGE, MINUTES, MONTH, NUMBER, TEST, with_facts
from cryptodrug.survey.record import months as start_months
from cryptodrug.survey.text_table import csv_rows, kept_columns, unique_names

OWN = ("StartDate", "Status", "Progress", "Duration (in seconds)", "Finished", "UserLanguage")
IMPORT_ID = '{"ImportId"'
YES = ("1", "true", "wahr", "vrai", "waar")
# a preview, a test, and the same as Qualtrics spells them
NOT_REAL = ("1", "2", "survey preview", "survey test")
SEVERAL = ("MAVR", "MAHR", "MACOL", "MSB")


def _labels(payload: dict[str, Any], choices: str) -> dict[str, dict[str, str]]:
    """Labels by recoded value."""
    shown, recoded = payload.get(choices) or {}, payload.get("RecodeValues") or {}
    if isinstance(shown, list):  # Qualtrics writes an empty or numbered object as a list
        shown = {str(place): one for place, one in enumerate(shown, 1)}
    if isinstance(recoded, list):
        recoded = {str(place): one for place, one in enumerate(recoded, 1)}
    return {str(recoded.get(place, place)): {UNKNOWN: plain_text(one["Display"])} for place, one in shown.items()}


def _variables(payload: dict[str, Any]) -> Iterator[tuple[str, Variable]]:
    """Columns of one question, by name."""
    name, text = payload.get("DataExportTag", ""), plain_text(payload.get("QuestionText", ""))
    tags = payload.get("ChoiceDataExportTags") or {}
    if isinstance(tags, list):
        tags = {str(place): tag for place, tag in enumerate(tags, 1)}
    several = payload.get("QuestionType") == "MC" and payload.get("Selector") in SEVERAL
    if payload.get("QuestionType") == "Matrix" or several:
        items = payload.get("Choices") or {}
        if isinstance(items, list):
            items = {str(place): one for place, one in enumerate(items, 1)}
        labels = {"1": {}} if several else _labels(payload, "Answers")
        for place, item in items.items():
            tag = tags.get(place) if isinstance(tags, dict) and tags.get(place) else f"{name}_{place}"
            yield tag, Variable({UNKNOWN: f"{text} | {plain_text(item['Display'])}"}, labels)
        return
    yield name, Variable({UNKNOWN: text}, _labels(payload, "Choices"))


def read_structure(path: str | Path) -> tuple[dict[str, Variable], dict[str, list[str]]]:
    """What a `.qsf` says of each column, by name; and the questions with several answers, each with its columns.

    Raises
    ------
    InputError : the file is no structure of Qualtrics.
    """
    try:
        elements = json.loads(Path(path).read_text(encoding="utf-8"))["SurveyElements"]
        payloads = [one["Payload"] for one in elements if one["Element"] == "SQ"]
        book, sets = {}, {}
        for payload in payloads:
            columns = dict(_variables(payload))
            book |= columns
            if payload.get("Selector") in SEVERAL:
                sets[payload.get("DataExportTag", "")] = list(columns)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise refuse(
            f"the file is no structure of Qualtrics ({type(error).__name__})", path, "export the survey again (`.qsf`)"
        ) from None
    return book, sets


def _column(rows: pd.DataFrame, name: str) -> pd.Series:
    return rows[name].str.strip() if name in rows else pd.Series("", index=rows.index, dtype="str")


def _facts(rows: pd.DataFrame, pages: int) -> dict[str, pd.Series]:
    progress = pd.to_numeric(_column(rows, "Progress"), errors="coerce")
    finished = _column(rows, "Finished").str.lower().isin(YES)
    # progress is the share of pages seen, cut to a whole number of per cent
    shares = {page: 100 * page // pages for page in range(1, pages + 1)}
    last = progress.map(lambda share: next((page for page, part in shares.items() if part >= share), pages))
    return {
        NUMBER: pd.Series(range(1, len(rows) + 1), index=rows.index, dtype="float64"),
        FINISHED: finished.astype("float64"),
        LAST_PAGE: last.where(progress.notna()).where(~finished, pages).astype("float64"),
        TEST: _column(rows, "Status").str.lower().isin(NOT_REAL).astype("float64"),
        MONTH: start_months(_column(rows, "StartDate")),
        MINUTES: pd.to_numeric(_column(rows, "Duration (in seconds)"), errors="coerce") // 60,
        LANGUAGE: _column(rows, "UserLanguage").str.lower(),
    }


def read_qualtrics(
    path: str | Path,
    structure: str | Path | None,
    layout: Layout,
    allowed: list[str],
    empty: Collection[str] = (),
    pages: int = 1,
) -> Export:
    """Read the columns `allowed` as texts: recoded values.

    `@number` is the place of the record in the file; `@finished`, `@last_page`, `@test`, `@month`, `@minutes` and
    `@language` stand for what Qualtrics says of it.

    Parameters
    ----------
    pages : of the questionnaire; the page that somebody reached follows from the progress in per cent.

    Raises
    ------
    InputError : a column is absent, there are fewer than two lines of heads, a line does not fit them.
    """
    rows = csv_rows(path, layout.separator, layout.encoding)
    heads = [next(rows, None), next(rows, None)]
    if None in heads:
        raise refuse("the export has not the two lines of heads of Qualtrics", path, "export it again as CSV")
    third = next(rows, None)
    if third and not any(cell.replace(" ", "").startswith(IMPORT_ID) for cell in third):
        rows = chain([third], rows)  # an older export: the third line is an answer
    names = unique_names(heads[0])
    wording = {name: {UNKNOWN: plain_text(text)} for name, text in zip(names, heads[1], strict=False)}
    book, sets = read_structure(structure) if structure else ({}, {})
    columns = [name for name in allowed if name not in FACTS]
    # older exports name the columns of a record V1, V2, ... and say in the second line what they are
    titles = {next(iter(text.values())): name for name, text in wording.items()}
    own = {title: title if title in names else titles.get(title) for title in OWN}
    kept = [name for name in own.values() if name and name not in columns]
    table, left = kept_columns(rows, names, path, [*columns, *dict.fromkeys(kept)], empty)
    facts = _facts(table.rename(columns={name: title for title, name in own.items() if name}), pages)
    said = {name: book.get(name, Variable(wording.get(name, {}))) for name in allowed}
    chosen = {name: items for name, items in sets.items() if set(items) <= set(columns)}
    return Export(with_facts(table, facts, allowed), said, chosen, left + len(kept))
