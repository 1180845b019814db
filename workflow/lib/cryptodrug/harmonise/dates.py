"""When something was posted, from the text of a page: a date, or an age against the date of the snapshot."""

import datetime
import math
import re
from typing import NamedTuple

DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
_AGE = re.compile(r"(?<!\d)(\d{1,4})\s*(hour|day|week|month|year)s?\b(?:\s+\d+\s*\w+)?(?:\s+ago)?", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")


class Span(NamedTuple):
    """First and last day on which it can have been; both None when the text says nothing."""

    low: datetime.date | None
    high: datetime.date | None


def read_posted(text: str | None, snapshot: datetime.date) -> Span:
    """`"5 days ago"` on 6 April -> 31 March to 1 April: an age is cut to whole units, so one more unit is possible.

    The hour of the capture is not known: two hours before it can be the day before.
    """
    if text is None:
        return Span(None, None)
    if date := _DATE.search(text):
        try:
            day = datetime.date(*map(int, date.groups()))
        except ValueError:
            return Span(None, None)
        return Span(day, day)
    if text.strip().casefold() in ("today", "now"):
        return Span(snapshot, snapshot)
    age = _AGE.search(text)
    if age is None:
        return Span(None, None)
    number, unit = int(age[1]), DAYS[age[2].lower()]
    try:
        high = snapshot - datetime.timedelta(days=int(number * unit))
        low = snapshot - datetime.timedelta(days=math.ceil((number + 1) * unit))
    except OverflowError:
        return Span(None, None)
    return Span(low, high)
