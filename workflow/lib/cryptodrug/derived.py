"""Tables made behind the release gate, of released values alone: what the gate withheld cannot come back in them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cryptodrug.release import SCHEMA, study_label

KNOWN = {"base": None, "low": None, "high": None, "level": None, "method": None}


def cells_of(columns: Iterable[Mapping[str, Any]]) -> list[str]:
    """Names of the columns of the CSV: ends of intervals behind their estimate, kinds by row behind their number."""
    names = []
    for column in columns:
        names.append(column["name"])
        names += [column[end] for end in ("low", "high") if column.get(end)]
        by = column.get("by_row")
        names += [f"{by}_{part}" for part in ("kind", "unit", "digits") if by and f"{by}_{part}" not in names]
    return names


def derived_csv(
    columns: Sequence[Mapping[str, Any]], rows: Iterable[Mapping[str, Any]], study: str, simulated: bool
) -> str:
    """Study, row, then the columns; what is missing is empty."""
    names, label = cells_of(columns), study_label(study, simulated)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["study", "row", *names])
    for row in rows:
        cells = [row.get(name) for name in names]
        writer.writerow([label, row["row"], *("" if cell is None else cell for cell in cells)])
    return stream.getvalue()


def derived_json(
    table: str,
    columns: Iterable[Mapping[str, Any]],
    study: str,
    simulated: bool,
    notes: Sequence[str] = (),
    domain: str = "public",
) -> dict[str, Any]:
    """Description of such a table (contract 2 of the design), as of a released one."""
    return {
        "schema": SCHEMA,
        "study": study,
        "simulated": simulated,
        "table": table,
        "domain": domain,
        "status": "released",
        "title": f"{table}.title",
        "population": f"{table}.population",
        "columns": [KNOWN | dict(column) | {"label": f"{table}.column.{column['name']}"} for column in columns],
        "key": "row",
        "hidden": [],
        "notes": [f"{table}.note.{note}" for note in notes],
    }


def count_values(table: str, counts: Mapping[str, int], unit: str = "number") -> dict[str, dict[str, Any]]:
    """Counts as values `<table>.all.<name>` that a text can print (contract 1 of the design)."""
    empty = {"digits": None, "base": None, "interval": None, "hidden": None, "table": table, "row": "all"}
    return {
        f"{table}.all.{name}": {"value": int(number), "kind": "count", "unit": unit, "column": name} | empty
        for name, number in counts.items()
    }


def row_values(
    table: str, columns: Sequence[Mapping[str, Any]], rows: Iterable[Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Every filled cell as a value `<table>.<row>.<column>` (contract 1 of the design).

    The kind of a number that differs by row stands in the row; its interval, as the source value has it, in the cell
    `<column>_interval`.
    """
    values = {}
    for row in rows:
        for column in columns:
            name, by = column["name"], column.get("by_row")
            if row.get(name) is None:
                continue
            kind, unit, digits = (row[f"{by}_{part}"] if by else column[part] for part in ("kind", "unit", "digits"))
            values[f"{table}.{row['row']}.{name}"] = {
                "value": row[name],
                "kind": kind,
                "unit": unit,
                "digits": digits,
                "base": None,
                "interval": row.get(f"{name}_interval"),
                "hidden": None,
                "table": table,
                "row": row["row"],
                "column": name,
            }
    return values
