"""Observed rows to Parquet, in batches: memory does not grow with the archive."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cryptodrug.files import whole_file
from cryptodrug.reading.schemas import SCHEMAS

BATCH = 20_000
WAITING = 500  # rows: each that waits is looked at by Python's search for what is no longer used


def columns_of(names: tuple[str, ...], rows: list[list[Any]]) -> dict[str, list[Any]]:
    """Rows as columns."""
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


class TableWriter:
    """Collects columns of one observed table and writes them batch by batch."""

    def __init__(self, table: str, path: Path) -> None:
        self._schema = SCHEMAS[table]
        self._names = self._schema.names
        self._columns: dict[str, list[Any]] = {}  # those that were given, up to the last row that had them
        self._count = 0
        self._given: tuple[str, ...] = ()
        self._rows: list[list[Any]] = []  # waiting, with these columns
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")

    def add(self, names: tuple[str, ...], rows: list[list[Any]]) -> None:
        """Add rows with values of these columns; the others are missing values.

        Rows of the same columns are turned into columns together: most pages have few, and this has a price.
        """
        if names is not self._given and names != self._given:
            self._turn()
            self._given = names
        self._rows += rows
        if len(self._rows) >= WAITING:
            self._turn()

    def _turn(self) -> None:
        """Make columns of the rows that are waiting."""
        if self._rows:
            rows, self._rows = self._rows, []
            self.extend(columns_of(self._given, rows), len(rows))

    def extend(self, columns: dict[str, list[Any]], count: int) -> None:
        """Add `count` rows as columns; those that are not given are missing values."""
        kept, before = self._columns, self._count
        for name, given in columns.items():
            values = kept.get(name)
            if values is None:
                values = kept[name] = []
            if len(values) < before:
                values.extend([None] * (before - len(values)))
            values.extend(given)
        self._count = before + count
        if self._count >= BATCH:
            self._write(self._count // BATCH * BATCH)

    def _write(self, count: int) -> None:
        """Write the first rows in batches of one size: the file depends on the rows, not on how they came."""
        for begin in range(0, count, BATCH):
            end = min(begin + BATCH, count)
            columns = [self._column(name, begin, end) for name in self._names]
            self._writer.write_table(pa.table(columns, schema=self._schema))
        for values in self._columns.values():
            del values[:count]
        self._count -= count

    def _column(self, name: str, begin: int, end: int) -> pa.Array:
        """A column of some rows; no value was given behind the last one that is kept."""
        given, kind = self._columns.get(name, ())[begin:end], self._schema.field(name).type
        missing = pa.nulls(end - begin - len(given), kind)
        return pa.concat_arrays([pa.array(given, kind), missing]) if given else missing

    def close(self) -> None:
        """Write the rest and end the file."""
        self._turn()
        self._write(self._count)
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
