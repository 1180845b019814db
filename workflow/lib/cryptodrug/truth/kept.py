"""Values of the scenario, kept in a file: they take long to draw and change only with what they are drawn from.

The file says of what it was made: by the checksum of the scenario, of everything else that enters, and of the code that
draws and counts. Where that does not fit, the file says nothing, and the values are drawn again.
"""

import csv
import io
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from cryptodrug.closure import LIBRARY, closure
from cryptodrug.files import canonical_json, sha256_of, write_text
from cryptodrug.provenance.records import PROJECT, project_name
from cryptodrug.truth import buyers, tables
from cryptodrug.truth.writing import cell

DRAWING = ("simulate", "truth", "careers", "survey")  # packages that draw and count
COLUMNS = ("made_of", "table", "row", "column", "value")


def checksum(entering: Mapping[str, Any]) -> str:
    """12 hex digits of all that the values follow from: `entering` as JSON, numbers of draws, code.

    Of the code the packages of `DRAWING`: what else is imported reads and writes files. A test compares the committed
    file with what is drawn, so that a mistake in this choice is found.
    """
    modules = {*closure(tables.__file__), *closure(buyers.__file__)}
    names = (project_name(path) for path in modules if path.relative_to(LIBRARY).parts[1] in DRAWING)
    code = {name: sha256_of(PROJECT / name) for name in names}
    said = {"entering": entering, "draws": [tables.FIRST_DRAW, tables.DRAWS], "code": code}
    return sha256(canonical_json(said).encode()).hexdigest()[:12]


def write_kept(
    path: str | Path, made_of: str, values: Mapping[str, pd.DataFrame], judged: Mapping[str, list[str]]
) -> None:
    """Write the columns of `judged` of each table, one line per value, with the digits that truth tables have."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for name, columns in sorted(judged.items()):
        if name in values:
            for row in values[name][["row", *columns]].sort_values("row").to_dict("records"):
                writer.writerows([made_of, name, row["row"], column, cell(row[column])] for column in columns)
    write_text(path, stream.getvalue())


def read_kept(path: str | Path, made_of: str) -> dict[str, pd.DataFrame] | None:
    """What `write_kept` wrote, by table; None when there is no such file, or when it was made of something else."""
    if not Path(path).exists():
        return None
    kept = pd.read_csv(path, dtype={"value": float, "row": str}, keep_default_na=False, na_values={"value": [""]})
    if tuple(kept.columns) != COLUMNS or set(kept["made_of"]) != {made_of}:
        return None
    return {
        name: lines.pivot(index="row", columns="column", values="value").reset_index()
        for name, lines in kept.groupby("table")
    }
