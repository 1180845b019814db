"""Respondents of the demo scenario, of a large draw of it, and of the scenario in which nobody changed."""

import pytest
from cryptodrug.simulate.survey.respondents import draw_respondents
from survey_scenarios import SEED, enlarged, survey_of

MANY = 2500


@pytest.fixture(scope="session")
def survey():
    return survey_of("survey.yaml")


@pytest.fixture(scope="session")
def respondents(survey):
    return draw_respondents(survey, SEED)


@pytest.fixture(scope="session")
def many(survey):
    return draw_respondents(enlarged(survey, MANY), SEED)


@pytest.fixture(scope="session")
def unchanged():
    return draw_respondents(enlarged(survey_of("survey-null.yaml"), 400), SEED)
