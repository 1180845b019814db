"""From evidence to the date of a snapshot, by one stated rule."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptodrug.dating.evidence import EXACT, MEANING, Evidence

DAY = datetime.timedelta(days=1)
STRAY = 30 * DAY  # a page this far from most others belongs to another capture
# the zone of a clock or of the person who named the folder is not always known
TOLERANCE = DAY

RULE = """The date of a snapshot is the day on which most of its pages were captured (the first of equals), and its span
reaches from the first to the last such day; pages more than 30 days off are strays and named. Times of capture in the
archive count first, then clocks on the pages, then times in the lines of a table. Without any of them the date is the
one that the name states. Rates alone give a span, and dates inside the pages only the earliest possible day: then a
person decides. Evidence that excludes the span (by more than a day, for time zones) is a contradiction."""


@dataclass
class Dating:
    """What follows: the date, the span, what it rests on, and what speaks against it."""

    day: datetime.date | None = None
    first: datetime.date | None = None
    last: datetime.date | None = None
    rests_on: str | None = None
    strays: int = 0
    against: list[str] = field(default_factory=list)


def _without_strays(days: dict[datetime.date, int]) -> tuple[dict[datetime.date, int], int]:
    """Days near the one with most pages, and the number of pages on all others."""
    top = _top(days)
    near = {day: count for day, count in days.items() if abs(day - top) <= STRAY}
    return near, sum(days.values()) - sum(near.values())


def _top(days: dict[datetime.date, int]) -> datetime.date:
    return max(sorted(days), key=lambda day: days[day])


def _objection(one: Evidence, dating: Dating) -> str | None:
    if dating.first is None or dating.last is None:
        return None
    if one.kind in ("printed", "identifier"):
        if one.last <= dating.last + TOLERANCE:
            return None
        return f"{MEANING[one.kind]} {one.last}"
    low, high = dating.first - TOLERANCE, dating.last + TOLERANCE
    # of a name that states a month, the days between its first and last count too
    within = one.kind == "name" and one.first <= dating.first and dating.last <= one.last
    if within or any(low <= day <= high for day in one.days):
        return None
    return f"{MEANING[one.kind]}: {one.first} to {one.last}"


def conclude(evidence: Sequence[Evidence]) -> Dating:
    """The date of a snapshot, by `RULE`."""
    by_kind = {one.kind: one for one in evidence}
    dating = Dating()
    for kind in (*EXACT, "name", "rate", "cross"):
        if kind not in by_kind:
            continue
        days, dating.strays = _without_strays(by_kind[kind].days) if kind in EXACT else (by_kind[kind].days, 0)
        dating.first, dating.last, dating.rests_on = min(days), max(days), kind
        # a name can state a month, and rates fit several days: neither tells which
        dating.day = _top(days) if kind in EXACT or len(days) == 1 else None
        break
    dating.against = [text for one in evidence if one.kind != dating.rests_on and (text := _objection(one, dating))]
    return dating


def merged(days: Counter) -> list[tuple[datetime.date, datetime.date]]:
    """Days as periods: first and last day of each row of days."""
    periods: list[tuple[datetime.date, datetime.date]] = []
    for day in sorted(days):
        if periods and day - periods[-1][1] <= DAY:
            periods[-1] = (periods[-1][0], day)
        else:
            periods.append((day, day))
    return periods
