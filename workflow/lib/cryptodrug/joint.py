"""The joint display: what the survey shows that seems to contradict itself, and what the interviews say to it.

Behind the release gate: it reads released values, and is made of states and words, so that no table mixes survey and
interviews (Fetters, Curry & Creswell 2013).
"""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, model_validator

from cryptodrug.errors import SettingsError
from cryptodrug.release import Value
from cryptodrug.yaml_files import read_model, read_yaml

Values = Mapping[str, Value]
MET, NOT_MET, NOT_DETERMINED = "met", "not-met", "not-determined"
SILENT = "silent"
TWO = 2


class Block(BaseModel):
    """Part of a file: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Comparison(Block):
    """One comparison of a released value with a number, a code or another value."""

    value: str
    end: Literal["point", "low", "high"] = "point"
    above: float | None = None
    below: float | None = None
    above_value: str | None = None
    is_: str | None = Field(default=None, alias="is")
    is_not: str | None = None

    @model_validator(mode="after")
    def _one_comparison(self) -> "Comparison":
        given = [self.above, self.below, self.above_value, self.is_, self.is_not]
        if sum(one is not None for one in given) != 1:
            raise ValueError("give one of `above`, `below`, `above_value`, `is`, `is_not`")
        return self

    @property
    def reads(self) -> list[str]:
        """Ids of the values that it compares."""
        return [name for name in (self.value, self.above_value) if name]

    def holds(self, values: Values) -> bool | None:
        """Whether it holds; None where a value is hidden or not there."""
        found = _number(values, self.value, self.end)
        other = _number(values, self.above_value, self.end) if self.above_value else self.above
        if found is None or (self.above_value and other is None):
            return None
        if other is not None:
            return found > other
        if self.below is not None:
            return found < self.below
        return found == self.is_ if self.is_ is not None else found != self.is_not


class AnyOf(Block):
    """Comparisons of which one must hold."""

    any_of: list[Comparison] = Field(min_length=1)

    @property
    def reads(self) -> list[str]:
        """Ids of all values that are compared."""
        return [name for one in self.any_of for name in one.reads]

    def holds(self, values: Values) -> bool | None:
        """True when one holds, whatever else is not known; None when none holds and one is not known."""
        states = [one.holds(values) for one in self.any_of]
        return True if True in states else None if None in states else False


class Anomaly(Block):
    """One anomaly: when it is there, and the codes that speak to it."""

    when: list[Comparison | AnyOf] = Field(min_length=1)
    codes: list[str] = Field(min_length=1)
    in_words: list[str] = []

    def state(self, values: Values) -> str:
        """`met`, `not-met`, or `not-determined`."""
        states = [one.holds(values) for one in self.when]
        if False in states:
            return NOT_MET
        return NOT_DETERMINED if None in states else MET


class Inference(Block):
    """What the interviews say to an anomaly, written by two people."""

    inference: Literal["confirms", "explains", "contradicts", "silent"]
    roles: list[str] = Field(description="roles of the two who wrote it, never names")
    month: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]

    @model_validator(mode="after")
    def _two_people(self) -> "Inference":
        if len(set(self.roles)) < TWO:
            raise ValueError("an inference is written by two people")
        return self


class Anomalies(RootModel[dict[str, Anomaly]]):
    """All anomalies by id, in their order."""


class Inferences(RootModel[dict[str, Inference]]):
    """The inferences of a study by anomaly."""


def _number(values: Values, name: str | None, end: str) -> Any:
    """A value, or the end of its interval; None where it is hidden or not there."""
    value = values.get(name or "")
    if value is None or value.hidden:
        return None
    if end == "point":
        return value.value
    return value.interval[end] if value.interval else None


def _refusal(what: str, path: str | Path) -> SettingsError:
    return SettingsError(
        f"the joint display cannot be made: {what}",
        where=str(path),
        not_done="no finding was computed",
        do="mend the lines named above",
    )


def _refusing(path: str | Path) -> Callable[[str], SettingsError]:
    return lambda what: _refusal(what, path)


def unknown_ids(anomalies: Mapping[str, Anomaly], columns: Mapping[str, Collection[str]]) -> list[str]:
    """Ids of values, with their anomaly, that no table of the report can have: such a condition would never be met.

    A row may be absent in a study, where answers of too few stand together; a table and a column have a fixed name.
    """
    found = []
    for name, anomaly in anomalies.items():
        for one in [value for condition in anomaly.when for value in condition.reads]:
            table, _, column = one.split(".") if one.count(".") == 2 else (one, "", "")
            if column not in columns.get(table, ()):
                found.append(f"{name}: {one}")
    return found


def joint_display(
    anomalies: str | Path,
    inferences: str | Path | None,
    values: Values,
    exhibits: str | Path,
) -> dict[str, dict[str, Any]]:
    """State of every anomaly by id, and for those that are met what the interviews say: nothing written is `silent`.

    Parameters
    ----------
    exhibits : file with the words of all exhibits, which names the columns of every table.

    Raises
    ------
    SettingsError : a file cannot be used, an inference is of no anomaly, a condition names a value of no table.
    """
    known = read_model(Anomalies, anomalies, _refusing(anomalies)).root
    tables = read_yaml(exhibits, _refusing(exhibits))
    if strangers := unknown_ids(known, {name: one.get("column", {}) for name, one in tables.items()}):
        raise _refusal(f"there is no such table or column: {', '.join(strangers)}", anomalies)
    said = read_model(Inferences, inferences, _refusing(inferences)).root if inferences else {}
    if strangers := sorted(set(said) - set(known)):
        raise _refusal(f"there is no anomaly {', '.join(strangers)}", inferences)
    made = {}
    for name, anomaly in known.items():
        state = anomaly.state(values)
        inference = said[name].inference if name in said else SILENT
        made[name] = {"state": state, "codes": anomaly.codes, "in_words": anomaly.in_words}
        made[name]["inference"] = inference if state == MET else None
    return made
