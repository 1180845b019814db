"""The SPSS file: what was written is read back."""

import numpy as np
import pyreadstat
import pytest
from cryptodrug.simulate.survey.respondents import draw_respondents
from cryptodrug.simulate.survey.response_sets import END, ResponseSet, records, with_response_sets
from cryptodrug.simulate.survey.sav import export_sav


@pytest.fixture(scope="module")
def written(respondents, tmp_path_factory):
    path = tmp_path_factory.mktemp("sav") / "survey.sav"
    path.write_bytes(export_sav(respondents))
    return path, *pyreadstat.read_sav(path, user_missing=True, disable_datetime_conversion=True)


def test_the_file_holds_the_whole_questionnaire_and_personal_data_behind_it(written, respondents):
    _, rows, _ = written
    names = list(respondents.questionnaire.questions)
    assert list(rows.columns) == [*names, "ip_address", "user_agent", "start_time", "email"]
    assert len(names) == 296
    assert len(rows) == len(respondents.records) == 142
    for name in names:
        if name not in respondents.texts:
            assert np.array_equal(rows[name].to_numpy(), respondents.reported[name], equal_nan=True), name


def test_labels_and_missing_codes_stand_in_the_file_as_written(written, respondents):
    _, _, meta = written
    questionnaire = respondents.questionnaire
    for name, question in questionnaire.questions.items():
        assert meta.column_names_to_labels[name] == question.text["en"]
        if question.labels:
            wanted = {c: t["en"] for c, t in (questionnaire.answers(name) | questionnaire.missing).items()}
            assert meta.variable_value_labels[name] == wanted
        if name not in respondents.texts:
            assert meta.missing_ranges[name] == [{"lo": -9.0, "hi": -6.0}]
    assert [entry["lo"] for entry in meta.missing_ranges["lp_qty"]] == ["-6", "-8", "-9"]
    assert meta.file_label == "Simulated survey, no real respondent"


def test_measurement_levels_are_those_of_the_answers(written):
    levels = written[2].variable_measure
    names = ("gender", "mot_offer", "bf_freq_can", "kn_bf", "lp_eur", "age_band")
    assert [levels[name] for name in names] == ["nominal", "nominal", "ordinal", "ordinal", "scale", "ordinal"]


def test_multiple_response_sets_are_read_back_with_label_and_variables(written, respondents):
    sets, blocks = written[2].mr_sets, respondents.questionnaire.blocks
    assert set(sets) == set(blocks)
    for name, items in blocks.items():
        assert sets[name]["variable_list"] == [one.variable for one in items]
        assert sets[name]["label"] == items[0].stem("en")
        assert (sets[name]["type"], sets[name]["counted_value"]) == ("D", 1)


def test_a_month_is_a_date_of_spss(written):
    path, _, meta = written
    rows, _ = pyreadstat.read_sav(path, usecols=["fill_month"])
    assert sorted({str(date) for date in rows["fill_month"]}) == ["2019-04-01", "2019-05-01", "2019-06-01"]
    assert meta.original_variable_types["fill_month"] == "DATE11"


def test_the_head_names_no_day_and_no_version_of_a_library(written):
    head = written[0].read_bytes()[:176]
    assert head.startswith(b"$FL2@(#) SPSS DATA FILE")
    assert b"ReadStat" not in head
    assert head[92:109] == b"01 Jan 0000:00:00"


def test_the_same_scenario_gives_the_same_bytes(survey, written):
    assert export_sav(draw_respondents(survey, 82)) == written[0].read_bytes()
    assert export_sav(draw_respondents(survey, 83)) != written[0].read_bytes()


def test_sets_are_put_in_front_of_the_data_and_everything_else_stays(written):
    data = written[0].read_bytes()
    more = with_response_sets(data, {"extra": ResponseSet("Été", "1", ["mot_offer", "bar_police"])})
    end = next(place for kind, place, _ in records(data) if kind == END)
    assert more[:end] == data[:end]
    assert more.endswith(data[end:])
    assert "$extra=D1 1 5 Été mot_offe ".encode() in more[end : len(more) - len(data) + end]


def test_bytes_that_are_no_dictionary_are_refused():
    with pytest.raises(ValueError, match="record of type 1 at byte 176"):
        list(records(b"$FL2" + bytes(172) + b"\x01\x00\x00\x00"))
