"""Reading what the release gate has released: tables and values. Nothing else exists for whoever stands behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptodrug.files import read_json

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = 1


def study_label(study: str, simulated: bool) -> str:
    """How a study is named inside files: one whose data are simulated says so wherever its name stands."""
    return f"{study} (simulated)" if simulated else study


@dataclass(frozen=True)
class Value:
    """One released value, as in `values.json` (contract 1 of the design)."""

    id: str
    value: Any
    kind: str
    unit: str | None
    digits: int | None
    base: str | None
    interval: dict[str, Any] | None
    hidden: str | None
    table: str
    row: str
    column: str


@dataclass(frozen=True)
class ReleasedTable:
    """A released table: description and rows.

    `rows` has the columns `study`, `row`, the published columns and the interval ends; hidden cells are missing
    and named in `hidden` as (row, column).
    """

    table: str
    domain: str
    columns: list[dict[str, Any]]
    hidden: frozenset[tuple[str, str]]
    notes: list[str]
    description: dict[str, Any]
    rows: "pd.DataFrame"


def read_values(path: str | Path) -> dict[str, Value]:
    """All released values by id; the file's `study` and `simulated` stand in `read_json(path)`."""
    data = read_json(path)
    return {name: Value(id=name, **entry) for name, entry in data["values"].items()}


def read_table(description: str | Path) -> ReleasedTable:
    """Read `tables/<id>.json` and the CSV beside it."""
    import pandas as pd  # not for those who read values only: it takes longer to load than most of them to run

    description = Path(description)
    data = read_json(description)
    text_columns = {"study": str, "row": str} | {
        column["name"]: str for column in data["columns"] if column["kind"] in ("text", "date", "list")
    }
    rows = pd.read_csv(description.with_suffix(".csv"), dtype=text_columns, keep_default_na=False, na_values=[""])
    return ReleasedTable(
        table=data["table"],
        domain=data["domain"],
        columns=data["columns"],
        hidden=frozenset((row, column) for row, column in data["hidden"]),
        notes=data["notes"],
        description=data,
        rows=rows,
    )


def read_tables(files: Iterable[str | Path]) -> dict[str, ReleasedTable]:
    """Released tables by id, from their files (descriptions and rows; the rows are found beside the description)."""
    tables = (read_table(path) for path in files if Path(path).suffix == ".json")
    return {table.table: table for table in tables}
