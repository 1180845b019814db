"""Tables that somebody else made of pages (CSV, JSON lines, SQL dumps): the file is one page, each line one row."""

import io
import itertools
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cryptodrug.archive.members import Taken
from cryptodrug.archive.streams import table_of
from cryptodrug.errors import InputError
from cryptodrug.reading.adapter import Adapter, LineForm, TableFile
from cryptodrug.reading.fields import Field, Notes
from cryptodrug.reading.reader import ReadPage
from cryptodrug.reading.rules import RowRule
from cryptodrug.reading.table_records import Names, csv_lines, form_of, named_records
from cryptodrug.reading.table_text import lines_of, text_of
from cryptodrug.reading.tables import FLAGS

logger = logging.getLogger("cryptodrug.observe")
TRIED = 200  # lines that are looked at to find the rule for a file without a line of names
HEAD = 1 << 18  # characters among which these lines are looked for
BATCH = 5_000  # lines that are in memory at once

Line = list[str]
Places = dict[str, int]  # column and its place in a line
Rows = tuple["TableRows", list[list[Any]]]


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


def _places(names: Iterable[str]) -> Places:
    """The first of two columns of one name counts."""
    return {name: index for index, name in reversed(list(enumerate(names)))}


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


class _Rows:
    """Compiled rows of one observed table."""

    def __init__(self, rule: RowRule, notes: Notes) -> None:
        self.rows = TableRows(rule.table, tuple(rule.fields))
        self._values = [_value(Field(name, definition), notes) for name, definition in rule.fields.items()]
        self._needed = self.rows.names.index(rule.required) if rule.required else None

    def read(self, placed: Iterable[tuple[Places, Line]]) -> list[list[Any]]:
        """Values of each line, in its order; lines without the required field are none."""
        rows = [[value(places, line) for value in self._values] for places, line in placed]
        return rows if self._needed is None else [row for row in rows if row[self._needed] is not None]


class _Rule:
    """A compiled table of a market file."""

    def __init__(self, rule: TableFile, notes: Notes) -> None:
        self.rule, self.columns = rule, set(rule.columns)
        self.forms = [Form(form) for form in rule.lines]
        self._rows = [_Rows(rows, notes) for rows in rule.rows]

    def rows(self, placed: list[tuple[Places, Line]]) -> list[Rows]:
        """Rows of all observed tables in these lines."""
        return [(one.rows, one.read(placed)) for one in self._rows]

    def knows(self, lines: list[Line]) -> bool:
        """Whether these first lines are of such a table."""
        if not lines:
            return False
        if self.columns:
            return self.columns <= set(lines[0])
        tried = lines[:TRIED]
        return 2 * sum(any(form.fits(line) for form in self.forms) for line in tried) > len(tried)


class TableReading:
    """One table, read forward with the first rule of the market file that knows it.

    `kind` and `layout` are those of the rule; None as long as no rule is found. `notes` are whole after the last batch.
    """

    def __init__(self, adapter: Adapter, name: str, stream: Taken) -> None:
        self.kind: str | None = None
        self.layout: str | None = None
        self.notes: Notes = set()
        self._name, self._form = name, form_of(name)
        self._rules = [_Rule(rule, self.notes) for rule in adapter.tables]
        self._text = text_of(stream, adapter.encoding, self.notes)
        self._found: Names = ()
        self._short = self._strange = 0

    def unknown(self) -> InputError:
        """The error for a table that no rule knows."""
        return InputError(
            "no table of the market file has these columns",
            where=f"{self._name}: {', '.join(self._found) or 'no line'}",
            not_done="the table was not read",
            do="add a table with these columns to the market file, or name another adapter in the snapshot table",
        )

    def _take(self, rule: _Rule) -> None:
        if self.kind is None:
            self.kind, self.layout = rule.rule.kind, rule.rule.layout

    def _is_strange(self) -> None:
        self._strange += 1

    def _separator(self, rule: TableFile) -> str:
        return "\t" if self._form == "tsv" and rule.separator == "," else rule.separator

    def _cut(self, lines: Iterable[str], rule: TableFile) -> Iterator[Line]:
        return csv_lines(lines, self._separator(rule), rule.blank_after_separator, self._name)

    def _head(self) -> tuple[str, bool]:
        """The first part of the text, and whether it is all of it."""
        pieces, length = [], 0
        for piece in self._text:
            pieces.append(piece)
            length += len(piece)
            if length >= HEAD:
                return "".join(pieces), False
        return "".join(pieces), True

    def _with_head(self, rule: _Rule, lines: Iterator[Line]) -> Iterator[tuple[Places, Line]]:
        """The lines below the line of names."""
        head = next(lines)
        places = _places(head)
        for line in lines:
            self._short += len(line) != len(head)
            yield places, line

    def _without_head(self, rule: _Rule, lines: Iterator[Line]) -> Iterator[tuple[Places, Line]]:
        """Each line with the first form that fits it; lines that fit none are counted."""
        for line in lines:
            places = next((form.places for form in rule.forms if form.fits(line)), None)
            if places is None:
                self._strange += 1
                continue
            self._short += places is not rule.forms[0].places
            yield places, line

    def _lines(self) -> Iterator[list[Rows]]:
        """Rows of a table whose lines are all of one rule."""
        head, whole = self._head()
        # the last line of the first part may be cut
        shown = head if whole else head[: head.rfind("\n") + 1]
        for rule in self._rules:
            tried = list(itertools.islice(self._cut(io.StringIO(shown, newline=""), rule.rule), TRIED))
            self._found = tuple(tried[0]) if tried else ()
            if rule.knows(tried):
                break
        else:
            return
        self._take(rule)
        lines = self._cut(lines_of(itertools.chain([head], self._text), self._name), rule.rule)
        placed = (self._with_head if rule.columns else self._without_head)(rule, lines)
        while batch := list(itertools.islice(placed, BATCH)):
            yield rule.rows(batch)

    def _rule_for(self, names: Names) -> tuple[_Rule | None, Places]:
        rule = next((rule for rule in self._rules if rule.columns and rule.columns <= set(names)), None)
        if rule is not None:
            self._take(rule)
        self._found = self._found or names
        return rule, _places(names)

    def _records(self) -> Iterator[list[Rows]]:
        """Rows of a table whose records each name their fields; records that no rule knows are counted."""
        known: dict[Names, tuple[_Rule | None, Places]] = {}
        batch, last = [], None
        for names, values in named_records(self._form, self._text, self._name, self._is_strange):
            if names not in known:
                known = known if len(known) < BATCH else {}
                known[names] = self._rule_for(names)
            rule, places = known[names]
            if rule is None:
                self._strange += 1
                continue
            if batch and (rule is not last or len(batch) == BATCH):
                yield last.rows(batch)
                batch = []
            batch.append((places, values))
            last = rule
        if batch:
            yield last.rows(batch)

    def batches(self) -> Iterator[list[Rows]]:
        """All rows, some lines at a time."""
        yield from self._records() if self._form in ("json", "sql") else self._lines()
        if self._short:
            self.notes.add("lines-of-another-length")
            logger.warning("%d lines have not as many fields as the first form of a line", self._short)
        if self._strange and self.kind is not None:
            self.notes.add("lines-of-no-known-form")
            logger.warning("%d lines fit no form of the market file and were not read", self._strange)


def read_table(adapter: Adapter, name: str, data: bytes) -> ReadPage:
    """Read a small table, packed or not, with the first rule of the market file that knows it.

    Raises
    ------
    InputError : no rule knows the table.
    """
    reading = TableReading(adapter, name, table_of(name, data))
    joint: dict[TableRows, list[list[Any]]] = {}
    for batch in reading.batches():
        for rows, values in batch:
            joint.setdefault(rows, []).extend(values)
    if reading.kind is None:
        raise reading.unknown()
    read = ReadPage(reading.kind, reading.layout, reading.notes)
    read.rows = list(joint.items())
    return read
