"""The export as LimeSurvey 3 writes it: answer codes under question codes, all quoted, nothing where nothing is.

What LimeSurvey does not say is not said here either: a question that was not shown and one that was shown and not
answered are both empty; of several answers only the ticked ones are marked (`Y`); whoever left has no date of sending,
and `lastpage` says how far they came. Question codes have no underscores, items stand in brackets.
"""

from collections.abc import Iterator

import numpy as np

from cryptodrug.simulate.survey.personal import TIME, traces
from cryptodrug.simulate.survey.platform import COMPUTED, LANGUAGES, Shown, end, finished, last_page, shown
from cryptodrug.simulate.survey.records import TEST
from cryptodrug.simulate.survey.respondents import Respondents
from cryptodrug.survey.questionnaire import DONT_KNOW, REFUSED, Question

BYTE_ORDER_MARK, LINE_END = "\ufeff", "\r\n"
YES, NO = "Y", "N"
CONSENT = {1: YES, 0: NO}
OPTIONS = {DONT_KNOW: "DK", REFUSED: "PNS"}  # answers of a list have five letters or digits and no sign
TEST_RUN = "testrun"  # a hidden question that the address of a test run fills in
HEAD = ("id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "ipaddr", "refurl")


def code_of(name: str) -> str:
    """Code of a question: letters and digits only."""
    return name.replace("_", "")


def column_of(question: Shown, item: str) -> str:
    """Heading of a column."""
    return f"{code_of(question.name)}[{item}]" if question.is_grid else code_of(question.name)


def answer(question: Question, code: float, text: str) -> str:
    """One cell."""
    if text or np.isnan(code):
        return text
    if question.type == "multiple":
        return YES if code == 1 else ""
    if question.type == "consent":
        return CONSENT.get(int(code), "")
    return f"{code:.0f}" if code >= 0 else OPTIONS.get(int(code), "")


def _cells(respondents: Respondents, questions: list[Shown], place: int) -> Iterator[str]:
    for question in questions:
        for one in question.items.values():
            texts = respondents.texts.get(one.variable)
            code = respondents.reported[one.variable][place]
            yield answer(one, code, texts[place] if texts else "")


def _head(respondents: Respondents, place: int) -> list[str]:
    record = respondents.records[place]
    language = LANGUAGES[int(respondents.reported["lang"][place])]
    personal, sent = traces(record), end(record).strftime(TIME)
    return [
        str(place + 1), sent if finished(record) else "", str(last_page(respondents, place)), language,
        str(record.resp_id), personal.start_time, sent, personal.ip_address, "",
    ]  # fmt: skip


def _line(cells: list[str]) -> str:
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + LINE_END


def export_limesurvey(respondents: Respondents) -> bytes:
    """The table of answers as CSV, with e-mail addresses from the table of participants behind it."""
    questions = shown(respondents.questionnaire)
    columns = [column_of(question, item) for question in questions for item in question.items]
    lines = [_line([*HEAD, *columns, TEST_RUN, "email"])]
    for place, record in enumerate(respondents.records):
        test = YES if record.status == TEST else ""
        cells = list(_cells(respondents, questions, place))
        lines.append(_line([*_head(respondents, place), *cells, test, traces(record).email]))
    # it ends with an empty line
    return (BYTE_ORDER_MARK + "".join(lines) + LINE_END).encode()


def kind_of(question: Shown) -> str:
    """Type of a question, one character."""
    one = question.first
    if one.variable == COMPUTED:
        return "*"
    if one.type == "single":
        return "F" if question.is_grid else "L"
    return {"multiple": "M", "consent": "Y", "integer": "N", "number": "S", "open": "T"}[one.type]
