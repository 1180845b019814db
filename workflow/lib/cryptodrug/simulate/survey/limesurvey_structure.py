"""The questionnaire as a LimeSurvey structure file (`.lss`): XML with one table for each kind of thing.

The form is that of LimeSurvey 3: a row per language, everything in CDATA, routing as `relevance`.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from cryptodrug.simulate.survey.limesurvey import CONSENT, OPTIONS, TEST_RUN, code_of, kind_of
from cryptodrug.simulate.survey.platform import Shown, pages, shown
from cryptodrug.survey.questionnaire import LANGUAGES, Question, Questionnaire
from cryptodrug.survey.routing import Condition

SURVEY, DATABASE_VERSION = "829900", "359"
TITLES = {"en": "Simulated survey", "nl": "Gesimuleerde bevraging", "fr": "Enquête simulée"}
OPERATORS = {ast.Eq: "==", ast.NotEq: "!="}
Row = dict[str, str]


@dataclass(frozen=True)
class Said:
    """What a variable is called in conditions (an item behind an underscore), and how its codes are written."""

    name: str
    codes: dict[int, str]

    def code(self, node: ast.expr) -> str:
        """A code as text."""
        return f'"{self.codes.get(node.value, node.value)}"'


def _said(questions: list[Shown]) -> dict[str, Said]:
    return {
        one.variable: Said(
            f"{code_of(question.name)}_{item}" if question.is_grid else code_of(question.name),
            CONSENT if one.type == "consent" else {},
        )
        for question in questions
        for item, one in question.items.items()
    }


def expression(condition: Condition | None, said: dict[str, Said]) -> str:
    """A condition in the language of LimeSurvey. `NAOK`: a question that was not shown is no error."""
    return "1" if condition is None else _expression(condition.tree, said)


def _expression(node: ast.expr, said: dict[str, Said]) -> str:
    if isinstance(node, ast.BoolOp):
        word = " and " if isinstance(node.op, ast.And) else " or "
        return "(" + word.join(_expression(value, said) for value in node.values) + ")"
    one, operator, right = said[node.left.id], node.ops[0], node.comparators[0]
    name = f"{one.name}.NAOK"
    if isinstance(operator, ast.In):
        return "(" + " or ".join(f"{name} == {one.code(element)}" for element in right.elts) + ")"
    if isinstance(operator, ast.GtE):  # other answers than numbers would be compared as text
        return f"(is_numeric({name}) and {name} >= {right.value})"
    given = f"{name} {OPERATORS[type(operator)]} {one.code(right)}"
    return f"(!is_empty({name}) and {given})" if isinstance(operator, ast.NotEq) else f"({given})"


def _wording(question: Shown, one: Question, item: str, language: str) -> str:
    if item:
        return one.item(language) or ""
    return one.stem(language) if question.is_grid else one.text[language]


def _question_row(
    question: Shown, one: Question, ids: dict[str, int], item: str, order: int, said: dict[str, Said]
) -> Row:
    """What does not depend on the language."""
    parent = ids[question.name]
    alone = not item
    return {
        "qid": str(parent if alone else ids[one.variable]),
        "parent_qid": "0" if alone else str(parent),
        "sid": SURVEY,
        "type": kind_of(question) if alone else "T",
        "title": code_of(question.name) if alone else item,
        "preg": "",
        "help": "",
        "other": "N",
        "mandatory": "N",
        "question_order": str(order),
        "scale_id": "0",
        "same_default": "0",
        "relevance": "1" if alone and question.is_grid else expression(one.asked_if, said),
    }


def _ids(questions: list[Shown]) -> dict[str, int]:
    """A number for each question and each item."""
    names = [name for question in questions for name in [question.name, *(_item_names(question))]]
    return {name: number for number, name in enumerate(names, 1)}


def _item_names(question: Shown) -> list[str]:
    return [one.variable for one in question.items.values()] if question.is_grid else []


def _answers(questionnaire: Questionnaire, question: Shown) -> Iterator[tuple[str, dict[str, str]]]:
    """Answer codes of a list or an array with their labels."""
    if kind_of(question) in ("L", "F"):
        yield from ((str(code), text) for code, text in questionnaire.answers(question.first.variable).items())
        yield from ((option, questionnaire.missing[code]) for code, option in OPTIONS.items())


def _tables(questionnaire: Questionnaire) -> dict[str, list[Row]]:
    questions, sections = shown(questionnaire), pages(questionnaire)
    ids, said = _ids(questions), _said(questions)
    tables: dict[str, list[Row]] = {"answers": [], "groups": [], "questions": [], "subquestions": []}
    for language in LANGUAGES:
        tables["groups"] += [
            {"gid": str(number), "sid": SURVEY, "group_name": name, "group_order": str(number), "language": language}
            for number, name in enumerate(sections, 1)
        ]
        for order, question in enumerate(questions, 1):
            row = _question_row(question, question.first, ids, "", order, said)
            words = {"question": _wording(question, question.first, "", language), "language": language}
            group = {"gid": str(sections.index(question.first.section) + 1)}
            tables["questions"].append(row | group | words)
            for place, (item, one) in enumerate(question.items.items() if question.is_grid else (), 1):
                row = _question_row(question, one, ids, item, place, said)
                words = {"question": _wording(question, one, item, language), "language": language}
                tables["subquestions"].append(row | group | words)
            for place, (code, text) in enumerate(_answers(questionnaire, question), 1):
                tables["answers"].append(
                    {"qid": str(ids[question.name]), "code": code, "answer": text[language]}
                    | {"sortorder": str(place), "assessment_value": "0", "language": language, "scale_id": "0"}
                )
    hidden = {"qid": str(len(ids) + 1), "parent_qid": "0", "sid": SURVEY, "type": "S", "title": TEST_RUN}
    hidden |= {"preg": "", "help": "", "other": "N", "mandatory": "N", "question_order": str(len(questions) + 1)}
    hidden |= {"scale_id": "0", "same_default": "0", "relevance": "0", "gid": str(len(sections))}
    tables["questions"] += [hidden | {"question": TEST_RUN, "language": language} for language in LANGUAGES]
    return tables


def _quoted(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _xml(table: str, rows: list[Row]) -> str:
    fields = "".join(f"   <fieldname>{name}</fieldname>\n" for name in rows[0])
    lines = []
    for row in rows:
        cells = "".join(
            f"    <{name}><![CDATA[{value.replace(']]>', ']]]]><![CDATA[>')}]]></{name}>\n"
            for name, value in row.items()
        )
        lines.append(f"   <row>\n{cells}   </row>\n")
    return f" <{table}>\n  <fields>\n{fields}  </fields>\n  <rows>\n{''.join(lines)}  </rows>\n </{table}>\n"


def export_structure(questionnaire: Questionnaire) -> bytes:
    """The structure file."""
    survey = {"sid": SURVEY, "admin": "Simulated", "active": "Y", "anonymized": "N", "format": "G", "language": "en"}
    survey |= {"additional_languages": "nl fr", "datestamp": "Y", "ipaddr": "Y", "refurl": "Y", "savetimings": "N"}
    titles = [
        {"surveyls_survey_id": SURVEY, "surveyls_language": language, "surveyls_title": title}
        for language, title in TITLES.items()
    ]
    tables = _tables(questionnaire) | {"surveys": [survey], "surveys_languagesettings": titles}
    languages = "".join(f"  <language>{language}</language>\n" for language in LANGUAGES)
    head = f" <LimeSurveyDocType>Survey</LimeSurveyDocType>\n <DBVersion>{DATABASE_VERSION}</DBVersion>\n"
    body = "".join(_xml(name, rows) for name, rows in tables.items())
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<document>\n{head} <languages>\n{languages} </languages>\n{body}'
    return (text + "</document>\n").encode()
