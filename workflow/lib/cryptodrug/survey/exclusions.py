"""Records that are left out before anything is counted: rules in order, each with its number."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from cryptodrug.errors import InputError, SettingsError
from cryptodrug.survey.mapping import Respondent
from cryptodrug.survey.questionnaire import Questionnaire
from cryptodrug.survey.routing import parse_condition
from cryptodrug.survey.rules import HURRIED, REPEATED, Exclusion, Speeders
from cryptodrug.survey.speeders import hurried

NO_ANSWERS = "meta"  # section of variables that are no answers


@dataclass(frozen=True)
class Step:
    """How many records a rule left out."""

    id: str
    reason: str
    n: int


@dataclass(frozen=True)
class Flow:
    """The way of all records: those in the export, each rule in order, those kept, and those of them who finished."""

    started: int
    steps: list[Step]
    valid: int
    complete: int

    def plain(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def _repeated(codes: pd.DataFrame, questionnaire: Questionnaire) -> pd.Series:
    answers = [name for name in codes.columns if questionnaire.questions[name].section != NO_ANSWERS]
    return codes[answers].duplicated(keep="first")


def _check_names(
    rule: str, names: Collection[str], where: str, questionnaire: Questionnaire, read: Collection[str]
) -> None:
    if strangers := [name for name in names if name not in questionnaire.questions]:
        raise SettingsError(
            f"the rule `{rule}` reads variables that the questionnaire does not have: {', '.join(strangers)}",
            where=f"`{where}` of the configuration",
            not_done="the survey was not read",
            do="correct the names of the variables",
        )
    if absent := [name for name in names if name not in read]:
        raise SettingsError(
            f"the rule `{rule}` reads variables that the export does not have: {', '.join(absent)}",
            where=f"`{where}` of the configuration, `absent` of the map",
            not_done="the survey was not read",
            do="take the rule out of the configuration: records that it is about cannot be told",
        )


def check_rules(rules: Sequence[Exclusion], questionnaire: Questionnaire, read: Collection[str]) -> None:
    """Stop when a rule reads what the questionnaire does not ask, or the export does not have.

    Raises
    ------
    SettingsError : names rule and variables.
    """
    for rule in rules:
        names = () if rule.when == REPEATED else parse_condition(rule.when).names
        _check_names(rule.id, names, "survey.exclusions", questionnaire, read)


def exclude(
    codes: pd.DataFrame, rules: Sequence[Exclusion], questionnaire: Questionnaire
) -> tuple[pd.Series, list[Step]]:
    """Which records are kept, and how many each rule left out: the first rule that fits a record counts.

    Parameters
    ----------
    codes : all records by variable, NaN where the export is empty.
    """
    check_rules(rules, questionnaire, codes.columns)
    kept, steps = pd.Series(True, index=codes.index), []
    for rule in rules:
        left = codes[kept]
        repeated = rule.when == REPEATED
        fits = _repeated(left, questionnaire) if repeated else parse_condition(rule.when).holds(left)
        kept = kept & ~fits.reindex(codes.index, fill_value=False)
        steps.append(Step(rule.id, rule.reason, int(fits.sum())))
    return kept, steps


def exclude_hurried(
    codes: pd.DataFrame, kept: pd.Series, speeders: Speeders, questionnaire: Questionnaire
) -> tuple[pd.Series, Step]:
    """Leave out who was too fast, of those whom the other rules keep: records that do not count set no pace.

    Raises
    ------
    SettingsError : the time taken is not in the questionnaire or the export.
    """
    _check_names(HURRIED, (speeders.variable,), "survey.speeders", questionnaire, codes.columns)
    fast = hurried(codes.loc[kept, speeders.variable], speeders.below) == "1"
    return kept & ~fast.reindex(codes.index, fill_value=False), Step(HURRIED, HURRIED, int(fast.sum()))


def partial_of(codes: pd.DataFrame, identity: Respondent) -> pd.Series:
    """Who left before the end, of the records that are kept.

    Raises
    ------
    InputError : a record is kept that is neither complete nor partial: a rule is missing.
    """
    if identity.status is None:
        return pd.Series(False, index=codes.index)
    status, partial, complete = codes[identity.status], identity.partial, identity.complete
    unknown = status[~status.isin([*partial, *complete])]
    if len(unknown):
        raise InputError(
            f"{len(unknown)} records are kept that are neither complete nor partial",
            where=f"variable {status.name}",
            not_done="no table of respondents was written",
            do="add a rule to `survey.exclusions` that leaves them out and counts them",
        )
    return status.isin(partial)
