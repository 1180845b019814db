"""The judgement files of the project, read once."""

from pathlib import Path

import pytest
from cryptodrug.harmonise.drugs import read_drug_rules
from cryptodrug.harmonise.places import read_places
from cryptodrug.harmonise.quantities import read_units

JUDGEMENTS = Path(__file__).parents[3] / "workflow" / "judgements"


@pytest.fixture(scope="session")
def places():
    return read_places(JUDGEMENTS / "places.csv")


@pytest.fixture(scope="session")
def drugs():
    return read_drug_rules(JUDGEMENTS / "drug_classes.csv", JUDGEMENTS / "drug_words.csv")


@pytest.fixture(scope="session")
def units():
    return read_units(JUDGEMENTS / "quantities.csv")
