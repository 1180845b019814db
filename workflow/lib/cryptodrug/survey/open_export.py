"""Open an export of any known form."""

from collections.abc import Collection
from pathlib import Path

from cryptodrug.survey.export import Export, refuse
from cryptodrug.survey.mapping import Mapping
from cryptodrug.survey.questionnaire import Questionnaire
from cryptodrug.survey.read_plain import read_plain
from cryptodrug.survey.read_sav import read_sav

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
    allowed = list(dict.fromkeys(mapping.column(name) for name in names))
    typed = [mapping.column(name) for name in names if questionnaire.questions[name].type == "number"]
    texts = [mapping.column(name) for name in names if mapping.written(questionnaire, name)]
    empty = [mapping.column(name) for name in mapping.must_be_empty]
    ending = Path(path).suffix.lower()
    if ending in SPSS:
        return read_sav(path, allowed, typed, empty, texts)
    if ending in TABLES:
        return read_plain(path, structure, mapping.layout, allowed, empty)
    raise refuse(f"no export of a survey ends in {ending!r}", path, f"give one of {', '.join((*SPSS, *TABLES))}")
