"""The export as Qualtrics writes it: a CSV file with three lines of heads, and the structure file (`.qsf`).

The heads are the names of the columns, the wording, and an `ImportId`. The file is one for which "seen but unanswered"
was recoded, as Qualtrics offers: -99 stands for a question that was seen and not answered, 0 for an item of several
answers that was seen and not ticked; what was not shown is empty.
"""

import csv
import io
import json
from collections.abc import Iterator
from hashlib import sha256

import numpy as np

from cryptodrug.simulate.survey.personal import TIME, traces
from cryptodrug.simulate.survey.platform import COMPUTED, LANGUAGES, Shown, end, finished, last_page, pages, shown
from cryptodrug.simulate.survey.records import TEST
from cryptodrug.simulate.survey.respondents import LABEL_OF_STUDY, Respondents
from cryptodrug.survey.questionnaire import DONT_KNOW, NO_ANSWER, NOT_ASKED, REFUSED, Question, Questionnaire

HEAD = {
    "StartDate": "Start Date", "EndDate": "End Date", "Status": "Response Type", "IPAddress": "IP Address",
    "Progress": "Progress", "Duration (in seconds)": "Duration (in seconds)", "Finished": "Finished",
    "RecordedDate": "Recorded Date", "ResponseId": "Response ID", "RecipientLastName": "Recipient Last Name",
    "RecipientFirstName": "Recipient First Name", "RecipientEmail": "Recipient Email",
    "ExternalReference": "External Data Reference", "LocationLatitude": "Location Latitude",
    "LocationLongitude": "Location Longitude", "DistributionChannel": "Distribution Channel",
    "UserLanguage": "User Language",
}  # fmt: skip
IMPORTED = {"Duration (in seconds)": "duration", "IPAddress": "ipAddress", "ResponseId": "_recordId"}
EMBEDDED = ("resp_id", COMPUTED)  # embedded data stand behind the questions
ANONYMOUS, PREVIEW = "0", "1"  # codes of Status
UNANSWERED = "-99"
NOWHERE = "0"  # latitude and longitude of a place in the sea
SURVEY = "SV_simulated00000"


def _questions(questionnaire: Questionnaire) -> list[Shown]:
    return [question for question in shown(questionnaire) if question.name not in EMBEDDED]


def _import_id(number: int, place: int, question: Shown) -> str:
    if question.is_grid:
        return f"QID{number}_{place}"
    return f"QID{number}_TEXT" if question.first.type in ("integer", "number", "open") else f"QID{number}"


def _heads(questionnaire: Questionnaire) -> tuple[list[str], list[str], list[str]]:
    names, words = list(HEAD), list(HEAD.values())
    ids = [IMPORTED.get(name, name[0].lower() + name[1:]) for name in HEAD]
    for number, question in enumerate(_questions(questionnaire), 1):
        for place, one in enumerate(question.items.values(), 1):
            names.append(one.variable)
            words.append(one.text["en"].replace(" | ", " - "))
            ids.append(_import_id(number, place, question))
    names, words, ids = [*names, *EMBEDDED], [*words, *EMBEDDED], [*ids, *EMBEDDED]
    return names, words, [json.dumps({"ImportId": one}, separators=(",", ":")) for one in ids]


def answer(question: Question, code: float, text: str) -> str:
    """One cell."""
    if text or np.isnan(code) or code == NOT_ASKED:
        return text
    if code == NO_ANSWER:
        return "0" if question.type == "multiple" else UNANSWERED
    return f"{code:.0f}"


def _response_id(number: int) -> str:
    return "R_" + sha256(str(number).encode()).hexdigest()[:15]


def _head_cells(respondents: Respondents, place: int) -> list[str]:
    record = respondents.records[place]
    personal, sent = traces(record), end(record).strftime(TIME)
    done = finished(record)
    progress = 100 if done else 100 * last_page(respondents, place) // len(pages(respondents.questionnaire))
    return [
        personal.start_time, sent, PREVIEW if record.status == TEST else ANONYMOUS, personal.ip_address, str(progress),
        str(60 * record.minutes), str(int(done)), sent, _response_id(record.resp_id), "", "", personal.email, "",
        NOWHERE, NOWHERE, "anonymous", LANGUAGES[int(respondents.reported["lang"][place])].upper(),
    ]  # fmt: skip


def _cells(respondents: Respondents, questions: list[Shown], place: int) -> Iterator[str]:
    for question in questions:
        for one in question.items.values():
            texts = respondents.texts.get(one.variable)
            yield answer(one, respondents.reported[one.variable][place], texts[place] if texts else "")
    for name in EMBEDDED:
        yield f"{respondents.reported[name][place]:.0f}"


def export_qualtrics(respondents: Respondents) -> bytes:
    """The table of answers as CSV."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows(_heads(respondents.questionnaire))
    questions = _questions(respondents.questionnaire)
    for place in range(len(respondents.records)):
        writer.writerow([*_head_cells(respondents, place), *_cells(respondents, questions, place)])
    return stream.getvalue().encode()


def _choices(questionnaire: Questionnaire, question: Shown) -> dict[str, str]:
    """Answers by their recoded value; don't know and prefer not to say are answers too."""
    one = question.first
    if not one.labels:
        return {}
    found = {str(code): text["en"] for code, text in questionnaire.answers(one.variable).items()}
    missing = {str(code): questionnaire.missing[code]["en"] for code in (DONT_KNOW, REFUSED)}
    return found | (missing if one.type == "single" else {})


def _payload(questionnaire: Questionnaire, question: Shown, number: int) -> dict:
    """One question: multiple choice, matrix or text entry."""
    one, answers = question.first, _choices(questionnaire, question)
    items = {str(place): {"Display": item.item("en")} for place, item in enumerate(question.items.values(), 1)}
    scale = {str(place): {"Display": text} for place, text in enumerate(answers.values(), 1)}
    recoded = {str(place): value for place, value in enumerate(answers, 1)}
    payload = {
        "QuestionID": f"QID{number}", "DataExportTag": question.name, "QuestionText": one.stem("en"),
        "QuestionDescription": one.stem("en"), "Language": [], "Configuration": {}, "Validation": {},
    }  # fmt: skip
    tags = {str(place): item.variable for place, item in enumerate(question.items.values(), 1)}
    if one.type == "multiple":
        return payload | {"QuestionType": "MC", "Selector": "MAVR", "Choices": items, "ChoiceDataExportTags": tags}
    if question.is_grid:
        shape = {"QuestionType": "Matrix", "Selector": "Likert", "SubSelector": "SingleAnswer"}
        return payload | shape | {
            "Choices": items, "Answers": scale, "RecodeValues": recoded, "ChoiceDataExportTags": tags,
        }  # fmt: skip
    if answers:
        shape = {"QuestionType": "MC", "Selector": "SAVR", "SubSelector": "TX"}
        return payload | shape | {"Choices": scale, "RecodeValues": recoded}
    return payload | {"QuestionType": "TE", "Selector": "SL"}


def _element(kind: str, primary: str, secondary: str | None, payload: object) -> dict:
    return {
        "SurveyID": SURVEY, "Element": kind, "PrimaryAttribute": primary, "SecondaryAttribute": secondary,
        "TertiaryAttribute": None, "Payload": payload,
    }  # fmt: skip


def export_structure(questionnaire: Questionnaire) -> bytes:
    """The structure file. It has blocks, questions, answers and recoded values; the routing is not in it."""
    questions = list(enumerate(_questions(questionnaire), 1))
    blocks = [
        {
            "Type": "Standard", "ID": f"BL_{section}", "Description": section,
            "BlockElements": [
                {"Type": "Question", "QuestionID": f"QID{number}"}
                for number, question in questions
                if question.first.section == section
            ],
        }
        for section in pages(questionnaire)
    ]  # fmt: skip
    flow = [{"ID": block["ID"], "Type": "Standard", "FlowID": f"FL_{n}"} for n, block in enumerate(blocks, 2)]
    elements = [
        _element("BL", "Survey Blocks", None, blocks),
        _element("FL", "Survey Flow", None, {"Type": "Root", "FlowID": "FL_1", "Flow": flow}),
        *(
            _element("SQ", f"QID{number}", question.first.stem("en"), _payload(questionnaire, question, number))
            for number, question in questions
        ),
    ]
    entry = {"SurveyID": SURVEY, "SurveyName": LABEL_OF_STUDY, "SurveyLanguage": "EN", "SurveyStatus": "Inactive"}
    data = {"SurveyEntry": entry, "SurveyElements": elements}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
