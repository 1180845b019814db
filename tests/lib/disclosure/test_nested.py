"""Counts of the country beside those of everybody, and in two tables: neither gives a small one back."""

import pandas as pd
import pytest
from cryptodrug.disclosure.attacker import Relation, bounds
from cryptodrug.disclosure.audit import audit_table
from cryptodrug.disclosure.complementary import complete_hiding, relations_of
from cryptodrug.disclosure.nested import BY_DEFINITION, EVERYBODY, NESTED, WINDOW, small_differences
from cryptodrug.gate import judge, judge_together
from cryptodrug.release import ReleasedTable
from cryptodrug.results import Column, ResultTable
from tests_rules import RULES


def table(name, rows, *columns, domain="public", **sums):
    """A table of counts of vendors, each guarded by itself; columns of all vendors by nothing."""
    frame = pd.DataFrame(rows)
    made = []
    for column in columns:
        guard = f"support_{column}" if column.endswith("focus") or column == "vendors" else None
        if guard and guard not in frame:
            frame[guard] = frame[column].fillna(0)
        made.append(Column(column, "count", "vendor", guard_vendors=guard))
    return ResultTable(name, domain, made, frame, **sums)


def left(everybody, of_focus):
    return table("leaving", [{"row": "first", "exits": everybody, "exits_focus": of_focus}], "exits", "exits_focus")


def test_who_left_in_the_country_is_among_all_who_left():
    relations = relations_of(left(1, 1))
    found = bounds(relations, {("first", "exits"): 1}, [("first", "exits_focus")])
    assert found[("first", "exits_focus")] == pytest.approx((0, 1))
    assert judge(left(1, 1), RULES).hidden == {("first", "exits"), ("first", "exits_focus")}


def test_a_whole_that_leaves_room_is_shown():
    assert judge(left(3, 1), RULES).hidden == {("first", "exits_focus")}
    assert judge(left(2, 1), RULES).hidden == {("first", "exits"), ("first", "exits_focus")}
    assert judge(left(2, 0), RULES).hidden == frozenset()


def test_the_same_holds_of_rows():
    rows = [{"row": "all-0-12", "exits_focus": 1}, {"row": "focus-0-12", "exits_focus": 1}]
    made = table(
        "ages", [row | {"support_exits_focus": n} for row, n in zip(rows, (EVERYBODY, 1), strict=True)], "exits_focus"
    )
    assert judge(made, RULES).hidden == {("all-0-12", "exits_focus"), ("focus-0-12", "exits_focus")}


def test_a_hidden_nought_of_nobody_needs_no_protection():
    rows = [{"row": "may", "back": 0, "left": 5, "back_focus": 0, "left_focus": 1, "support_back_focus": 1}]
    assert judge(table("flows", rows, "back", "left", "back_focus", "left_focus"), RULES).hidden == {
        ("may", "back_focus"),
        ("may", "left_focus"),
    }


def ranks(alone, stated):
    inner = table("wholesale-rank", [{"row": "price", "vendors": alone}], "vendors")
    outer = table("wholesale-summary", [{"row": "price", "vendors": stated}], "vendors")
    return [inner, outer]


@pytest.mark.parametrize(("alone", "found"), [(14, 0), (13, 1), (12, 1), (11, 0)])
def test_two_tables_do_not_give_a_small_count_back(alone, found):
    inner, outer = judge_together(ranks(alone, 14), RULES)
    assert len(inner.hidden) == found
    assert outer.hidden == frozenset()


def test_what_is_hidden_already_is_in_no_difference():
    inner, outer = judge_together(ranks(2, 3), RULES)
    assert inner.hidden == {("price", "vendors")}
    assert outer.hidden == frozenset()


def test_estimates_beside_a_count_of_people_enough_stay():
    inner, outer = ranks(13, 14)
    inner.rows = inner.rows.assign(share=0.4, of_vendors=0.5)
    inner.columns += [
        Column("share", "share", guard_vendors="support_vendors"),
        Column("of_vendors", "share", base="vendors", guard_vendors="support_vendors"),
    ]
    judged, _ = judge_together([inner, outer], RULES)
    assert judged.hidden == {("price", "vendors"), ("price", "of_vendors")}


def test_a_count_forced_away_cannot_be_computed_back():
    there = [{"row": "2019-01", "present_focus": 18, "came_focus": None}]
    there += [{"row": "2019-02", "present_focus": 21, "came_focus": 3}]
    chain = {"parts": [["2019-01", "present_focus"], ["2019-02", "came_focus"]], "total": ["2019-02", "present_focus"]}
    flows = table("vendor-entry-exit", there, "present_focus", "came_focus", cell_sums=[chain])
    size = table("key-figures", [{"row": "first", "vendors_focus": 16}], "vendors_focus")
    judged, _ = judge_together([flows, size], RULES)
    assert ("2019-01", "present_focus") in judged.hidden
    assert judged.hidden & {("2019-02", "came_focus"), ("2019-02", "present_focus")}
    # without the chain the first alone is hidden
    flows.cell_sums = []
    assert judge_together([flows, size], RULES)[0].hidden == {("2019-01", "present_focus")}


def test_cells_that_are_subtracted_are_part_of_the_sum():
    relation = Relation((("a", "n"), ("b", "n")), ("c", "n"), less=(("d", "n"),))
    assert set(relation.cells()) == {(name, "n") for name in "abcd"}
    shown = {("a", "n"): 21, ("b", "n"): 5, ("c", "n"): 25}
    assert bounds([relation], shown, [("d", "n")])[("d", "n")] == pytest.approx((1, 1))


def test_groups_of_the_window_are_taken_together():
    survival = table(
        "vendor-survival-summary",
        [{"row": "all", "cohort_focus": 16, "entrants_focus": 12}],
        "cohort_focus",
        "entrants_focus",
    )
    window = table("key-figures", [{"row": "window", "vendors_focus": 30}], "vendors_focus")
    tables = {one.table: one for one in (survival, window)}
    none = dict.fromkeys(tables, frozenset())
    found = small_differences(tables, none, lambda _: 3)
    assert [(name, cell) for name, cell, _ in found] == [("vendor-survival-summary", ("all", "entrants_focus"))]
    assert small_differences(tables, none, lambda _: 2) == []


def test_the_row_of_the_country_is_found_by_its_guard():
    rows = [
        {"row": "nl", "vendors": 29, "support_vendors": EVERYBODY},
        {"row": "be", "vendors": 29, "support_vendors": 29},
    ]
    tables = {
        "origin-countries": table("origin-countries", rows, "vendors"),
        WINDOW[0]: table(WINDOW[0], [{"row": WINDOW[1], WINDOW[2]: 30}], WINDOW[2]),
    }
    found = small_differences(tables, dict.fromkeys(tables, frozenset()), lambda _: 3)
    assert found == [("origin-countries", ("be", "vendors"), BY_DEFINITION)]


def test_every_pair_says_why_and_hides_one_of_its_own():
    for nested in NESTED:
        assert nested.why
        assert nested.hides in (*nested.parts, nested.whole)


def test_complementary_hiding_knows_the_wholes():
    made = left(1, 1)
    assert complete_hiding(made, {("first", "exits_focus")}, 3) == {("first", "exits"), ("first", "exits_focus")}


def audited(made, hidden, forced=frozenset()):
    """What the audit says of a table of which these cells are not shown."""
    released = ReleasedTable(made.table, made.domain, [], frozenset(hidden), [], {}, made.rows)
    return audit_table(made.table, made, released, 3, forced)[1]


def test_the_audit_finds_a_count_that_its_whole_gives_back():
    assert audited(left(1, 1), {("first", "exits_focus")})
    assert not audited(left(1, 1), {("first", "exits_focus"), ("first", "exits")})


def test_the_audit_finds_a_count_hidden_for_another_table_that_a_sum_gives_back():
    there = [{"row": "jan", "present_focus": 18, "came_focus": None}]
    there += [{"row": "feb", "present_focus": 21, "came_focus": 3}]
    chain = {"parts": [["jan", "present_focus"], ["feb", "came_focus"]], "total": ["feb", "present_focus"]}
    flows = table("vendor-entry-exit", there, "present_focus", "came_focus", cell_sums=[chain])
    gone = {("jan", "present_focus")}
    assert audited(flows, gone, frozenset(gone))
    assert not audited(flows, gone | {("feb", "came_focus")}, frozenset(gone))
