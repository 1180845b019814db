"""Observed rows to Parquet, in batches: memory does not grow with the archive."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cryptodrug.files import whole_file
from cryptodrug.reading.tables import SCHEMAS

BATCH = 20_000


class TableWriter:
    """Collects columns of one observed table and writes them batch by batch."""

    def __init__(self, table: str, path: Path) -> None:
        self._schema = SCHEMAS[table]
        self._names = self._schema.names
        self._columns: dict[str, list[Any]] = {name: [] for name in self._names}
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._first = self._columns[self._names[0]]

    def extend(self, columns: dict[str, list[Any]], count: int) -> None:
        """Add `count` rows; columns that are not given are missing values."""
        for name, values in self._columns.items():
            given = columns.get(name)
            values.extend(given if given is not None else [None] * count)
        if len(self._first) >= BATCH:
            self._write(len(self._first) // BATCH * BATCH)

    def _write(self, count: int) -> None:
        """Write the first rows in batches of one size: the file depends on the rows, not on how they came."""
        for begin in range(0, count, BATCH):
            batch = {name: values[begin : min(begin + BATCH, count)] for name, values in self._columns.items()}
            self._writer.write_table(pa.table(batch, schema=self._schema))
        for values in self._columns.values():
            del values[:count]

    def close(self) -> None:
        """Write the rest and end the file."""
        self._write(len(self._first))
        self._writer.close()


@contextlib.contextmanager
def table_writers(paths: dict[str, str | Path]) -> Iterator[dict[str, TableWriter]]:
    """One writer per observed table; all files appear together at the end, or none."""
    with contextlib.ExitStack() as stack:
        temporary = {table: stack.enter_context(whole_file(path)) for table, path in paths.items()}
        writers = {table: TableWriter(table, path) for table, path in temporary.items()}
        try:
            yield writers
        finally:
            for writer in writers.values():
                writer.close()
