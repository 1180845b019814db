"""The two survey files of the demo: every number with its standing, nothing written twice, faults in words."""

import csv
import re
from pathlib import Path

import pytest
import yaml
from cryptodrug.errors import SettingsError
from cryptodrug.simulate.includes import read_with_includes
from cryptodrug.simulate.survey.models import Survey
from cryptodrug.simulate.survey.respondents import draw_respondents
from pydantic import ValidationError
from survey_scenarios import DEMO, SEED, refuse, survey_of

PROJECT = Path(__file__).resolve().parents[4]


@pytest.mark.parametrize("name", ["survey.yaml", "survey-null.yaml"])
def test_every_section_says_where_its_numbers_come_from(name):
    with (PROJECT / "data/reference/comparators.csv").open(encoding="utf-8") as stream:
        known = {row["id"] for row in csv.DictReader(stream)}
    for section in re.split(r"\n\n(?=#)", (DEMO / name).read_text(encoding="utf-8"))[1:]:
        comment = " ".join(line for line in section.splitlines() if line.startswith("#"))
        assert re.match(r"# (assumption|technical|fact:)", comment), section[:80]
        assert set(re.findall(r"fact:([a-z0-9-]+)", comment)) <= known


def test_the_scenario_without_change_repeats_nothing():
    own = yaml.safe_load((DEMO / "survey-null.yaml").read_text(encoding="utf-8"))
    base = yaml.safe_load((DEMO / own.pop("base")).read_text(encoding="utf-8"))

    def same(above, below):
        if isinstance(above, dict) and isinstance(below, dict):
            return [key for key in above if key in below and same(above[key], below[key]) is True]
        return above == below

    assert same(own, base) == []
    assert survey_of("survey-null.yaml").answers == survey_of("survey.yaml").answers


def changed(change):
    data = read_with_includes(DEMO / "survey.yaml", refuse)
    change(data)
    return data


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (lambda data: data.update(respondents=99), "respondents"),
        (lambda data: data["careers"]["new_drug"].update(tea=10), "names what is no drug of the questionnaire: tea"),
        (lambda data: data["careers"]["used_before"].pop("other"), "`used_before` has no `other`"),
        (lambda data: data["careers"]["amount_now"].update({1: {1: 0}}), "`amount_now` leads nowhere from"),
        (lambda data: data["minutes"].update(rushing=98), "`records.valid` is smaller than those who left"),
    ],
)
def test_numbers_that_cannot_be_are_refused(change, wanted):
    with pytest.raises(ValidationError, match=wanted):
        Survey.model_validate(changed(change))


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (lambda data: data["answers"].update(shoe={1: 1}), "survey.answers: not in the questionnaire: shoe"),
        (lambda data: data["missing"].update(shoe={-9: 1}), "survey.missing: not in the questionnaire: shoe"),
        (lambda data: data["left_after"]["valid"].update(shoes=1), "survey.left_after.valid: not in the questionnaire"),
        (lambda data: data["answers"]["gender"].update({7: 1}), r"survey: gender has no answer \[7\]"),
        (lambda data: data["missing"].update(lang={-6: 1}), "survey.missing.lang: no code of a missing answer"),
    ],
)
def test_names_and_codes_that_the_questionnaire_does_not_have_are_refused(change, wanted):
    with pytest.raises(SettingsError, match=wanted):
        draw_respondents(Survey.model_validate(changed(change)), SEED)
