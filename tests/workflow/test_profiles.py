"""Coded profiles of the demo belong to the vendors that are sampled from its database, and to their types."""

from cryptodrug.plan import study_settings
from cryptodrug.profiles.codebook import read_profile_codes
from cryptodrug.provenance.records import PROJECT
from cryptodrug.release import read_values
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.profiles import demo_profiles, read_profile_scenario
from cryptodrug.simulate.scenario import read_scenario


def test_the_committed_files_are_those_of_the_vendors_and_types_of_a_build(built):
    settings = study_settings({}, [])
    scenario = read_profile_scenario(
        PROJECT / "data/demo/profiles.yaml", read_profile_codes(PROJECT / settings.profiles.codebook)
    )
    world = draw_world(read_scenario(PROJECT / settings.simulation.scenario))
    results = built.root / "results" / "demo"
    texts = demo_profiles(scenario, world, results, settings.focus_country, settings.analysis.seed)
    folder = PROJECT / "data/demo/profiles"
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == texts
    # so that codes are counted by type at all
    assert read_values(results / "values.json")["profile-type-summary.all.state"].value == "compared"
