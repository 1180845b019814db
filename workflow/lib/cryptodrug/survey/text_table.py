"""Tables of text (CSV, XLSX), of which only the allowed columns are kept."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pandas as pd

from cryptodrug.survey.export import check_empty, check_present, refuse
from cryptodrug.survey.workbook import workbook_rows

MISSING_SIGNS = ("", "-")


def csv_rows(path: str | Path, separator: str = ",", encoding: str = "utf-8") -> Iterator[list[str]]:
    """Lines of a CSV file as lists of cells; a byte order mark is no part of the first cell.

    Raises
    ------
    InputError : the file is not written in `encoding`, or is no text.
    """
    try:
        with Path(path).open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as stream:
            for row in csv.reader(stream, delimiter=separator):
                if row:
                    yield row
    except (UnicodeDecodeError, csv.Error) as error:
        raise refuse(
            f"the table is not written in {encoding} ({error})",
            path,
            "say how it is written (`layout.encoding` of the map), or export it again as UTF-8",
        ) from None


def table_rows(path: str | Path, separator: str = ",", encoding: str = "utf-8") -> Iterator[list[str]]:
    """Rows of a CSV file or of the first sheet of a workbook."""
    return workbook_rows(path) if Path(path).suffix.lower() == ".xlsx" else csv_rows(path, separator, encoding)


def unique_names(heads: Sequence[str]) -> list[str]:
    """Names of columns; a column without one (a trailing comma) is left out, a second one of a name is numbered."""
    names: list[str] = []
    for head in heads:
        name, number = head.strip(), 1
        while name and name in names:
            number += 1
            name = f"{head.strip()}.{number}"
        names.append(name)
    return names


def kept_columns(
    rows: Iterable[Sequence[str]], names: Sequence[str], path: str | Path, allowed: list[str], empty: Iterable[str] = ()
) -> tuple[pd.DataFrame, int]:
    """Texts of the columns `allowed`, in this order, and how many columns were not kept.

    Each line is cut to its allowed cells as soon as it is read. A line may be shorter than the heads (empty cells at
    its end) or longer (a trailing separator); cells with something in them behind the last head are refused.

    Parameters
    ----------
    empty : columns that must not hold anything.

    Raises
    ------
    InputError : an allowed column is absent, a column that must be empty is not, a line has more answers than heads.
    """
    check_present(path, allowed, list(names))
    checked = [name for name in empty if name in names]
    wanted = list(dict.fromkeys([*allowed, *checked]))
    places = [names.index(name) for name in wanted]
    kept: list[list[str]] = []
    for number, row in enumerate(rows, 1):
        if any(cell.strip() for cell in row[len(names) :]):
            raise refuse(
                f"answer line {number} has {len(row)} cells under {len(names)} heads",
                path,
                "export the table again: a separator inside an answer was not quoted",
            )
        kept.append([row[place] if place < len(row) else "" for place in places])
    table = pd.DataFrame(kept, columns=wanted, dtype="str")
    for name in checked:
        check_empty(path, name, table[name], lambda text: text in MISSING_SIGNS or text.startswith("-"))
    return table[allowed], sum(1 for name in names if name) - len(allowed)
