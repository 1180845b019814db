"""The structure file of LimeSurvey (`.lss`): questions, items, answers and routing, by heading of the export.

In versions up to 3 each row has its language; from version 4 on, texts stand in tables of their own (`question_l10ns`,
`answer_l10ns`).
"""

import html
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from cryptodrug.survey.export import Variable, refuse

Row = dict[str, str]
TICK, YES_NO = ("M", "P"), "Y"
YES, NO = "Y", "N"
EVERYBODY = ("", "1")
TAG = re.compile(r"<[^<>]{0,500}>")


def plain_text(text: str) -> str:
    """Wording without mark-up."""
    return " ".join(html.unescape(TAG.sub(" ", text)).split())


def _tables(path: str | Path) -> dict[str, list[Row]]:
    data = Path(path).read_bytes()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise refuse("the structure file declares entities, which no platform writes", path, "fetch the file again")
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise refuse(f"the structure file is damaged ({error})", path, "fetch the file again") from None
    if root.findtext("LimeSurveyDocType") != "Survey":
        raise refuse("the file is no LimeSurvey structure", path, "export the structure of the survey (`.lss`)")
    return {
        table.tag: [{cell.tag: cell.text or "" for cell in row} for row in table.findall("rows/row")] for table in root
    }


@dataclass(frozen=True)
class Asked:
    """A question or an item: its row, and its wording by language."""

    row: Row
    words: dict[str, str]


def _asked(tables: dict[str, list[Row]]) -> dict[str, Asked]:
    """Questions and items by number."""
    found: dict[str, Asked] = {}
    for row in [*tables.get("questions", []), *tables.get("subquestions", [])]:
        one = found.setdefault(row["qid"], Asked(row, {}))
        if "language" in row:
            one.words[row["language"]] = plain_text(row.get("question", ""))
    for row in tables.get("question_l10ns", []):
        if row["qid"] in found:
            found[row["qid"]].words[row["language"]] = plain_text(row.get("question", ""))
    return found


def _answers(tables: dict[str, list[Row]]) -> dict[str, dict[str, dict[str, str]]]:
    """Question -> code -> language -> label."""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    by_number = {row.get("aid", ""): row for row in tables.get("answers", [])}
    for row in tables.get("answers", []):
        labels = found[row["qid"]].setdefault(row["code"], {})
        if "language" in row:
            labels[row["language"]] = plain_text(row.get("answer", ""))
    for row in tables.get("answer_l10ns", []):
        if answer := by_number.get(row["aid"]):
            found[answer["qid"]][answer["code"]][row["language"]] = plain_text(row.get("answer", ""))
    return found


def _labels(kind: str, answers: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {YES: {}, NO: {}} if kind == YES_NO else {YES: {}} if kind in TICK else answers


def read_structure(path: str | Path) -> tuple[dict[str, Variable], dict[str, list[str]]]:
    """What the structure says of each column of an export, by its heading (`code`, or `code[item]`); and the questions
    with several answers, each with its columns.

    Raises
    ------
    InputError : the file is damaged, or no structure of a survey.
    """
    tables = _tables(path)
    asked, answers = _asked(tables), _answers(tables)
    book: dict[str, Variable] = {}
    sets: dict[str, list[str]] = {}
    items = defaultdict(list)
    for one in asked.values():
        if one.row.get("parent_qid", "0") not in ("", "0"):
            items[one.row["parent_qid"]].append(one)
    for number, one in asked.items():
        if one.row.get("parent_qid", "0") not in ("", "0"):
            continue
        kind, code, labels = one.row["type"], one.row["title"], _labels(one.row["type"], answers[number])
        routing = one.row.get("relevance", "")
        if not items[number]:
            book[code] = Variable(one.words, labels, asked_if=None if routing in EVERYBODY else routing)
        for item in items[number]:
            words = {name: f"{one.words.get(name, '')} | {text}" for name, text in item.words.items()}
            own = item.row.get("relevance", "")
            said = " and ".join(part for part in (routing, own) if part not in EVERYBODY)
            book[f"{code}[{item.row['title']}]"] = Variable(words, labels, asked_if=said or None)
        if kind in TICK:
            sets[code] = [f"{code}[{item.row['title']}]" for item in items[number]]
    return book, sets
