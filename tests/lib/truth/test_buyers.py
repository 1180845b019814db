"""Truth about respondents and interviews: small cases by hand, and the demo against what it promises."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import yaml
from cryptodrug.joint import Anomalies
from cryptodrug.simulate.interviews.scenario import read_interview_scenario
from cryptodrug.simulate.interviews.truth import planted_alpha
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.simulate.survey.truth import drawn
from cryptodrug.truth.answers import (
    DRUGS,
    HARMS,
    MOTIVES,
    PRACTICES,
    answer_tables,
    dependence_scale,
    drugs_bought,
    harms_online_offline,
    main_drug_flow,
    motives,
    practice_change,
    rare_motives,
    social_supply,
    sources_before_now,
    true_codes,
)
from cryptodrug.truth.buyers import categories_of, questions_of, respondent_profile, survey_flow
from cryptodrug.truth.careers import (
    career_overlap,
    career_summary,
    career_tables,
    frequency_change,
    kept_careers,
    range_change,
    recovery_by_drug,
    substitution_pairs,
)
from cryptodrug.truth.purchases import amount_paid, information_sources, market_closures, purchase_tables
from cryptodrug.truth.talks import interview_tables

ROOT = Path(__file__).resolve().parents[3]
QUESTIONNAIRES = ROOT / "workflow/questionnaires"
BOOK = QUESTIONNAIRES / "interviews"


def people(kinds, said, true):
    records = [SimpleNamespace(kind=kind) for kind in kinds]
    columns = {"status": np.ones(len(kinds))}
    return SimpleNamespace(records=records, reported=columns | {"age": np.array(said)}, true={"age": np.array(true)})


def test_the_share_is_what_is_true_and_the_count_is_what_was_said():
    kinds = ["valid", "valid", "test", "valid", "valid"]
    group = people(kinds, said=[1.0, -8.0, 1.0, 2.0, 3.0], true=[1.0, 1.0, 1.0, 2.0, 2.0])
    table = respondent_profile([group], {"age": {"young": [1, 2], "old": [3]}}).set_index("row")
    assert list(table.loc["age-young", ["n", "base", "share"]]) == [2, 3, 1]
    assert list(table.loc["age-old", ["n", "base", "share"]]) == [1, 3, 0]
    assert list(table.loc["age-missing", ["n", "base"]]) == [1, 4]


def test_categories_are_those_of_the_mapping_of_the_variable_or_of_its_labels():
    items = {"age_band": ["18-24", "35-more"], "use1_age": ["under-18"]}
    found = categories_of(items, QUESTIONNAIRES / "demo.yaml", QUESTIONNAIRES / "cryptodrug/questionnaire.csv")
    assert found == {"age_band": {"18-24": [1, 2], "35-more": [5, 6]}, "use1_age": {"under-18": [1, 2]}}


@pytest.fixture(scope="module")
def demo():
    return drawn(read_scenario(ROOT / "data/demo/scenario.yaml"))


def test_steps_of_the_flow_and_runs_of_steps_add_up(demo):
    table = survey_flow(demo).set_index("row")
    assert (
        table.loc["kept", "remaining"] == 99 == table.loc["complete", "remaining"] + table.loc["partial", "remaining"]
    )
    both = table.loc["test.no-consent"]
    assert both["left_out"] == table.loc["test", "left_out"] + table.loc["no-consent", "left_out"]
    assert (
        both["remaining"]
        == table.loc["no-consent", "remaining"]
        == table.loc["started", "remaining"] - both["left_out"]
    )


def test_interviews_are_counted_as_they_were_planted():
    path = ROOT / "data/demo/interviews.yaml"
    tables = {
        name: table.set_index("row")
        for name, table in interview_tables(path, BOOK / "codebook.csv", BOOK / "themes.csv").items()
    }
    codes = list(tables["interview-codes"].index)
    scenario = read_interview_scenario(path)
    assert tables["interview-coding"].loc["all", "alpha"] == pytest.approx(planted_alpha(scenario, codes))
    assert tables["interview-coding"].loc["all", "decisions"] == len(codes) * len(scenario.interviews)
    assert tables["interview-coding-codes"]["agreed"].sum() == tables["interview-coding"].loc["all", "agreed"]
    # a theme is met at least as often as any of its codes
    assert tables["interview-themes"].loc["range", "n"] >= tables["interview-codes"].loc["b-new", "n"] > 0


CAREERS = pd.DataFrame(
    {
        "onset": ["1", "0", "na", "0"], "frequency": ["up", "same", "na", "down"],
        "intensity": ["mixed", "up", "na", "same"], "escalation": ["1", "1", "na", "0"],
        "deescalation": ["0", "1", "na", "1"], "switching": ["1", "0", "na", "1"], "expansion": ["0", "1", "na", "0"],
        "exchange": ["0", "0", "na", "0"], "substitution": ["0", "0", "0", "0"], "recovery": ["na", "na", "na", "mis"],
        "range_change": ["1", "1", "na", "1"],
    }
)  # fmt: skip


def test_career_variables_are_counted_with_their_base():
    table = career_summary(CAREERS).set_index("row")
    assert list(table.loc["onset", ["n", "others", "base", "na", "mis"]]) == [1, 2, 3, 1, 0]
    assert (table.loc["frequency", "n"], table.loc["intensity", "share"]) == (1, pytest.approx(1 / 3))
    assert table.loc["recovery", ["n", "base", "outside"]].tolist() == [0, 0, 4]
    assert pd.isna(table.loc["recovery", "share"])


def test_parts_of_a_wider_range_add_up_to_the_whole():
    table = range_change(CAREERS).set_index("row")
    assert table["n"].to_dict() == {
        "expansion": 1, "exchange": 0, "either": 1, "switching-alone": 2, "range-change": 3
    }  # fmt: skip
    assert set(table["base"]) == {3} and set(table["outside"]) == {1}


def test_rises_and_falls_and_escalation_against_its_mirror():
    table = frequency_change(CAREERS).set_index("row")
    assert table.loc["frequency", ["up", "same", "down", "base", "difference"]].tolist() == [1, 1, 1, 3, 0]
    assert table.loc["intensity", ["up", "same", "down", "mixed"]].tolist() == [1, 1, 0, 1]
    # the second has both: the same; the fourth the mirror alone
    assert table.loc["escalation", ["up", "same", "down", "difference"]].tolist() == [1, 1, 1, 0]


def test_pairs_of_career_variables_and_of_whom_both_are_decided():
    table = career_overlap(CAREERS).set_index("row")
    assert table.loc["escalation-switching"].to_dict() == {"both": 1, "base": 3, "first_only": 1, "second_only": 1}
    assert table.loc["frequency-recovery", "base"] == 0


def codes(**columns):
    """True codes: -6 where nobody like them is asked. Every drug, source, harm and purpose is there."""
    names = [f"{stem}_{drug}" for stem in ("cm", "bf_src", "nw_src") for drug in DRUGS]
    names += [f"{stem}_{harm}" for stem in ("xoff", "xon") for harm in HARMS["any-harm"]]
    names += [f"mot_{name}" for name in (*MOTIVES, "oth")]
    length = len(next(iter(columns.values())))
    return pd.DataFrame(dict.fromkeys(names, [0] * length) | columns)


def test_a_group_of_drugs_is_bought_where_any_of_them_is():
    table = drugs_bought(codes(cm_amp=[1, 0, -6], cm_met=[0, 0, 1], cm_nps=[1, 0, 0])).set_index("row")
    assert list(table.loc["amphetamines", ["n", "others", "base", "share"]]) == [2, 1, 3, pytest.approx(2 / 3)]
    assert (table.loc["nps", "n"], table.loc["other-drugs", "n"]) == (1, 1)


def test_who_is_not_asked_is_outside_the_base():
    nobody = {f"xoff_{harm}": [0, -6, -6] for harm in HARMS["any-harm"]}
    table = harms_online_offline(codes(**nobody | {"xoff_threat": [1, -6, -6]})).set_index("row")
    assert list(table.loc["violence-offline", ["n", "base", "outside", "share"]]) == [1, 1, 2, 1]
    assert list(table.loc["violence-online", ["n", "base"]]) == [0, 3]
    unused = {f"bf_src_{drug}": [-6, -6] for drug in DRUGS}
    sources = sources_before_now(codes(**unused | {"bf_src_can": [3, -6]})).set_index("row")
    assert list(sources.loc["dealer-before", ["n", "base", "outside"]]) == [1, 1, 1]
    assert "cryptomarket-before" not in sources.index and "cryptomarket-now" in sources.index


def test_motives_of_few_stand_with_the_others():
    ticked = codes(mot_offer=[1, 1, 0], mot_rate=[0, 0, 1], mot_oth=[1, 0, 0], mot_main=[1, 1, 8])
    assert rare_motives(ticked, 2) == {"rate"}
    table = motives(ticked, {"rate"}).set_index("row")
    assert (table.loc["other", "n"], table.loc["offer", "n"], table.loc["main-other", "n"]) == (2, 2, 1)
    assert motives(ticked, set()).set_index("row").loc["other", "n"] == 1


def test_purposes_exclude_each_other():
    table = social_supply(
        pd.DataFrame({"ss_own": [1, 1, 0, 0], "ss_share": [0, 1, 0, 0], "ss_cost": [0] * 4, "ss_sell": [0, 0, 1, 0]})
    ).set_index("row")
    # the last one has no purpose at all
    assert set(table["base"]) == {3}
    assert table["n"].to_dict() == {
        "own-use-only": 1, "shared": 1, "also-for-others": 2, "for-profit": 1, "not-for-profit": 2
    }  # fmt: skip


def test_steps_and_main_drugs_need_both_periods():
    pairs = {name: [0, 1, 2] for pair in PRACTICES.values() for name in pair}
    steps = practice_change(pd.DataFrame(pairs | {"hr_nw_test": [1, 1, -6]})).set_index("row")
    assert list(steps.loc["hr-test", ["less", "same", "more", "base", "share"]]) == [0, 1, 1, 2, 0.5]
    flow = main_drug_flow(pd.DataFrame({"main_bf": [1, 3, 0], "main_nw": [2, 5, 1]})).set_index("row")
    assert flow["before"].to_dict() == {
        "cannabis": 1, "mdma": 0, "cocaine-or-amphetamines": 1, "psychedelics-or-dissociatives": 0, "other": 0,
        "sold-offline-too": 2, "all-main-drugs": 2,
    }  # fmt: skip
    assert flow.loc["mdma", "now"] == 1


def test_the_scale_of_dependence_adds_five_items_of_those_with_a_main_drug():
    codes = pd.DataFrame({f"sds_{item}": [1, 3, 0, -6] for item in range(1, 6)} | {"main_nw": [1, 1, 2, 0]})
    scale = dependence_scale(codes).set_index("row")
    assert list(scale.loc["cannabis"]) == [7.5, 10, 12.5, 2, 2]
    assert list(scale.loc["all-main-drugs", ["median", "base", "outside"]]) == [5, 3, 1]


def test_pairs_and_recovery_by_drug_are_counted_in_both_levels_of_groups():
    careers = pd.DataFrame(
        {
            "substitution": ["1", "1", "0", "na"], "true_sub_from": [1, 4, 1, -6], "true_sub_to": [2, 10, 2, -6],
            "recovery": ["1", "0", "na", "0"], "true_prob_drug": [1, 10, 10, 15],
        }
    )  # fmt: skip
    pairs = substitution_pairs(careers).set_index("row")["n"]
    assert (pairs["cannabis-to-mdma"], pairs["cocaine-or-amphetamines-to-other"], pairs["mdma-to-mdma"]) == (1, 1, 0)
    assert (pairs["cannabis-to-stimulants-or-mdma"], pairs["stimulants-or-mdma-to-all-other-drugs"]) == (1, 1)
    assert (pairs["all-main-drugs-to-mdma"], pairs["all-main-drugs-to-all-main-drugs"]) == (1, 2)
    recovered = recovery_by_drug(careers).set_index("row")
    assert list(recovered.loc["cannabis"]) == [1, 0, 1]
    assert list(recovered.loc["other"]) == list(recovered.loc["all-other-drugs"]) == [0, 2, 2]
    assert list(recovered.loc["all-main-drugs"]) == [1, 2, 3]


def test_every_anomaly_reads_rows_that_the_tables_can_have(demo):
    """The truth has all rows, those that stand together where answers are of too few among them."""
    questions = questions_of(QUESTIONNAIRES / "demo.yaml", QUESTIONNAIRES / "cryptodrug/questionnaire.csv")
    codes = true_codes(demo)
    tables = answer_tables(codes, set()) | purchase_tables(codes) | career_tables(kept_careers(demo), 5)
    tables |= {name: respondent_profile([demo], of) for name, of in questions.items()}
    rows = {f"{name}.{row}" for name, table in tables.items() for row in table["row"]}
    known = Anomalies.model_validate(yaml.safe_load((BOOK / "anomalies.yaml").read_text(encoding="utf-8"))).root
    read = [name for anomaly in known.values() for one in anomaly.when for name in one.reads]
    assert len(read) > 20
    assert [name for name in read if name.rpartition(".")[0] not in rows] == []


def test_a_market_left_for_a_vendor_counts_as_moved_on_and_not_as_another_market():
    asked = {"clo_exp": [1, 1, 1, 0], "clo_move": [1, 0, 0, -6], "clo_direct": [1, 1, 0, -6], "clo_app": [0, 0, 0, -6]}
    others = {f"clo_{name}": [0, 0, 1, -6] for name in ("offl", "wait", "stop", "money")}
    table = market_closures(pd.DataFrame(asked | others)).set_index("row")
    assert list(table.loc["moved-on", ["n", "base", "outside"]]) == [2, 3, 1]
    assert (table.loc["other-market", "n"], table.loc["direct-only", "n"]) == (1, 1)
    assert table.loc["waited-or-stopped", "n"] == 1


def test_sources_before_and_now_are_those_of_the_same_people():
    asked = {f"inf_{short}_{name}": [0, 0, 0] for short in ("bf", "nw") for name in ("vend", "org", "frnd", "sci")}
    asked |= {
        "inf_bf_forum": [1, 0, -6],
        "inf_bf_feed": [0, 0, -6],
        "inf_nw_forum": [0, 0, 1],
        "inf_nw_feed": [0, 1, 1],
    }
    row = information_sources(pd.DataFrame(asked)).set_index("row").loc["forum-or-feedback"]
    assert list(row[["before", "now", "base", "before_only", "now_only", "difference"]]) == [1, 1, 2, 1, 1, 0]


def test_the_amount_is_the_median_of_those_who_paid():
    row = amount_paid(pd.DataFrame({"lp_eur": [40, -6, 100, 60]})).iloc[0]
    assert list(row[["median", "base", "outside"]]) == [60, 3, 1]
