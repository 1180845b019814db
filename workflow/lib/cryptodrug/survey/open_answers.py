"""Open answers, for coding by the team only: they never go into the database."""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from cryptodrug.errors import InputError
from cryptodrug.provenance.records import PROJECT
from cryptodrug.pseudonyms import pseudonym
from cryptodrug.survey.mapping import Mapping
from cryptodrug.survey.open_export import open_export
from cryptodrug.survey.questionnaire import Questionnaire

COLUMNS = ("record", "variable", "answer", "code")
REMOVED = "[removed]"
# what leads to a person and has no place in an answer: addresses of all kinds, long numbers
TRACES = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+|https?://\S+|\b[a-z2-7]{16,56}\.onion\b"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b|\+?\d[\d ./()-]{7,}\d|@\w{3,}",
    re.IGNORECASE,
)
CODE = re.compile(r"-\d+")  # a missing code that stands as text


def without_traces(text: str) -> tuple[str, int]:
    """The answer with addresses and long numbers taken out, and how many there were."""
    return TRACES.subn(REMOVED, " ".join(text.split()))


def coding_sheet(
    export: str | Path,
    structure: str | Path | None,
    questionnaire: Questionnaire,
    mapping: Mapping,
    variables: Sequence[str],
    key: bytes,
) -> tuple[str, int, int]:
    """A CSV sheet with one line per answer in words, an empty column for its code, sorted by pseudonym; how many
    answers there are, and how many traces of persons were taken out.

    Parameters
    ----------
    variables : of type `open`.
    key : of the pseudonyms; with it the codes can be joined to the records again.

    Raises
    ------
    InputError : a variable is not open, or the export does not have it.
    """
    kinds = {
        name: questionnaire.questions[name].type if name in questionnaire.questions else None for name in variables
    }
    if others := [name for name, kind in kinds.items() if kind != "open"]:
        raise InputError(
            f"these are no open questions: {', '.join(others)}",
            where="the questionnaire",
            not_done="no sheet was written",
            do="name variables of type `open`",
        )
    number = mapping.respondent.number
    # texts are read here and nowhere else
    texts = mapping.answers.model_copy(update={"by_variable": {name: {"": 0} for name in variables}})
    opened = mapping.model_copy(update={"answers": texts, "must_be_empty": [], "derived": {}})
    rows = open_export(export, structure, questionnaire, opened, [number, *variables]).rows
    lines, removed = [], 0
    for name in variables:
        for record, text in zip(rows[mapping.column(number)], rows[mapping.column(name)].fillna(""), strict=True):
            answer, traces = without_traces(str(text))
            if answer and not CODE.fullmatch(answer):
                removed += traces
                lines.append((pseudonym(key, f"{float(record):g}"), name, answer, ""))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([COLUMNS, *sorted(lines)])
    return stream.getvalue(), len(lines), removed


def check_place(path: str | Path) -> Path:
    """Where a sheet may be written: outside the repository, or in an `internal` folder of results.

    Raises
    ------
    InputError : the place is another one, or something is there already.
    """
    place = Path(path).resolve()
    inside = place.relative_to(PROJECT).parts if place.is_relative_to(PROJECT) else None
    if inside is not None and not (len(inside) > 3 and inside[0] == "results" and inside[2] == "internal"):
        what = "open answers are written outside the repository, or below results/<study>/internal"
    elif place.exists():
        what = "the file is there already; somebody may have coded in it"
    else:
        return place
    raise InputError(what, where=str(path), not_done="no sheet was written", do="give another place")
