"""What platforms say of a record, made coarse at the door: no time stamp finer than a month goes further."""

import datetime
import re

import pandas as pd

# names that a map can give in place of a column of the export
NUMBER, FINISHED, LAST_PAGE, TEST = "@number", "@finished", "@last_page", "@test"
MONTH, MINUTES, LANGUAGE = "@month", "@minutes", "@language"
FACTS = (NUMBER, FINISHED, LAST_PAGE, TEST, MONTH, MINUTES, LANGUAGE)
TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?")


def time_of(text: str) -> datetime.datetime | None:
    """A time stamp `2019-05-03 18:22:01`; None when it is none."""
    found = TIME.match(text.strip())
    try:
        return datetime.datetime(*(int(part or 0) for part in found.groups())) if found else None
    except ValueError:
        return None


def months(starts: pd.Series) -> pd.Series:
    """Year and month as one number, `201905`; NaN where there is no time."""
    times = starts.map(time_of)
    return times.map(lambda time: 100 * time.year + time.month if pd.notna(time) else float("nan")).astype("float64")


def minutes(starts: pd.Series, ends: pd.Series) -> pd.Series:
    """Whole minutes between two times; NaN where one is absent."""
    pairs = [(time_of(start), time_of(end)) for start, end in zip(starts, ends, strict=True)]
    spans = [(end - start).total_seconds() // 60 if start and end else float("nan") for start, end in pairs]
    return pd.Series(spans, index=starts.index, dtype="float64")


def with_facts(rows: pd.DataFrame, facts: dict[str, pd.Series], allowed: list[str]) -> pd.DataFrame:
    """The allowed columns in their order, facts of the record among them; one that the platform does not say is NaN."""
    found = {
        name: facts.get(name, pd.Series(float("nan"), index=rows.index)) if name in FACTS else rows[name]
        for name in allowed
    }
    return pd.DataFrame(found, index=rows.index)
