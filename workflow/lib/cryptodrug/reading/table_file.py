"""A table that somebody else made of pages (CSV, perhaps gzipped): the file is one page, each line one row."""

import csv
import gzip
import io
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptodrug.errors import InputError
from cryptodrug.reading.adapter import Adapter, LineForm, TableFile
from cryptodrug.reading.encoding import as_utf8
from cryptodrug.reading.fields import Field, Notes
from cryptodrug.reading.reader import ReadPage
from cryptodrug.reading.rules import RowRule
from cryptodrug.reading.tables import FLAGS

logger = logging.getLogger("cryptodrug.observe")
GZIP = b"\x1f\x8b"
TRIED = 200  # lines that are looked at to find the rule for a file without a line of names

Line = list[str]
Places = dict[str, int]  # column and its place in a line


@dataclass(frozen=True)
class TableRows:
    """Rows of one observed table in a table file: the names of their fields."""

    table: str
    names: tuple[str, ...]


class Form:
    """A compiled form of a line without a line of names above it."""

    def __init__(self, form: LineForm) -> None:
        self.places = {name: index for index, name in enumerate(form.columns)}
        self._patterns = [(self.places[name], re.compile(pattern)) for name, pattern in form.where.items()]

    def fits(self, line: Line) -> bool:
        """As many fields as columns, and each pattern is found in its column."""
        return len(line) == len(self.places) and all(pattern.search(line[index]) for index, pattern in self._patterns)


def _lines_of(data: bytes, rule: TableFile) -> list[Line]:
    """The lines of a file cut into fields; empty lines are none."""
    # a vendor's key can be longer than the reader's usual limit for one field
    csv.field_size_limit(1 << 24)
    # not `splitlines`: a title may hold one of the rarer line ends of Unicode, which end no line of a table
    stream = io.StringIO(data.decode("utf-8").removeprefix("\ufeff"), newline="")
    lines = csv.reader(stream, delimiter=rule.separator, skipinitialspace=rule.blank_after_separator)
    return [line for line in lines if line]


def _with_head(rule: TableFile, lines: list[Line], notes: Notes) -> list[tuple[Places, Line]]:
    """The lines below the line of names."""
    head, body = lines[0], lines[1:]
    if short := sum(len(line) != len(head) for line in body):
        notes.add("lines-of-another-length")
        logger.warning("%d lines have not as many fields as the head", short)
    places = {name: index for index, name in reversed(list(enumerate(head)))}
    return [(places, line) for line in body]


def _without_head(rule: TableFile, lines: list[Line], notes: Notes) -> list[tuple[Places, Line]]:
    """Each line with the first form that fits it; lines that fit none are counted and noted."""
    forms = [Form(form) for form in rule.lines]
    placed = [(next((form.places for form in forms if form.fits(line)), None), line) for line in lines]
    if strange := sum(places is None for places, _ in placed):
        notes.add("lines-of-no-known-form")
        logger.warning("%d lines fit no form of the market file and were not read", strange)
    if any(places is not None and places is not forms[0].places for places, _ in placed):
        notes.add("lines-of-another-length")
    return [(places, line) for places, line in placed if places is not None]


def _recognised(rule: TableFile, lines: list[Line]) -> bool:
    if not lines:
        return False
    if rule.columns:
        return set(rule.columns) <= set(lines[0])
    tried = lines[:TRIED]
    forms = [Form(form) for form in rule.lines]
    return 2 * sum(any(form.fits(line) for form in forms) for line in tried) > len(tried)


def _value(field: Field, notes: Notes) -> Callable[[Places, Line], Any]:
    """The value of a field in a line; an empty cell is absent, not an empty text."""
    if field.rule.constant is not None:
        return lambda _places, _line: field.rule.constant
    column, absent = field.rule.header, False if field.name in FLAGS else None

    def value(places: Places, line: Line) -> Any:
        index = places.get(column, -1)
        text = line[index] if 0 <= index < len(line) else ""
        return field.finish(text, notes) if text else absent

    return value


def _rows(rule: RowRule, placed: list[tuple[Places, Line]], notes: Notes) -> tuple[TableRows, list[list[Any]]]:
    values = [_value(Field(name, definition), notes) for name, definition in rule.fields.items()]
    names = tuple(rule.fields)
    rows = [[value(places, line) for value in values] for places, line in placed]
    if rule.required:
        needed = names.index(rule.required)
        rows = [row for row in rows if row[needed] is not None]
    return TableRows(rule.table, names), rows


def read_table(adapter: Adapter, name: str, data: bytes) -> ReadPage:
    """Read a table file with the first rule of the market file that knows its columns or the form of its lines.

    Raises
    ------
    InputError : no rule knows the table.
    """
    notes: Notes = set()
    text = as_utf8(gzip.decompress(data) if data.startswith(GZIP) else data, adapter.encoding, notes)
    lines: list[Line] = []
    for rule in adapter.tables:
        lines = _lines_of(text, rule)
        if _recognised(rule, lines):
            placed = (_with_head if rule.columns else _without_head)(rule, lines, notes)
            read = ReadPage(rule.kind, rule.layout, notes)
            read.rows = [_rows(rows, placed, notes) for rows in rule.rows]
            return read
    raise InputError(
        "no table of the market file has these columns",
        where=f"{name}: {', '.join(lines[0]) if lines else 'no line'}",
        not_done="the table was not read",
        do="add a table with these columns to the market file, or name another adapter in the snapshot table",
    )
