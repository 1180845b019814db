"""The release gate: from internal tables to what may be published."""

import re
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import pandas as pd

from cryptodrug.disclosure.complementary import complete_hiding
from cryptodrug.disclosure.nested import small_differences
from cryptodrug.disclosure.primary import INTERVIEWS, Cell, primary_cells, with_dependants
from cryptodrug.disclosure.rules import DisclosureRules
from cryptodrug.errors import DisclosureError
from cryptodrug.release import SCHEMA, study_label
from cryptodrug.results import Column, ResultTable

SUPPORT = "support_"
FORBIDDEN = re.compile(r"(^|_)(handle|title|url|onion|pgp|key|text|name|mail|ip)($|_)")
CODE = re.compile(r"[A-Za-z0-9:_|.-]+")
# of interviews: numbers of interviews and coefficients; no share, and no column that would stand for a person
OF_INTERVIEWS = ("text", "count", "ratio")
PERSONS = ("interview", "coder", "respondent")
DIGITS = 12  # significant digits of a released estimate: more would be noise of the machine


@dataclass(frozen=True)
class Judged:
    """A table after the gate."""

    table: ResultTable
    status: str
    reason: str | None
    hidden: frozenset[Cell]


def _refuse(table: ResultTable, what: str) -> DisclosureError:
    return DisclosureError(
        what,
        where=f"internal table {table.table}",
        not_done="nothing was released",
        do="publish codes, counts and estimates only; texts of pages and answers stay in front of the gate",
    )


def check_content(table: ResultTable) -> None:
    """Stop when a column or value could hold a text of a page, a name or an answer."""
    for column in table.columns:
        if column.name.startswith(SUPPORT) or FORBIDDEN.search(column.name):
            raise _refuse(table, f"the column {column.name!r} must not be published")
        if column.kind in ("text", "list", "date"):
            values = table.rows[column.name].dropna().astype(str)
            if not values.map(lambda value: CODE.fullmatch(value) is not None).all():
                raise _refuse(table, f"the column {column.name!r} holds something that is no code")
    if table.domain == "interviews":
        _check_interviews(table)
    if not table.rows["row"].map(lambda value: re.fullmatch(r"[a-z0-9.-]+", value) is not None).all():
        raise _refuse(table, "a row key is no code")


def _check_interviews(table: ResultTable) -> None:
    """Stop when a table about interviews has percentages, or columns that could be persons."""
    if INTERVIEWS not in table.rows:
        raise _refuse(table, f"it does not say on how many interviews its rows rest (`{INTERVIEWS}`)")
    for column in table.columns:
        if column.kind not in OF_INTERVIEWS:
            raise _refuse(
                table, f"the column {column.name!r} is a {column.kind}: of interviews only numbers are printed"
            )
        if column.kind == "text" and column.unit in PERSONS:
            raise _refuse(table, f"the column {column.name!r} names interviews or coders")


def smallest_of(table: ResultTable, rules: DisclosureRules) -> int:
    """Smallest count that may be shown in the domain of the table."""
    return {
        "respondents": rules.respondents.minimum_count,
        "revenue": rules.revenue.minimum_vendors,
        "public": rules.public.minimum_focus_vendors,
        "interviews": rules.interviews.sensitive_margin,
        "public-survey": 1,  # anybody can count in a public file
    }[table.domain]


def judge(table: ResultTable, rules: DisclosureRules, forced: frozenset[Cell] = frozenset()) -> Judged:
    """Apply primary rules, complementary hiding, and hide every statistic that gives a hidden count back.

    `forced`: counts that another table would give a small one back with (`cryptodrug.disclosure.nested`). They are of
    people enough: of their row only what is a share of them goes with them.
    """
    check_content(table)
    if table.rows.empty:
        return Judged(table, "withheld", "empty", frozenset())
    primary = with_dependants(table, primary_cells(table, rules))
    hidden = complete_hiding(table, primary, smallest_of(table, rules), forced)
    if hidden is None:
        return Judged(table, "withheld", "recoverable", frozenset())
    shares = {(row, column.name) for row, name in forced for column in table.columns if column.base == name}
    hidden = with_dependants(table, hidden - forced) | forced | shares
    return Judged(table, "coarsened" if hidden else "released", "small-cells" if hidden else None, frozenset(hidden))


def judge_together(tables: list[ResultTable], rules: DisclosureRules) -> list[Judged]:
    """All tables of the study: each by itself, then again where two of them give a small count back."""
    found = [judge(table, rules) for table in tables]
    shown = {one.table.table: one.table for one in found if one.status != "withheld"}
    apart = small_differences(shown, {one.table.table: one.hidden for one in found}, partial(smallest_of, rules=rules))
    forced: dict[str, set[Cell]] = {}
    for table, cell, _ in apart:
        forced.setdefault(table, set()).add(cell)
    return [
        judge(one.table, rules, frozenset(forced[one.table.table])) if one.table.table in forced else one
        for one in found
    ]


def plain(value: Any, column: Column) -> Any:
    """A value as it is released: whole numbers as integers, estimates at twelve significant digits, missing as None."""
    if value is None or pd.isna(value):
        return None
    if column.kind == "count":
        return int(value)
    if column.kind in ("text", "list", "date"):
        return str(value)
    return float(f"{float(value):.{DIGITS}g}")


def _released_columns(judged: Judged) -> list[str]:
    """Names of the columns of the CSV, interval ends behind their estimate."""
    names = []
    for column in judged.table.columns:
        names += [name for name in (column.name, column.low, column.high) if name]
    return names


def released_rows(judged: Judged) -> list[dict[str, Any]]:
    """Rows with hidden cells and their intervals as None; nothing but described columns."""
    rows = []
    for _, row in judged.table.rows.iterrows():
        made = {"row": row["row"]}
        for column in judged.table.columns:
            gone = (row["row"], column.name) in judged.hidden
            for name in (column.name, column.low, column.high):
                if name:
                    made[name] = None if gone else plain(row[name], column)
        rows.append(made)
    return rows


def table_json(judged: Judged, study: str, simulated: bool) -> dict[str, Any]:
    """Description of a released table (contract 2 of the design)."""
    table = judged.table
    columns = []
    for column in table.columns:
        data = asdict(column)
        columns.append(
            {key: data[key] for key in ("name", "kind", "unit", "digits", "base", "low", "high", "level", "method")}
            | {"label": f"{table.table}.column.{column.name}"}
        )
    return {
        "schema": SCHEMA,
        "study": study,
        "simulated": simulated,
        "table": table.table,
        "domain": table.domain,
        "status": judged.status,
        "title": f"{table.table}.title",
        "population": f"{table.table}.population",
        "columns": columns,
        "key": "row",
        "hidden": sorted([list(cell) for cell in judged.hidden]),
        "notes": [f"{table.table}.note.{note}" for note in table.notes],
    }


def _interval(row: dict[str, Any], column: Column) -> dict[str, Any] | None:
    if not column.low or row[column.low] is None or row[column.high] is None:
        return None
    return {"low": row[column.low], "high": row[column.high], "level": column.level, "method": column.method}


def table_values(judged: Judged) -> dict[str, dict[str, Any]]:
    """Every released cell as a value (contract 1 of the design); missing estimates are no values."""
    table, values = judged.table, {}
    for row in released_rows(judged):
        for column in table.columns:
            hidden = (row["row"], column.name) in judged.hidden
            if row[column.name] is None and not hidden:
                continue
            values[f"{table.table}.{row['row']}.{column.name}"] = {
                "value": row[column.name],
                "kind": column.kind,
                "unit": column.unit,
                "digits": column.digits,
                "base": f"{table.table}.{row['row']}.{column.base}" if column.base else None,
                "interval": None if hidden else _interval(row, column),
                "hidden": "small" if hidden else None,
                "table": table.table,
                "row": row["row"],
                "column": column.name,
            }
    return values


def csv_text(judged: Judged, study: str, simulated: bool) -> str:
    """The table as CSV: study, row, columns; a hidden or missing cell is empty; a withheld table is its head only."""
    names = _released_columns(judged)
    label = study_label(study, simulated)
    lines = [",".join(["study", "row", *names])]
    if judged.status != "withheld":
        for row in released_rows(judged):
            cells = ["" if row[name] is None else str(row[name]) for name in names]
            lines.append(",".join([label, row["row"], *cells]))
    return "\n".join(lines) + "\n"
