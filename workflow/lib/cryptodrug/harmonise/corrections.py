"""Hand corrections as data. Each says what it expects to find, so that it fails when it no longer applies.

A correction of a column that the page itself fills (a title, a price text, a category) is applied before anything is
typed, so that country, class, quantity and euro follow from the corrected text. A correction of a typed column (a drug
class, grams) is applied after typing and changes that column alone; only prices per gram and unit are made after it.
"""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from cryptodrug.errors import CorrectionError
from cryptodrug.yaml_files import fault_lines, listed, read_yaml

KEYS = {"listing": "listing_id", "vendor": "page_id"}
FIXED = frozenset({"listing_id", "page_id", "position", "page_kind", "native_id", "market", "snapshot_date"})


class Correction(BaseModel):
    """One hand correction."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    market: str = Field(min_length=1)
    snapshot_date: datetime.date
    table: Literal["listing", "vendor"]
    rows: list[str] = Field(min_length=1, description="listing ids, or page ids of vendor pages")
    column: str
    expect: Any = Field(description="the value that must stand there now")
    value: Any
    why: str = Field(min_length=10)
    who: str = Field(min_length=2, description="a role, not a name")
    date: datetime.date = Field(description="day on which this was decided")

    @property
    def snapshot(self) -> str:
        """Market and date as one word."""
        return f"{self.market}/{self.snapshot_date}"


def _refuse(what: str, where: str) -> CorrectionError:
    return CorrectionError(
        what,
        where=where,
        not_done="the snapshot was not harmonised; no correction was applied",
        do="look at the rows again: mend the correction, or remove it if the data are right now",
    )


def _twice(names: Collection[str]) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)


def read_corrections(path: str | Path, snapshots: Collection[str]) -> list[Correction]:
    """Read a file of corrections; `snapshots` are all of the study, as `market/date`.

    Raises
    ------
    CorrectionError : an entry cannot be read (all faults at once), an id stands twice, or a correction speaks of a
        snapshot that the study does not have: it would never be applied.
    """
    entries = read_yaml(path, lambda what: _refuse(f"the corrections cannot be read: {what}", str(path)))
    try:
        found = TypeAdapter(list[Correction]).validate_python([] if entries is None else entries)
    except ValidationError as error:
        raise _refuse(f"the corrections cannot be read: {listed(fault_lines(error))}", str(path)) from None
    if ids := _twice([one.id for one in found]):
        raise _refuse(f"the same `id` stands at several corrections: {', '.join(ids)}", str(path))
    if lost := [f"{one.id} ({one.snapshot})" for one in found if one.snapshot not in snapshots]:
        raise _refuse(f"corrections of snapshots that the study does not have: {', '.join(lost)}", str(path))
    return found


def _same(found: Any, expected: Any) -> bool:
    if pd.isna(found):
        return expected is None
    return found == expected


def _fits(value: Any, column: pd.Series) -> bool:
    """Whether a value is of the kind of its column."""
    if value is None:
        return True
    if pd.api.types.is_bool_dtype(column):
        return isinstance(value, bool)
    if pd.api.types.is_numeric_dtype(column):
        whole = pd.api.types.is_integer_dtype(column)
        return isinstance(value, int if whole else int | float) and not isinstance(value, bool)
    return isinstance(value, str)


def _rows(table: pd.DataFrame, key: str, correction: Correction, where: str) -> pd.Index:
    """The rows of a correction; each of its ids must stand in the table exactly once."""
    if ids := _twice(correction.rows):
        raise _refuse(f"`rows` names the same row several times: {', '.join(ids)}", where)
    rows = table.index[table[key].isin(correction.rows)]
    if missing := sorted(set(correction.rows) - set(table.loc[rows, key])):
        raise _refuse(f"rows that are not there (any more): {', '.join(missing)}", where)
    if ids := _twice(table.loc[rows, key].tolist()):
        raise _refuse(f"several rows of the table have the same id: {', '.join(ids)}", where)
    return rows


def apply_corrections(table: pd.DataFrame, corrections: list[Correction], path: str) -> int:
    """Change `table` in place; the number of rows changed.

    Raises
    ------
    CorrectionError : a row or column is not there, the value is not the expected one, or the new one does not fit.
    """
    changed = 0
    for correction in corrections:
        where = f"{path}, correction {correction.id}"
        if correction.column not in table.columns or correction.column in FIXED:
            raise _refuse(f"there is no column {correction.column!r} that can be corrected", where)
        rows = _rows(table, KEYS[correction.table], correction, where)
        wrong = [row for row in rows if not _same(table.at[row, correction.column], correction.expect)]
        if wrong:
            ids = ", ".join(table.loc[wrong, KEYS[correction.table]])
            raise _refuse(f"`expect: {correction.expect!r}` no longer holds for {ids}", where)
        if not _fits(correction.value, table[correction.column]):
            raise _refuse(f"`value: {correction.value!r}` is not of the type of {correction.column!r}", where)
        table.loc[rows, correction.column] = correction.value
        changed += len(rows)
    return changed


class HandCorrections:
    """The hand corrections of one snapshot, in two steps: columns of the page, then columns made from them."""

    def __init__(self, paths: Collection[str], snapshots: Collection[str], snapshot: str) -> None:
        self.path = next(iter(paths), "")
        found = read_corrections(self.path, snapshots) if self.path else []
        self.left: list[Correction] = [one for one in found if one.snapshot == snapshot]
        self.counts: dict[tuple[str, str], int] = {}

    def apply(self, name: str, table: pd.DataFrame, columns: Iterable[str] | None = None) -> None:
        """Apply those of one table, `columns` only (None: all that are left)."""
        wanted = None if columns is None else set(columns)
        now = [one for one in self.left if one.table == name and (wanted is None or one.column in wanted)]
        self.left = [one for one in self.left if one not in now]
        if changed := apply_corrections(table, now, self.path):
            self.counts[("correction", name)] = self.counts.get(("correction", name), 0) + changed
