"""A whole archive, or a table that somebody else made of pages, into observed tables."""

import csv
import gzip
import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptodrug.archive import Report
from cryptodrug.errors import InputError
from cryptodrug.reading.adapter import TableFile
from cryptodrug.reading.fields import Field
from cryptodrug.reading.reader import Reader, ReadPage, page_id
from cryptodrug.reading.tables import COLUMNS_OF
from cryptodrug.reading.writer import TableWriter

logger = logging.getLogger("cryptodrug.observe")
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
    """The rows of one page, column by column."""
    for rows, values in read.rows:
        if not values:
            continue
        columns: dict[str, list[Any]] = dict(zip(rows.names, map(list, zip(*values, strict=True)), strict=True))
        count = len(values)
        columns["page_id"] = [page] * count
        columns["position"] = list(range(count))
        if rows.table == "listing":
            columns["page_kind"] = [kind] * count
        writers[rows.table].extend(columns, count)


def _page_columns(identity: dict[str, Any], data: bytes, read: ReadPage) -> dict[str, list[Any]]:
    return {
        name: [value]
        for name, value in (
            identity
            | {
                "sha256": sha256(data).hexdigest(),
                "bytes": len(data),
                "kind": read.kind,
                "layout": read.layout,
                "note": ";".join(sorted(read.notes)) or None,
                "printed": read.printed,
                "rate_text": read.rate_text,
                "rate_pair": read.rate_pair,
            }
        ).items()
    }


def observe_pages(
    reader: Reader,
    source: Iterable[tuple[str, bytes]],
    market: str,
    date: str,
    writers: dict[str, TableWriter],
    progress: Progress | None = None,
) -> Counter:
    """Read every page; the number of pages by kind."""
    kinds: Counter = Counter()
    for number, (path, data) in enumerate(source, start=1):
        read = reader.read(path, data)
        identity = page_id(market, date, path)
        kinds[read.kind] += 1
        if read.kind == "unknown":
            logger.warning("page %s (%d bytes) is of no known kind", identity, len(data))
        page = {"page_id": identity, "market": market, "snapshot_date": date}
        page["path"] = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        writers["page"].extend(_page_columns(page, data, read), 1)
        _put_rows(writers, identity, read.kind, read)
        if progress is not None:
            progress.show(number)
    return kinds


def _table_rule(reader: Reader, columns: list[str], path: Path) -> TableFile:
    for rule in reader.adapter.tables:
        if set(rule.columns) <= set(columns):
            return rule
    raise InputError(
        "no table of the market file has these columns",
        where=f"{path}: {', '.join(columns)}",
        not_done="the table was not read",
        do="add a table with these columns to the market file, or name another adapter in the snapshot table",
    )


def observe_table(reader: Reader, path: Path, market: str, date: str, writers: dict[str, TableWriter]) -> Counter:
    """Read a CSV table (perhaps gzipped): the file is one page, each line one row; the number of pages by kind."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    # a vendor's key can be longer than the reader's usual limit for one field
    csv.field_size_limit(1 << 24)
    lines = csv.reader(text.splitlines(keepends=True))
    head = next(lines, [])
    rule = _table_rule(reader, head, path)
    read = ReadPage(rule.kind, "table")
    identity = page_id(market, date, path.name)
    body = list(lines)
    short = sum(1 for line in body if len(line) != len(head))
    if short:
        read.notes.add("lines-of-another-length")
        logger.warning("%s: %d lines have not as many fields as the head", path.name, short)
    for rows in rule.rows:
        columns: dict[str, list[Any]] = {}
        for name in COLUMNS_OF[rows.table]:
            if name in rows.fields:
                columns[name] = _table_column(Field(name, rows.fields[name]), head, body, read.notes)
        columns["page_id"], columns["position"] = [identity] * len(body), list(range(len(body)))
        columns["page_kind"] = [rule.kind] * len(body)
        writers[rows.table].extend(columns, len(body))
    page = {"page_id": identity, "market": market, "snapshot_date": date, "path": path.name}
    writers["page"].extend(_page_columns(page, data, read), 1)
    return Counter({rule.kind: 1})


def _table_column(field: Field, head: list[str], body: list[list[str]], notes: set[str]) -> list[Any]:
    """One field of all lines; an empty cell is absent, not an empty text."""
    if field.rule.constant is not None:
        return [field.rule.constant] * len(body)
    index = head.index(field.rule.header or "")
    texts = (line[index] if index < len(line) else "" for line in body)
    return [field.finish(text, notes) if text else (None if field.name != "pgp_present" else False) for text in texts]
