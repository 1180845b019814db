"""Read an export of REDCap or KoboToolbox: a plain table, with the platform's own dictionary as its code book."""

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from cryptodrug.survey.export import UNKNOWN, Export, Variable, refuse
from cryptodrug.survey.limesurvey_structure import plain_text
from cryptodrug.survey.mapping import Layout
from cryptodrug.survey.text_table import csv_rows, kept_columns, table_rows, unique_names
from cryptodrug.survey.workbook import sheet_rows

# REDCap: columns of the data dictionary, by the starts of their heads
NAME, KIND, LABEL, CHOICES, SHOWN = "Variable", "Field Type", "Field Label", "Choices", "Branching Logic"
YES_NO = {"yesno": {"1": "Yes", "0": "No"}, "truefalse": {"1": "True", "0": "False"}}
SEVERAL, TICKS = "checkbox", {"1": {}, "0": {}}
LANGUAGE = re.compile(r"label\s*(?:::\s*(?P<name>[^()]*?)\s*(?:\((?P<code>\w+)\))?)?$")


def _choices(text: str) -> dict[str, dict[str, str]]:
    """`1, yes | 2, no` by code."""
    labels = {}
    for entry in filter(None, (entry.strip() for entry in text.split("|"))):
        code, _, label = entry.partition(",")
        labels[code.strip()] = {UNKNOWN: plain_text(label)}
    return labels


def _places(heads: Sequence[str], wanted: Sequence[str], path: str | Path) -> list[int]:
    found = [
        next((place for place, head in enumerate(heads) if head.strip().startswith(name)), None) for name in wanted
    ]
    if None in found:
        what = f"the dictionary has no column that begins with {wanted[found.index(None)]!r}"
        raise refuse(what, path, "fetch the data dictionary of the project as CSV")
    return found


def redcap_dictionary(path: str | Path) -> tuple[dict[str, Variable], dict[str, list[str]]]:
    """A data dictionary of REDCap by column of the export: a field with several answers has one column for each of
    them, `field___code` (a minus sign of the code becomes an underscore).

    Raises
    ------
    InputError : a column of the dictionary is absent.
    """
    rows = list(csv_rows(path))
    places = _places(rows[0] if rows else [], (NAME, KIND, LABEL, CHOICES, SHOWN), path)
    book: dict[str, Variable] = {}
    sets: dict[str, list[str]] = {}
    for row in rows[1:]:
        name, kind, label, choices, shown = ((row[place] if place < len(row) else "").strip() for place in places)
        words, routing = plain_text(label), shown or None
        if kind == SEVERAL:
            columns = {f"{name}___{code.lower().replace('-', '_')}": text for code, text in _choices(choices).items()}
            for column, text in columns.items():
                book[column] = Variable({UNKNOWN: f"{words} | {text[UNKNOWN]}"}, TICKS, (), routing)
            sets[name] = list(columns)
            continue
        fixed = {code: {UNKNOWN: text} for code, text in YES_NO.get(kind, {}).items()}
        coded = _choices(choices) if kind in ("radio", "dropdown") else {}
        book[name] = Variable({UNKNOWN: words}, fixed or coded, (), routing)
    return book, sets


def _worded(heads: list[str], row: list[str]) -> dict[str, str]:
    """Label by language of a row of an XLSForm: `label::English (en)`, or `label` alone."""
    texts = {}
    for head, cell in zip(heads, row, strict=False):
        if (found := LANGUAGE.fullmatch(head.strip())) and cell.strip():
            texts[(found["code"] or found["name"] or UNKNOWN).lower()] = plain_text(cell)
    return texts


def kobo_form(path: str | Path) -> tuple[dict[str, Variable], dict[str, list[str]]]:
    """An XLSForm (sheets `survey` and `choices`) by column of the export; a question with several answers has a column
    for each, `question/answer`. Groups are no part of the names.

    Raises
    ------
    InputError : a sheet or a column of it is absent.
    """
    survey, choices = list(sheet_rows(path, "survey")), list(sheet_rows(path, "choices"))
    name_of, kind_of = _places(survey[0] if survey else [], ("name", "type"), path)
    list_of, code_of = _places(choices[0] if choices else [], ("list", "name"), path)
    shown_of = survey[0].index("relevant") if "relevant" in survey[0] else None
    lists: dict[str, dict[str, dict[str, str]]] = {}
    for row in choices[1:]:
        cells = [*row, *[""] * len(choices[0])]
        lists.setdefault(cells[list_of].strip(), {})[cells[code_of].strip()] = _worded(choices[0], row)
    book: dict[str, Variable] = {}
    sets: dict[str, list[str]] = {}
    for row in survey[1:]:
        cells = [*row, *[""] * len(survey[0])]
        kind, _, answers = cells[kind_of].strip().partition(" ")
        name, words = cells[name_of].strip(), _worded(survey[0], row)
        routing = cells[shown_of].strip() or None if shown_of is not None else None
        labels = lists.get(answers.strip(), {})
        if kind == "select_multiple":
            for code, texts in labels.items():
                item = {language: f"{text} | {texts.get(language, code)}" for language, text in words.items()}
                book[f"{name}/{code}"] = Variable(item, TICKS, (), routing)
            sets[name] = [f"{name}/{code}" for code in labels]
        elif name:
            book[name] = Variable(words, labels if kind == "select_one" else {}, (), routing)
    return book, sets


def _read(
    path: str | Path,
    said: tuple[dict, dict],
    layout: Layout,
    allowed: list[str],
    empty: Collection[str],
    group: str | None,
) -> Export:
    book, sets = said
    rows = table_rows(path, layout.separator, layout.encoding)
    heads = next(rows, None)
    if heads is None:
        raise refuse("the export is empty", path, "export the answers again")
    known = {*book, *allowed, *empty}
    if group:  # groups stand in front of a name: `page/sub/age`
        tails = [[head.split(group, place)[-1] for place in range(head.count(group) + 1)] for head in heads]
        heads = [next((tail for tail in parts if tail in known), parts[0]) for parts in tails]
    table, left = kept_columns(rows, unique_names(heads), path, allowed, empty)
    chosen = {name: items for name, items in sets.items() if set(items) <= set(allowed)}
    return Export(table, {name: book.get(name, Variable()) for name in allowed}, chosen, left)


def read_redcap(
    path: str | Path, dictionary: str | Path | None, layout: Layout, allowed: list[str], empty: Collection[str] = ()
) -> Export:
    """Read the columns `allowed` of a REDCap export of raw values, with its data dictionary.

    Raises
    ------
    InputError : a column is absent, the dictionary is none, a line does not fit its heads.
    """
    return _read(path, redcap_dictionary(dictionary) if dictionary else ({}, {}), layout, allowed, empty, None)


def read_kobo(
    path: str | Path, form: str | Path | None, layout: Layout, allowed: list[str], empty: Collection[str] = ()
) -> Export:
    """Read the columns `allowed` of a KoboToolbox export (CSV or XLSX with XML values), with its form.

    Raises
    ------
    InputError : a column is absent, the form is none, a line does not fit its heads.
    """
    return _read(path, kobo_form(form) if form else ({}, {}), layout, allowed, empty, "/")
