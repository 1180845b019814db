"""What is true of each respondent, from the codes of the answers: `1`, `0`, `na` (not asked), `mis` (not known)."""

from collections.abc import Collection, Sequence

import pandas as pd

from cryptodrug.survey.questionnaire import NOT_ASKED
from cryptodrug.survey.respondents import CODE


def has(respondent: pd.DataFrame, *variables: str) -> bool:
    """Whether the survey asked all of these."""
    return all(f"{name}{CODE}" in respondent for name in variables)


def codes(respondent: pd.DataFrame, variable: str) -> pd.Series:
    """Codes of a variable as floating numbers, NaN where the export has nothing."""
    return respondent[f"{variable}{CODE}"].astype("Float64").astype("float64")


def says(respondent: pd.DataFrame, variable: str, yes: Collection[int] = (1,)) -> pd.Series:
    """Whether the answer is one of these codes."""
    given = codes(respondent, variable)
    answered = given.isin(list(yes)).map({True: "1", False: "0"})
    return answered.where(given >= 0, "mis").mask(given == NOT_ASKED, "na")


def says_any(parts: Sequence[pd.Series]) -> pd.Series:
    """Whether any statement is true; one that is not known leaves it open unless another is."""
    table = pd.concat(parts, axis="columns")
    found = pd.Series("na", index=table.index)
    for value in ("0", "mis", "1"):
        found = found.mask((table == value).any(axis="columns"), value)
    return found
