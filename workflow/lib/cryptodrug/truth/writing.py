"""Truth tables and definitions as CSV text; the first column says of which study."""

import csv
import io
from collections.abc import Iterable, Mapping

import pandas as pd

from cryptodrug.errors import InputError
from cryptodrug.gate import DIGITS
from cryptodrug.truth.definitions import COLUMNS, Definition
from cryptodrug.truth.tables import SCENARIO


def cell(value: object) -> str:
    """Whole numbers without a point, others with twelve significant digits, nothing where nothing is."""
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, bool | str):
        return str(value)
    number = float(value)
    return str(int(number)) if number.is_integer() else f"{number:.{DIGITS}g}"


def _text(head: list[str], lines: Iterable[list[str]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(lines)
    return stream.getvalue()


def table_csv(name: str, table: pd.DataFrame, definitions: Mapping[str, Definition], label: str) -> str:
    """Columns study, row, then those of the table.

    Raises
    ------
    InputError : a column is not defined.
    """
    columns = [column for column in table.columns if column != "row"]
    defined = {one.column for one in definitions.values() if one.table == name and one.of != "none"}
    if strangers := sorted({column.removesuffix(SCENARIO) for column in columns} ^ defined):
        raise InputError(
            f"defined and not computed, or computed and not defined: {', '.join(strangers)}",
            where=f"truth table {name}",
            not_done="no truth was written",
            do="define each column in data/demo/estimands.csv",
        )
    rows = table[["row", *columns]].itertuples(index=False, name=None)
    return _text(["study", "row", *columns], [[label, *map(cell, row)] for row in rows])


def definitions_csv(definitions: Mapping[str, Definition], label: str) -> str:
    """One line per estimand."""
    lines = [[label, one.table, one.column, one.of, one.words, one.population] for one in definitions.values()]
    return _text(["study", *COLUMNS], lines)
