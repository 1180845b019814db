"""Questions to the tables of the database, asked in DuckDB: of a large market pandas sees only what an answer needs."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "1GB"  # what does not fit goes to disk
VECTORS = 100  # of 2,048 rows, which are handed over at a time


@contextmanager
def tables_in_duckdb(memory: str = MEMORY) -> Iterator["DuckDBPyConnection"]:
    """A connection that holds no table yet: one thread, so that rows come in the same order every time.

    What needs more than `memory` is put into a folder that goes with the connection.
    """
    import duckdb  # slow to import, and most steps ask nothing

    with tempfile.TemporaryDirectory() as folder:
        settings = {"threads": 1, "memory_limit": memory, "temp_directory": folder}
        with duckdb.connect(config=settings) as connection:
            connection.execute("set enable_progress_bar = false")  # it would stand in the log of the step
            yield connection


def rows_of(connection: "DuckDBPyConnection", query: str, given: dict | None = None) -> pd.DataFrame:
    """The answer, column by column: DuckDB itself would hold a large one twice."""
    answer = connection.execute(query, given)
    parts = [answer.fetch_df_chunk(VECTORS)]
    while len(parts[-1]):
        parts.append(answer.fetch_df_chunk(VECTORS))
    names = list(parts[0].columns)
    whole = {name: pd.concat([part.pop(name) for part in parts], ignore_index=True) for name in names}
    return pd.DataFrame(whole, copy=False)
