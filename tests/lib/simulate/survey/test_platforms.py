"""LimeSurvey and Qualtrics: the same respondents with the same answers, in the forms of those platforms."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from cryptodrug.simulate.survey.limesurvey import column_of, export_limesurvey
from cryptodrug.simulate.survey.limesurvey_structure import Said, export_structure, expression
from cryptodrug.simulate.survey.platform import COMPUTED, pages, shown
from cryptodrug.simulate.survey.qualtrics import export_qualtrics
from cryptodrug.simulate.survey.qualtrics import export_structure as qualtrics_structure
from cryptodrug.simulate.survey.records import TEST
from cryptodrug.survey.questionnaire import DONT_KNOW, NO_ANSWER, NOT_ASKED, REFUSED
from cryptodrug.survey.routing import parse_condition


@pytest.fixture(scope="module")
def limesurvey(respondents):
    text = export_limesurvey(respondents).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text.removesuffix("\r\n"), newline="")))


@pytest.fixture(scope="module")
def qualtrics(respondents):
    return list(csv.reader(io.StringIO(export_qualtrics(respondents).decode(), newline="")))


def code_of_limesurvey(question, cell):
    """A code as the cell says it; None where it is empty."""
    if question.type == "multiple":
        return 1.0 if cell == "Y" else None
    named = {"Y": 1.0, "N": 0.0, "DK": float(DONT_KNOW), "PNS": float(REFUSED)}
    return named.get(cell, float(cell) if re.fullmatch(r"\d+", cell) else None)


def codes_from_limesurvey(questionnaire, rows):
    """All codes again: what is empty is decided by the page reached, the routing and the items of the question."""
    columns, sections = {}, pages(questionnaire)
    for question in shown(questionnaire):
        for item, one in question.items.items():
            cells = [row[column_of(question, item)] for row in rows]
            given = [code_of_limesurvey(one, cell) for cell in cells]
            asked = one.asked_if.holds(columns) if one.asked_if else np.ones(len(rows), dtype=bool)
            seen = np.array(
                [row["submitdate"] != "" or int(row["lastpage"]) > sections.index(one.section) for row in rows]
            )
            ticked = [any(row[column_of(question, name)] == "Y" for name in question.items) for row in rows]
            empty = [0.0 if one.type == "multiple" and any_ticked else NO_ANSWER for any_ticked in ticked]
            codes = np.array([e if g is None else g for g, e in zip(given, empty, strict=True)])
            codes = np.where(asked, codes, NOT_ASKED)
            columns[one.variable] = np.where(seen, codes, np.nan)
    return columns


def test_limesurvey_holds_the_same_answers_as_the_spss_file(respondents, limesurvey):
    found = codes_from_limesurvey(respondents.questionnaire, limesurvey)
    for variable, codes in found.items():
        if variable not in respondents.texts and variable != COMPUTED:
            assert np.array_equal(codes, respondents.reported[variable], equal_nan=True), variable
    assert [row["lpqty"] for row in limesurvey] == respondents.texts["lp_qty"]
    assert [row["remark"] for row in limesurvey] == respondents.texts["remark"]


def test_limesurvey_says_state_and_language_in_its_own_way(respondents, limesurvey):
    for record, row, language in zip(respondents.records, limesurvey, respondents.reported["lang"], strict=True):
        assert (row["submitdate"] == "") == (record.left_after is not None)
        assert row["seed"] == str(record.resp_id)
        assert (row["testrun"] == "Y") == (record.status == TEST)
        assert row["startlanguage"] == {1: "nl", 2: "fr", 3: "en"}[int(language)]


def test_limesurvey_has_the_form_of_its_files(respondents):
    data = export_limesurvey(respondents)
    assert data.startswith(b'\xef\xbb\xbf"id","submitdate","lastpage","startlanguage","seed"')
    assert data.endswith(b'"\r\n\r\n')
    assert data.count(b"\r\n") == len(respondents.records) + 2
    columns = data.split(b"\r\n")[0].decode("utf-8-sig").replace('"', "").split(",")
    assert len(columns) == len(set(columns))
    assert "bffreq[can]" in columns and "motoffer" not in columns
    assert all(re.fullmatch(r"[a-z]+[a-z0-9]*(\[[a-z0-9]+\])?", name) for name in columns)


def cell_of_qualtrics(code, unanswered):
    if np.isnan(code) or code == NOT_ASKED:
        return ""
    return unanswered if code == NO_ANSWER else f"{code:.0f}"


def test_qualtrics_holds_the_same_answers_as_the_spss_file(respondents, qualtrics):
    names, rows = qualtrics[0], qualtrics[3:]
    for variable, codes in respondents.reported.items():
        if variable in names and variable not in respondents.texts:
            cells = [row[names.index(variable)] for row in rows]
            unanswered = "0" if respondents.questionnaire.questions[variable].type == "multiple" else "-99"
            assert cells == [cell_of_qualtrics(code, unanswered) for code in codes], variable
    shown_names = [one.variable for question in shown(respondents.questionnaire) for one in question.items.values()]
    assert set(shown_names) | {"resp_id"} <= set(names)


def test_qualtrics_has_three_heads_and_its_own_columns_in_front(respondents, qualtrics):
    names, words, ids = qualtrics[:3]
    assert len({len(row) for row in qualtrics}) == 1
    assert names[:3] == ["StartDate", "EndDate", "Status"]
    assert words[names.index("bf_freq_can")].startswith("Before: the 12 months before")
    assert json.loads(ids[names.index("IPAddress")]) == {"ImportId": "ipAddress"}
    assert json.loads(ids[names.index("bf_freq_mdm")])["ImportId"].endswith("_2")
    states = [row[names.index("Status")] for row in qualtrics[3:]]
    assert states.count("1") == sum(record.status == TEST for record in respondents.records)
    finished = [row[names.index("Finished")] for row in qualtrics[3:]]
    assert finished.count("0") == sum(record.left_after is not None for record in respondents.records)
    progress = [int(row[names.index("Progress")]) for row in qualtrics[3:]]
    assert all((value == 100) == (state == "1") for value, state in zip(progress, finished, strict=True))


def test_addresses_are_those_reserved_for_documentation(limesurvey, qualtrics):
    assert all(row["ipaddr"].startswith("192.0.2.") and row["email"].endswith("@example.org") for row in limesurvey)
    names = qualtrics[0]
    assert all(row[names.index("RecipientEmail")].endswith("@example.org") for row in qualtrics[3:])


def test_the_structure_of_limesurvey_fits_the_columns_of_its_answers(respondents, limesurvey):
    root = ElementTree.fromstring(export_structure(respondents.questionnaire))
    assert root.findtext("LimeSurveyDocType") == "Survey"
    assert [one.text for one in root.find("languages")] == ["en", "nl", "fr"]

    def rows(table):
        return [{cell.tag: cell.text or "" for cell in row} for row in root.find(table).find("rows")]

    questions = [row for row in rows("questions") if row["language"] == "nl"]
    titles = {row["qid"]: row["title"] for row in questions}
    items = [row for row in rows("subquestions") if row["language"] == "nl"]
    columns = {f"{titles[row['parent_qid']]}[{row['title']}]" for row in items}
    columns |= {row["title"] for row in questions} - {column.split("[")[0] for column in columns}
    own = {"id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "ipaddr", "refurl"}
    assert columns == set(limesurvey[0]) - own - {"email"}
    assert {row["type"] for row in questions} == set("YLFMNST*")
    answers = [row for row in rows("answers") if row["language"] == "fr" and titles[row["qid"]] == "gender"]
    assert {row["code"]: row["answer"] for row in answers}["PNS"] == "ne souhaite pas répondre"
    assert len({row["qid"] for row in questions + items}) == len(questions) + len(items)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a == 1", '(a.NAOK == "1")'),
        ("agreed == 1", '(agreed.NAOK == "Y")'),
        ("a != 4", '(!is_empty(a.NAOK) and a.NAOK != "4")'),
        ("a >= 1", "(is_numeric(a.NAOK) and a.NAOK >= 1)"),
        ("a in (1, 2) and agreed == 0", '((a.NAOK == "1" or a.NAOK == "2") and (agreed.NAOK == "N"))'),
    ],
)
def test_routing_is_translated_to_limesurvey(text, wanted):
    said = {"a": Said("a", {}), "agreed": Said("agreed", {1: "Y", 0: "N"})}
    assert expression(parse_condition(text), said) == wanted


def test_the_structure_of_qualtrics_names_every_column_and_its_recoded_answers(respondents, qualtrics):
    elements = json.loads(qualtrics_structure(respondents.questionnaire))["SurveyElements"]
    questions = [one["Payload"] for one in elements if one["Element"] == "SQ"]
    names = set()
    for one in questions:
        names |= set(one["ChoiceDataExportTags"].values()) if "ChoiceDataExportTags" in one else {one["DataExportTag"]}
    front = qualtrics[0].index("cons_info")
    assert names == set(qualtrics[0][front:]) - {"resp_id", COMPUTED}
    gender = next(one for one in questions if one["DataExportTag"] == "gender")
    assert set(gender["RecodeValues"].values()) == {"1", "2", "3", "-7", "-8"}
