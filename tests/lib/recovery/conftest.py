"""Thirty small studies in memory: each drawn, downloaded with a quarter of its pages missing, and read once."""

import pytest
from cryptodrug.provenance.records import PROJECT
from cryptodrug.recovery.cases import Case
from cryptodrug.recovery.memory import demo_method
from cryptodrug.recovery.replicates import studies
from cryptodrug.recovery.superpopulation import checksum_of, read_table

REPLICATES = 30
CASE = Case("short", "scenario", 47, (250,), REPLICATES)


@pytest.fixture(scope="session")
def parameters():
    """What is true of the scenario; made by `make recovery`."""
    scenario = CASE.read()
    checksum, known = read_table(PROJECT / "data/demo/superpopulation.csv")[scenario.scenario]
    assert checksum == checksum_of(scenario), "the scenario of the demo changed: run `make recovery`"
    return known


@pytest.fixture(scope="session")
def thirty():
    """(replicate, study) thirty times."""
    return [(number, study) for number in range(REPLICATES) for _, study in studies(CASE, number, demo_method())]
