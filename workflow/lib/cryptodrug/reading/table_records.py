"""Records of a table file: the names of their fields, where the file has them, and their values as text."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from cryptodrug.archive.kinds import unpacked_name
from cryptodrug.reading.sql_dump import sql_rows
from cryptodrug.reading.table_text import LONGEST, lines_of, too_long

_ENDS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "json",
    ".ndjson": "json",
    ".json": "json",
    ".sql": "sql",
}

Names = tuple[str, ...]
Strange = Callable[[], None]  # told of a line that cannot be read


class Record(NamedTuple):
    """One line; `names` are those of its own fields (JSON, SQL), or None."""

    names: Names | None
    values: list[str]


def form_of(name: str) -> str:
    """How the lines of a file are written, by the end of its name: `csv` where it says nothing else."""
    low = unpacked_name(name).lower()
    return next((form for end, form in _ENDS.items() if low.endswith(end)), "csv")


def is_table(name: str) -> bool:
    """Whether the name of a file says that it is a table."""
    return unpacked_name(name).lower().endswith(tuple(_ENDS))


def csv_lines(lines: Iterable[str], separator: str, blank: bool, name: str) -> Iterator[list[str]]:
    """Lines cut into fields; empty lines are none.

    Raises
    ------
    InputError : a field is longer than any can be.
    """
    # a vendor's key can be longer than the usual limit
    csv.field_size_limit(LONGEST)
    try:
        yield from (line for line in csv.reader(lines, delimiter=separator, skipinitialspace=blank) if line)
    except csv.Error:
        raise too_long(name) from None


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _flat(held: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Fields of an object, those of an object inside it as `outer.inner`; lists of plain values joined by `|`."""
    for name, value in held.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
            yield before + name, "|".join(_as_text(one) for one in value)
        else:
            yield before + name, _as_text(value)


def json_records(lines: Iterable[str], strange: Strange) -> Iterator[Record]:
    """One object a line; numbers stay as they are written. What is no object is told of."""
    for line in lines:
        if not line.strip():
            continue
        try:
            held = json.loads(line, parse_float=str, parse_int=str, parse_constant=str)
            fields = dict(_flat(held)) if isinstance(held, dict) else {}
        except (ValueError, RecursionError):
            fields = {}
        if fields:
            yield Record(tuple(fields), list(fields.values()))
        else:
            strange()


def named_records(form: str, pieces: Iterator[str], name: str, strange: Strange) -> Iterator[Record]:
    """Records of a file in which each says what its fields are."""
    if form == "json":
        return json_records(lines_of(pieces, name), strange)
    return (Record(*row) for row in sql_rows(pieces, LONGEST, strange, lambda: too_long(name)))
