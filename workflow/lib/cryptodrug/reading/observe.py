"""A whole archive, or a table that somebody else made of pages, into observed tables."""

import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptodrug.archive import Limits, Page, Report, tables
from cryptodrug.reading.reader import Reader, ReadPage, page_id
from cryptodrug.reading.table_file import TableReading
from cryptodrug.reading.table_records import is_table
from cryptodrug.reading.tables import KEY_COLUMNS, PAGE_COLUMNS, VALUES_OF_PAGE
from cryptodrug.reading.writer import TableWriter

logger = logging.getLogger("cryptodrug.observe")
_NO_VALUES = [None] * len(VALUES_OF_PAGE)
EVERY = 500  # pages between two lines of progress
# Pages are unpacked some at a time: changing with each page between unpacking and reading was measured to take a tenth
# longer. That caches of the processor are the reason is a guess.
TOGETHER, MOST_BYTES = 64, 1_000_000  # pages; bytes, so that large pages are not kept


class Progress:
    """Archive, pages a second and share done, on a terminal only."""

    def __init__(self, name: str, report: Report) -> None:
        self._name, self._report = name, report
        self._shown = sys.stderr.isatty() and "CI" not in os.environ
        self._begin = time.monotonic()

    def show(self, pages: int) -> None:
        """One line, written over the one before."""
        if self._shown and pages % EVERY == 0:
            speed = pages / max(time.monotonic() - self._begin, 1e-6)
            share = self._report.share()
            done = f", {share:.0%}" if share is not None else ""
            print(f"\r{self._name}: {pages} pages, {speed:.0f} a second{done}", end="", file=sys.stderr, flush=True)


@lru_cache
def _with_keys(table: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of rows with those that say where they stand."""
    return (*names, *KEY_COLUMNS[table])


def _put_rows(
    writers: dict[str, TableWriter], page: str, kind: str, found: Iterable[tuple[Any, list]], filled: dict[str, int]
) -> None:
    """Rows of one page; positions run on from what is `filled`, by table."""
    for rows, values in found:
        if not values:
            continue
        table = rows.table
        begin = filled.get(table, 0)
        for position, row in enumerate(values, start=begin):
            row += (page, position, kind) if table == "listing" else (page, position)
        filled[table] = begin + len(values)
        writers[table].add(_with_keys(table, rows.names), values)


def _page_row(
    place: tuple[str, str, str, str], captured_at: str | None, checksum: str, size: int, read: ReadPage
) -> list[Any]:
    """A row of the table of pages; `place`: page_id, market, date, path."""
    values = map(read.values.get, VALUES_OF_PAGE) if read.values else _NO_VALUES
    note = ";".join(sorted(read.notes)) if read.notes else None
    return [*place, checksum, size, read.kind, read.layout, note, captured_at, *values]


def some_at_a_time(source: Iterable[Page]) -> Iterator[Page]:
    """The same pages in the same order, of which some are unpacked before the first of them is handed over."""
    waiting: list[Page] = []
    size = 0
    for page in source:
        waiting.append(page)
        size += len(page[1])
        if len(waiting) >= TOGETHER or size >= MOST_BYTES:
            yield from waiting
            waiting.clear()
            size = 0
    yield from waiting


def observe_pages(
    reader: Reader,
    source: Iterable[Page],
    market: str,
    date: str,
    writers: dict[str, TableWriter],
    progress: Progress | None = None,
) -> Counter:
    """Read every page; the number of pages by kind."""
    kinds: Counter = Counter()
    for number, given in enumerate(some_at_a_time(source), start=1):
        path, data = given
        read = reader.read(path, data, status=given.status, charset=given.charset, cut=given.cut)
        identity = page_id(market, date, given.place)
        if given.again:
            read.notes.add("duplicate-capture")
        kinds[read.kind] += 1
        if read.kind == "unknown":
            logger.warning("page %s (%d bytes) is of no known kind", identity, len(data))
        received = data if given.received is None else given.received
        where = identity, market, date, _as_text(given.place)
        row = _page_row(where, given.captured_at, sha256(received).hexdigest(), len(received), read)
        writers["page"].add(PAGE_COLUMNS, [row])
        _put_rows(writers, identity, read.kind, read.rows, {})
        if progress is not None:
            progress.show(number)
    return kinds


def _as_text(place: str) -> str:
    """A path as text, where a byte that is not of UTF-8 is a sign of its own."""
    return place.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def reads_as_table(reader: Reader, path: Path) -> bool:
    """Whether a file is one of the tables of a market: it has only tables, or the name says so."""
    rules = reader.adapter
    return bool(rules.tables) and (not rules.pages or (path.is_file() and is_table(path.name)))


def observe_table(
    reader: Reader,
    path: Path,
    market: str,
    date: str,
    writers: dict[str, TableWriter],
    report: Report | None = None,
    limits: Limits | None = None,
) -> Counter:
    """Read a table, or the tables in an archive: each is one page, each line one row; the number of pages by kind.

    Raises
    ------
    InputError : the market file knows no table of these, or one is damaged.
    """
    kinds: Counter = Counter()
    first = None
    for table in tables(path, report, limits):
        reading, filled = TableReading(reader.adapter, table.place, table), Counter()
        identity = page_id(market, date, table.place)
        for found in reading.batches():
            _put_rows(writers, identity, reading.kind, found, filled)
        table.finish()
        if table.damage is not None:
            reading.notes.add("cut")
        read = ReadPage(reading.kind or "unknown", reading.layout, reading.notes)
        row = _page_row((identity, market, date, _as_text(table.place)), None, table.sha256, table.size, read)
        writers["page"].add(PAGE_COLUMNS, [row])
        kinds[read.kind] += 1
        first = first or reading
    if first is not None and set(kinds) == {"unknown"}:
        raise first.unknown()
    return kinds
