"""Tables of public surveys: recency by drug, weighted shares in all and by group."""

import pandas as pd
import pytest
from analyse.recency_by_drug import recency_table
from analyse.weighted_shares import weighted_tables
from cryptodrug.errors import InputError
from cryptodrug.gate import judge
from tests_rules import RULES

ITEMS = {"sex": ["men", "women"], "smokes": ["yes", "no"]}


def sample(**columns):
    data = {
        "sex": ["men", "men", "women", "women", "women"],
        "smokes": ["yes", "no", "no", "missing:-6", "missing:-9"],
        "weight_code": [10.0, 30.0, 60.0, 5.0, 5.0],
    }
    return pd.DataFrame(data | columns)


def test_who_was_not_asked_or_did_not_answer_is_outside_the_base():
    table, by = weighted_tables(sample(), ITEMS, "weight", ["sex"], 0.95)
    row = table.rows.set_index("row").loc["smokes-yes"]
    assert (row["n"], row["base"], row["weighted"], row["share"]) == (1, 3, 10, 0.1)
    groups = by.rows.set_index("row")
    assert groups.loc["sex-men.smokes-yes", "share"] == 0.25
    assert groups.loc["sex-women.smokes-no", "base"] == 1
    assert not [name for name in groups.index if name.startswith("sex-men.sex")]


def test_nothing_of_a_public_file_is_hidden():
    table, by = weighted_tables(sample(), ITEMS, "weight", ["sex"], 0.95)
    assert {judge(one, RULES).status for one in (table, by)} == {"released"}


def test_a_survey_of_nobody_has_empty_shares_and_no_error():
    table, by = weighted_tables(sample().iloc[:0], ITEMS, "weight", ["sex"], 0.95)
    assert table.rows["share"].isna().all() and table.rows["base"].sum() == 0 and len(by.rows) == 4


def test_a_respondent_without_a_weight_stops_the_table():
    with pytest.raises(InputError, match="1 respondents have no weight"):
        weighted_tables(sample(weight_code=[1, 2, 3, None, 5]), ITEMS, "weight", [], 0.95)


def test_users_of_a_period_are_all_who_used_in_it_or_later():
    codes = pd.DataFrame({"coke_code": [0, 0, 1, 2, 3, 6, -9]})
    row = recency_table(codes, ["coke", "absent"], 0.95, "public-survey").rows.iloc[0]
    assert (row["base"], row["never"], row["last_day"]) == (6, 2, 1)
    assert (row["ever_users"], row["decade_users"], row["year_users"]) == (4, 3, 2)
    assert row["year_share"] == pytest.approx(1 / 3)


def test_an_answer_that_is_no_class_of_recency_stops_the_table():
    with pytest.raises(InputError, match="answers above 6"):
        recency_table(pd.DataFrame({"coke_code": [7]}), ["coke"], 0.95, "public-survey")
