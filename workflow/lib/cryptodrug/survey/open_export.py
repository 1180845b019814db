"""Open an export of any known form."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from cryptodrug.survey.empty_cells import NO_PAGE
from cryptodrug.survey.export import Export, refuse
from cryptodrug.survey.mapping import Mapping
from cryptodrug.survey.questionnaire import Questionnaire
from cryptodrug.survey.read_dictionary import read_kobo, read_redcap
from cryptodrug.survey.read_limesurvey import read_limesurvey
from cryptodrug.survey.read_plain import read_plain
from cryptodrug.survey.read_qualtrics import read_qualtrics
from cryptodrug.survey.read_sav import read_sav
from cryptodrug.survey.record import FACTS, TEST

READERS = {"limesurvey": read_limesurvey, "redcap": read_redcap, "kobo": read_kobo, "plain": read_plain}
WITH_FACTS = ("limesurvey", "qualtrics")
SPSS, TABLES = (".sav", ".zsav", ".por"), (".csv", ".data", ".tsv", ".txt", ".xlsx")


def open_export(
    path: str | Path,
    structure: str | Path | None,
    questionnaire: Questionnaire,
    mapping: Mapping,
    names: Collection[str],
) -> Export:
    """Read what the questionnaire allows; nothing else of the file is kept.

    Parameters
    ----------
    structure : structure file, data dictionary or code book that belongs to the export, if it has one.
    names : variables of the questionnaire.

    Raises
    ------
    InputError : the form is not known, or the file cannot be read as it.
    """
    read = [name for name in names if name not in mapping.derived]
    allowed = list(dict.fromkeys(mapping.column(name) for name in read))
    typed = [mapping.column(name) for name in read if questionnaire.questions[name].type == "number"]
    texts = [mapping.column(name) for name in read if mapping.written(questionnaire, name)]
    empty = [mapping.column(name) for name in mapping.must_be_empty]
    ending = Path(path).suffix.lower()
    form = mapping.form or ("spss" if ending in SPSS else "plain" if ending in TABLES else None)
    if form is None:
        raise refuse(f"no export of a survey ends in {ending!r}", path, f"give one of {', '.join((*SPSS, *TABLES))}")
    if form == "spss":
        return read_sav(path, allowed, typed, empty, texts)
    marked = [mapping.test] if mapping.test else []
    columns = list(dict.fromkeys([*allowed, *marked, *(FACTS if form in WITH_FACTS else ())]))
    if form == "qualtrics":
        pages = len([section for section in questionnaire.sections if section != NO_PAGE])
        return _marked(read_qualtrics(path, structure, mapping.layout, columns, empty, pages), mapping.test)
    return _marked(READERS[form](path, structure, mapping.layout, columns, empty), mapping.test)


def _marked(export: Export, column: str | None) -> Export:
    """The export with test records marked as such, where a column of it says so."""
    if column is None:
        return export
    marks = export.rows[column].fillna("").astype(str).str.strip()
    return replace(export, rows=export.rows.assign(**{TEST: (~marks.isin(["", "0"])).astype("float64")}))
