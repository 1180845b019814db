"""The truth tables of the demo: every one is defined, none knows less than the pages show."""

from pathlib import Path

import pytest
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.truth import pages
from cryptodrug.truth.definitions import judged_by_scenario, read_definitions
from cryptodrug.truth.tables import SCENARIO, market_truth
from cryptodrug.truth.writing import table_csv

ROOT = Path(__file__).resolve().parents[3]
MODEL = read_scenario(ROOT / "data/demo/scenario.yaml")
OF_PEOPLE = {
    *("respondent-profile", "first-purchase", "survey-flow", "career", "career-summary", "career-overlap"),
    *("career-sensitivity", "range-change", "frequency-change", "main-drug-flow", "motives", "drugs-bought"),
    *("social-supply", "harms-online-offline", "sources-before-now", "practice-change"),
    *("purchase-practice", "losses", "amount-paid", "risk-awareness", "market-closures", "vendor-choice", "barriers"),
    *("frequency-before-now", "change-by-drug", "amount-by-drug", "escalation-by-drug", "career-combinations"),
    *("substitution-pairs", "recovery-by-drug", "dependence-scale"),
    *("careers-by-exposure", "experience", "experience-comparison", "practice-levels", "information-sources"),
    *("interview-codes", "interview-themes", "interview-coding", "interview-coding-codes"),
    *("profile-codes", "profile-types", "profile-type-tests"),  # planted in the sheets of the coders
}
REGIONS = {"neighbours": ("DE", "FR", "LU", "NL"), "union": ("GB", "IE")}
DEFINITIONS = read_definitions(ROOT / "data/demo/estimands.csv")


@pytest.fixture(scope="module")
def tables():
    return market_truth(MODEL, "BE", 0.9, judged_by_scenario(DEFINITIONS), REGIONS, draws=2)


def test_every_column_is_defined_and_every_definition_computed(tables):
    for name, table in tables.items():
        assert table_csv(name, table, DEFINITIONS, "demo (simulated)").startswith("study,row,")
        assert not table["row"].duplicated().any(), name
    defined = {one.table for one in DEFINITIONS.values() if one.of != "none"}
    assert defined - OF_PEOPLE == set(tables)


def test_the_same_arguments_give_the_same_truth(tables):
    again = market_truth(MODEL, "BE", 0.9, judged_by_scenario(DEFINITIONS), REGIONS, draws=2)
    for name, table in tables.items():
        assert table_csv(name, table, DEFINITIONS, "d") == table_csv(name, again[name], DEFINITIONS, "d")


def test_values_of_the_scenario_stand_beside_those_of_the_market_and_differ(tables):
    size = tables["market-size"].set_index("row")
    assert (size["share_listings"] != size[f"share_listings{SCENARIO}"]).all()
    assert (size["share_listings"] - size[f"share_listings{SCENARIO}"]).abs().max() < 0.2


def test_every_definition_is_in_words():
    for one in DEFINITIONS.values():
        assert len(one.words) >= 6, one.id
        assert one.population or one.of == "none", one.id


def test_what_was_seen_and_what_was_missed_add_up_to_what_stands():
    """What stands less what was found is what no page in the archive shows."""
    table = pages.page_table(pages.crawls(draw_world(MODEL))).set_index("row")
    assert (table["found"] <= table["standing"]).all()
    assert (table["missed"] > 0).all()
    assert table.loc["cardboard-2019-03-15", "missed"] > 45
    assert table["coverage"].between(0.98, 1).all()
