"""How often the intervals of the method hold the true value, for the annex: committed results of `make recovery`."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from cryptodrug.errors import InputError
from cryptodrug.release import SCHEMA, Value
from cryptodrug.truth.annex import estimand_code

TABLE = "recovery"
CASE = "demo"  # the study as it is, not one with more or fewer vendors
NEEDED = ("case", "missed", "estimator", "replicates", "coverage", "coverage_error")
# column -> thousandths of the pages that were missed
QUALITIES = {"good": 20, "fair": 100, "poor": 250}
COLUMNS = [
    {"name": "what", "kind": "text", "unit": "estimand", "digits": None},
    *({"name": name, "kind": "share", "unit": None, "digits": 1} for name in QUALITIES),
]


def read_scores(path: str | Path, values: Iterable[Value]) -> pd.DataFrame:
    """Scores of the case that is the study itself, of the numbers that it releases with an interval.

    Raises
    ------
    InputError : a column is missing, or nothing speaks of the study.
    """
    table = pd.read_csv(path)
    absent = [name for name in NEEDED if name not in table]
    found = pd.DataFrame() if absent else table[(table["case"] == CASE) & table["coverage"].notna()]
    if absent or found.empty:
        raise InputError(
            f"no column {', '.join(absent)}" if absent else f"nothing about the case {CASE!r}",
            where=str(path),
            not_done="the annex has no table of the simulations",
            do="renew it: make recovery",
        )
    printed = {f"{one.table}.{one.column}" for one in values if one.interval}
    return found[found["estimator"].isin(printed)]


def recovery_rows(scores: pd.DataFrame) -> list[dict[str, Any]]:
    """One row per estimator, in the order of the file: coverage by quality of the download."""
    rows = []
    for name, of in scores.groupby("estimator", sort=False):
        by_missed = of.set_index("missed")["coverage"]
        code = estimand_code(*name.split("."))
        shares = {column: by_missed.get(missed) for column, missed in QUALITIES.items()}
        rows.append({"row": code, "what": code} | shares)
    return rows


def recovery_csv(rows: list[dict[str, Any]], label: str) -> str:
    """Columns study, row, what, then the coverage by quality."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, ["study", "row", "what", *QUALITIES], lineterminator="\n")
    writer.writeheader()
    shown = [{name: "" if pd.isna(cell) else cell for name, cell in row.items()} for row in rows]
    writer.writerows({"study": label} | row for row in shown)
    return stream.getvalue()


def recovery_json(study: str) -> dict[str, Any]:
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
        "hidden": [],
        "notes": [],
    }


def recovery_values(scores: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Numbers for the text: replicates, shares of pages that arrived, the largest Monte Carlo error of a coverage."""
    known = {"base": None, "interval": None, "hidden": None, "table": TABLE, "row": "all"}
    share = {"kind": "share", "unit": None}
    made = {name: share | {"value": 1 - missed / 1000, "digits": 0} for name, missed in QUALITIES.items()} | {
        "replicates": {"value": int(scores["replicates"].max()), "kind": "count", "unit": "study", "digits": None},
        "error": share | {"value": float(scores["coverage_error"].max()), "digits": 1},
    }
    return {f"{TABLE}.all.{name}": known | entry | {"column": name} for name, entry in made.items()}
