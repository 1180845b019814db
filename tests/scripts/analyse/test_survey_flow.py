"""The flow of respondents: small steps merged, sums known to the gate."""

import pytest
from analyse.survey_flow import Step, merged, survey_flow_table
from cryptodrug.gate import judge
from offer_frames import assert_valid
from tests_rules import RULES


def flow(*steps, valid=99, complete=93):
    rows = [{"id": name, "reason": reason, "n": n} for name, reason, n in steps]
    return {"started": valid + sum(row["n"] for row in rows), "steps": rows, "valid": valid, "complete": complete}


def step(name, n):
    return Step((name,), (name,), n)


@pytest.mark.parametrize(
    ("numbers", "wanted"),
    [
        ([5, 8], [("a", 5), ("b", 8)]),
        ([3, 8], [("a.b", 11)]),
        ([3, 1, 6], [("a.b.c", 10)]),
        ([6, 2], [("a.b", 8)]),  # the last one has no next
        ([6, 0, 7], [("a", 6), ("b.c", 7)]),
        ([1, 2], [("a.b", 3)]),
        ([], []),
    ],
)
def test_small_steps_are_merged_with_the_next_and_the_last_with_the_one_before(numbers, wanted):
    steps = [step(name, n) for name, n in zip("abc", numbers, strict=False)]
    assert [(".".join(one.ids), one.n) for one in merged(steps, 5)] == wanted


def test_each_step_takes_away_what_it_leaves_out(tmp_path):
    table = survey_flow_table(flow(("test", "test", 5), ("young", "young", 3), ("gone", "gone", 9)), 5)
    assert_valid(table, tmp_path)
    rows = table.rows.set_index("row")
    assert list(rows.index) == ["started", "test", "young.gone", "kept", "complete", "partial"]
    assert list(rows["remaining"]) == [116, 111, 99, 99, 93, 6]
    assert rows.loc["young.gone", "step"] == "young|gone"
    assert table.notes == ["merged"]
    for sums in table.cell_sums:
        assert sum(rows.loc[row, column] for row, column in sums["parts"]) == rows.loc[tuple(sums["total"])]


def test_the_same_reason_of_two_merged_rules_is_named_once():
    table = survey_flow_table(flow(("says-so", "again", 3), ("is-so", "again", 4)), 5)
    assert table.rows.set_index("row").loc["says-so.is-so", "step"] == "again"


def test_without_small_steps_there_is_no_note_and_without_rules_no_step():
    assert survey_flow_table(flow(("test", "test", 5)), 5).notes == []
    assert list(survey_flow_table(flow(), 5).rows["row"]) == ["started", "kept", "complete", "partial"]


def test_few_who_left_are_hidden_with_those_who_came_to_the_end():
    judged = judge(survey_flow_table(flow(("test", "test", 6), complete=97), 5), RULES)
    assert {row for row, _ in judged.hidden} == {"complete", "partial"}
    assert not judge(survey_flow_table(flow(("test", "test", 6)), 5), RULES).hidden


def test_a_few_left_out_in_all_are_hidden_with_what_remains():
    judged = judge(survey_flow_table(flow(("test", "test", 2)), 5), RULES)
    assert ("test", "left_out") in judged.hidden
