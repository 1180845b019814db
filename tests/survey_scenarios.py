"""The survey scenarios of the demo study, for tests."""

from pathlib import Path

from cryptodrug.errors import SettingsError
from cryptodrug.simulate.includes import read_with_includes
from cryptodrug.simulate.survey.models import Survey

DEMO = Path(__file__).resolve().parents[1] / "data/demo"
SEED = 82


def refuse(what):
    return SettingsError(what, where="test", not_done="nothing", do="nothing")


def survey_of(name):
    return Survey.model_validate(read_with_includes(DEMO / name, refuse))


def enlarged(survey, valid):
    return survey.model_copy(update={"records": survey.records.model_copy(update={"valid": valid})})
