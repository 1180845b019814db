"""`markets.duckdb` for people: the Parquet tables with a comment on every table and column."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import duckdb

from cryptodrug.database.schema import TABLES, DatabaseTable
from cryptodrug.files import whole_file

SQL_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "flag": "BOOLEAN", "date": "DATE"}


def _quoted(text: str) -> str:
    """A text in SQL; dollar quotes, so that an apostrophe in a description cannot break it."""
    return f"$text${text}$text$"


def _load(connection: duckdb.DuckDBPyConnection, table: DatabaseTable, parquet: str) -> None:
    columns = ", ".join(f"CAST({name.name} AS {SQL_TYPES[name.type]}) AS {name.name}" for name in table.columns)
    order = ", ".join(table.key)
    connection.execute(
        f"CREATE TABLE {table.name} AS SELECT {columns} FROM read_parquet({_quoted(str(parquet))}) ORDER BY {order}"
    )
    connection.execute(f"COMMENT ON TABLE {table.name} IS {_quoted(table.about)}")
    for column in table.columns:
        connection.execute(f"COMMENT ON COLUMN {table.name}.{column.name} IS {_quoted(column.about)}")


def build(parquet: Mapping[str, str], path: str | Path, about: str) -> None:
    """Write the database; `parquet` names the file of each table, `about` goes into a table of its own."""
    with whole_file(path) as temporary:
        temporary.unlink()  # DuckDB wants to make the file itself
        with duckdb.connect(str(temporary)) as connection:
            connection.execute("SET threads = 1")
            for name, file in sorted(parquet.items()):
                _load(connection, TABLES[name], file)
            connection.execute("CREATE TABLE about (text VARCHAR)")
            connection.execute("INSERT INTO about VALUES (?)", [about])
            connection.execute("COMMENT ON TABLE about IS 'What this database is and what it is not.'")


def content_hash(path: str | Path) -> str:
    """sha256 over the rows of all tables in the order of their keys: the same content, whatever the file's bytes."""
    digest = sha256()
    with duckdb.connect(str(path), read_only=True) as connection:
        for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall():
            cursor = connection.execute(f"SELECT * FROM {name} ORDER BY ALL")
            digest.update(repr((name, [column[0] for column in cursor.description])).encode())
            while rows := cursor.fetchmany(10_000):
                digest.update(repr(rows).encode())
    return digest.hexdigest()
