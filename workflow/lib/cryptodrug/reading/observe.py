"""A whole archive, or a table that somebody else made of pages, into observed tables."""

import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptodrug.archive import Page, Report
from cryptodrug.reading.reader import Reader, ReadPage, page_id
from cryptodrug.reading.table_file import read_table
from cryptodrug.reading.tables import VALUES_OF_PAGE
from cryptodrug.reading.writer import TableWriter

logger = logging.getLogger("cryptodrug.observe")
_NO_VALUES = dict.fromkeys(VALUES_OF_PAGE)
EVERY = 500  # pages between two lines of progress


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


def _put_rows(writers: dict[str, TableWriter], page: str, kind: str, read: ReadPage) -> None:
    """The rows of one page, column by column; positions run on where several rules read rows of one table."""
    filled: Counter = Counter()
    for rows, values in read.rows:
        if not values:
            continue
        columns: dict[str, list[Any]] = dict(zip(rows.names, map(list, zip(*values, strict=True)), strict=True))
        count = len(values)
        columns["page_id"] = [page] * count
        columns["position"] = list(range(filled[rows.table], filled[rows.table] + count))
        filled[rows.table] += count
        if rows.table == "listing":
            columns["page_kind"] = [kind] * count
        writers[rows.table].extend(columns, count)


def _page_columns(identity: dict[str, Any], data: bytes, read: ReadPage) -> dict[str, list[Any]]:
    columns = {
        **identity,
        "sha256": sha256(data).hexdigest(),
        "bytes": len(data),
        "kind": read.kind,
        "layout": read.layout,
        "note": ";".join(sorted(read.notes)) or None,
        **_NO_VALUES,
        **read.values,
    }
    return {name: [value] for name, value in columns.items()}


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
    for number, given in enumerate(source, start=1):
        path, data = given
        read = reader.read(path, data, status=given.status, charset=given.charset, cut=given.cut)
        identity = page_id(market, date, given.place)
        if given.again:
            read.notes.add("duplicate-capture")
        kinds[read.kind] += 1
        if read.kind == "unknown":
            logger.warning("page %s (%d bytes) is of no known kind", identity, len(data))
        page = {"page_id": identity, "market": market, "snapshot_date": date}
        page["captured_at"] = given.captured_at
        page["path"] = given.place.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        writers["page"].extend(_page_columns(page, data if given.received is None else given.received, read), 1)
        _put_rows(writers, identity, read.kind, read)
        if progress is not None:
            progress.show(number)
    return kinds


def observe_table(
    reader: Reader, path: Path, market: str, date: str, writers: dict[str, TableWriter], report: Report | None = None
) -> Counter:
    """Read a CSV table (perhaps gzipped): the file is one page, each line one row; the number of pages by kind."""
    data = path.read_bytes()
    read = read_table(reader.adapter, path.name, data)
    identity = page_id(market, date, path.name)
    _put_rows(writers, identity, read.kind, read)
    page = {"page_id": identity, "market": market, "snapshot_date": date, "path": path.name}
    writers["page"].extend(_page_columns(page, data, read), 1)
    if report is not None:
        report.members = 1
        report.given.add(len(data))
    return Counter({read.kind: 1})
