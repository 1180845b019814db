"""Hidden cells stay hidden: first the naive way fails, then the attacker gets nothing."""

import pandas as pd
import pytest
from cryptodrug.disclosure.attacker import Relation, bounds, is_safe
from cryptodrug.disclosure.complementary import complete_hiding, count_cells, relations_of, unsafe_cells
from cryptodrug.disclosure.primary import primary_cells, with_dependants
from cryptodrug.results import Column, ResultTable
from hypothesis import given, settings
from hypothesis import strategies as st
from tests_rules import RULES


def respondents(counts: dict[str, int], total: int | None = None) -> ResultTable:
    """A table of one item: a count, its base and share per category, with the number of respondents known."""
    base = sum(counts.values())
    rows = pd.DataFrame(
        [
            {"row": name, "item": "age", "n": n, "base": base, "share": n / base if base else None}
            for name, n in counts.items()
        ]
    )
    columns = [
        Column("item", "text", "item"),
        Column("n", "count", "respondent"),
        Column("base", "count", "respondent"),
        Column("share", "share", digits=1, base="base"),
    ]
    sums = [{"parts": list(counts), "total": None, "value": total or base, "columns": ["n"]}]
    return ResultTable("profile", "respondents", columns, rows, row_sums=sums)


def test_hiding_the_small_cell_alone_gives_it_back():
    # 40 + 55 are shown of 99: the hidden one is 99 - 95 = 4
    relations = [Relation((("a", "n"), ("b", "n"), ("c", "n")), None, 99)]
    found = bounds(relations, {("a", "n"): 40, ("b", "n"): 55}, [("c", "n")])
    assert found[("c", "n")] == pytest.approx((4, 4))


def test_complementary_hiding_leaves_a_wide_interval():
    table = respondents({"a": 40, "b": 55, "c": 4})
    hidden = complete_hiding(table, primary_cells(table, RULES), 5)
    # the smallest other count is hidden too: 44 are spread over two cells, 0 to 44 each
    assert {cell for cell in hidden if cell[1] == "n"} == {("c", "n"), ("a", "n")}
    values = count_cells(table)
    shown = {cell: value for cell, value in values.items() if cell not in hidden}
    low, high = bounds(relations_of(table), shown, [("c", "n"), ("a", "n")])[("c", "n")]
    assert (low, high) == pytest.approx((0, 44))
    assert is_safe((low, high), 5)


def test_two_small_cells_that_add_up_to_little_pull_in_a_third():
    # 2 + 3 hidden of 99 with 94 shown: each is between 0 and 5, which is just wide enough; 1 + 2 is not
    table = respondents({"a": 50, "b": 46, "c": 1, "d": 2})
    hidden = complete_hiding(table, primary_cells(table, RULES), 5)
    assert ("b", "n") in hidden


def test_a_share_falls_with_its_count():
    table = respondents({"a": 40, "b": 55, "c": 4})
    hidden = with_dependants(table, primary_cells(table, RULES))
    assert ("c", "share") in hidden
    assert ("a", "share") not in hidden


def test_no_percentage_on_a_small_base():
    table = respondents({"a": 9, "b": 10})
    hidden = primary_cells(table, RULES)
    assert {("a", "share"), ("b", "share")} <= hidden
    assert ("a", "n") not in hidden


def test_a_zero_is_shown_unless_the_question_is_sensitive():
    table = respondents({"a": 40, "b": 59, "c": 0})
    assert ("c", "n") not in primary_cells(table, RULES)
    table.sensitive = True
    assert ("c", "n") in primary_cells(table, RULES)


def public(rows: list[dict]) -> ResultTable:
    columns = [
        Column("listings", "count", "listing"),
        Column("listings_focus", "count", "listing", guard_vendors="support_vendors"),
        Column("share", "share", base="listings", low="low", high="high", guard_vendors="support_vendors"),
    ]
    return ResultTable("size", "public", columns, pd.DataFrame(rows))


def row(name: str, vendors: int) -> dict:
    return {"row": name, "listings": 100, "listings_focus": 7, "share": 0.07, "low": 0.01, "high": 0.2,
            "support_vendors": vendors}  # fmt: skip


@pytest.mark.parametrize(("vendors", "hidden"), [(0, False), (1, True), (2, True), (3, False)])
def test_a_cell_about_vendors_of_the_country_needs_three_of_them(vendors, hidden):
    cells = primary_cells(public([row("a", vendors)]), RULES)
    assert (("a", "listings_focus") in cells) is hidden
    assert (("a", "share") in cells) is hidden
    assert ("a", "listings") not in cells


@pytest.mark.parametrize(("vendors", "top2", "hidden"), [(2, 0.5, True), (10, 0.86, True), (10, 0.85, False)])
def test_revenue_of_a_cell_must_not_belong_to_two_vendors(vendors, top2, hidden):
    columns = [Column("revenue", "money", "EUR", guard_vendors="support_vendors", guard_top2="support_top2")]
    rows = pd.DataFrame([{"row": "a", "revenue": 1000.0, "support_vendors": vendors, "support_top2": top2}])
    table = ResultTable("revenue", "revenue", columns, rows)
    assert (("a", "revenue") in primary_cells(table, RULES)) is hidden


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=2, max_size=7))
def test_no_small_count_of_any_table_can_be_narrowed_down(counts):
    table = respondents({f"c{number}": count for number, count in enumerate(counts)})
    hidden = complete_hiding(table, primary_cells(table, RULES), 5)
    if hidden is None:
        return  # withheld as a whole
    assert unsafe_cells(relations_of(table), count_cells(table), hidden, 5) == []
    small = {cell for cell, value in count_cells(table).items() if cell[1] == "n" and 0 < value < 5}
    assert small <= hidden


def test_a_table_that_cannot_be_protected_is_not_released():
    # one category only: the count is the known number of respondents
    table = respondents({"a": 3})
    assert complete_hiding(table, primary_cells(table, RULES), 5) is None


def test_rows_and_columns_are_attacked_together():
    rows = pd.DataFrame(
        [
            {"row": "men", "yes": 30, "no": 2, "all": 32},
            {"row": "women", "yes": 40, "no": 27, "all": 67},
            {"row": "total", "yes": 70, "no": 29, "all": 99},
        ]
    )
    columns = [Column(name, "count", "respondent") for name in ("yes", "no", "all")]
    table = ResultTable(
        "cross", "respondents", columns, rows,
        row_sums=[{"total": "total", "parts": ["men", "women"], "columns": ["yes", "no", "all"]}],
        column_sums=[{"total": "all", "parts": ["yes", "no"]}],
    )  # fmt: skip
    hidden = complete_hiding(table, primary_cells(table, RULES), 5)
    # (30 + 2) - 30 = 2 and (2 + 27) - 27 = 2: a row and a column must be opened
    assert hidden is not None
    assert len(hidden) >= 4


def test_a_base_that_is_the_sum_of_the_answers_cannot_give_a_hidden_one_back():
    # 40 + 50 shown and a base of 93: the third is 3; so the base, or one of the two, must be hidden too
    table = respondents({"a": 40, "b": 50, "c": 3}, total=99)
    table.row_sums = []
    parts = [[name, "n"] for name in "abc"]
    table.cell_sums = [{"parts": parts, "total": [name, "base"]} for name in "abc"]
    hidden = complete_hiding(table, primary_cells(table, RULES), 5)
    assert hidden is not None
    assert {("a", "n"), ("b", "n")} & hidden or {(name, "base") for name in "abc"} <= hidden
    assert unsafe_cells(relations_of(table), count_cells(table), hidden, 5) == []


def test_missing_answers_are_shown_unless_the_question_is_sensitive():
    table = respondents({"a": 40, "b": 55, "none": 4})
    table.open_rows = ["none"]
    assert ("none", "n") not in primary_cells(table, RULES)
    table.sensitive = True
    assert ("none", "n") in primary_cells(table, RULES)
