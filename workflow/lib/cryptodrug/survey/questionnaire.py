"""A questionnaire as two tables: its variables in the order in which they are asked, and the answers to each."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path

from cryptodrug.errors import InputError
from cryptodrug.survey.routing import Condition, parse_condition

QUESTIONS, LABELS = "questionnaire.csv", "value-labels.csv"
LANGUAGES = ("en", "nl", "fr")
CODED = ("single", "multiple", "consent")  # an answer is a code of a set of labels
NUMBERS = ("integer", "number", "month")  # an answer is a number; `number` is typed by hand, `month` is a date
TYPES = (*CODED, *NUMBERS, "open")
PUBLISH = ("yes", "aggregate", "never")
MISSING = "missing"  # the set of labels of missing answers, which every variable has
NOT_ASKED, DONT_KNOW, REFUSED, NO_ANSWER = -6, -7, -8, -9
QUESTION_COLUMNS = (
    "order", "section", "variable", "type", "asked_if", "labels", "label_en", "label_nl", "label_fr", "publish", "note",
)  # fmt: skip
LABEL_COLUMNS = ("set", "code", "label_en", "label_nl", "label_fr")
BAR = " | "  # between the text of a question and that of one of its items


@dataclass(frozen=True)
class Question:
    """One variable of the questionnaire.

    Attributes
    ----------
    number : of the question; the items of one question share it.
    type : one of `TYPES`; `open` is text and never read.
    asked_if : who is asked; None: everybody.
    labels : set of labels of its answers, for the types of `CODED`.
    text : wording by language, `question | item` where a question has items.
    publish : `yes`, `aggregate`, or `never` (not even as a count).
    """

    variable: str
    number: str
    section: str
    type: str
    asked_if: Condition | None
    labels: str | None
    text: dict[str, str]
    publish: str
    note: str

    def stem(self, language: str) -> str:
        """The wording of the question without its item."""
        return self.text[language].split(BAR)[0]

    def item(self, language: str) -> str | None:
        """The wording of the item, or None for a question without items."""
        _, bar, item = self.text[language].partition(BAR)
        return item if bar else None


@dataclass(frozen=True)
class Questionnaire:
    """All variables by name, in the order of asking, and all sets of labels: set -> code -> language -> label."""

    questions: dict[str, Question]
    labels: dict[str, dict[int, dict[str, str]]]

    def answers(self, variable: str) -> dict[int, dict[str, str]]:
        """Answer codes of a coded variable with their labels, missing ones left out."""
        return self.labels[self.questions[variable].labels or MISSING]

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages in which the questionnaire is written."""
        return tuple(next(iter(self.missing.values())))

    @property
    def missing(self) -> dict[int, dict[str, str]]:
        """Codes of missing answers with their labels."""
        return self.labels[MISSING]

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """Sections in the order of asking; each is a page."""
        return tuple(dict.fromkeys(question.section for question in self.questions.values()))

    def grids(self) -> Iterator[list[Question]]:
        """Variables that are the items of one question with one scale, together; others alone."""
        for _, group in groupby(self.questions.values(), key=lambda one: (one.number, one.labels, one.stem("en"))):
            yield list(group)

    @cached_property
    def blocks(self) -> dict[str, list[Question]]:
        """Questions with several answers: the part of the names that their items share (`mot`) -> items."""
        grids = [grid for grid in self.grids() if grid[0].type == "multiple"]
        return {grid[0].variable.rpartition("_")[0]: grid for grid in grids}


def _refuse(what: str, path: Path, line: int) -> InputError:
    return InputError(what, where=f"{path}, line {line}", not_done="no survey was read or made", do="mend the row")


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            if tuple(reader.fieldnames or ()) != columns:
                raise _refuse(f"the columns are not {', '.join(columns)}", path, 1)
            for row in reader:
                yield reader.line_num, row
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise _refuse(f"the file cannot be read: {error}", path, 1) from None


def _texts(row: dict[str, str]) -> dict[str, str]:
    """Text by language; a questionnaire that was asked in one language has no others."""
    return {language: row[f"label_{language}"] for language in LANGUAGES if row[f"label_{language}"]}


def _read_labels(path: Path) -> dict[str, dict[int, dict[str, str]]]:
    sets: dict[str, dict[int, dict[str, str]]] = {}
    languages: set[str] = set()
    for line, row in _rows(path, LABEL_COLUMNS):
        codes, texts = sets.setdefault(row["set"], {}), _texts(row)
        languages = languages or set(texts)
        code = int(row["code"]) if re.fullmatch(r"-?\d+", row["code"]) else None
        unlabelled = not texts or set(texts) != languages
        if code is None or code in codes or (code < 0) != (row["set"] == MISSING) or unlabelled:
            what = f"code {row['code']!r} of {row['set']!r} is no number, stands twice, has a wrong sign or no label"
            raise _refuse(what, path, line)
        codes[code] = texts
    return sets


def _question(row: dict[str, str]) -> Question:
    condition = parse_condition(row["asked_if"]) if row["asked_if"] else None
    text = _texts(row)
    number = row["order"].partition(".")[0]
    return Question(
        row["variable"], number, row["section"], row["type"], condition, row["labels"] or None, text, row["publish"],
        row["note"],
    )  # fmt: skip


def _faults(one: Question, before: dict[str, Question], labels: dict) -> Iterator[str]:
    """What is wrong with a variable, given those in front of it."""
    if one.variable in before:
        yield "the variable is given twice"
    if one.type not in TYPES or one.publish not in PUBLISH:
        yield f"`type` or `publish` is none of {', '.join((*TYPES, *PUBLISH))}"
    if (one.type in CODED) != (one.labels is not None) or (one.labels and one.labels not in labels):
        yield f"a coded variable, and no other, names a set of {LABELS}: {one.labels!r}"
    if late := [name for name in (one.asked_if.names if one.asked_if else ()) if name not in before]:
        yield f"`asked_if` reads what is not asked before: {', '.join(late)}"
    languages = set(next(iter(labels.get(MISSING, {}).values()), {}))
    if set(one.text) != languages or len({BAR in text for text in one.text.values()}) > 1:
        yield "a wording is absent, or the languages do not have the same bar between question and item"


@lru_cache(maxsize=4)
def read_questionnaire(folder: str | Path) -> Questionnaire:
    """Read both tables of a folder.

    Raises
    ------
    InputError : names the file, the line and every fault in it.
    """
    path, questions = Path(folder) / QUESTIONS, dict[str, Question]()
    labels = _read_labels(Path(folder) / LABELS)
    for line, row in _rows(path, QUESTION_COLUMNS):
        try:
            one = _question(row)
        except ValueError as error:
            raise _refuse(f"`asked_if` of {row['variable']}: {error}", path, line) from None
        if faults := list(_faults(one, questions, labels)):
            raise _refuse(f"{one.variable}: {'; '.join(faults)}", path, line)
        questions[one.variable] = one
    return Questionnaire(questions, labels)


def files_of(folder: str | Path) -> list[str]:
    """Both files of a questionnaire, for rules that depend on it."""
    return [(Path(folder) / name).as_posix() for name in (QUESTIONS, LABELS)]
