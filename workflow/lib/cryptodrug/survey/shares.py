"""Tables of shares: of so many respondents in the base, how many; who is not in the base, and why.

Every part of the base is a cell of its own, so that the gate hides one with the other: who knows the base and who said
yes knows who did not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cryptodrug.results import POINT, Column, ResultTable
from cryptodrug.statistics.intervals import wilson

COUNTS = ("n", "others", "base", "na", "mis", "outside")


@dataclass(frozen=True)
class Counted:
    """Respondents of one statement: of whom it is true, of whom not, outside its base (`na`), not known (`mis`)."""

    yes: int
    others: int
    na: int
    mis: int

    @property
    def base(self) -> int:
        """Those of whom it is known."""
        return self.yes + self.others


def counted(values: pd.Series, wanted: Sequence[str] = ("1",)) -> Counted:
    """Count texts: `na` is outside the base, `mis` is not known, one of `wanted` is yes, anything else is not."""
    na, mis, yes = int((values == "na").sum()), int((values == "mis").sum()), int(values.isin(wanted).sum())
    return Counted(yes, len(values) - na - mis - yes, na, mis)


def is_small(count: int, smallest: int) -> bool:
    """Whether a count of people is too small to be shown; none at all may be said."""
    return 0 < count < smallest


def interval_of(count: int, base: int, level: float) -> dict[str, float | None]:
    """A share with its Wilson interval, for a row; nothing of nobody."""
    low, high = wilson(count, base, level) if base else (None, None)
    return {"share": count / base if base else None, "share_low": low, "share_high": high}


def share_row(row: str, words: Mapping[str, str], counts: Counted, smallest: int, level: float) -> dict[str, Any]:
    """A row of `shares_table`. `words`: its codes by column.

    Who is not asked by design is an answer of a person, and too few of them are not shown: both kinds of those outside
    the base then stand in one number.
    """
    merged = is_small(counts.na, smallest) or is_small(counts.mis, smallest)
    numbers = {
        "n": counts.yes,
        "others": counts.others,
        "base": counts.base,
        "na": None if merged else counts.na,
        "mis": None if merged else counts.mis,
        "outside": counts.na + counts.mis,
    }
    return {"row": row} | dict(words) | numbers | interval_of(counts.yes, counts.base, level)


def share_column(level: float) -> Column:
    """The column of a share of the base."""
    return Column(
        "share", "share", digits=1, base="base", low="share_low", high="share_high", level=level, method="wilson"
    )


def difference_column(level: float) -> Column:
    """The column of a difference of two shares of the same respondents, with a score interval (Tango 1998)."""
    ends = {"low": "difference_low", "high": "difference_high"}
    return Column("difference", "share", POINT, digits=1, base="base", level=level, method="tango", **ends)


def frame_of(rows: Sequence[Mapping[str, Any]], columns: Sequence[Column], more: Sequence[str] = ()) -> pd.DataFrame:
    """Rows with every described column: counts as whole numbers, estimates as floating ones; also of no rows at all."""
    names, types = ["row"], {}
    for column in columns:
        for name in (column.name, column.low, column.high):
            if name:
                names.append(name)
                if column.kind not in ("text", "list", "date"):
                    types[name] = "Int64" if column.kind == "count" else "float64"
    frame = pd.DataFrame(rows, columns=[*names, *more]).astype(types)
    texts = [column.name for column in columns if column.kind in ("text", "list", "date")]
    frame[texts] = frame[texts].astype("object").where(frame[texts].notna(), None)
    return frame


def shares_table(
    table: str,
    words: Sequence[Column],
    rows: Sequence[Mapping[str, Any]],
    respondents: int,
    level: float,
    why_outside: bool = False,
    notes: Sequence[str] = (),
) -> ResultTable:
    """A table of shares with all sums that anybody can make of it.

    Parameters
    ----------
    words : columns of codes, in front of the numbers.
    rows : of `share_row`.
    respondents : how many there are in all; a published number.
    why_outside : whether those outside the base stand in two columns by reason too.
    """
    shown = ["n", "others", "base", *(("na", "mis") if why_outside else ()), "outside"]
    columns = [*words, *(Column(name, "count", "respondent") for name in shown), share_column(level)]
    sums = [{"parts": ["n", "others"], "total": "base"}]
    if why_outside:
        sums.append({"parts": ["na", "mis"], "total": "outside"})
    everybody = [{"parts": [[row["row"], "base"], [row["row"], "outside"]], "value": respondents} for row in rows]
    return ResultTable(
        table,
        "respondents",
        columns,
        frame_of(rows, columns),
        column_sums=sums,
        cell_sums=everybody,
        open_columns=["outside"],
        notes=list(notes),
    )


def statements_table(
    table: str,
    column: Column,
    statements: Mapping[str, pd.Series],
    respondents: int,
    smallest: int,
    level: float,
    notes: Sequence[str] = (),
) -> ResultTable:
    """A table of shares with one row per statement; `column`: the codes of the statements."""
    rows = [share_row(name, {column.name: name}, counted(one), smallest, level) for name, one in statements.items()]
    return shares_table(table, [column], rows, respondents, level, notes=notes)
