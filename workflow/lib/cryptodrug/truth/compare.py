"""Released numbers beside what is true: does each interval hold the true value?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from cryptodrug.errors import InputError
from cryptodrug.release import Value
from cryptodrug.truth.definitions import Definition, read_definitions
from cryptodrug.truth.tables import SCENARIO

NUMBERS = ("count", "share", "ratio", "number", "money")
NO_DEFINITION = "no estimand is defined for this column"
NO_ROW = "the true market has no such row"
TEXT = {"study": str, "row": str}


@dataclass(frozen=True)
class Compared:
    """One released number.

    `truth`: the value it is judged against, of the market or of the scenario (`of`); `market`: that of the study's own
    world; None where there is none, then `reason` says why. `covers`: None without an interval or without a truth.
    """

    value: Value
    truth: float | None
    market: float | None
    of: str | None
    reason: str | None

    @property
    def covers(self) -> bool | None:
        """Whether the interval holds the true value; ends count as inside."""
        if self.truth is None or self.value.interval is None or self.value.hidden:
            return None
        return bool(self.value.interval["low"] <= self.truth <= self.value.interval["high"])


Truth = Mapping[str, pd.DataFrame]


def read_truth(folder: str | Path) -> tuple[dict[str, pd.DataFrame], dict[str, Definition]]:
    """Truth tables by id, rows by key, and the definitions beside them.

    Raises
    ------
    InputError : there is no truth: the study is not simulated, or was not built.
    """
    folder = Path(folder)
    paths = sorted(path for path in folder.glob("*.csv") if path.stem != "definitions")
    if not paths:
        raise InputError(
            "there is no truth to compare with",
            where=str(folder),
            not_done="nothing was compared",
            do="build the simulated study first: make reports (a real study has no known truth)",
        )
    tables = {path.stem: pd.read_csv(path, dtype=TEXT).set_index("row") for path in paths}
    return tables, read_definitions(folder / "definitions.csv")


def _number(table: pd.DataFrame, row: str, column: str) -> float | None:
    if row not in table.index or column not in table.columns:
        return None
    cell = table.at[row, column]
    return None if pd.isna(cell) else float(cell)


def _compared(value: Value, truth: Truth, definitions: Mapping[str, Definition]) -> Compared:
    known = definitions.get(f"{value.table}.{value.column}")
    if known is None:
        return Compared(value, None, None, None, NO_DEFINITION)
    if known.of == "none":
        return Compared(value, None, None, None, known.words)
    market = _number(truth[value.table], value.row, value.column)
    judged = known.of if value.interval is not None or value.hidden else "market"
    found = _number(truth[value.table], value.row, value.column + SCENARIO) if judged == "scenario" else market
    return Compared(value, found, market, judged if found is not None else None, None if found is not None else NO_ROW)


def compare(values: Iterable[Value], truth: Truth, definitions: Mapping[str, Definition]) -> list[Compared]:
    """Every released number, in the order of its id; texts, dates and lists are none."""
    numbers = sorted((one for one in values if one.kind in NUMBERS), key=lambda one: one.id)
    return [_compared(one, truth, definitions) for one in numbers]


@dataclass(frozen=True)
class Summary:
    """How many numbers were compared, how many intervals hold the truth."""

    numbers: int
    with_truth: int
    intervals: int
    covered: int

    @property
    def missed(self) -> int:
        """Intervals that do not hold the truth."""
        return self.intervals - self.covered


def summary(compared: Iterable[Compared]) -> Summary:
    """Counts over all released numbers."""
    compared = list(compared)
    judged = [one.covers for one in compared if one.covers is not None]
    return Summary(len(compared), sum(one.truth is not None for one in compared), len(judged), sum(judged))


def without_truth(compared: Iterable[Compared]) -> dict[str, list[str]]:
    """Ids of the numbers that have no true value, by the reason."""
    found: dict[str, list[str]] = {}
    for one in compared:
        if one.truth is None:
            found.setdefault(str(one.reason), []).append(one.value.id)
    return found


def _printed(value: Value, number: float | None) -> float | int | None:
    return int(number) if value.kind == "count" and number is not None else number


def as_rows(compared: Iterable[Compared]) -> list[dict[str, Any]]:
    """As rows for a CSV file or a terminal; a hidden estimate stays hidden beside its truth."""
    rows = []
    for one in compared:
        ends = one.value.interval or {}
        rows.append(
            {
                "id": one.value.id,
                "truth": _printed(one.value, one.truth),
                "of": one.of,
                "market": _printed(one.value, one.market),
                "estimate": one.value.value,
                "low": ends.get("low"),
                "high": ends.get("high"),
                "covers": {True: "yes", False: "no", None: None}[one.covers],
                "remark": "withheld" if one.value.hidden else one.reason,
            }
        )
    return rows
