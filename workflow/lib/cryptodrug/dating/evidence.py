"""Evidence for the date of a snapshot: days on which it can have been taken, and why."""

import datetime
import re
import uuid
from collections import Counter
from dataclasses import dataclass

DAY = datetime.timedelta(days=1)
FIRST_POSSIBLE = datetime.date(2009, 1, 3)  # the first bitcoin; no cryptomarket is older
LAST_POSSIBLE = datetime.date(2100, 1, 1)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WORDS = "|".join(f"{month}|{month[:3]}" for month in _MONTHS)
_DAY = re.compile(r"(?<!\d)(20\d{2})([-_.]?)(\d{2})\2(\d{2})(?!\d)")
_MONTH = re.compile(
    rf"(?<![A-Za-z])({_WORDS})[-_. ]?(20\d{{2}})(?!\d)|(?<!\d)(20\d{{2}})[-_](\d{{2}})(?![-_]?\d)",
    re.IGNORECASE,
)
# a version 1 identifier holds the time at which it was made, in tenths of microseconds since the calendar reform
_TIMED_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE)
_REFORM = datetime.date(1582, 10, 15)

EXACT = ("capture", "clock", "row")  # what was noted while a page was fetched
MEANING = {
    "capture": "times of capture that the archive states",
    "clock": "clocks that the pages print",
    "row": "times of capture that the lines of a table state",
    "name": "dates in the name of the archive and of its folders",
    "rate": "days whose daily rate is the one that the pages print",
    "cross": "days whose euro reference rates are those that the pages imply",
    "printed": "the latest date that a page prints: not before",
    "identifier": "the newest identifier, which holds the time at which it was made: not before",
}


@dataclass(frozen=True)
class Evidence:
    """What one kind of evidence says.

    Attributes
    ----------
    kind : a key of `MEANING`.
    days : how many pages (rows, names) speak for each day; for a span without counts, its first and last day.
    """

    kind: str
    days: dict[datetime.date, int]

    @property
    def first(self) -> datetime.date:
        """First day that it speaks for."""
        return min(self.days)

    @property
    def last(self) -> datetime.date:
        """Last day that it speaks for."""
        return max(self.days)

    @property
    def count(self) -> int:
        """How many pages, rows or names speak."""
        return sum(self.days.values())


def possible(day: datetime.date) -> bool:
    """Whether a cryptomarket can have been captured on this day."""
    return FIRST_POSSIBLE <= day <= LAST_POSSIBLE


def days_in_name(name: str) -> list[datetime.date]:
    """Days that a name states: `"2014-04-06.tar.gz"`, `"crawl_20140406"`; of a month, its first and last day."""
    days = []
    for year, _, month, day in _DAY.findall(name):
        try:
            days.append(datetime.date(int(year), int(month), int(day)))
        except ValueError:
            continue
    if not days:
        for word, worded_year, year, number in _MONTH.findall(name):
            month = [name[:3] for name in _MONTHS].index(word.lower()[:3]) + 1 if word else int(number)
            if 1 <= month <= 12:
                first = datetime.date(int(worded_year or year), month, 1)
                days += [first, (first + 31 * DAY).replace(day=1) - DAY]
    return [day for day in days if possible(day)]


def day_of_identifier(text: str) -> datetime.date | None:
    """The day on which a version 1 identifier (RFC 4122) was made; None: it is none, or the day is impossible."""
    if _TIMED_ID.fullmatch(text) is None:
        return None
    day = _REFORM + datetime.timedelta(microseconds=uuid.UUID(text).time // 10)
    return day if possible(day) else None


def evidence_of(kind: str, days: Counter) -> list[Evidence]:
    """The days as evidence; none, when there are no days."""
    return [Evidence(kind, dict(sorted(days.items())))] if days else []
