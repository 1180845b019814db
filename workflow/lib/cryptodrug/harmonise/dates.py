"""When something was, from the text of a page: a date, a clock, or an age against the day of the page."""

import datetime
import math
import re
from typing import NamedTuple

from cryptodrug.transforms import month_in_words

DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
SHORT = {"h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year"}
_AGE = re.compile(r"(?<!\d)(\d{1,4})\s*(hour|day|week|month|year)s?\b(?:\s+\d+\s*\w+)?(?:\s+ago)?", re.IGNORECASE)
_SHORT_AGE = re.compile(r"(?<![\w.,])(\d{1,4})(h|d|w|mo|y)\b")
_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")

_MOMENT = re.compile(
    r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?(?!\d)"
)


class Span(NamedTuple):
    """First and last day on which it can have been; both None when the text says nothing."""

    low: datetime.date | None
    high: datetime.date | None


def read_day(text: str | None) -> datetime.date | None:
    """The first whole date of a text, in universal time where the text states its zone; None: there is none.

    `"2016-12-11 20:13:54.6 -0500 EST"` -> 12 December; `"Server time: Thursday, Oct 10, 2019 03:32"` -> 10 October.
    A date in numbers with the year last is none: nobody can tell day from month.
    """
    found = _MOMENT.search(text or "") or _MOMENT.search(month_in_words(text or "") or "")
    if found is None:
        return None
    year, month, day, hour, minute, zone = found.groups()
    try:
        moment = datetime.datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0))
        if zone and zone[0] in "+-":
            offset = datetime.timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
            moment = moment - offset if zone[0] == "+" else moment + offset
    except (ValueError, OverflowError):
        return None
    return moment.date()


def read_posted(text: str | None, snapshot: datetime.date) -> Span:
    """`"5 days ago"` on 6 April -> 31 March to 1 April: an age is cut to whole units, so one more unit is possible.

    Short forms are read too (`"5d"`, `"1d 22h"`); of several units the first counts.
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
    age = _AGE.search(text) or _SHORT_AGE.search(text)
    if age is None:
        return Span(None, None)
    number, unit = int(age[1]), DAYS[SHORT.get(age[2], age[2].lower())]
    try:
        high = snapshot - datetime.timedelta(days=int(number * unit))
        low = snapshot - datetime.timedelta(days=math.ceil((number + 1) * unit))
    except OverflowError:
        return Span(None, None)
    return Span(low, high)
