"""Rules proposed for a field, tried on rows with the engine that reads them later; the best one counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from cryptodrug.reading.fields import Field
from cryptodrug.reading.rules import FieldRule

Rule = dict[str, Any]
Accept = Callable[[str], bool]


@dataclass(frozen=True)
class Row:
    """One row: its element, the path of its page and the bytes of it."""

    node: Any
    path: str
    page: bytes


@dataclass(frozen=True)
class Trial:
    """A rule and what it gave: one value or None per row."""

    rule: Rule
    values: tuple[str | None, ...]

    @property
    def found(self) -> list[str]:
        """The values that are there."""
        return [value for value in self.values if value is not None]

    @property
    def coverage(self) -> float:
        """Share of the rows that have a value."""
        return len(self.found) / max(len(self.values), 1)

    @property
    def variety(self) -> float:
        """Share of the values that differ from each other."""
        return len(set(self.found)) / max(len(self.found), 1)

    @property
    def mean_length(self) -> float:
        """Mean number of characters of the values."""
        return sum(map(len, self.found)) / max(len(self.found), 1)


def attempt(name: str, rule: Rule, rows: list[Row], accept: Accept) -> Trial | None:
    """The values that a rule gives; None when the rule cannot be written in a market file."""
    try:
        field = Field(name, FieldRule(**rule))
    except ValidationError:
        return None
    values = [field.read(row.node, row.path, row.page, set()) for row in rows]
    return Trial(rule, tuple(value if isinstance(value, str) and accept(value) else None for value in values))


def best(
    name: str,
    rules: Iterable[Rule],
    rows: list[Row],
    accept: Accept,
    value: Callable[[Trial], float] = lambda trial: trial.coverage,
) -> Trial | None:
    """The trial of the highest value; of equal ones the first. None when no rule gives anything that is accepted."""
    chosen, highest = None, 0.0
    for rule in rules:
        trial = attempt(name, rule, rows, accept)
        if trial is not None and trial.found and value(trial) > highest + 1e-9:
            chosen, highest = trial, value(trial)
    return chosen
