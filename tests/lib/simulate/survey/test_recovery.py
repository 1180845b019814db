"""Career shares of simulated studies against their truth: does the interval hold what is true?

What is estimated is the share among all respondents of whom the scenario tells the truth; errors of recall and missing
answers stand in the way, as they do in a real survey.
"""

from math import sqrt
from types import SimpleNamespace

import pandas as pd
import pytest
from cryptodrug.careers.respondents import career
from cryptodrug.careers.table import STATEMENTS
from cryptodrug.simulate.survey.records import VALID
from cryptodrug.simulate.survey.truth import drawn
from cryptodrug.statistics.intervals import wilson
from survey_scenarios import SEED, enlarged, survey_of

REPLICATES, LEVEL = 30, 0.95
ASIDE = ("na", "mis")


def careers_of(columns, places):
    """Career variables worked out from the true or the reported codes of valid records."""
    rows = []
    for place in places:
        codes = {name: column[place] for name, column in columns.items()}
        rows.append(career({name: None if pd.isna(code) else int(code) for name, code in codes.items()}))
    return pd.DataFrame(rows)


def share_of(table, statement):
    """Respondents with the value, and the base."""
    variable, value = STATEMENTS[statement]
    inside = table[variable][~table[variable].isin(ASIDE)]
    return int((inside == value).sum()), len(inside)


@pytest.fixture(scope="module")
def studies():
    survey, made = survey_of("survey.yaml").model_copy(update={"recall_error": 0}), []
    for replicate in range(REPLICATES):
        one = drawn(SimpleNamespace(survey=survey, seed=SEED), replicate)
        places = [place for place, record in enumerate(one.records) if record.kind == VALID]
        made.append(careers_of(one.reported, places))
    return made


@pytest.fixture(scope="module")
def truth():
    """Shares of a large population of the same scenario."""
    survey = enlarged(survey_of("survey.yaml"), 3000).model_copy(update={"recall_error": 0})
    one = drawn(SimpleNamespace(survey=survey, seed=SEED))
    places = [place for place, record in enumerate(one.records) if record.kind == VALID]
    return careers_of(one.true, places)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_interval_of_a_career_share_holds_the_true_share(statement, studies, truth):
    yes, base = share_of(truth, statement)
    held = 0
    for study in studies:
        low, high = wilson(*share_of(study, statement), LEVEL)
        held += low <= yes / base <= high
    # four standard errors of a coverage at its level, over so many replicates
    tolerance = 4 * sqrt(LEVEL * (1 - LEVEL) / REPLICATES)
    assert held / REPLICATES >= LEVEL - tolerance
