"""An age is a span of days, for what is not known about it."""

import datetime

import pytest
from cryptodrug.harmonise.dates import read_day, read_posted
from hypothesis import given, settings
from hypothesis import strategies as st

SNAPSHOT = datetime.date(2014, 4, 6)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5 days ago", "2014-03-31", "2014-04-01"),
        ("5d", "2014-03-31", "2014-04-01"),
        ("1d 22h", "2014-04-04", "2014-04-05"),
        ("3w", "2014-03-09", "2014-03-16"),
        ("1 day 3 hours ago", "2014-04-04", "2014-04-05"),
        ("3 weeks", "2014-03-09", "2014-03-16"),
        ("about 1 month ago", "2014-02-04", "2014-03-07"),
        ("1 month", "2014-02-04", "2014-03-07"),
        ("2 hours ago", "2014-04-05", "2014-04-06"),  # the hour of the capture is not known
        ("today", "2014-04-06", "2014-04-06"),
        ("2014-03-01", "2014-03-01", "2014-03-01"),
        ("on 2014-03-01, 12:00", "2014-03-01", "2014-03-01"),
    ],
)
def test_spans(text, low, high):
    assert tuple(map(str, read_posted(text, SNAPSHOT))) == (low, high)


@pytest.mark.parametrize("text", [None, "", "soon", "v5d", "2014-02-31", "9999 years ago", "12345 days", "12014-03-01"])
def test_what_says_no_day_gives_none(text):
    assert read_posted(text, SNAPSHOT) == (None, None)


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_text_gives_both_ends_in_order_or_none(text):
    low, high = read_posted(text, SNAPSHOT)
    assert (low is None) == (high is None)
    assert low is None or low <= high


@given(hours=st.integers(0, 24 * 60), hour=st.integers(0, 23))
@settings(max_examples=100, deadline=None)
def test_the_true_day_lies_in_the_span_whatever_the_hour_of_the_capture(hours, hour):
    captured = datetime.datetime(2014, 4, 6, hour)
    posted = (captured - datetime.timedelta(hours=hours)).date()
    text = f"{hours} hours ago" if hours < 24 else f"{hours // 24} days ago"
    low, high = read_posted(text, SNAPSHOT)
    assert low <= posted <= high


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-09-17 07:55:02 UTC", "2020-09-17"),
        ("2020-09-17T23:55:02Z", "2020-09-17"),
        ("2016-12-11 20:13:54.654635085 -0500 EST", "2016-12-12"),
        ("2016-12-12 01:10 +02:00", "2016-12-11"),
        ("2019-01-31", "2019-01-31"),
        ("Server time: Thursday, Oct 10, 2019 03:32:44", "2019-10-10"),
        ("27 September 2019", "2019-09-27"),
    ],
)
def test_day_of_a_clock_in_universal_time(text, day):
    assert str(read_day(text)) == day


@pytest.mark.parametrize(
    "text", [None, "", "07:55:50 UTC", "03/04/2020", "2020-02-30 10:00", "12020-01-01", "0000-01-01"]
)
def test_a_text_without_a_whole_date_has_no_day(text):
    assert read_day(text) is None


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_text_has_a_day_or_none(text):
    read_day(text)
