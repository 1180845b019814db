"""A study in which there is nothing to be found: its findings claim no change and no speciality."""

import pytest
from cryptodrug.findings import compute, read_definitions, state_of
from cryptodrug.gate import judge, table_values
from cryptodrug.provenance.records import PROJECT
from cryptodrug.recovery.cases import SCENARIOS
from cryptodrug.recovery.estimators import REGISTRY, Drawing
from cryptodrug.recovery.memory import as_downloaded, demo_method
from cryptodrug.release import Value
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.scenario import read_scenario

METHOD = demo_method()
SETTINGS = METHOD.settings
HOW = Drawing(draws=SETTINGS.analysis.draws, seed=SETTINGS.analysis.seed, level=SETTINGS.analysis.level)
DEFINITIONS = read_definitions(PROJECT / "reports" / "findings.yaml")
# findings that a part of the offer differs from the rest, or changes otherwise
CLAIMS = {name for name, one in DEFINITIONS.findings.items() if one.kind in ("ratio-above-one", "ratio-against-one")}


def values_of(scenario):
    """Released values of the market half of a study, as its workflow makes them."""
    study = as_downloaded(draw_world(read_scenario(SCENARIOS[scenario])), METHOD)
    tables = [table for run in REGISTRY.values() for table in run(study, SETTINGS.focus_country, "inclusive", HOW)]
    judged = [judge(table, SETTINGS.disclosure) for table in tables]
    released = [table_values(one) for one in judged if one.status != "withheld"]
    return {name: Value(id=name, **entry) for values in released for name, entry in values.items()}


@pytest.fixture(scope="module")
def null():
    return values_of("scenario-null")


def test_no_finding_claims_a_change_or_a_speciality(null):
    assert {"f-growth", "f-specialised-synthetic"} <= CLAIMS
    assert {name: state_of(DEFINITIONS.findings[name], null) for name in CLAIMS} == dict.fromkeys(CLAIMS, "open")
    assert state_of(DEFINITIONS.findings["f-sends-abroad"], null) == "open"


def test_no_recommendation_rests_on_one(null):
    printed = compute(DEFINITIONS, null, simulated=True)["recommendations"]
    resting = [name for name, one in DEFINITIONS.recommendations.items() if set(one.needs) & CLAIMS]
    assert resting
    assert not [name for name in resting if printed[name]["print"] == "holds"]


def test_no_class_stands_out_and_no_origin_moves(null):
    ratios = [one for name, one in null.items() if name.startswith("specialisation.") and one.column == "ratio"]
    assert len(ratios) >= 6
    outside = [one.row for one in ratios if one.interval and not one.interval["low"] <= 1 <= one.interval["high"]]
    # each of these intervals leaves out the true one in one of twenty studies
    assert len(outside) <= 1
    assert null["origin-moves.moved.share"].value in (0, None)


def test_the_demo_is_told_apart_from_it(null):
    """What is planted in the demo is found: the check above could fail."""
    demo = values_of("scenario")
    assert demo["specialisation.steroids.ratio"].interval["low"] > 1
    assert null["specialisation.steroids.ratio"].interval["low"] < 1
    assert demo["origin-moves.moved.share"].value != 0


def test_the_scenario_says_the_same_of_all_groups():
    groups = read_scenario(SCENARIOS["scenario-null"]).groups
    alike = {one.model_copy(update={"origin": "BE", "vendors": 1}).model_dump_json() for one in groups}
    assert len(alike) == 1 and not groups[0].moves_to and not groups[0].also_from
