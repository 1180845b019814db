"""The observed rows of a page, a folder, an archive or a table, for the eye or for other programs.

They go the way of a real run (`cryptodrug.reading.observe`), only the last step prints in place of writing a file.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptodrug.archive import Limits, Report, pages
from cryptodrug.errors import InputError
from cryptodrug.markets.find import market_file, page_source
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.reading.observe import observe_pages, observe_table, reads_as_table
from cryptodrug.reading.reader import Reader
from cryptodrug.reading.tables import COLUMNS_OF

# JSON allows them inside texts, but readers such as `str.splitlines` would cut the line there
_LINE_ENDS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}
UNRECOGNISED = ("unknown", "cut", "empty")


class RowPrinter:
    """Takes rows as a table writer does, and prints them."""

    def __init__(self, table: str, form: Callable[[dict[str, Any]], str]) -> None:
        self._table, self._form = table, form

    def add(self, names: tuple[str, ...], rows: list[list[Any]]) -> None:
        """Print rows. A field that the market file reads and the page does not show is null."""
        for row in rows:
            print(self._form({"table": self._table} | dict(zip(names, row, strict=True))))


def _as_json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False).translate(_LINE_ENDS)


def _for_the_eye(row: dict[str, Any]) -> str:
    head = f"{row.pop('table'):<9}{row.pop('page_id')}"
    return head + "".join(f"  {name}={value}" for name, value in row.items() if value is not None)


def _read_all(reader: Reader, source: Path, writers: dict[str, RowPrinter]) -> Counter:
    """Print all rows, of a damaged archive all that is whole; the number of pages by kind.

    Raises
    ------
    InputError : the archive is damaged; what could be read has been printed.
    """
    market, report, limits = reader.adapter.market, Report(), Limits(keep_damaged=True)
    if reads_as_table(reader, source):
        kinds = observe_table(reader, source, market, "", writers, report, limits)
    else:
        kinds = observe_pages(reader, pages(source, report, limits), market, "", writers)
    for reason, count in sorted(report.refused.items()):
        print(f"not read: {count} members ({reason})", file=sys.stderr)
    if lost := sorted({*report.damages, *report.unreadable}):
        raise InputError(
            f"the archive is damaged or cut off ({'; '.join(lost)})",
            where=f"{source}, {report.pages} pages were read",
            not_done=f"{sum(one.number for one in report.unreadable.values())} members and all that a damage hides",
            do="fetch the archive again; docs/archives.md says what becomes of a damaged one in a study",
        )
    return kinds


def parse(options: argparse.Namespace) -> int:
    """Print the observed rows; 0: read, 1: no page is of a kind that the market file knows.

    Raises
    ------
    AdapterError, InputError : the market file is wrong, or the pages cannot be read (exit status 2).
    """
    reader = Reader(read_adapter(market_file(options.market)))
    form = _as_json if options.json else _for_the_eye
    writers = {table: RowPrinter(table, form) for table in (*COLUMNS_OF, "page")}
    kinds = _read_all(reader, page_source(options.pages), writers)
    if kinds and all(kind in UNRECOGNISED for kind in kinds):
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        print(f"no page is of a kind that {reader.adapter.market} knows ({counts})", file=sys.stderr)
        return 1
    return 0
