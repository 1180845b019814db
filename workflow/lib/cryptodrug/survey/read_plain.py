"""Read a plain table (CSV, XLSX) with the code book that belongs to it."""

from collections.abc import Collection
from pathlib import Path

from cryptodrug.survey.export import UNKNOWN, Export, Variable, refuse
from cryptodrug.survey.mapping import Layout
from cryptodrug.survey.text_table import csv_rows, kept_columns, table_rows, unique_names

CODEBOOK_COLUMNS = ["variable", "question", "values", "missing"]


def _labels(text: str) -> dict[str, dict[str, str]]:
    """`CL0=never;CL1=over a decade ago` by code; a code without a label has its own text."""
    labels = {}
    for entry in filter(None, (entry.strip() for entry in text.split(";"))):
        code, sign, label = entry.partition("=")
        labels[code.strip()] = {UNKNOWN: label.strip() if sign else code.strip()}
    return labels


def read_codebook(path: str | Path) -> dict[str, Variable]:
    """A code book: the columns `variable`, `question`, `values` (`1=yes;2=no`) and `missing` (`8;9`), in the order of
    the columns of its table.

    Raises
    ------
    InputError : it has other columns, or a variable stands twice.
    """
    rows = list(csv_rows(path))
    if not rows or rows[0] != CODEBOOK_COLUMNS:
        raise refuse(f"the code book has not the columns {', '.join(CODEBOOK_COLUMNS)}", path, "mend its first line")
    book: dict[str, Variable] = {}
    for row in rows[1:]:
        name, question, values, missing = (cell.strip() for cell in (*row, "", "", "")[:4])
        if name in book:
            raise refuse(f"the code book has {name!r} twice", path, "give each column of the table one line")
        codes = [code.strip() for code in missing.split(";") if code.strip()]
        book[name] = Variable({UNKNOWN: question}, _labels(values), tuple((code, code) for code in codes))
    return book


def read_plain(
    path: str | Path, codebook: str | Path | None, layout: Layout, allowed: list[str], empty: Collection[str] = ()
) -> Export:
    """Read the columns `allowed` of a table as texts.

    Without a line of heads, the columns have the names of the code book in its order; of several lines of heads the
    first has the names.

    Raises
    ------
    InputError : a column is absent, there are neither heads nor code book, a line does not fit its heads.
    """
    book = read_codebook(codebook) if codebook else {}
    rows = table_rows(path, layout.separator, layout.encoding)
    heads = [next(rows, []) for _ in range(layout.head)]
    if not heads and not book:
        raise refuse("the table has no line of heads", path, "give the study a code book that names its columns")
    names = unique_names(heads[0]) if heads else list(book)
    table, left = kept_columns(rows, names, path, allowed, empty)
    return Export(table, {name: book.get(name, Variable()) for name in allowed}, left=left)
