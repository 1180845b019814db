"""The survey of the demo scenario: what must be hidden in it, and what need not be."""

from pathlib import Path

import pytest
import yaml
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.simulate.survey import respondents
from cryptodrug.survey.mapping import read_mapping

PROJECT = Path(__file__).resolve().parents[3]
LEAST = 8


@pytest.fixture(scope="module")
def table():
    return respondents(read_scenario(PROJECT / "data/demo/scenario.yaml"))


def test_missing_answers_of_a_question_are_none_or_at_least_five(table):
    for name in read_mapping(PROJECT / "workflow/questionnaires/demo.yaml").variables:
        missing = int((table[name].isna() | (table[name] < 0)).sum())
        assert missing == 0 or missing >= 5, name


def test_one_published_category_has_three_respondents_and_no_other_is_small(table):
    config = yaml.safe_load((PROJECT / "config.yaml").read_text(encoding="utf-8"))
    variables = read_mapping(PROJECT / "workflow/questionnaires/demo.yaml").variables
    small = {}
    for name, categories in config["survey"]["items"].items():
        of_code = {answer.code: answer.category for answer in variables[name].answers}
        counts = table[name].map(of_code).value_counts()
        assert set(counts.index) == set(categories)
        small |= {(name, category): int(n) for category, n in counts.items() if n < LEAST}
    assert small == {("n_buy", "21-more"): 3}
