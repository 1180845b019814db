"""Tables of public surveys: recency by drug, weighted shares in all and by group."""

import pandas as pd
import pytest
from analyse.recency_by_drug import recency_tables
from analyse.weighted_shares import weighted_tables
from cryptodrug.errors import InputError
from cryptodrug.gate import judge
from cryptodrug.words.catalogue import english
from cryptodrug.words.context import Translator
from cryptodrug.words.messages import Message
from figures.recency_by_drug import CLASSES, recency_by_drug_figure
from tests_rules import RULES
from words_small import PLACES

WORDS = {f"recency-by-drug.column.{name}": name for name in CLASSES} | {
    "recency-by-drug.words.share": "Share",
    "vocabulary.item.coke": "Cocaine",
    "vocabulary.item.tea": "Tea",
}
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
    with pytest.raises(InputError, match="`size` is not in the survey"):
        weighted_tables(sample(), ITEMS, "size", [], 0.95)


def test_users_of_a_period_are_all_who_used_in_it_or_later():
    codes = pd.DataFrame({"coke_code": [0, 0, 1, 2, 3, 6, -9]})
    classes, users = recency_tables(codes, ["coke", "absent"], 0.95, "public-survey")
    row = classes.rows.iloc[0]
    assert (row["base"], row["never"], row["last_day"], len(classes.rows)) == (6, 2, 1, 1)
    row = users.rows.iloc[0]
    assert (row["ever_users"], row["decade_users"], row["year_users"]) == (4, 3, 2)
    assert row["year_share"] == pytest.approx(1 / 3)


def test_a_survey_of_nobody_has_no_share_of_users():
    classes, users = recency_tables(pd.DataFrame({"coke_code": []}), ["coke"], 0.95, "public-survey")
    assert classes.rows["base"].tolist() == [0] and users.rows["ever_share"].isna().all()
    assert recency_tables(pd.DataFrame(), ["coke"], 0.95, "public-survey")[0].rows.empty


def test_an_answer_that_is_no_class_of_recency_stops_the_table():
    with pytest.raises(InputError, match="answers above 6"):
        recency_tables(pd.DataFrame({"coke_code": [7]}), ["coke"], 0.95, "public-survey")


def test_the_figure_has_a_bar_for_each_class_and_the_most_used_above():
    codes = pd.DataFrame({"coke_code": [0, 0, 1, 2], "tea_code": [6, 6, 6, 5]})
    classes, _ = recency_tables(codes, ["coke", "tea"], 0.95, "public-survey")
    labels = {name: Message(name, text, "", 1) for name, text in WORDS.items()}
    translator = Translator("en", english(), labels, PLACES)
    figure = recency_by_drug_figure({"recency-by-drug": classes}, translator)
    bars = figure.axes[0].patches
    assert len(bars) == 14 and [text.get_text() for text in figure.axes[0].get_yticklabels()] == ["Cocaine", "Tea"]
    whole = {place: sum(bar.get_width() for bar in bars if round(bar.get_y() + 0.4) == place) for place in (0, 1)}
    assert whole == {0: pytest.approx(1), 1: pytest.approx(1)}
