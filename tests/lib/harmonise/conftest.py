"""The judgement files of the project, read once."""

from pathlib import Path

import pytest
from cryptodrug.harmonise.drugs import read_drug_rules
from cryptodrug.harmonise.listings import Rules
from cryptodrug.harmonise.market_names import read_market_names
from cryptodrug.harmonise.places import read_places
from cryptodrug.harmonise.quantities import read_units
from cryptodrug.harmonise.shipping_words import read_shipping_words

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


@pytest.fixture(scope="session")
def shipping_words():
    return read_shipping_words(JUDGEMENTS / "shipping_words.csv")


@pytest.fixture(scope="session")
def market_names():
    return read_market_names(JUDGEMENTS / "market_names.csv")


@pytest.fixture
def rules(places, drugs, units, shipping_words, market_names):
    return Rules(places, drugs, units, "BE", ("DE", "FR", "LU", "NL"), shipping_words, market_names)
