"""Validation of tables that cross into the database: all failures at once, never a value."""

import pandas as pd

from cryptodrug.database.schema import DatabaseColumn, DatabaseTable
from cryptodrug.errors import InputError

PANDAS_TYPES = {"text": "object", "date": "object", "integer": "Int64", "number": "float64", "flag": "boolean"}
SHOWN = 5


def typed(table: pd.DataFrame, declared: DatabaseTable) -> pd.DataFrame:
    """The declared columns in order, in their declared types; a missing column is added as missing values."""
    columns = {}
    for column in declared.columns:
        values = table[column.name] if column.name in table else pd.Series([None] * len(table), index=table.index)
        values = values.astype(PANDAS_TYPES[column.type])
        columns[column.name] = values.where(values.notna(), None) if values.dtype == object else values
    return pd.DataFrame(columns)


def _checks(column: DatabaseColumn) -> list:
    from pandera.pandas import Check

    checks = []
    if column.values:
        checks.append(Check.isin(list(column.values), error="none of the listed values"))
    if column.minimum is not None:
        checks.append(Check.ge(column.minimum, error=f"less than {column.minimum:g}"))
    return checks


def _schema(declared: DatabaseTable):
    from pandera.pandas import Column, DataFrameSchema

    return DataFrameSchema(
        {
            column.name: Column(
                PANDAS_TYPES[column.type], checks=_checks(column), nullable=not column.required, required=True
            )
            for column in declared.columns
        },
        strict=True,
        unique=list(declared.key),
    )


def _report(table: pd.DataFrame, cases: pd.DataFrame) -> list[str]:
    """One line per column and rule: how many rows, and the first pages. Values are not shown: they can be names."""
    lines = []
    for (column, check), group in cases.groupby(["column", "check"], dropna=False, sort=True):
        rows = group["index"].dropna().astype(int).sort_values()
        pages = table["page_id"].loc[rows].head(SHOWN).tolist() if "page_id" in table and len(rows) else []
        lines.append(f"{column}: {check}: {len(group)} rows" + (f", pages {', '.join(pages)}" if pages else ""))
    return lines


def validate(table: pd.DataFrame, declared: DatabaseTable) -> pd.DataFrame:
    """Typed and validated table.

    Raises
    ------
    InputError : lists every column and rule that failed, with the number of rows and some page ids.
    """
    from pandera.errors import SchemaErrors

    table = typed(table, declared)
    try:
        _schema(declared).validate(table, lazy=True)
    except SchemaErrors as error:
        lines = _report(table, error.failure_cases)
        raise InputError(
            f"{len(lines)} rules of the table `{declared.name}` do not hold:\n    " + "\n    ".join(lines),
            where=f"table {declared.name}",
            not_done="the database was not written",
            do="look at these pages with `cryptodrug market parse`; the market file or a judgement reads them wrongly",
        ) from None
    return table
