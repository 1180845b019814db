"""What buyers bought, why, where and with which precautions: counted by hand, and of whatever respondents there are."""

import importlib

import pytest
from analyse.career_overlap import career_overlap_table
from analyse.career_sensitivity import career_sensitivity_table
from analyse.drugs_bought import drugs_bought_table
from analyse.first_purchase import first_purchase_table
from analyse.harms_online_offline import harms_online_offline_table
from analyse.main_drug_flow import main_drug_flow_table
from analyse.motives import motives_table
from analyse.practice_change import practice_change_table
from analyse.social_supply import social_supply_table
from analyse.sources_before_now import sources_before_now_table
from buyers import DEGENERATE, NEVER, SHARES, cannabis, judged_rows, people
from cryptodrug.careers.drugs import DRUGS
from cryptodrug.careers.table import career_table

NAMES = (
    "motives", "drugs_bought", "social_supply", "harms_online_offline", "sources_before_now", "practice_change",
    "main_drug_flow",
)  # fmt: skip
REASONS = ("offer", "cur", "price", "qual", "conv", "safe", "anon", "rate", "nodeal", "oth")
MOTIVES = {f"mot_{name}": 0 for name in REASONS}
HARMS = ("viol", "threat", "theft", "press", "cheat", "police")
BOTH = {f"ss_{name}": 0 for name in ("own", "share", "cost", "sell")}


@pytest.mark.parametrize("case", DEGENERATE)
@pytest.mark.parametrize("name", NAMES)
def test_any_respondents_give_a_valid_table(name, case, tmp_path):
    table = getattr(importlib.import_module(f"analyse.{name}"), f"{name}_table")
    judged_rows(table(DEGENERATE[case], **SHARES), tmp_path)


@pytest.mark.parametrize("case", DEGENERATE)
def test_overlap_and_variants_of_any_respondents_are_valid(case, tmp_path):
    career = career_table(DEGENERATE[case])
    judged_rows(career_overlap_table(career, SHARES["smallest"]), tmp_path)
    judged_rows(career_sensitivity_table(DEGENERATE[case], career, **SHARES), tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_a_survey_that_did_not_ask_gives_an_empty_table_that_is_withheld(name, tmp_path):
    table = getattr(importlib.import_module(f"analyse.{name}"), f"{name}_table")
    judged, _ = judged_rows(table(people(NEVER)[["respondent"]], **SHARES), tmp_path)
    assert (judged.status, judged.reason) == ("withheld", "empty")


def test_a_reason_of_too_few_joins_the_others(tmp_path):
    respondents = people(
        *[MOTIVES | {"mot_price": 1, "mot_main": 3}] * 20,
        *[MOTIVES | {"mot_qual": 1, "mot_main": 4}] * 10,
        *[MOTIVES | {"mot_safe": 1, "mot_main": 6}] * 2,
        *[MOTIVES | {"mot_oth": 1, "mot_main": 10}] * 6,
    )
    _, rows = judged_rows(motives_table(respondents, **SHARES), tmp_path)
    assert (rows["price"]["n"], rows["qual"]["n"], rows["other"]["n"]) == (20, 10, 8)
    assert "safe" not in rows
    assert rows["main-price-or-quality"]["n"] == 30 and rows["main-other"]["n"] == 8


def test_profit_is_told_only_when_it_is_that_of_enough(tmp_path):
    own, shares, sells = (BOTH | {"ss_own": 1} | more for more in ({}, {"ss_share": 1}, {"ss_sell": 1}))
    few = people(*[own] * 20, *[shares] * 10, *[sells] * 3)
    _, rows = judged_rows(social_supply_table(few, **SHARES), tmp_path)
    assert {name: row["n"] for name, row in rows.items()} == {"own-use-only": 20, "also-for-others": 13}
    nobody = people(*[own] * 20, *[shares] * 10)
    _, rows = judged_rows(social_supply_table(nobody, **SHARES), tmp_path)
    assert "for-profit" not in rows
    many = people(*[own] * 20, *[shares] * 10, *[sells] * 6)
    _, rows = judged_rows(social_supply_table(many, **SHARES), tmp_path)
    assert (rows["for-profit"]["n"], rows["not-for-profit"]["n"]) == (6, 30)


def test_a_source_counts_for_any_drug_and_its_base_are_those_who_used(tmp_path):
    respondents = people(
        *[cannabis(2, 2, bf_src_can=3, nw_src_can=1)] * 15,
        *[cannabis(2, 2, bf_src_can=2, nw_src_can=2)] * 10,
        *[NEVER] * 5,
    )
    _, rows = judged_rows(sources_before_now_table(respondents, **SHARES), tmp_path)
    assert "cryptomarket-before" not in rows
    assert [rows["cryptomarket-now"][name] for name in ("n", "base", "outside")] == [15, 25, 5]
    assert (rows["dealer-before"]["n"], rows["dealer-now"]["n"]) == (15, 0)


def test_harms_of_too_few_stand_together(tmp_path):
    quiet = {f"{stem}_{name}": 0 for stem in ("xoff", "xon") for name in HARMS}
    cheated, met = quiet | {"xon_cheat": 1, "xoff_cheat": 1}, quiet | {"xon_police": 1}
    respondents = people(*[quiet] * 20, *[cheated] * 8, *[met] * 2)
    _, rows = judged_rows(harms_online_offline_table(respondents, **SHARES), tmp_path)
    assert {name: row["n"] for name, row in rows.items()} == {"any-harm-offline": 8, "any-harm-online": 10}


def test_groups_of_drugs_and_the_last_two_together(tmp_path):
    none = {f"cm_{drug}": 0 for drug in DRUGS}
    both, new = none | {"cm_met": 1, "cm_ben": 1}, none | {"cm_nps": 1}
    respondents = people(*[none | {"cm_amp": 1}] * 12, *[both] * 6, *[new] * 2, *[none] * 5)
    _, rows = judged_rows(drugs_bought_table(respondents, **SHARES), tmp_path)
    assert (rows["amphetamines"]["n"], rows["other-drugs"]["n"], rows["cannabis"]["n"]) == (18, 8, 0)


def test_steps_of_a_practice(tmp_path):
    def answers(before, now):
        return {"hr_bf_test": before, "hr_nw_test": now}

    respondents = people(*[answers(0, 2)] * 15, *[answers(1, 1)] * 10, *[answers(3, 0)] * 5, answers(-8, 2))
    _, rows = judged_rows(practice_change_table(respondents, **SHARES), tmp_path)
    assert [rows["hr-test"][name] for name in ("less", "same", "more", "base")] == [5, 10, 15, 30]
    assert rows["hr-test"]["p"] == "below-005"  # 15 against 5: p = 0.041, alone in its family
    assert (rows["hr-test"]["difference"], rows["hr-test"]["verdict"]) == (pytest.approx(1 / 3), "rose")


def test_margins_of_main_drugs(tmp_path):
    respondents = people(
        *[cannabis(2, 2, main_bf=1, main_nw=2)] * 12, *[cannabis(2, 2, main_bf=4, main_nw=5)] * 9, *[NEVER] * 4
    )
    _, rows = judged_rows(main_drug_flow_table(respondents, **SHARES), tmp_path)
    assert (rows["cannabis"]["before"], rows["cannabis"]["now"], rows["mdma"]["now"]) == (12, 0, 12)
    assert rows["cocaine-or-amphetamines"]["before"] == rows["cocaine-or-amphetamines"]["now"] == 9
    assert (rows["sold-offline-too"]["now"], rows["sold-offline-too"]["share_now"]) == (21, 1)
    assert (rows["all-main-drugs"]["before"], rows["all-main-drugs"]["p"]) == (21, "below-0001")


def test_items_of_the_first_purchase_follow_the_code_book(tmp_path):
    respondents = people(*[NEVER] * 12).assign(off_bf=["yes"] * 7 + ["no"] * 5)
    book = {"variables": {"off_bf": {"answers": [{"category": "no"}, {"category": "yes"}]}}}
    _, rows = judged_rows(first_purchase_table(respondents, book, 0.95), tmp_path)
    assert {name: row["n"] for name, row in rows.items()} == {"off-bf-no": 5, "off-bf-yes": 7, "off-bf-missing": 0}


def test_pairs_of_variables_and_what_is_left_of_each(tmp_path):
    everybody = [
        *[cannabis(2, 3, nw_amt_can=3)] * 10, *[cannabis(2, 3)] * 6, *[cannabis(2, 2, nw_amt_can=3)] * 7,
        *[cannabis(2, 2)] * 9,
    ]  # fmt: skip
    _, rows = judged_rows(career_overlap_table(career_table(people(*everybody)), 5), tmp_path)
    pair = rows["frequency-intensity"]
    assert [pair[name] for name in ("both", "first_only", "second_only", "base")] == [10, 6, 7, 32]
    assert rows["onset-escalation"]["kind"] == "excluded"


def test_a_variant_that_differs_by_few_has_no_numbers(tmp_path):
    first = {"use1_order": 2, "ever_can": 2, "nw_freq_can": 1, "main_bf": 0, "main_nw": 1}
    respondents = people(*[first] * 10, *[first | {"use1_order": 3}] * 3, *[cannabis(2, 2)] * 20)
    table = career_sensitivity_table(respondents, career_table(respondents), **SHARES)
    _, rows = judged_rows(table, tmp_path)
    assert rows["onset-strict"]["n"] is None and rows["onset-strict"]["wording"] == "no"
    respondents = people(*[first] * 10, *[first | {"use1_order": 3}] * 6, *[cannabis(2, 2)] * 20)
    table = career_sensitivity_table(respondents, career_table(respondents), **SHARES)
    _, rows = judged_rows(table, tmp_path)
    assert rows["onset-strict"]["n"] == 10
