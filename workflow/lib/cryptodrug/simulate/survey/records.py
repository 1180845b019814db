"""The records of a simulated export: valid ones, and every kind that must be left out, in known numbers."""

import datetime
from dataclasses import dataclass, replace

from cryptodrug.simulate.draws import Source
from cryptodrug.simulate.survey.models import Survey

COMPLETE, PARTIAL, DROP_OUT, SCREENED_OUT, NO_CONSENT, TEST = range(1, 7)  # codes of status
VALID, REPEATED = "valid", "repeated"
# kind of record -> status and the answers that make it one; the kinds are named like `survey.exclusions` of config.yaml
SCREENING = ("cons_info", "cons_part", "scr_be", "scr_18", "scr_cm", "dup_self")
PASSES = {"cons_info": 1, "cons_part": 1, "scr_be": 1, "scr_18": 1, "scr_cm": 1, "dup_self": 0}
KINDS: dict[str, dict[str, tuple[int, dict[str, int]]]] = {
    "test": {"test": (TEST, {})},
    "no-consent": {"no_information": (NO_CONSENT, {"cons_info": 0}), "no_consent": (NO_CONSENT, {"cons_part": 0})},
    "not-belgium": {"not_belgium": (SCREENED_OUT, {"scr_be": 0})},
    "under-age": {"under_age": (SCREENED_OUT, {"scr_18": 0})},
    "never-bought": {"never_bought": (SCREENED_OUT, {"scr_cm": 0})},
    "filled-in-before": {"filled_in_before": (SCREENED_OUT, {"dup_self": 1})},
}
DROPPED_OUT = "drop-out"
FIRST_NUMBER, LAST_NUMBER = 10000, 99999
DAYS, SHORT = 28, (1, 6)  # days of a month that are used; minutes of those who did not come to the end


@dataclass(frozen=True)
class Record:
    """One record of the export before its answers.

    Attributes
    ----------
    number : names the streams of the respondent; a repeated record has that of the one it repeats.
    kind : `valid`, or why it must be left out.
    left_after : last section seen; None when the end was reached (or the respondent was sent away).
    start : of filling in. Day and hour stand in the export as personal data and nowhere behind it.
    """

    number: int
    resp_id: int
    kind: str
    status: int
    screening: dict[str, int]
    left_after: str | None
    start: datetime.datetime
    minutes: int


def _plans(survey: Survey) -> list[tuple[str, int, dict[str, int], str | None]]:
    """Kind, status, screening and last section of each record, without the repeated ones; valid ones come first."""
    left = [name for name, count in survey.left_after.valid.items() for _ in range(count)]
    whole = survey.records.valid - len(left)
    plans = [(VALID, PARTIAL, PASSES, section) for section in left]
    plans += [(VALID, COMPLETE, PASSES, None)] * whole
    for kind, parts in KINDS.items():
        for name, (status, fails) in parts.items():
            plans += [(kind, status, PASSES | fails, None)] * getattr(survey.records, name)
    gone = [name for name, count in survey.left_after.drop_out.items() for _ in range(count)]
    return plans + [(DROPPED_OUT, DROP_OUT, PASSES, section) for section in gone]


def _minutes(survey: Survey, status: int, rushes: bool, source: Source, number: int) -> int:
    draws, longest = source("survey minutes", number), survey.minutes
    if rushes:
        return draws.between(2, max(2, longest.least // 4))
    if status in (COMPLETE, TEST):
        return draws.between(longest.least, longest.most)
    return draws.between(longest.least // 2, longest.least) if status == PARTIAL else draws.between(*SHORT)


def _start(survey: Survey, source: Source, number: int) -> datetime.datetime:
    draws = source("survey start", number)
    month = draws.weighted(survey.field_work)
    return datetime.datetime(
        month.year, month.month, draws.between(1, DAYS), draws.between(8, 22), draws.below(60), draws.below(60)
    )


def draw_records(survey: Survey, source: Source) -> list[Record]:
    """All records in the order of the export, that of their first minute.

    A valid, whole record is repeated within the next minutes, so that the repetition is the later one.
    """
    plans, draws = _plans(survey), source("survey records")
    whole = [number for number, plan in enumerate(plans) if plan[0] == VALID and plan[3] is None]
    rushing = set(draws.some(whole, survey.minutes.rushing))
    again = draws.some([number for number in whole if number not in rushing], survey.records.repeated)
    ids = iter(_numbers(len(plans) + len(again), source))
    records = [
        Record(
            number, next(ids), kind, status, screening, section, _start(survey, source, number),
            _minutes(survey, status, number in rushing, source, number),
        )
        for number, (kind, status, screening, section) in enumerate(plans)
    ]  # fmt: skip
    for number in again:
        first = records[number]
        later = first.start + datetime.timedelta(minutes=first.minutes + 1)
        records.append(replace(first, resp_id=next(ids), kind=REPEATED, start=later))
    return sorted(records, key=lambda one: (one.start, one.resp_id))


def _numbers(count: int, source: Source) -> list[int]:
    """Random record numbers, each once."""
    draws, found = source("survey numbers"), dict[int, None]()
    while len(found) < count:
        found[draws.between(FIRST_NUMBER, LAST_NUMBER)] = None
    return list(found)
