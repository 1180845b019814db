"""Over what range a headline moves when its judgements are made otherwise; made of released values alone."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cryptodrug.release import Value
from cryptodrug.specifications import JUDGEMENTS, OUTCOMES

SOURCE, TABLE = "specification", "specification-summary"
NUMBER = {"listings": ("share", 2), "vendors": ("share", 2), "growth": ("ratio", 2)}
BY_ROW = {"by_row": "number", "kind": "number", "unit": None, "digits": 2}
COLUMNS = [
    {"name": "outcome", "kind": "text", "unit": "specification_outcome", "digits": None},
    {"name": "combinations", "kind": "count", "unit": "combination", "digits": None},
    {"name": "default", **BY_ROW, "low": "default_low", "high": "default_high"},
    {"name": "lowest", **BY_ROW},
    {"name": "highest", **BY_ROW},
    {"name": "judgement", "kind": "text", "unit": "judgement", "digits": None, "blank": True},
    {"name": "intervals", "kind": "count", "unit": "interval", "digits": None},
    {"name": "above", "kind": "count", "unit": "interval", "digits": None, "blank": True},
    {"name": "below", "kind": "count", "unit": "interval", "digits": None, "blank": True},
    {"name": "conclusion", "kind": "text", "unit": "conclusion", "digits": None, "blank": True},
]


def side_of_one(low: float, high: float) -> str:
    """Where an interval lies: above one, below it, or on both sides."""
    return "above" if low > 1 else "below" if high < 1 else "open"


def most_moving(rows: pd.DataFrame, default: pd.Series, column: str) -> str | None:
    """The judgement that moves the number most when it alone is made otherwise; None when none moves it.

    Of two that move it alike the first in the order of `JUDGEMENTS`.
    """
    moves = {}
    for judgement in JUDGEMENTS:
        others = [name for name in JUDGEMENTS if name != judgement]
        alone = rows[(rows[others] == default[others]).all(axis=1)]
        moves[judgement] = float((alone[column] - default[column]).abs().max())
    most = max(moves, key=lambda name: moves[name])
    return most if moves[most] > 0 else None


def summary_rows(rows: pd.DataFrame, values: Mapping[str, Value]) -> list[dict[str, Any]]:
    """One row per outcome whose number under the judgements of the report is released.

    `rows`: of the released table `specification`. A combination that the gate withheld is not counted.
    """
    made = []
    for outcome in OUTCOMES:
        column, digits = NUMBER[outcome]
        here = rows[(rows["outcome"] == outcome) & rows[column].notna()]
        own = here[here["default"] == "yes"]
        if own.empty:
            continue
        default, ends = own.iloc[0], here.dropna(subset=[f"{column}_low", f"{column}_high"])
        row = {
            "row": outcome,
            "outcome": outcome,
            "combinations": len(here),
            "default": float(default[column]),
            "default_interval": values[f"{SOURCE}.{default['row']}.{column}"].interval,
            "lowest": float(here[column].min()),
            "highest": float(here[column].max()),
            "number_kind": column,
            "number_unit": None,
            "number_digits": digits,
            "judgement": most_moving(here, default, column),
            "intervals": len(ends),
        }
        for end in ("low", "high"):
            row[f"default_{end}"] = (row["default_interval"] or {}).get(end)
        if column == "ratio" and len(ends):
            row |= _sides(ends, default)
        made.append(row)
    return made


def _sides(ends: pd.DataFrame, default: pd.Series) -> dict[str, Any]:
    """On which side of one the intervals lie, and whether any leads to another conclusion than that of the report."""
    sides = [side_of_one(*pair) for pair in ends[["ratio_low", "ratio_high"]].to_numpy()]
    found: dict[str, Any] = {"above": sides.count("above"), "below": sides.count("below"), "conclusion": None}
    if pd.notna(default["ratio_low"]):
        own = side_of_one(default["ratio_low"], default["ratio_high"])
        found["conclusion"] = "same" if set(sides) == {own} else "depends"
    return found
