"""The date of a snapshot follows from the evidence by one rule."""

import datetime

import pytest
from cryptodrug.dating.conclude import conclude, merged
from cryptodrug.dating.evidence import Evidence


def day(number, month=4):
    return datetime.date(2014, month, number)


def one(kind, *days, **counts):
    return Evidence(kind, dict.fromkeys(days, 1) | {day(int(name[1:])): count for name, count in counts.items()})


def said(*evidence):
    dating = conclude(evidence)
    return (dating.day, dating.first, dating.last, dating.rests_on)


def test_a_crawl_of_several_days_is_one_snapshot_with_a_span():
    assert said(one("clock", d5=10, d6=40, d7=3), one("name", day(5))) == (day(6), day(5), day(7), "clock")


def test_of_two_days_with_as_many_pages_the_first_is_the_date():
    assert said(one("capture", d5=10, d6=10))[0] == day(5)


def test_times_of_the_archive_come_before_clocks_and_clocks_before_names():
    evidence = [one("name", day(1)), one("row", day(2)), one("clock", day(3)), one("capture", day(4))]
    assert [said(*evidence[:number])[3] for number in (4, 3, 2, 1)] == ["capture", "clock", "row", "name"]


def test_pages_of_another_capture_are_strays_and_not_in_the_span():
    dating = conclude([one("clock", day(6, 1), d6=40, d7=3)])
    assert (dating.first, dating.last, dating.strays) == (day(6), day(7), 1)


def test_a_month_in_a_name_or_several_days_of_a_rate_are_a_span_without_a_day():
    assert said(one("name", day(1), day(30))) == (None, day(1), day(30), "name")
    assert said(one("cross", day(3), day(9))) == (None, day(3), day(9), "cross")
    assert said(one("printed", day(3))) == said() == (None, None, None, None)


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        (one("name", day(9)), "dates in the name of the archive and of its folders: 2014-04-09 to 2014-04-09"),
        (one("printed", day(8)), "the latest date that a page prints: not before 2014-04-08"),
        (one("rate", day(1), day(20)), "days whose daily rate is the one that the pages print"),
    ],
)
def test_evidence_that_excludes_the_span_is_a_contradiction(evidence, words):
    (text,) = conclude([one("clock", day(5), day(6)), evidence]).against
    assert words in text


@pytest.mark.parametrize(
    "evidence",
    [
        one("name", day(7)),  # a day off: the zone of the clock is not known
        one("name", day(1), day(30)),
        one("printed", day(7)),
        one("identifier", day(1)),
        one("rate", day(1), day(5)),
    ],
)
def test_evidence_that_admits_the_span_is_none(evidence):
    dating = conclude([one("clock", day(5), day(6)), evidence])
    assert (dating.against, dating.day) == ([], day(5))


def test_days_in_a_row_are_periods():
    days = dict.fromkeys([day(7), day(3), day(4), day(30), day(1, 5)], 1)
    assert merged(days) == [(day(3), day(4)), (day(7), day(7)), (day(30), day(1, 5))]
