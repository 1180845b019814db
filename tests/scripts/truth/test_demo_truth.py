"""The truth of the demo is the same with values of the scenario kept or drawn; kept ones serve no other scenario."""

import pytest
from cryptodrug.plan import study_settings
from cryptodrug.provenance.records import PROJECT
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.truth import kept as kept_module
from cryptodrug.truth.definitions import read_definitions
from truth import demo_truth as script

KEPT = PROJECT / "data" / "demo" / "scenario-values.csv"


class DrawnError(Exception):
    """The step began to draw values of the scenario."""


def given(folder, **changed):
    """Arguments of the step as the rule gives them."""
    settings = study_settings({}, [])
    survey, simulation = settings.survey, settings.simulation
    tables = {one.table for one in read_definitions(simulation.estimands).values() if one.of != "none"}
    return {
        "scenario": simulation.scenario,
        "estimands": simulation.estimands,
        "mapping": survey.mapping,
        "questionnaire": survey.questionnaire / "questionnaire.csv",
        "interviews": simulation.interviews,
        "codebook": settings.interviews.codebook,
        "themes": settings.interviews.themes,
        "planted": simulation.profiles,
        "union": "data/reference/european_union.csv",
        "tables": [str(folder / f"{table}.csv") for table in sorted(tables)],
        "definitions": str(folder / "definitions.csv"),
        "values": str(folder / "drawn" / "scenario-values.csv"),
        "study": settings.study.id,
        "focus_country": settings.focus_country,
        "definition": settings.population.definition,
        "coverage_minimum": settings.analysis.coverage_minimum,
        "profile": survey.items,
        "smallest": settings.disclosure.respondents.minimum_count,
        "neighbours": settings.neighbours,
        "kept": str(KEPT),
    } | changed


def bytes_below(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.csv")}


@pytest.fixture
def refusing(monkeypatch):
    """Whoever draws is caught."""

    def draw(*_):
        raise DrawnError

    monkeypatch.setattr(script, "scenario_tables", draw)


def test_kept_values_are_those_that_are_drawn_now(tmp_path):
    """Fails after a change of the scenario or of the code that draws: build, then `cryptodrug demo keep`."""
    script.demo_truth(**given(tmp_path / "kept"))
    script.demo_truth(**given(tmp_path / "drawn", kept=None))
    kept, drawn = bytes_below(tmp_path / "kept"), bytes_below(tmp_path / "drawn")
    assert len(drawn) > 60
    assert kept == drawn
    assert drawn["drawn/scenario-values.csv"] == KEPT.read_bytes()


def test_kept_values_that_fit_spare_the_draws(tmp_path, refusing):
    script.demo_truth(**given(tmp_path))
    assert (tmp_path / "definitions.csv").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"seed": 5},
        {"survey": "other"},
        {"smallest": 6},
        {"neighbours": ["DE", "FR", "NL"]},
        {"code": "other"},
        {"kept": "/nowhere.csv"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_values_kept_for_something_else_are_drawn_again(tmp_path, monkeypatch, refusing, change):
    if "seed" in change:
        model = read_scenario(PROJECT / "data/demo/scenario.yaml").model_copy(update=change)
        monkeypatch.setattr(script, "read_scenario", lambda _: model)
    elif "survey" in change:
        model = read_scenario(PROJECT / "data/demo/scenario.yaml")
        survey = model.survey.model_copy(update={"recall_error": model.survey.recall_error + 1})
        monkeypatch.setattr(script, "read_scenario", lambda _: model.model_copy(update={"survey": survey}))
    elif "code" in change:
        monkeypatch.setattr(kept_module, "sha256_of", lambda path: "0" * 64)
    # the study's own world is in no question here
    monkeypatch.setattr(script, "own_market", lambda *_: ({}, None))
    monkeypatch.setattr(script, "own_buyers", lambda *_: {})
    arguments = {name: value for name, value in change.items() if name in ("smallest", "neighbours", "kept")}
    with pytest.raises(DrawnError):
        script.demo_truth(**given(tmp_path, **arguments))
