"""Tables and columns in words, from their declarations: for the command line and for docs/database.md."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from cryptodrug.database.schema import TABLES, DatabaseColumn, DatabaseTable
from cryptodrug.files import write_text

HEAD = """# The database of a study

Made from `workflow/lib/cryptodrug/database/schema.py` by `cryptodrug database document`; a test fails when they drift.

The tables stand as Parquet files in `results/<study>/database/`, ordered by their keys: these are the artefacts. For
people the market tables are also in one file, `markets.duckdb`, with the words below as comments:

    duckdb -readonly results/demo/database/markets.duckdb
    SELECT ships_from, count(*) FROM listing WHERE is_drug GROUP BY ALL ORDER BY 2 DESC;

`cryptodrug database describe --study demo` prints the same with the number of rows. Text columns that end in `_text`
hold what the page says, as printed; the column without that ending holds what a rule made of it. Missing is missing:
never zero, never empty. Nothing of these tables leaves the team; what is published goes through the disclosure rules
(`docs/disclosure.md`).
"""


def row_counts(path: str | Path) -> dict[str, int]:
    """Number of rows of each table in a `markets.duckdb`."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def limits(column: DatabaseColumn) -> str:
    """What its values may be, in words: whether every row has one, the list, the minimum."""
    parts = ["always there"] if column.required else []
    if column.values:
        parts.append("one of " + ", ".join(column.values))
    if column.minimum is not None:
        parts.append(f"at least {column.minimum:g}")
    return "; ".join(parts)


def lines(table: DatabaseTable, rows: int | None) -> Iterator[str]:
    """A table for the terminal, one line a column."""
    counted = "" if rows is None else f"  ({rows} {'row' if rows == 1 else 'rows'})"
    yield f"{table.name}{counted}"
    yield f"  {table.about}"
    yield f"  key: {', '.join(table.key)}"
    width = max(map(len, table.names())) + 2
    for column in table.columns:
        limit = limits(column)
        yield f"  {column.name:<{width}}{column.type:<9}{column.about}" + (f" [{limit}]" if limit else "")
    if table.others:
        yield f"  {table.others}"


def _cell(text: str) -> str:
    """A text in a Markdown table, where a bar would end the cell."""
    return text.replace("|", r"\|")


def _section(table: DatabaseTable) -> Iterator[str]:
    yield f"## {table.name}\n\n{table.about} Key: {', '.join(f'`{name}`' for name in table.key)}.\n"
    yield "| column | type | meaning | values |\n|---|---|---|---|"
    for column in table.columns:
        yield f"| `{column.name}` | {column.type} | {_cell(column.about)} | {_cell(limits(column))} |"
    yield f"\n{table.others}\n" if table.others else ""


def documentation() -> str:
    """The text of docs/database.md."""
    sections = [line for table in TABLES.values() for line in _section(table)]
    return HEAD + "\n" + "\n".join(sections).rstrip() + "\n"


def write_documentation(folder: str | Path) -> None:
    """Write `database.md` into `folder`."""
    write_text(Path(folder) / "database.md", documentation())
