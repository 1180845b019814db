"""True careers: the probabilities of the scenario come out, answers fit each other, nobody changes who should not."""

from collections import Counter

import numpy as np
import pytest
from cryptodrug.careers.drugs import DRUGS
from cryptodrug.careers.respondents import ALSO, VARIABLES
from cryptodrug.simulate.survey.models import STAYS, of
from cryptodrug.simulate.survey.records import VALID
from cryptodrug.simulate.survey.truth import respondent_drug_truth, respondent_truth

ERRORS = 4.5  # standard errors: many comparisons, all must hold


def close(found, of_all, probability):
    """A count against its expectation, within its Monte Carlo error."""
    spread = (of_all * probability * (1 - probability)) ** 0.5
    assert abs(found - of_all * probability) <= ERRORS * spread + 1, (found, of_all, probability)


@pytest.fixture(scope="module")
def drugs(many):
    return respondent_drug_truth(many)


@pytest.fixture(scope="module")
def people(many):
    truth = respondent_truth(many)
    return truth[truth["kind"] == VALID]


def check_moves(before, now, moves, base):
    for code, row in moves.items():
        here = base & (before == code)
        for to in {*row, *now[here]}:
            close((now[here] == to).sum(), here.sum(), row.get(to, 0) / sum(row.values()))


@pytest.mark.parametrize("drug", ["can", "ket", "ben", "mdm"])
def test_frequencies_move_with_the_probabilities_of_the_scenario(drugs, survey, drug):
    one = drugs[drugs["drug"] == drug]
    moves = survey.careers.frequency_moves(drug)
    assert moves != STAYS
    check_moves(one["bf_freq"], one["nw_freq"], moves, one["ever"] == 1)


def test_amounts_and_sources_move_with_the_probabilities_of_the_scenario(drugs, survey):
    used_in_both = (drugs["bf_freq"] >= 1) & (drugs["nw_freq"] >= 1)
    check_moves(drugs["bf_amt"], drugs["nw_amt"], survey.careers.amount_now, used_in_both)
    check_moves(drugs["bf_src"], drugs["nw_src"], survey.careers.source_now, used_in_both)


def test_first_use_and_new_drugs_come_with_the_probabilities_of_the_scenario(drugs, people, survey):
    for code, weight in survey.careers.first_use.items():
        close((people["true_use1_order"] == code).sum(), len(people), weight / sum(survey.careers.first_use.values()))
    before = set(people.loc[people["true_use1_order"] == 1, "respondent"])
    for drug in DRUGS:
        one = drugs[(drugs["drug"] == drug) & drugs["respondent"].isin(before)]
        not_before = one["ever"] != 1
        close((one["ever"] == 2).sum(), not_before.sum(), of(survey.careers.new_drug, drug) / 1000)


def test_problems_move_by_what_became_of_the_drug_that_caused_them(people, survey):
    careers = survey.careers
    still_using = people["true_main_nw"] > 0
    for code in range(1, len(DRUGS) + 1):
        fell = people[f"true_nw_freq_{DRUGS[code - 1]}"] < people[f"true_bf_freq_{DRUGS[code - 1]}"]
        people = people.assign(**{f"fell_{code}": fell})
    named = people["true_prob_drug"].between(1, len(DRUGS)) & still_using
    reduced = np.array(
        [
            bool(row[f"fell_{int(row['true_prob_drug'])}"]) if is_named else False
            for is_named, (_, row) in zip(named, people.iterrows(), strict=True)
        ]
    )
    for moves, base in ((careers.problems_reduced, named & reduced), (careers.problems_kept, named & ~reduced)):
        check_moves(people["true_prob_bf"], people["true_prob_nw"], {k: v for k, v in moves.items() if k}, base)


def test_the_main_drug_is_kept_with_its_probability_or_chosen_again(people, survey):
    before = people["true_main_bf"]
    still = np.array(
        [
            0 < code <= len(DRUGS) and row[f"true_nw_freq_{DRUGS[int(code) - 1]}"] > 0
            for code, (_, row) in zip(before, people.iterrows(), strict=True)
        ]
    )
    kept = (people["true_main_nw"] == before)[still].mean()
    # whoever chooses again may choose the same drug
    assert survey.careers.main_drug_kept / 1000 - 0.02 < kept < 1


def test_answers_fit_each_other(people):
    assert (people["true_use1_age"] <= people["true_cm1_age"])[people["true_use1_order"] == 1].all()
    assert (people["true_n_mkt"] <= people["true_n_buy"]).all()
    assert (people.loc[people["true_lp_when"] == 4, "true_n_buy12"] == 0).all()
    assert (people.loc[people["true_cm1_since"] <= 2, "true_lp_when"] <= 3).all()
    assert (people.loc[people["true_lp_origin"] == 1, "true_be_bought"] == 1).all()
    bought = people[[f"true_cm_{drug}" for drug in DRUGS]].to_numpy()
    assert (bought.sum(axis=1) >= 1).all()
    assert (bought[np.arange(len(people)), people["true_lp_drug"].astype(int) - 1] == 1).all()


def test_no_true_career_contradicts_itself(people):
    outside = (people["true_main_bf"] == 15) & (people["true_main_nw"] == 15)
    assert set(people.loc[people["switching"] == "mis"].index) == set(people.index[outside])
    assert not (people[sorted({*VARIABLES, *ALSO} - {"switching", "range_change"})] == "mis").any(axis=None)


def test_published_shares_are_not_imitated(many, respondents):
    """Published: almost 60 % with different drugs or a wider range, 32 % with a wider range, 4 to 5 % whose first use
    came after the first purchase, no change in frequency."""
    for one in (many, respondents):
        truth = respondent_truth(one)
        assert share_of(truth, "range_change") < 0.5
        assert share_of(truth, "expansion") < 0.2
        assert share_of(truth, "onset") > 0.1
        up, down = ((truth["frequency"] == way).sum() for way in ("up", "down"))
        assert down > 1.5 * up


def share_of(truth, variable):
    known = truth[variable].isin(["0", "1"])
    return (truth.loc[known, variable] == "1").mean()


def test_nobody_changes_in_the_scenario_in_which_nobody_changes(unchanged):
    truth = respondent_truth(unchanged)
    valid = truth[truth["kind"] == VALID]
    values = {name: set(valid[name]) for name in valid.columns[2:16]}
    assert values["onset"] == {"0"}
    assert values["frequency"] == values["intensity"] == {"same", "na"}
    for name in ("escalation", "deescalation", "switching", "range_change", "recovery"):
        assert values[name] <= {"0", "na", "mis"}, name
    assert values["expansion"] == values["exchange"] == values["substitution"] == {"0"}
    assert values["gained"] == values["dropped"] == values["repertoire"] == {"0"}
    pairs = [(name, name.replace("_bf", "_nw", 1)) for name in unchanged.true if "_bf" in name]
    pairs += [(name, name.replace("bf_", "nw_", 1)) for name in unchanged.true if name.startswith("bf_")]
    for before, now in pairs:
        both = (unchanged.true[before] >= 0) & (unchanged.true[now] >= 0)
        assert (unchanged.true[before][both] == unchanged.true[now][both]).all(), before
    assert Counter(valid["true_red_any"]) == {0: len(valid)}
    assert set(valid["true_kn_chg"]) == {3}
    said = {name: unchanged.reported[name] for name in unchanged.true if "bf_" in name or "_bf" in name}
    for name, codes in said.items():
        both = (codes >= 0) & (unchanged.true[name] >= 0)
        assert (codes[both] == unchanged.true[name][both]).all(), name
