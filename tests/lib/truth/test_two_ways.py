"""The truth is computed twice, by code that shares nothing: for the report, and for the simulations of many studies."""

from pathlib import Path

import pytest
from cryptodrug.recovery.census import count_world
from cryptodrug.recovery.estimands import parameters
from cryptodrug.recovery.superpopulation import SCALE as SIZE
from cryptodrug.recovery.superpopulation import WORLDS, checksum_of, read_table
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.truth.definitions import judged_by_scenario, read_definitions
from cryptodrug.truth.tables import SCENARIO, market_truth

ROOT = Path(__file__).resolve().parents[3]
MODEL = read_scenario(ROOT / "data/demo/scenario.yaml")
DRAWS = 6
REGIONS = {"neighbours": ("DE", "FR", "LU", "NL"), "union": ("DE", "GB", "IE")}
VENDORS = sum(group.vendors for group in MODEL.groups)
# sales: those that left a feedback there, all sales here; policies: printed ones here, one by one there
APART = ("concentration.", "destination-policy.worldwide")


@pytest.fixture(scope="module")
def tables():
    judged = judged_by_scenario(read_definitions(ROOT / "data/demo/estimands.csv"))
    made = market_truth(MODEL, "BE", 0.9, judged, REGIONS, draws=DRAWS)
    return {name: table.set_index("row") for name, table in made.items()}


def here(tables, value_id, ending=""):
    """The value in the truth tables, None where there is none."""
    table, _, rest = value_id.partition(".")
    row, _, column = rest.rpartition(".")
    known = tables.get(table)
    if known is None or row not in known.index or column + ending not in known.columns:
        return None
    return float(known.at[row, column + ending])


def as_here(name, value, vendors):
    """Euro and numbers of listings are those of one vendor there, of all here."""
    return value * vendors if name.rpartition(".")[2].startswith(("eur", "adjusted")) else value


def test_the_two_agree_on_the_studys_own_world(tables):
    world = count_world(draw_world(MODEL), "BE")
    there = {name: as_here(name, value, world.vendors) for name, value in parameters(world).items()}
    pairs = {name: (here(tables, name), value) for name, value in there.items() if not name.startswith(APART)}
    both = {name: pair for name, pair in pairs.items() if pair[0] is not None}
    assert len(both) > 120
    assert {name: pair for name, pair in both.items() if pair[0] != pytest.approx(pair[1], rel=1e-9)} == {}


def test_the_two_agree_on_the_scenario_within_what_chance_leaves(tables):
    checksum, known = read_table(ROOT / "data/demo/superpopulation.csv")[MODEL.scenario]
    assert checksum == checksum_of(MODEL)
    # their error is that of so many more worlds than are drawn here
    more = (WORLDS * SIZE / DRAWS + 1) ** 0.5
    apart = {
        name: (ours, as_here(name, one.value, VENDORS))
        for name, one in known.items()
        if not name.startswith(APART)
        and (ours := here(tables, name, SCENARIO)) is not None
        and abs(ours - as_here(name, one.value, VENDORS)) > 5 * more * as_here(name, one.error, VENDORS) + 1e-9
    }
    assert sum(here(tables, name, SCENARIO) is not None for name in known) > 120
    assert apart == {}
