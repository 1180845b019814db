"""Truth about respondents and interviews: small cases by hand, and the demo against what it promises."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from cryptodrug.simulate.interviews.scenario import read_interview_scenario
from cryptodrug.simulate.interviews.truth import planted_alpha
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.simulate.survey.truth import drawn
from cryptodrug.truth.buyers import (
    career_summary,
    categories_of,
    frequency_change,
    range_change,
    respondent_profile,
    survey_flow,
)
from cryptodrug.truth.talks import interview_tables

ROOT = Path(__file__).resolve().parents[3]
QUESTIONNAIRES = ROOT / "workflow/questionnaires"
BOOK = QUESTIONNAIRES / "interviews"


def people(kinds, said, true):
    records = [SimpleNamespace(kind=kind) for kind in kinds]
    columns = {"status": np.ones(len(kinds))}
    return SimpleNamespace(records=records, reported=columns | {"age": np.array(said)}, true={"age": np.array(true)})


def test_the_share_is_what_is_true_and_the_count_is_what_was_said():
    kinds = ["valid", "valid", "test", "valid", "valid"]
    group = people(kinds, said=[1.0, -8.0, 1.0, 2.0, 3.0], true=[1.0, 1.0, 1.0, 2.0, 2.0])
    table = respondent_profile(group, {"age": {"young": [1, 2], "old": [3]}}).set_index("row")
    assert list(table.loc["age-young", ["n", "base", "share"]]) == [2, 3, 1]
    assert list(table.loc["age-old", ["n", "base", "share"]]) == [1, 3, 0]
    assert list(table.loc["age-missing", ["n", "base"]]) == [1, 4]


def test_categories_are_those_of_the_mapping_of_the_variable_or_of_its_labels():
    items = {"age_band": ["18-24", "35-more"], "use1_age": ["under-18"]}
    found = categories_of(items, QUESTIONNAIRES / "demo.yaml", QUESTIONNAIRES / "cryptodrug/questionnaire.csv")
    assert found == {"age_band": {"18-24": [1, 2], "35-more": [5, 6]}, "use1_age": {"under-18": [1, 2]}}


@pytest.fixture(scope="module")
def demo():
    return drawn(read_scenario(ROOT / "data/demo/scenario.yaml"))


def test_steps_of_the_flow_and_runs_of_steps_add_up(demo):
    table = survey_flow(demo).set_index("row")
    assert (
        table.loc["kept", "remaining"] == 99 == table.loc["complete", "remaining"] + table.loc["partial", "remaining"]
    )
    both = table.loc["test.no-consent"]
    assert both["left_out"] == table.loc["test", "left_out"] + table.loc["no-consent", "left_out"]
    assert (
        both["remaining"]
        == table.loc["no-consent", "remaining"]
        == table.loc["started", "remaining"] - both["left_out"]
    )


def test_interviews_are_counted_as_they_were_planted():
    path = ROOT / "data/demo/interviews.yaml"
    tables = {
        name: table.set_index("row")
        for name, table in interview_tables(path, BOOK / "codebook.csv", BOOK / "themes.csv").items()
    }
    codes = list(tables["interview-codes"].index)
    scenario = read_interview_scenario(path)
    assert tables["interview-coding"].loc["all", "alpha"] == pytest.approx(planted_alpha(scenario, codes))
    assert tables["interview-coding"].loc["all", "decisions"] == len(codes) * len(scenario.interviews)
    assert tables["interview-coding-codes"]["agreed"].sum() == tables["interview-coding"].loc["all", "agreed"]
    # a theme is met at least as often as any of its codes
    assert tables["interview-themes"].loc["range", "n"] >= tables["interview-codes"].loc["b-new", "n"] > 0


CAREERS = pd.DataFrame(
    {
        "onset": ["1", "0", "na", "0"], "frequency": ["up", "same", "na", "down"],
        "intensity": ["mixed", "up", "na", "same"], "escalation": ["1", "1", "na", "0"],
        "deescalation": ["0", "1", "na", "1"], "switching": ["1", "0", "na", "1"], "expansion": ["0", "1", "na", "0"],
        "exchange": ["0", "0", "na", "0"], "substitution": ["0", "0", "0", "0"], "recovery": ["na", "na", "na", "mis"],
        "range_change": ["1", "1", "na", "1"],
    }
)  # fmt: skip


def test_career_variables_are_counted_with_their_base():
    table = career_summary(CAREERS).set_index("row")
    assert list(table.loc["onset", ["n", "others", "base", "na", "mis"]]) == [1, 2, 3, 1, 0]
    assert (table.loc["frequency", "n"], table.loc["intensity", "share"]) == (1, pytest.approx(1 / 3))
    assert table.loc["recovery", ["n", "base", "outside"]].tolist() == [0, 0, 4]
    assert pd.isna(table.loc["recovery", "share"])


def test_parts_of_a_wider_range_add_up_to_the_whole():
    table = range_change(CAREERS).set_index("row")
    assert table["n"].to_dict() == {
        "expansion": 1, "exchange": 0, "either": 1, "switching-alone": 2, "range-change": 3
    }  # fmt: skip
    assert set(table["base"]) == {3} and set(table["outside"]) == {1}


def test_rises_and_falls_and_escalation_against_its_mirror():
    table = frequency_change(CAREERS).set_index("row")
    assert table.loc["frequency", ["up", "same", "down", "base", "difference"]].tolist() == [1, 1, 1, 3, 0]
    assert table.loc["intensity", ["up", "same", "down", "mixed"]].tolist() == [1, 1, 0, 1]
    # the second has both: the same; the fourth the mirror alone
    assert table.loc["escalation", ["up", "same", "down", "difference"]].tolist() == [1, 1, 1, 0]
