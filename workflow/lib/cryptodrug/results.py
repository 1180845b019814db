"""The internal result table: what an analysis hands to the release gate.

An internal table may hold small cells. It lives in `results/<study>/internal/<table>.parquet` with its
description beside it as `<table>.json`; nothing behind the gate reads either.
"""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from cryptodrug.files import read_json, whole_file, write_json

DOMAINS = ("public", "revenue", "respondents", "interviews", "public-survey")
POINT = "point"  # unit of a difference of two shares: it is printed in percentage points
KINDS = ("count", "share", "ratio", "number", "money", "date", "list", "text")


@dataclass(frozen=True)
class Column:
    """One column of a result table.

    Attributes
    ----------
    name : lower case, underscores; with table and row it makes the value id `<table>.<row>.<name>`.
    kind : count, share (fraction of 1), ratio, number, money, date (ISO `2014-04` or `2014-04-06`),
        list (codes joined by `|`) or text (a code of the vocabulary named by `unit`, never free text).
    unit : what is counted (`listing`, `vendor`, `respondent`), the currency (`EUR`, `EUR/g`), `point` for a
        difference of two shares, or the vocabulary of a text or list column (`country`, `drug_class`, `month`, ...).
    digits : digits after the decimal mark when printed (of a percentage for a share); None for counts and texts.
    base : name of the column that holds the denominator, for a share.
    low, high : names of the columns that hold the ends of the interval of this estimate.
    level, method : of that interval (`0.95`, `wilson`, `bootstrap-vendors`, `order-statistic`, ...).
    guard_vendors : name of a support column: number of distinct focus-country vendors behind the cell
        (public domain) or of all vendors behind it (revenue domain). The gate hides what rests on too few.
    guard_top2 : support column: share of the two largest vendors in the cell (revenue domain).
    """

    name: str
    kind: str
    unit: str | None = None
    digits: int | None = None
    base: str | None = None
    low: str | None = None
    high: str | None = None
    level: float | None = None
    method: str | None = None
    guard_vendors: str | None = None
    guard_top2: str | None = None


@dataclass
class ResultTable:
    """A result before the release gate.

    Attributes
    ----------
    table : exhibit id of the report outline, e.g. `market-size`.
    domain : one of `DOMAINS`; the gate judges the tables of a domain together.
    columns : the published columns, in order. Interval ends are columns of `rows` named by `low` and `high`
        of their estimate; they are not listed here.
    rows : one row per line of the exhibit. Column `row` is its key (lower case, `[a-z0-9-]`, unique). Columns
        named `support_...` are for the gate only and never leave it.
    row_sums : relations among rows: `{"total": row, "parts": [rows], "columns": [count columns that add up]}`.
    column_sums : relations among count columns: `{"total": name, "parts": [names]}`.
    cell_sums : relations among single cells: `{"parts": [[row, column], ...], "total": [row, column]}`, or with
        `"value"` in place of the total: a number that is printed elsewhere. Cells of `"less"` are subtracted.
    open_rows : rows that say something of the data and of no person's answer (missing answers): their counts are shown
        however small, unless the question is sensitive.
    open_columns : columns of the same kind.
    sensitive : the question is sensitive: zeros are hidden like small counts.
    sensitive_rows : rows about a sensitive code of the interviews.
    notes : message ids of notes (`<table>.note.<name>`) that hold for this run.
    """

    table: str
    domain: str
    columns: list[Column]
    rows: pd.DataFrame
    row_sums: list[dict[str, Any]] = field(default_factory=list)
    column_sums: list[dict[str, Any]] = field(default_factory=list)
    cell_sums: list[dict[str, Any]] = field(default_factory=list)
    open_rows: list[str] = field(default_factory=list)
    open_columns: list[str] = field(default_factory=list)
    sensitive: bool = False
    sensitive_rows: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Refuse a table whose description and rows do not fit: that is a mistake in an analysis, not in data."""
        if self.domain not in DOMAINS:
            raise ValueError(f"{self.table}: domain {self.domain!r} is none of {DOMAINS}")
        wanted = {"row"}
        for column in self.columns:
            if column.kind not in KINDS:
                raise ValueError(f"{self.table}.{column.name}: kind {column.kind!r} is none of {KINDS}")
            wanted |= {column.name} | {
                name for name in (column.base, column.low, column.high, column.guard_vendors, column.guard_top2) if name
            }
        if absent := sorted(wanted - set(self.rows.columns)):
            raise ValueError(f"{self.table}: columns described but not in the rows: {absent}")
        if self.rows["row"].duplicated().any():
            raise ValueError(f"{self.table}: a row key stands twice")


def write_result(table: ResultTable, parquet: str | Path, description: str | Path) -> None:
    """Write the rows as Parquet and the description as JSON."""
    with whole_file(parquet) as temporary:
        table.rows.reset_index(drop=True).to_parquet(temporary, index=False)
    data = {key: value for key, value in vars(table).items() if key != "rows"}
    write_json(description, data | {"columns": [asdict(column) for column in table.columns]})


def read_result(parquet: str | Path, description: str | Path) -> ResultTable:
    """Read what `write_result` wrote."""
    data = read_json(description)
    columns = [Column(**column) for column in data.pop("columns")]
    return ResultTable(columns=columns, rows=pd.read_parquet(parquet), **data)
