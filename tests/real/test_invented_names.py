"""No market and no vendor of the demo has the name of a real one.

The list of real names is made here, from the archives, each time; it is stored nowhere.
"""

from pathlib import Path

import pytest
from cryptodrug.entities import normalised_handle
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.scenario import read_scenario
from real_data import read_with, shared_data

ROOT = Path(__file__).resolve().parents[2]
MARKETS = shared_data() / "markets"
# market file, and what of its folder it reads
READ = {
    "agora-dump": "agora/*.csv.gz",
    "hansa": "hansa/listings-*.csv.gz",
    "apollon": "apollon/html_files",
    "cryptonia": "cryptonia/html_files",
    "dream": "dream/html_files",
    "empire": "empire/html_files",
    "cypher": "cypher/2020-*-[0-9][0-9]",
    "white-house": "white-house/2020-*-[0-9][0-9]",
    "yellow-brick": "yellow-brick/2020-*-[0-9][0-9]",
}


def taken(names, real):
    """Those of the names that a real market or vendor has, without regard to case, blanks and punctuation."""
    return sorted(name for name in names if normalised_handle(name) in real)


@pytest.fixture(scope="module")
def real_vendors():
    found = set()
    for adapter, pattern in READ.items():
        sources = sorted(MARKETS.glob(pattern))
        assert sources, f"nothing to read for {adapter}"
        rows = [row for source in sources for of_table in read_with(adapter, source).values() for row in of_table]
        names = {normalised_handle(row["vendor"]) for row in rows if row.get("vendor")}
        assert names, f"no vendor read with {adapter}"
        found |= names
    return found


@pytest.fixture(scope="module")
def world():
    return draw_world(read_scenario(ROOT / "data/demo/scenario.yaml"), scale=10)


def test_no_vendor_of_the_demo_has_the_name_of_a_real_one(world, real_vendors):
    assert len(real_vendors) > 2000
    handles = {account.handle for entity in world.entities.values() for account in entity.accounts}
    assert len(handles) > 900
    assert taken(handles, real_vendors) == []
    # the comparison would find one
    assert len(taken([next(iter(real_vendors)).upper()], real_vendors)) == 1


def test_no_market_of_the_demo_has_the_name_of_a_real_one(world, real_vendors):
    real = {normalised_handle(path.name) for path in MARKETS.iterdir() if path.is_dir()}
    assert len(real) >= 9
    own = [name for market in world.scenario.markets for name in (market.id, market.name)]
    assert taken(own, real | real_vendors) == []
    assert [name for name in own for other in real if other in normalised_handle(name)] == []
