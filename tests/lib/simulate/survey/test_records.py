"""Records of the export: exact numbers of each kind, and what makes them one."""

from collections import Counter

import numpy as np
from cryptodrug.simulate.draws import Source
from cryptodrug.simulate.survey.records import DROPPED_OUT, PASSES, REPEATED, VALID, draw_records


def test_every_kind_has_the_number_of_the_scenario(survey, respondents):
    kinds = Counter(record.kind for record in respondents.records)
    assert kinds == {
        "valid": 99, "test": 5, "no-consent": 8, "not-belgium": 7, "under-age": 6, "never-bought": 3,
        "filled-in-before": 4, "repeated": 2, "drop-out": 8,
    }  # fmt: skip
    assert kinds["no-consent"] == survey.records.no_information + survey.records.no_consent
    left = Counter(record.left_after for record in respondents.records if record.kind == VALID)
    assert {section: n for section, n in left.items() if section} == survey.left_after.valid
    gone = Counter(record.left_after for record in respondents.records if record.kind == DROPPED_OUT)
    assert gone == survey.left_after.drop_out


def test_records_stand_in_the_order_of_their_first_minute_under_random_numbers_each_once(respondents):
    starts = [record.start for record in respondents.records]
    numbers = [record.resp_id for record in respondents.records]
    assert starts == sorted(starts)
    assert len(set(numbers)) == len(numbers)
    assert numbers != sorted(numbers)
    assert {start.strftime("%Y-%m") for start in starts} == {"2019-04", "2019-05", "2019-06"}


def test_a_repeated_record_comes_later_and_has_all_answers_of_the_first(respondents):
    first = {record.number: place for place, record in enumerate(respondents.records) if record.kind == VALID}
    again = [place for place, record in enumerate(respondents.records) if record.kind == REPEATED]
    assert len(again) == 2
    for place in again:
        original = first[respondents.records[place].number]
        assert respondents.records[place].start > respondents.records[original].start
        differ = [
            name for name, codes in respondents.reported.items() if not np.array_equal(codes[place], codes[original])
        ]
        assert differ == ["resp_id"]
        assert all(texts[place] == texts[original] for texts in respondents.texts.values())


def test_whoever_is_sent_away_is_asked_nothing_more(respondents):
    for place, record in enumerate(respondents.records):
        if record.screening != PASSES:
            assert respondents.reported["scr_ok"][place] == 0
            after = ["recruit", "ever_can", "sub_any", "xon_viol", "att_check", "remark"]
            assert {respondents.reported[name][place] for name in after} == {-6}


def test_valid_respondents_who_rush_are_as_many_as_the_scenario_says(respondents):
    valid = [record for record in respondents.records if record.kind == VALID and record.left_after is None]
    median = sorted(record.minutes for record in valid)[len(valid) // 2]
    assert sum(record.minutes < median / 3 for record in valid) == respondents.survey.minutes.rushing == 4


def test_another_number_of_one_kind_changes_no_other_record(survey):
    more = survey.model_copy(update={"records": survey.records.model_copy(update={"test": 6})})
    one, other = ({r.number: r.start for r in draw_records(s, Source(82)) if r.kind == VALID} for s in (survey, more))
    assert one == other
