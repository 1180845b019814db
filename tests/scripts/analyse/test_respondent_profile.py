"""Who the respondents are."""

import pandas as pd
import pytest
from cryptodrug.errors import InputError
from cryptodrug.statistics.intervals import wilson
from cryptodrug.survey.profile import respondent_profile_table
from offer_frames import assert_valid

ITEMS = {"gender": ["men", "not-men"], "age_band": ["18-24", "25-34"]}
PEOPLE = pd.DataFrame(
    {
        "gender": ["men", "men", "men", "not-men", "missing:-9", None],
        "age_band": ["18-24", "18-24", "25-34", "25-34", "25-34", "missing:-8"],
    }
)


def test_shares_are_of_those_who_answered_and_the_missing_have_a_row():
    table = respondent_profile_table(PEOPLE, ITEMS, 0.95)
    rows = table.rows.set_index("row")
    assert list(rows.index[:3]) == ["gender-men", "gender-not-men", "gender-missing"]
    assert list(rows.loc["gender-men", ["n", "base"]]) == [3, 4]
    assert rows.loc["gender-men", "share"] == 0.75
    assert tuple(rows.loc["gender-men", ["share_low", "share_high"]]) == pytest.approx(wilson(3, 4, 0.95))
    assert list(rows.loc["gender-missing", ["n", "base"]]) == [2, 6]
    assert rows.loc["gender-missing", ["share", "share_low", "share_high"]].isna().all()


def test_every_item_sums_to_all_respondents_and_every_base_to_those_who_answered(tmp_path):
    table = respondent_profile_table(PEOPLE, ITEMS, 0.95)
    assert_valid(table, tmp_path)
    assert [sums["value"] for sums in table.row_sums] == [6, 6]
    rows = table.rows.set_index("row")
    for sums in table.cell_sums:
        assert sum(rows.loc[row, column] for row, column in sums["parts"]) == rows.loc[tuple(sums["total"])]
    assert table.open_rows == ["gender-missing", "age-band-missing"]


def test_an_item_that_nobody_answered_has_no_share(tmp_path):
    nobody = PEOPLE.assign(gender="missing:-9")
    table = respondent_profile_table(nobody, ITEMS, 0.95)
    assert_valid(table, tmp_path)
    rows = table.rows.set_index("row")
    assert list(rows.loc["gender-men", ["n", "base"]]) == [0, 0]
    assert rows.loc["gender-men", ["share", "share_low", "share_high"]].isna().all()


def test_an_answer_that_is_no_category_stops_the_step_and_is_named():
    with pytest.raises(InputError) as error:
        respondent_profile_table(PEOPLE.replace({"25-34": "older"}), ITEMS, 0.95)
    text = str(error.value)
    assert "variable `age_band` has an answer that is none of its categories: 'older'" in text
    assert "18-24, 25-34" in text
    assert "no table of respondents was made" in text


def test_an_item_that_is_not_in_the_survey_stops_the_step_and_is_named():
    with pytest.raises(InputError, match="variable `region` is not in the survey"):
        respondent_profile_table(PEOPLE, ITEMS | {"region": ["north"]}, 0.95)
