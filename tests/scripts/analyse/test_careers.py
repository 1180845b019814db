"""The tables of careers: counted by hand, and of whatever respondents there are."""

import pandas as pd
import pytest
from analyse.career_summary import career_summary_table
from analyse.frequency_change import frequency_change_table
from analyse.range_change import range_change_table
from buyers import DEGENERATE, NEVER, SHARES, cannabis, judged_rows, people
from cryptodrug.careers.table import career_table
from cryptodrug.statistics.intervals import wilson
from cryptodrug.statistics.paired import tango

CHANGE = SHARES | {"margin": 0.15}
TABLES = {
    "summary": lambda career: career_summary_table(career, **SHARES),
    "change": lambda career: frequency_change_table(career, **CHANGE),
    "range": lambda career: range_change_table(career, **SHARES),
}
NEW_DRUG = {"ever_mdm": 2, "nw_freq_mdm": 1, "nw_amt_mdm": 2}
DROPPED = {"ever_mdm": 1, "bf_freq_mdm": 1, "bf_amt_mdm": 1, "nw_freq_mdm": 0}


@pytest.mark.parametrize("case", DEGENERATE)
@pytest.mark.parametrize("table", TABLES)
def test_any_respondents_give_a_valid_table(table, case, tmp_path):
    _, rows = judged_rows(TABLES[table](career_table(DEGENERATE[case])), tmp_path)
    if len(DEGENERATE[case]) < 20:
        assert all(row[name] is None for row in rows.values() for name in row if name in ("share", "difference"))


@pytest.mark.parametrize("table", TABLES)
def test_a_survey_that_did_not_ask_gives_an_empty_table_that_is_withheld(table, tmp_path):
    judged, _ = judged_rows(TABLES[table](career_table(people(NEVER)[["respondent"]])), tmp_path)
    assert (judged.status, judged.reason) == ("withheld", "empty")


def test_a_survey_without_a_time_before_has_the_variables_that_need_none():
    asked = [name for name in people(NEVER) if not name.startswith(("bf_", "main_bf"))]
    career = career_table(people(NEVER)[asked])
    assert [name for name in career if name != "respondent"] == ["onset", "substitution"]


def test_the_summary_by_hand(tmp_path):
    # ten rose, twenty fell, five never used; one did not say how often
    everybody = [*[cannabis(2, 3)] * 10, *[cannabis(3, 2)] * 20, *[NEVER] * 5, cannabis(2, -8)]
    table = career_summary_table(career_table(people(*everybody)), **SHARES)
    _, rows = judged_rows(table, tmp_path)
    frequency = rows["frequency"]
    assert [frequency[name] for name in ("n", "others", "base", "na", "mis", "outside")] == [10, 20, 30, None, None, 6]
    assert (frequency["share_low"], frequency["share_high"]) == pytest.approx(wilson(10, 30, 0.95))
    assert rows["escalation"]["n"] == 10 and rows["deescalation"]["n"] == 20
    # nobody has problems: no base, and no share of it
    assert (rows["recovery"]["base"], rows["recovery"]["share"]) == (0, None)


def test_a_small_rest_hides_the_count_and_the_share(tmp_path):
    everybody = [*[cannabis(2, 3)] * 27, *[cannabis(3, 2)] * 3]
    _, rows = judged_rows(career_summary_table(career_table(people(*everybody)), **SHARES), tmp_path)
    assert [rows["frequency"][name] for name in ("n", "others", "share")] == [None, None, None]
    assert rows["frequency"]["base"] == 30


def test_changes_by_hand(tmp_path):
    everybody = [*[cannabis(2, 3)] * 10, *[cannabis(3, 1)] * 25, *[cannabis(3, 3)] * 15]
    table = frequency_change_table(career_table(people(*everybody)), **CHANGE)
    _, rows = judged_rows(table, tmp_path)
    frequency = rows["frequency"]
    assert [frequency[name] for name in ("up", "same", "down", "base")] == [10, 15, 25, 50]
    assert frequency["difference"] == pytest.approx(-0.3)
    assert (frequency["difference_low"], frequency["difference_high"]) == pytest.approx(tango(10, 25, 50, 0.95))
    assert (frequency["verdict"], frequency["p_sign"]) == ("fell", "below-005")
    assert frequency["z"] < 0
    # amounts are the same for all; the net row sets ten escalations against twenty-five
    assert [rows["intensity"][name] for name in ("up", "same", "down", "mixed")] == [0, 50, 0, 0]
    assert rows["intensity"]["verdict"] == "unchanged"
    assert [rows["escalation"][name] for name in ("up", "same", "down")] == [10, 15, 25]


def test_what_the_summary_shows_does_not_give_a_hidden_direction_back(tmp_path):
    """Those who rose are printed in the summary too: hiding them here would protect nobody."""
    everybody = [*[cannabis(2, 3)] * 6, *[cannabis(3, 1)] * 25, *[cannabis(3, 3)] * 3]
    table = frequency_change_table(career_table(people(*everybody)), **CHANGE)
    _, rows = judged_rows(table, tmp_path)
    assert [rows["frequency"][name] for name in ("up", "same", "down")] == [6, None, None]
    assert rows["frequency"]["difference"] is None and rows["frequency"]["z"] is None


def test_range_by_hand(tmp_path):
    everybody = [
        *[cannabis(2, 2, **NEW_DRUG)] * 6,
        *[cannabis(2, 2, **DROPPED, ever_coc=2, nw_freq_coc=1)] * 7,
        *[cannabis(2, 2)] * 12,
        *[cannabis(2, 2, ever_mdm=1, bf_freq_mdm=1, nw_freq_mdm=1, main_nw=2)] * 5,
    ]
    _, rows = judged_rows(range_change_table(career_table(people(*everybody)), **SHARES), tmp_path)
    assert {name: row["n"] for name, row in rows.items()} == {
        "expansion": 6, "exchange": 7, "switching-alone": 5, "range-change": 18,
    }  # fmt: skip
    assert {row["base"] for row in rows.values()} == {30}


def test_a_small_part_of_the_range_is_merged_so_that_the_union_stays(tmp_path):
    everybody = [
        *[cannabis(2, 2, **NEW_DRUG)] * 6,
        *[cannabis(2, 2, **DROPPED, ever_coc=2, nw_freq_coc=1)] * 2,
        *[cannabis(2, 2)] * 20,
    ]
    _, rows = judged_rows(range_change_table(career_table(people(*everybody)), **SHARES), tmp_path)
    assert {name: row["n"] for name, row in rows.items()} == {"either": 8, "switching-alone": 0, "range-change": 8}


def test_the_step_of_frequency_is_in_classes():
    career = career_table(people(cannabis(1, 4), cannabis(5, 2), NEVER))
    assert career["frequency_step"].tolist()[:2] == [3, -3]
    assert pd.isna(career["frequency_step"][2])
