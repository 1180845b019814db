"""Maps of the exports of the demo from other platforms than SPSS; the categories are those of its own map."""

import yaml
from cryptodrug.provenance.records import PROJECT
from cryptodrug.simulate.survey.limesurvey import column_of
from cryptodrug.simulate.survey.platform import shown

DEMO = PROJECT / "workflow/questionnaires/demo.yaml"
# pages in front of the questions on drugs, and those as well: who left there is no partial respondent
BEFORE_DRUGS = "(0, 1, 2, 3, 4)"
STATUS = [
    {"code": 6, "when": "test == 1"},
    {"code": 5, "when": "cons_info == 0 or cons_part == 0"},
    {"code": 3, "when": f"finished == 0 and last_page in {BEFORE_DRUGS}"},
    {"code": 2, "when": "finished == 0"},
    {"code": 4, "when": "scr_ok == 0"},
    {"code": 1, "when": "finished == 1"},
]
LANGUAGES = {"nl": 1, "fr": 2, "en": 3}
RECORD = {"fill_month": "@month", "lang": "@language", "dur_min": "@minutes"}


def _map(form, columns, answers, **more):
    demo = yaml.safe_load(DEMO.read_text(encoding="utf-8"))
    answers = {"everywhere": answers, "by_variable": {"lang": LANGUAGES}}
    return demo | {
        "form": form, "columns": RECORD | columns, "answers": answers, "empty": "routing",
        "derived": {"status": STATUS},
    } | more  # fmt: skip


def limesurvey_map(questionnaire):
    """The map of `survey-limesurvey.csv`."""
    columns = {
        one.variable: column_of(question, item)
        for question in shown(questionnaire)
        for item, one in question.items.items()
        if one.type != "open" or one.variable == "itv_contact"
    }
    answers = {"Y": 1, "N": 0, "DK": -7, "PNS": -8}
    return _map("limesurvey", {"resp_id": "@number"} | columns, answers, test="testrun")


def qualtrics_map():
    """The map of `survey-qualtrics.csv`: its columns are named like the variables."""
    return _map("qualtrics", {}, {"-99": -9})
