"""The annex of a simulated study: its main numbers beside what is true, as a table that documents can print.

It is made behind the release gate, of released values: a number that the gate withheld stays withheld beside its truth.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from cryptodrug.errors import SettingsError
from cryptodrug.release import SCHEMA
from cryptodrug.truth.compare import Compared, Summary
from cryptodrug.yaml_files import read_yaml

TABLE = "truth-recovery"
COUNTS = ("numbers", "with_truth", "intervals", "covered", "missed")
_DATED = re.compile(r"(?P<market>.+)-(?P<date>\d{4}-\d{2}-\d{2})")
# `by_row`: kind, unit and digits stand in the row; `blank`: what does not apply is left out, not withheld
BY_ROW = {"by_row": "number", "kind": "number", "unit": None, "digits": 2}
COLUMNS = [
    {"name": "what", "kind": "text", "unit": "estimand", "digits": None},
    {"name": "of", "kind": "text", "unit": None, "digits": None, "by_row": "of", "blank": True},
    {"name": "snapshot", "kind": "date", "unit": "day", "digits": None, "blank": True},
    {"name": "truth", **BY_ROW},
    {"name": "estimate", **BY_ROW, "low": "estimate_low", "high": "estimate_high"},
    {"name": "covers", "kind": "text", "unit": "covers", "digits": None, "blank": True},
]
CELLS = (
    "what", "of", "of_unit", "snapshot", "number_kind", "number_unit", "number_digits", "truth", "estimate",
    "estimate_low", "estimate_high", "covers",
)  # fmt: skip


class Main(BaseModel):
    """Which values: an id with `*` for any part of it, and the vocabulary of the row."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    values: str
    of: str | None = None

    def matches(self, value_id: str) -> bool:
        """Whether a value is one of these."""
        return re.fullmatch(re.escape(self.values).replace(r"\*", "[^.]+"), value_id) is not None


def read_main(path: str | Path) -> list[Main]:
    """The list of main values.

    Raises
    ------
    SettingsError : an entry has a key that is not known, or none that is needed.
    """

    def refuse(what: str) -> SettingsError:
        return SettingsError(what, where=str(path), not_done="no annex was made", do="mend the entry")

    try:
        return [Main.model_validate(entry) for entry in read_yaml(path, refuse)]
    except ValueError as error:
        raise refuse(f"the list of main values cannot be used: {error}") from error


def estimand_code(table: str, column: str) -> str:
    """Code of an estimand in the vocabulary."""
    return f"{table}-{column}".replace("_", "-")


def _row(one: Compared, of: str | None) -> dict[str, Any]:
    value, dated = one.value, _DATED.fullmatch(one.value.row)
    ends = value.interval or {}
    return {
        "row": f"{value.table}.{value.row}.{value.column}".replace("_", "-"),
        "what": estimand_code(value.table, value.column),
        "of": (dated["market"] if dated else value.row) if of else None,
        "of_unit": of,
        "snapshot": dated["date"] if dated else None,
        "number_kind": value.kind,
        "number_unit": value.unit,
        "number_digits": value.digits,
        "truth": one.truth,
        "estimate": value.value,
        "estimate_low": ends.get("low"),
        "estimate_high": ends.get("high"),
        "covers": {True: "yes", False: "no", None: None}[one.covers],
    }


def annex_rows(compared: Iterable[Compared], main: Iterable[Main]) -> list[dict[str, Any]]:
    """Rows of the annex in the order of the list; a number without a truth has none."""
    known = [one for one in compared if one.truth is not None]
    return [_row(one, entry.of) for entry in main for one in known if entry.matches(one.value.id)]


def annex_csv(rows: Iterable[Mapping[str, Any]], label: str) -> str:
    """Columns study, row, then those of `CELLS`."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["study", "row", *CELLS])
    for row in rows:
        writer.writerow([label, row["row"], *("" if row[name] is None else row[name] for name in CELLS)])
    return stream.getvalue()


def annex_json(rows: Iterable[Mapping[str, Any]], study: str) -> dict[str, Any]:
    """Description of the table (contract 2 of the design), as of a released one."""
    known = {"base": None, "low": None, "high": None, "level": None, "method": None}
    return {
        "schema": SCHEMA,
        "study": study,
        "simulated": True,
        "table": TABLE,
        "domain": "public",
        "status": "released",
        "title": f"{TABLE}.title",
        "population": f"{TABLE}.population",
        "columns": [known | column | {"label": f"{TABLE}.column.{column['name']}"} for column in COLUMNS],
        "key": "row",
        "hidden": sorted([row["row"], "estimate"] for row in rows if row["estimate"] is None),
        "notes": [f"{TABLE}.note.judged"],
    }


def summary_values(counts: Summary) -> dict[str, dict[str, Any]]:
    """The counts as values that the text can print (contract 1 of the design)."""
    empty = {"digits": None, "base": None, "interval": None, "hidden": None, "table": TABLE, "row": "all"}
    return {
        f"{TABLE}.all.{name}": {"value": getattr(counts, name), "kind": "count", "unit": "number", "column": name}
        | empty
        for name in COUNTS
    }
