"""The survey of a simulated study, read in memory as a study reads it."""

from hashlib import sha256

import numpy as np
import pandas as pd
import pytest
import yaml
from cryptodrug.careers.respondents import VARIABLES
from cryptodrug.careers.table import career_table
from cryptodrug.provenance.records import PROJECT
from cryptodrug.recovery.buyers import estimates_of_buyers, reading_of
from cryptodrug.recovery.cases import SCENARIOS
from cryptodrug.recovery.estimators import analysis, estimates_of
from cryptodrug.recovery.memory import demo_method
from cryptodrug.recovery.superpopulation import SURVEY, checksum_of_survey, read_table
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.simulate.survey.records import VALID
from cryptodrug.simulate.survey.sav import export_sav
from cryptodrug.simulate.survey.truth import drawn
from cryptodrug.survey.respondents import CODE
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
    named = {one["estimator"] for one in yaml.safe_load((PROJECT / "data/demo/recovery.yaml").read_text("utf-8"))}
    assert {f"{one.table}.{one.column}" for one in found} <= named
    assert len({one.table for one in found}) >= 18
    assert {one.id for one in found} <= set(known)
    assert all(one.low <= one.value <= one.high for one in found)


REPEATS = 30
CAREERS = ("career-summary", "range-change", "frequency-change")
LEVEL = 0.95


def careers_of(codes):
    """Career variables from the codes of an export."""
    table = codes.rename(columns=lambda name: f"{name}{CODE}").astype("Float64").assign(respondent=codes.index)
    return career_table(table)


@pytest.fixture(scope="module")
def remembered():
    """Careers in thirty surveys in which everybody remembers: all answers, and those that the export has."""
    pairs = []
    for number in range(REPEATS):
        respondents = drawn(SCENARIO, number)
        kept = [record.kind == VALID for record in respondents.records]
        said, true = (pd.DataFrame(one)[kept] for one in (respondents.reported, respondents.true))
        pairs.append([careers_of(codes.reset_index(drop=True)) for codes in (true, true.where(said >= 0, said))])
    return pairs


def estimates_by_id(tables):
    """Every estimate of careers by its id, one per survey."""
    found, smallest = {}, SETTINGS.disclosure.respondents.minimum_count
    margin = SETTINGS.survey.careers.equivalence_margin
    for careers in tables:
        for made in (
            analysis("career_summary").career_summary_table(careers, smallest, LEVEL),
            analysis("range_change").range_change_table(careers, smallest, LEVEL),
            analysis("frequency_change").frequency_change_table(careers, margin, smallest, LEVEL),
        ):
            for one in estimates_of(made):
                found.setdefault(one.id, []).append(one)
    return found


def known_careers():
    return read_table(PROJECT / "data/demo/superpopulation.csv")[SCENARIO.scenario + SURVEY][1]


def distance(values, true):
    """How far a mean is from the truth, in its own errors."""
    return (np.mean(values) - true.value) / np.hypot(np.std(values, ddof=1) / np.sqrt(len(values)), true.error)


def test_careers_of_people_who_say_all_are_found_and_their_intervals_hold_the_truth(remembered):
    """Every share is right on average, and its interval holds the true one as often as it says."""
    found, known = estimates_by_id([full for full, _ in remembered]), known_careers()
    judged = {name: of for name, of in found.items() if len(of) == REPEATS}
    assert {name.split(".")[0] for name in judged} == set(CAREERS)
    assert len(judged) >= 13
    held = []
    for name, of in judged.items():
        # beyond four errors by chance once in a thousand such tests
        assert abs(distance([one.value for one in of], known[name])) < 4, name
        covers = [one.low <= known[name].value <= one.high for one in of]
        assert sum(covers) >= 0.8 * REPEATS, (name, sum(covers))
        held += covers
    assert 0.92 <= np.mean(held) <= 0.99


def test_a_rise_outlives_a_missing_answer_and_its_absence_does_not(remembered):
    """By the definitions: of those with an answer missing, those who escalated stay and the others leave the base.

    The report says so beside the share, and the annex has it for those alone of whom all is known.
    """
    known = known_careers()
    for name in ("escalation", "deescalation"):
        true, shares, complete = known[f"career-summary.{name}.share"], [], []
        for _, careers in remembered:
            of = careers[name][careers[name].isin(["0", "1"])]
            whole = careers.loc[~(careers[list(VARIABLES)] == "mis").any(axis="columns"), name]
            shares.append((of == "1").mean())
            complete.append((whole[whole.isin(["0", "1"])] == "1").mean())
        assert distance(shares, true) > 2
        assert abs(distance(complete, true)) < 4
