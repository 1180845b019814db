"""Published numbers to set beside ours. One that is remembered or disputed is refused, not printed with a warning."""

import csv
from pathlib import Path

from cryptodrug.errors import InputError

COLUMNS = ("id", "value", "unit", "what", "period", "market", "source", "place", "standing", "differs")
STANDINGS = ("read", "press", "own computation")


def read_comparators(path: str | Path) -> list[dict[str, str]]:
    """All rows; each needs a value, a source, a place in it, and what differs in its definition.

    Raises
    ------
    InputError : a field is empty, a value is no number, or the number was not read in its source.
    """
    with Path(path).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        rows = []
        for row in reader:
            empty = [name for name in COLUMNS if not row.get(name)]
            fault = f"empty: {', '.join(empty)}" if empty else None
            if not fault and row["standing"] not in STANDINGS:
                fault = f"`standing: {row['standing']}`: only {', '.join(STANDINGS)} may be printed"
            if not fault:
                try:
                    float(row["value"])
                except ValueError:
                    fault = f"`value` is no number: {row['value']!r}"
            if fault:
                raise InputError(
                    fault,
                    where=f"{path}, line {reader.line_num}",
                    not_done="no comparison was made",
                    do="read the number in its source and fill the row, or take it out",
                )
            rows.append(row)
    return rows
