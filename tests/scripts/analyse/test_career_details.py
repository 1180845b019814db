"""Careers by group of drugs, in combination and by exposure: counted by hand, and of whatever respondents there are."""

import pytest
from analyse.answer_quality import answer_quality_table
from analyse.career_combinations import career_combinations_table, shown_combinations
from analyse.careers_by_exposure import careers_by_exposure_table
from analyse.change_by_drug import amount_by_drug_table, change_by_drug_table, escalation_by_drug_table
from analyse.dependence_scale import dependence_scale_table
from analyse.frequency_before_now import frequency_before_now_table
from analyse.substitution_recovery import recovery_by_drug_table, substitution_pairs_table
from buyers import DEGENERATE, NEVER, SHARES, cannabis, judged_rows, people
from cryptodrug.careers.table import career_table
from cryptodrug.statistics.paired import tango
from hypothesis import given, settings
from hypothesis import strategies as st

SPEEDERS = {"exclude": False, "variable": "dur_min", "below": "third-of-median"}
TABLES = {
    "frequency": lambda table: frequency_before_now_table(table, **SHARES),
    "change": lambda table: change_by_drug_table(table, **SHARES),
    "amount": lambda table: amount_by_drug_table(table, **SHARES),
    "escalation": lambda table: escalation_by_drug_table(table, **SHARES),
    "combinations": lambda table: career_combinations_table(career_table(table), **SHARES),
    "pairs": lambda table: substitution_pairs_table(table, career_table(table), SHARES["smallest"]),
    "recovery": lambda table: recovery_by_drug_table(table, career_table(table), SHARES["smallest"]),
    "exposure": lambda table: careers_by_exposure_table(exposed(table), career_table(table), **SHARES),
}
SINCE = ("under-1-year", "1-to-3-years", "3-years-more", "missing:-9")


def exposed(table):
    return table.assign(cm1_since=[SINCE[place % len(SINCE)] for place in range(len(table))])


@pytest.mark.parametrize("case", DEGENERATE)
@pytest.mark.parametrize("name", TABLES)
def test_any_respondents_give_a_valid_table(name, case, tmp_path):
    _, rows = judged_rows(TABLES[name](DEGENERATE[case]), tmp_path)
    if len(DEGENERATE[case]) < 20:
        assert all(row.get(one) is None for row in rows.values() for one in ("share", "difference", "p"))


@pytest.mark.parametrize("name", TABLES)
def test_a_survey_without_a_time_before_gives_an_empty_table_that_is_withheld(name, tmp_path):
    asked = [one for one in people(NEVER) if not one.startswith(("bf_", "main_bf"))]
    judged, _ = judged_rows(TABLES[name](people(*[NEVER] * 30)[asked]), tmp_path)
    assert (judged.status, judged.reason) == ("withheld", "empty")


def test_classes_of_too_few_stand_together_in_both_periods(tmp_path):
    fine = people(*[cannabis(1, 2)] * 10, *[cannabis(2, 5)] * 10, *[cannabis(0, 1)] * 6)
    _, rows = judged_rows(TABLES["frequency"](fine), tmp_path)
    before = rows["cannabis-before"]
    found = [before[name] for name in ("none", "less_than_monthly", "monthly_or_weekly", "more_often", "base")]
    assert found == [6, 10, 10, 0, 26]
    coarse = people(*[cannabis(1, 2)] * 10, *[cannabis(2, 5)] * 10, *[cannabis(0, 1)] * 5, *[cannabis(3, 1)] * 2,
                    *[cannabis(1, 1)] * 2, *[cannabis(2, 3)] * 3, *[cannabis(1, 0)] * 5)  # fmt: skip
    _, rows = judged_rows(TABLES["frequency"](coarse), tmp_path)
    assert rows["cannabis-before"]["less_than_monthly"] == 17
    coarse = people(*[cannabis(1, 2)] * 3, *[cannabis(2, 5)] * 10, *[cannabis(0, 1)] * 6)
    _, rows = judged_rows(TABLES["frequency"](coarse), tmp_path)
    assert (rows["cannabis-before"]["up_to_weekly"], rows["cannabis-before"]["less_than_monthly"]) == (13, None)
    coarsest = people(*[cannabis(1, 2)] * 8, *[cannabis(2, 5)] * 2, *[cannabis(0, 1)] * 6)
    _, rows = judged_rows(TABLES["frequency"](coarsest), tmp_path)
    assert [rows["cannabis-now"][name] for name in ("none", "used", "up_to_weekly", "base")] == [0, 16, None, 16]


def test_changes_of_a_group_count_who_took_it_up_and_left_it(tmp_path):
    respondents = people(
        *[cannabis(2, 3)] * 6, *[cannabis(0, 2)] * 5, *[cannabis(3, 3)] * 9, *[cannabis(4, 1)] * 7,
        *[cannabis(2, 0)] * 8, *[NEVER] * 5,
    )  # fmt: skip
    _, rows = judged_rows(TABLES["change"](respondents), tmp_path)
    row = rows["cannabis"]
    assert [row[name] for name in ("up", "same", "down", "base")] == [11, 14, 15, 40]
    assert (row["taken_up"], row["given_up"]) == (5, 8)
    assert (row["difference_low"], row["difference_high"]) == pytest.approx(tango(11, 15, 40, 0.95))
    assert row["effect"] < 0 and row["p"] == "not-below-005"
    # nobody used anything else: all stay, nothing is tested
    assert [rows["nps"][name] for name in ("same", "base", "p")] == [40, 40, None]


def test_who_took_a_group_up_is_not_told_where_they_are_few(tmp_path):
    respondents = people(*[cannabis(2, 3)] * 6, *[cannabis(0, 2)] * 2, *[cannabis(3, 3)] * 20, *[cannabis(4, 1)] * 7)
    _, rows = judged_rows(TABLES["change"](respondents), tmp_path)
    assert [rows["cannabis"][name] for name in ("up", "taken_up", "given_up")] == [8, None, None]
    # 33 used it before, 35 now, 33 in both: the base of amounts would tell of the two
    assert "cannabis" not in judged_rows(TABLES["amount"](respondents), tmp_path)[1]
    assert "cannabis-escalation" not in judged_rows(TABLES["escalation"](respondents), tmp_path)[1]


def test_amounts_and_escalation_of_those_who_use_in_both_periods(tmp_path):
    respondents = people(*[cannabis(2, 2, nw_amt_can=4)] * 12, *[cannabis(3, 2)] * 10, *[cannabis(0, 2)] * 6)
    _, rows = judged_rows(TABLES["amount"](respondents), tmp_path)
    assert [rows["cannabis"][name] for name in ("up", "same", "down", "base", "p")] == [12, 10, 0, 22, "below-0001"]
    _, rows = judged_rows(TABLES["escalation"](respondents), tmp_path)
    assert [rows["cannabis-escalation"][name] for name in ("n", "base", "outside")] == [12, 22, 6]
    assert rows["cannabis-deescalation"]["n"] == 10


def test_combinations_by_hand(tmp_path):
    switched = cannabis(2, 3, main_nw=2, ever_mdm=1, bf_freq_mdm=2, nw_freq_mdm=2, bf_amt_mdm=1, nw_amt_mdm=1)
    respondents = people(*[cannabis(2, 3)] * 12, *[cannabis(2, 2)] * 9, *[switched] * 6)
    _, rows = judged_rows(TABLES["combinations"](respondents), tmp_path)
    found = {name: row["n"] for name, row in rows.items()}
    assert found == {"escalation": 12, "none": 9, "escalation-switching": 6, "other-combinations": 0}
    assert [rows["escalation-switching"][name] for name in ("escalation", "switching", "recovery")] == [
        "yes", "yes", "no",
    ]  # fmt: skip


HELD = st.sets(st.sampled_from(["a", "b", "c"])).map(lambda names: tuple(sorted(names)))


@given(st.dictionaries(HELD, st.integers(1, 30), min_size=1))
@settings(max_examples=200, deadline=None)
def test_what_is_printed_never_tells_of_too_few_among_the_others(counts):
    shown = shown_combinations(counts, 5)
    assert all(counts[one] >= 5 for one in shown)
    others = {one: number for one, number in counts.items() if one not in shown}
    assert sum(others.values()) not in (1, 2, 3, 4) or not shown
    for held in ({"a"}, {"b"}, {"c"}, {"a", "b"}, {"a", "c"}, {"b", "c"}):
        rest = sum(number for one, number in others.items() if held <= set(one))
        assert rest not in (1, 2, 3, 4) or not any(held <= set(one) for one in shown)


def test_times_with_too_few_stand_together(tmp_path):
    since = ["under-1-year"] * 16 + ["1-to-3-years"] * 13 + ["3-years-more"] * 14
    everybody = [*[cannabis(2, 3)] * 8, *[cannabis(3, 2)] * 8, *[cannabis(2, 3)] * 3, *[cannabis(2, 2)] * 10,
                 *[cannabis(2, 3)] * 6, *[cannabis(3, 2)] * 8]  # fmt: skip
    respondents = people(*everybody).assign(cm1_since=since)
    _, rows = judged_rows(careers_by_exposure_table(respondents, career_table(respondents), **SHARES), tmp_path)
    assert {name: (row["n"], row["base"]) for name, row in rows.items() if name.startswith("frequency")} == {
        "frequency-under-3-years": (11, 29), "frequency-3-years-more": (6, 14),
    }  # fmt: skip


def test_doubts_by_hand(tmp_path):
    sure = cannabis(2, 2, ever_dum=0, att_check=0, dur_min=30)
    respondents = people(
        *[sure] * 20, *[sure | {"ever_dum": 2}] * 5, *[sure | {"dur_min": 9}] * 6, *[sure | {"main_nw": 2}] * 7,
        sure | {"dur_min": -4},
    )  # fmt: skip
    _, rows = judged_rows(answer_quality_table(respondents, **SHARES, speeders=SPEEDERS), tmp_path)
    assert {name: row["n"] for name, row in rows.items()} == {
        "invented-drug": 5, "inattentive": 0, "hurried": 6, "contradiction-onset": 0, "contradiction-switching": 7,
        "contradiction-substitution": 0, "contradiction-recovery": 0,
    }  # fmt: skip
    assert (rows["hurried"]["base"], rows["hurried"]["outside"]) == (38, 1)


@pytest.mark.parametrize(
    ("speeders", "words"),
    [
        (None, set()),
        (SPEEDERS | {"exclude": True}, set()),
        (SPEEDERS | {"variable": "seconds"}, set()),
        (SPEEDERS, {"hurried"}),
        (SPEEDERS | {"below": "half-of-median"}, {"hurried-half"}),
    ],
)
def test_speeders_are_a_doubt_only_while_they_are_kept(speeders, words):
    respondents = people(*[cannabis(2, 2, dur_min=30)] * 9)
    rows = answer_quality_table(respondents, **SHARES, speeders=speeders).rows
    assert {word for word in rows["doubt"] if word.startswith("hurried")} == words


@pytest.mark.parametrize("case", DEGENERATE)
def test_doubts_about_any_respondents_give_a_valid_table(case, tmp_path):
    judged_rows(answer_quality_table(DEGENERATE[case].assign(dur_min_code=20.0), **SHARES, speeders=SPEEDERS), tmp_path)


def replaced(left, taken, source=1):
    """Somebody for whom a drug took the place of another, by the codes of both."""
    return cannabis(2, 2, sub_any=1, sub_kind=1, sub_from=left, sub_to=taken, sub_src=source)


def pairs_of(respondents, tmp_path):
    table = substitution_pairs_table(respondents, career_table(respondents), SHARES["smallest"])
    judged, rows = judged_rows(table, tmp_path)
    return judged, {name: row["n"] for name, row in rows.items()}


def test_pairs_of_drugs_that_took_the_place_of_others(tmp_path):
    # cocaine for MDMA from a dealer is no substitution, nor is a drug in its own place
    respondents = people(
        *[replaced(1, 2)] * 7, *[replaced(4, 3)] * 6, *[replaced(2, 3, source=3)] * 9, *[replaced(2, 2)] * 5,
        *[NEVER] * 9,
    )  # fmt: skip
    judged, rows = pairs_of(respondents, tmp_path)
    assert judged.status == "released"
    assert rows == {
        "cannabis-to-mdma": 7, "cocaine-or-amphetamines-to-cocaine-or-amphetamines": 6,
        "cannabis-to-all-main-drugs": 7, "cocaine-or-amphetamines-to-all-main-drugs": 6,
        "all-main-drugs-to-mdma": 7, "all-main-drugs-to-cocaine-or-amphetamines": 6,
        "all-main-drugs-to-all-main-drugs": 13,
    }  # fmt: skip


def test_pairs_of_too_few_are_told_in_larger_groups(tmp_path):
    respondents = people(*[replaced(1, 2)] * 4, *[replaced(1, 3)] * 4, *[replaced(9, 1)] * 6)
    _, rows = pairs_of(respondents, tmp_path)
    assert (rows["cannabis-to-stimulants-or-mdma"], rows["all-other-drugs-to-cannabis"]) == (8, 6)


def test_no_pair_of_too_few_can_be_worked_out_from_the_others(tmp_path):
    respondents = people(*[replaced(1, 2)] * 8, *[replaced(1, 10)] * 3, *[replaced(2, 10)] * 6)
    _, rows = pairs_of(respondents, tmp_path)
    assert rows["cannabis-to-all-other-drugs"] is None
    assert rows["cannabis-to-stimulants-or-mdma"] is None or rows["cannabis-to-all-main-drugs"] is None
    assert rows["stimulants-or-mdma-to-all-other-drugs"] is None or rows["all-main-drugs-to-all-other-drugs"] is None


def test_there_is_no_table_of_pairs_where_every_pair_is_that_of_too_few(tmp_path):
    judged, rows = pairs_of(people(*[replaced(1, 2)] * 3, *[replaced(2, 10)] * 3, *[replaced(9, 1)] * 3), tmp_path)
    assert (judged.status, judged.reason, rows) == ("withheld", "empty", {})


def troubled(now, problems, **more):
    """Somebody whose cannabis caused serious problems, used several times a week before."""
    return cannabis(4, now, prob_bf=3, prob_drug=1, prob_nw=problems, **more)


def test_recovery_by_the_drug_behind_the_problems(tmp_path):
    other = {"ever_her": 1, "bf_freq_her": 4, "nw_freq_her": 0, "prob_drug": 10, "prob_bf": 2, "prob_nw": 1}
    respondents = people(
        *[troubled(0, 1)] * 6, *[troubled(4, 1)] * 5, *[troubled(2, 3)] * 4, *[cannabis(2, 2) | other] * 7,
        *[cannabis(2, 2) | other | {"nw_freq_her": 4}] * 5, *[cannabis(2, 2)] * 20,
    )  # fmt: skip
    table = recovery_by_drug_table(respondents, career_table(respondents), SHARES["smallest"])
    _, rows = judged_rows(table, tmp_path)
    assert {name: (row["n"], row["others"], row["base"]) for name, row in rows.items() if row["base"]} == {
        "cannabis": (6, 9, 15), "other": (7, 5, 12), "all-main-drugs": (13, 14, 27),
    }  # fmt: skip
    assert "share" not in table.rows


def test_recovery_of_a_drug_of_too_few_is_told_with_others_or_not_at_all(tmp_path):
    other = {"ever_her": 1, "bf_freq_her": 4, "nw_freq_her": 0, "prob_drug": 10, "prob_bf": 2, "prob_nw": 1}
    psychedelics = {"ever_lsd": 1, "bf_freq_lsd": 4, "nw_freq_lsd": 4, "prob_drug": 6, "prob_bf": 2, "prob_nw": 3}
    respondents = people(
        *[troubled(0, 1)] * 6, *[troubled(4, 1)] * 5, *[cannabis(2, 2) | other] * 7,
        *[cannabis(2, 2) | psychedelics] * 3, *[cannabis(2, 2)] * 20,
    )  # fmt: skip
    table = recovery_by_drug_table(respondents, career_table(respondents), SHARES["smallest"])
    _, rows = judged_rows(table, tmp_path)
    assert set(rows) == {"cannabis", "stimulants-or-mdma", "all-other-drugs", "all-main-drugs"}
    assert rows["all-other-drugs"]["others"] is None
    assert rows["cannabis"]["others"] is None or rows["all-main-drugs"]["others"] is None


def scored(main, *items):
    """Somebody with a main drug now, and answers to the items of the scale of dependence."""
    return cannabis(2, 2, main_nw=main) | {f"sds_{place}": code for place, code in enumerate(items, start=1)}


def test_quartiles_of_the_scale_of_dependence_by_hand(tmp_path):
    # totals of cannabis: ten times 0, 4 and 8; of cocaine, six of 15; an incomplete scale counts for none
    respondents = people(
        *[scored(1, 0, 0, 0, 0, 0)] * 10, *[scored(1, 1, 1, 1, 1, 0)] * 10, *[scored(1, 3, 3, 0, 2, 0)] * 10,
        *[scored(3, 3, 3, 3, 3, 3)] * 6, scored(1, 3, 3, -9, 3, 3), *[scored(0, -6, -6, -6, -6, -6)] * 5,
    )  # fmt: skip
    _, rows = judged_rows(dependence_scale_table(respondents, SHARES["smallest"]), tmp_path)
    names = ("quartile_low", "median", "quartile_high", "base")
    assert {row: tuple(values[name] for name in names) for row, values in rows.items()} == {
        "cannabis": (0, 4, 8, 30), "all-main-drugs": (0, 4, 8, 36),
    }  # fmt: skip


def test_no_group_of_the_scale_stands_beside_a_rest_of_too_few(tmp_path):
    respondents = people(*[scored(1, 0, 0, 0, 0, 0)] * 25, *[scored(3, 3, 3, 3, 3, 3)] * 3)
    _, rows = judged_rows(dependence_scale_table(respondents, SHARES["smallest"]), tmp_path)
    assert list(rows) == ["all-main-drugs"]


def test_the_scale_of_fewer_than_twenty_is_not_published(tmp_path):
    judged, _ = judged_rows(dependence_scale_table(people(*[scored(1, 1, 1, 1, 1, 1)] * 19), 5), tmp_path)
    assert (judged.status, judged.reason) == ("withheld", "empty")
