"""Hand corrections as data. Each says what it expects to find, so that it fails when it no longer applies."""

from pathlib import Path
from typing import Any, Literal

import pandas as pd
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cryptodrug.errors import CorrectionError


class Correction(BaseModel):
    """One hand correction."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    table: Literal["listing", "vendor"]
    snapshot_date: str
    rows: list[str] = Field(min_length=1, description="listing ids, or page ids of vendor pages")
    column: str
    expect: Any = Field(description="the value that must stand there now")
    value: Any
    why: str = Field(min_length=10)
    who: str = Field(min_length=2, description="a role, not a name")


def _refuse(what: str, where: str) -> CorrectionError:
    return CorrectionError(
        what,
        where=where,
        not_done="the snapshot was not harmonised; no correction was applied",
        do="look at the rows again: mend the correction, or remove it if the data are right now",
    )


def read_corrections(path: str | Path) -> list[Correction]:
    """Read a file of corrections; all faults at once."""
    try:
        return [Correction.model_validate(entry) for entry in yaml.safe_load(Path(path).read_text("utf-8")) or []]
    except (ValidationError, yaml.YAMLError, TypeError) as error:
        raise _refuse(f"the corrections cannot be read: {error}", str(path)) from None


def _same(found: Any, expected: Any) -> bool:
    if pd.isna(found):
        return expected is None
    return found == expected


def apply_corrections(table: pd.DataFrame, key: str, corrections: list[Correction], path: str) -> dict[str, int]:
    """Change `table` in place; the number of rows changed by each correction.

    Raises
    ------
    CorrectionError : a row is not there, a column is not there, or the value is not the expected one.
    """
    changed = {}
    for correction in corrections:
        where = f"{path}, correction {correction.id}"
        if correction.column not in table.columns:
            raise _refuse(f"there is no column {correction.column!r}", where)
        rows = table.index[table[key].isin(correction.rows)]
        if len(rows) != len(set(correction.rows)):
            missing = sorted(set(correction.rows) - set(table.loc[rows, key]))
            raise _refuse(f"rows that are not there (any more): {', '.join(missing)}", where)
        wrong = [row for row in rows if not _same(table.at[row, correction.column], correction.expect)]
        if wrong:
            ids = ", ".join(table.loc[wrong, key])
            raise _refuse(f"`expect: {correction.expect!r}` no longer holds for {ids}", where)
        table.loc[rows, correction.column] = correction.value
        changed[correction.id] = len(rows)
    return changed
