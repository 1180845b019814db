"""Vendors over time."""

from pathlib import Path

import numpy as np
import pytest
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.market.truth import vendor_table
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.trajectories import cohort, entry_and_exit, move_class, moves_of, presence, stays
from hypothesis import given
from hypothesis import strategies as st
from offer_frames import offer

PROJECT = Path(__file__).resolve().parents[2]
DAYS = {number: f"2019-0{number}-15" for number in range(1, 6)}
BE, NL, BOTH, NONE = frozenset({"BE"}), frozenset({"NL"}), frozenset({"BE", "NL"}), frozenset()


def seen(**months):
    """Drug listings of vendors seen in the months given; a letter behind the month is the market (default a)."""
    rows = []
    for vendor, when in months.items():
        for one in when.split():
            market = one[1:] or "a"
            rows.append((vendor, "BE", {"snapshot_date": DAYS[int(one[0])], "market": market}))
    table = offer(*rows)
    table["entity"] = table["vendor"]
    return table


def test_a_single_missed_month_is_bridged_two_are_not():
    there = presence(seen(ann="1 3", bob="1 4", cid="1 2 3 4"))
    assert there.entities.tolist() == ["ann", "bob", "cid"]
    assert there.present.astype(int).tolist() == [[1, 1, 1, 0], [1, 0, 0, 1], [1, 1, 1, 1]]
    assert there.bridged == 1
    assert presence(seen(ann="1 3", cid="1 2 3 4"), bridge=False).bridged == 0


def test_who_comes_goes_and_comes_back_by_hand():
    there = presence(seen(ann="1 2 3 4", bob="1 2", cid="2 3 4", dan="1 4"))
    assert entry_and_exit(there).fillna(-1).values.tolist() == [
        ["2019-01", 3, -1, -1, -1],
        ["2019-02", 3, 1, 0, 0],  # dan is away, and will be seen again: no exit
        ["2019-03", 2, 0, 1, 0],
        ["2019-04", 3, 0, 0, 1],
    ]


def test_the_end_of_a_market_is_no_exit():
    there = presence(seen(ann="1a 2a 3a 4a", bob="1b 2b", cid="1a 2a", dan="1b 2a"))
    # b has no snapshot after the second month; dan was on a too, where he could have been seen
    assert dict(zip(there.entities, there.left(), strict=True)) == {
        "ann": False,
        "bob": False,
        "cid": True,
        "dan": True,
    }


def test_the_flows_explain_the_stock_where_no_market_ends():
    table = entry_and_exit(presence(seen(ann="1 2 5", bob="1 2 3", cid="3 4 5", dan="1 5", eve="2 4")))
    change = table["present"].diff()[1:]
    away = change - (table["entered"] - table["left"] + table["back"])[1:]
    assert away.tolist() == [-1, -1, -0, 0]  # dan from the second month on, ann from the third: gone for a while


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        ([BE], "not-assessable"),
        ([BE, NONE], "not-assessable"),
        ([BE, NONE, BE], "stays"),
        ([BOTH, BOTH], "several"),
        ([NL, BE], "in"),
        ([NL, BOTH], "in"),
        ([BE, BE, NL], "out"),
        ([BE, NL, BE], "back"),
        ([BE, BOTH, BE], "changing"),
        ([NL, BE, NL], "changing"),
    ],
)
def test_the_decision_table_of_moves(origins, expected):
    assert move_class(origins, "BE") == expected


@given(st.lists(st.sampled_from([BE, NL, BOTH, NONE]), max_size=5))
def test_a_move_read_backwards_goes_the_other_way(origins):
    turned = {"in": "out", "out": "in"}
    forth = move_class(origins, "BE")
    assert move_class(origins[::-1], "BE") == turned.get(forth, forth)


def test_the_union_of_the_origins_of_a_month_counts():
    table = offer(
        ("ann", "BE", {"snapshot_date": DAYS[1]}),
        ("ann", "NL", {"snapshot_date": DAYS[1]}),
        ("ann", "BE|NL", {"snapshot_date": DAYS[2]}),
        ("bob", "BE", {"snapshot_date": DAYS[1]}),
    )
    assert dict(moves_of(table, set(table["entity"]), "BE")) == {"toy:ann": "several", "toy:bob": "not-assessable"}


def test_a_cohort_is_followed_only_where_its_markets_are_watched():
    there = presence(seen(ann="1a 2a 3a", bob="1a", cid="1b 2b", dan="2a 3a", eve="1a 4a"))
    found = cohort(there, np.ones(5, dtype=bool))
    # the second market closes: cid is followed for a month; the gap of eve is no exit
    assert found.values.tolist() == [[1, 4, 3], [2, 3, 2], [3, 3, 1]]


def test_a_cohort_begins_where_its_own_market_was_first_watched():
    there = presence(seen(ann="1a 2a 3a", bob="2b 3b", cid="3b"))
    assert cohort(there, np.ones(3, dtype=bool)).values.tolist() == [[1, 2, 2], [2, 1, 1]]
    assert stays(there).entered.tolist() == [False, False, True]


def test_how_long_vendors_stayed_lies_between_two_looks():
    there = presence(seen(ann="1a 4a", bob="2a", cid="1b 2b", dan="2b", eve="2a 3a", fay="3a"))
    found = stays(there)
    names = list(there.entities.str.split(":").str[-1])
    of = {name: values for name, *values in zip(names, found.entered, found.low, found.high, strict=True)}
    assert of == {
        "ann": [False, 3, np.inf],
        "bob": [True, 0, 1],
        "cid": [False, 1, np.inf],
        "dan": [True, 0, np.inf],
        "eve": [True, 1, 2],
        "fay": [True, 0, 1],
    }


def test_months_without_any_snapshot_count_as_time():
    first, last = {"snapshot_date": "2018-11-30"}, {"snapshot_date": "2019-02-01"}
    table = offer(("ann", "BE", first), ("ann", "BE", last), ("bob", "BE", first), ("cid", "BE", last))
    found = stays(presence(table))
    assert list(zip(found.entered, found.low, found.high, strict=True)) == [
        (False, 3, np.inf), (False, 0, 3), (True, 0, np.inf)
    ]  # fmt: skip


def test_the_moves_of_the_demo_are_those_of_its_truth():
    """From the true listings of each month the classes are those of the declared origins of the vendors."""
    world = draw_world(read_scenario(PROJECT / "data/demo/scenario.yaml"))
    table = vendor_table(world).rename(columns={"entity": "number"})
    table["entity"] = table["number"].astype(str)
    found = moves_of(table, set(table["entity"]), "BE")
    moved = {
        str(number)
        for number, one in world.entities.items()
        for first, last in [(min(a.first for a in one.accounts), max(a.last for a in one.accounts))]
        if one.accounts and ("BE" in one.origins[first]) != ("BE" in one.origins[last])
    }
    assert set(found[found.isin(["in", "out"])].index) == moved != set()
