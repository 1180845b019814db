"""Personal data as they hide in exports. Addresses are those that the standards reserve for documentation."""

from dataclasses import dataclass

import pandas as pd

from cryptodrug.simulate.survey.records import Record
from cryptodrug.simulate.survey.respondents import Respondents

USER_AGENT = "Simulated/1.0 (no browser)"
TIME = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True)
class Traces:
    """What a platform keeps of one visit."""

    ip_address: str
    user_agent: str
    start_time: str
    email: str


def traces(record: Record) -> Traces:
    """Personal data of a record; they follow from its number, so that every export plants the same."""
    return Traces(
        f"192.0.2.{record.resp_id % 254 + 1}",
        USER_AGENT,
        record.start.strftime(TIME),
        f"simulated{record.resp_id}@example.org",
    )


def personal_data(respondents: Respondents) -> pd.DataFrame:
    """The columns that the scenario asks for."""
    rows = [vars(traces(record)) for record in respondents.records]
    return pd.DataFrame(rows)[list(respondents.survey.personal)]
