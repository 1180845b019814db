"""The survey of a simulated study, read in memory as a study reads it."""

from hashlib import sha256

import pandas as pd
import pytest
from cryptodrug.provenance.records import PROJECT
from cryptodrug.recovery.buyers import estimates_of_buyers, reading_of
from cryptodrug.recovery.cases import SCENARIOS
from cryptodrug.recovery.memory import demo_method
from cryptodrug.recovery.superpopulation import SURVEY, checksum_of_survey, read_table
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.simulate.survey.sav import export_sav
from cryptodrug.simulate.survey.truth import drawn
from survey.read_survey import read_survey

SCENARIO = read_scenario(SCENARIOS["scenario"])
SETTINGS = demo_method().settings


@pytest.fixture(scope="module")
def respondents():
    return drawn(SCENARIO, 5)


def test_respondents_in_memory_are_those_of_the_step(respondents, tmp_path):
    export = export_sav(respondents)
    path = tmp_path / "survey.sav"
    path.write_bytes(export)
    made = {name: str(tmp_path / name) for name in ("respondent", "respondent_drug", "codebook", "flow")}
    read_survey(
        export=str(path),
        mapping=str(PROJECT / SETTINGS.survey.mapping),
        sha256=sha256(export).hexdigest(),
        questionnaire=[str(PROJECT / SETTINGS.survey.questionnaire / "questionnaire.csv")],
        exclusions=[rule.model_dump() for rule in SETTINGS.survey.exclusions],
        study="demo",
        **made,
    )
    by_step = pd.read_parquet(made["respondent"])
    ours = reading_of(SETTINGS).respondents(export)
    assert len(ours) == 99
    pd.testing.assert_frame_equal(ours[by_step.columns].astype(object), by_step.astype(object), check_dtype=False)


def test_every_share_of_respondents_has_a_true_value(respondents):
    checksum, known = read_table(PROJECT / "data/demo/superpopulation.csv")[SCENARIO.scenario + SURVEY]
    assert checksum == checksum_of_survey(SCENARIO), "the survey of the demo changed: run `make recovery`"
    found = list(estimates_of_buyers(respondents, reading_of(SETTINGS), 0.95))
    assert {one.table for one in found} == {
        "respondent-profile",
        "career-summary",
        "range-change",
        "frequency-change",
    }
    assert {one.id for one in found} <= set(known)
    assert all(one.low <= one.value <= one.high for one in found)
