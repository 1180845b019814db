"""Which columns an export has and what it says of them, without reading what no code book describes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyreadstat

from cryptodrug.survey import read_dictionary, read_limesurvey, read_plain, read_qualtrics
from cryptodrug.survey.export import UNKNOWN, Export, Variable, refuse
from cryptodrug.survey.limesurvey_structure import plain_text
from cryptodrug.survey.limesurvey_structure import read_structure as lime_structure
from cryptodrug.survey.mapping import Layout
from cryptodrug.survey.read_sav import read_head, read_sav
from cryptodrug.survey.text_table import table_rows, unique_names

SPSS = (".sav", ".zsav", ".por")


@dataclass(frozen=True)
class Columns:
    """Names of all columns, what the export says of them, and its multiple response sets."""

    names: list[str]
    book: dict[str, Variable]
    sets: dict[str, list[str]]

    def coded(self) -> list[str]:
        """Columns with labelled answers: nothing else is looked into. Labels of missing codes alone make no answers."""
        said = {name: self.book.get(name, Variable()) for name in self.names}
        return [name for name, one in said.items() if any(not one.is_missing(code) for code in one.labels)]


def form_of(path: str | Path, structure: str | Path | None) -> str:
    """What wrote an export, by the endings of its files.

    Raises
    ------
    InputError : neither ending says it.
    """
    ending = Path(path).suffix.lower()
    if ending in SPSS:
        return "spss"
    if ending not in (".csv", ".data", ".tsv", ".txt", ".xlsx"):
        raise refuse(f"no export of a survey ends in {ending!r}", path, "give an SPSS file, a CSV file or a workbook")
    own = {".lss": "limesurvey", ".qsf": "qualtrics", ".xlsx": "kobo"}
    return own.get(Path(structure).suffix.lower(), "plain") if structure else "plain"


def columns_of(path: str | Path, structure: str | Path | None, form: str, layout: Layout) -> Columns:
    """Columns of an export.

    Raises
    ------
    InputError : the export or its structure cannot be read.
    """
    if form == "spss":
        try:
            names, book, sets = read_head(path)
        except pyreadstat.ReadstatError as error:
            raise refuse(f"the export is no SPSS file ({error})", path, "fetch the export again") from error
        return Columns(names, book, sets)
    lines: Iterator[list[str]] = table_rows(path, layout.separator, layout.encoding)
    heads = [next(lines, []) for _ in range(layout.head)]
    first = heads[0] if heads else []
    if form == "limesurvey":
        book, sets = lime_structure(structure) if structure else ({}, {})
        known = {*book, *read_limesurvey.OWN}
        return Columns(unique_names([read_limesurvey.heading(head, known) for head in first]), book, sets)
    if form == "qualtrics":
        names = unique_names(first)
        wording = {name: plain_text(text) for name, text in zip(names, next(lines, []), strict=False)}
        book, sets = read_qualtrics.read_structure(structure) if structure else ({}, {})
        said = {name: book.get(name, Variable({UNKNOWN: wording.get(name, "")})) for name in names if name}
        return Columns([name for name in names if name], said, sets)
    readers = {"redcap": read_dictionary.redcap_dictionary, "kobo": read_dictionary.kobo_form}
    if form in readers:
        book, sets = readers[form](structure) if structure else ({}, {})
        known = [next((name for name in book if head == name or head.endswith(f"/{name}")), head) for head in first]
        return Columns([name for name in unique_names(known) if name], book, sets)
    book = read_plain.read_codebook(structure) if structure else {}
    return Columns([name for name in unique_names(first) if name] or list(book), book, {})


def read_coded(path: str | Path, structure: str | Path | None, form: str, layout: Layout, columns: Columns) -> Export:
    """The columns with labelled answers, and nothing else of the export."""
    coded = columns.coded()
    if form == "spss":
        return read_sav(path, coded, texts=coded)
    readers = {
        "limesurvey": read_limesurvey.read_limesurvey,
        "qualtrics": read_qualtrics.read_qualtrics,
        "redcap": read_dictionary.read_redcap,
        "kobo": read_dictionary.read_kobo,
        "plain": read_plain.read_plain,
    }
    return readers[form](path, structure, layout, coded)
