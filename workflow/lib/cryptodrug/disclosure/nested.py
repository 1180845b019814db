"""Counts of which one holds the other, in different tables: their difference counts vendors too.

Of fourteen vendors of the country with a large listing thirteen have one that states the country alone: whoever reads
both numbers knows of one vendor. Such pairs are named here, since no sum within a table shows them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from cryptodrug.disclosure.attacker import Cell
from cryptodrug.results import ResultTable

Place = tuple[str, str, str]  # table, row, column
EACH, FIRST, LAST, FOCUS = "@each", "@first", "@last", "@focus"
EVERYBODY = 10**6  # what the support column of a cell says that is not about vendors of the focus country


@dataclass(frozen=True)
class Nested:
    """Vendors of `parts` (together, if several) are among those of `whole`.

    A row is its key, or `@each` (every row that all tables have), `@first`, `@last`, or `@focus`: that of the country.
    `hides`: which of the counts is not shown where the difference is small: the one that is said less often.
    """

    parts: tuple[Place, ...]
    whole: Place
    hides: Place
    why: str


def _of(part: Place, whole: Place, why: str) -> Nested:
    return Nested((part,), whole, part, why)


WINDOW: Place = ("key-figures", "window", "vendors_focus")
BY_DEFINITION = "the difference counts those who state another origin beside the country, or did at another time"
NESTED = (
    _of(
        ("wholesale-rank", EACH, "vendors"), ("wholesale-summary", EACH, "vendors"),
        "a large listing that states the country alone is one that states it",
    ),
    _of(
        ("wholesale-summary", "price-eur", "vendors"), ("wholesale-summary", "price", "vendors"),
        "a thousand euro are more than a thousand dollars",
    ),
    _of(
        ("revenue-summary", EACH, "vendors"), ("sales-summary", EACH, "vendors"),
        "who has a listing at the end of an interval has one in the window",
    ),
    _of(("origin-countries", FOCUS, "vendors"), WINDOW, BY_DEFINITION),
    _of(("region-comparison", "focus", "vendors"), WINDOW, BY_DEFINITION),
    _of(
        ("definition-sensitivity", "strict", "vendors"), ("definition-sensitivity", "inclusive", "vendors"),
        BY_DEFINITION,
    ),
    Nested(
        (("definition-sensitivity", "inclusive", "vendors"),), ("definition-sensitivity", "ever", "vendors"),
        ("definition-sensitivity", "ever", "vendors"), BY_DEFINITION,
    ),
    Nested(
        (("definition-sensitivity", "strict", "vendors"),), ("definition-sensitivity", "ever", "vendors"),
        ("definition-sensitivity", "ever", "vendors"), BY_DEFINITION,
    ),
    Nested(
        (
            ("vendor-survival-summary", "all", "cohort_focus"),
            ("vendor-survival-summary", "all", "entrants_focus"),
        ),
        WINDOW, ("vendor-survival-summary", "all", "entrants_focus"),
        "the difference counts those who stated the country later than they came",
    ),
    *(
        Nested(
            (("key-figures", end, "vendors_focus"),), ("vendor-entry-exit", row, "present_focus"),
            ("vendor-entry-exit", row, "present_focus"),
            "the difference counts those who were there and stated the country in another month only",
        )
        for end, row in (("first", FIRST), ("last", LAST))
    ),
)  # fmt: skip


def _row(table: ResultTable, place: Place, each: str) -> pd.Series | None:
    """The row of a place; None where the table has none such."""
    _, key, column = place
    rows = table.rows
    if key in (FIRST, LAST):
        return rows.iloc[0 if key == FIRST else -1]
    if key == FOCUS:
        guard = next(one.guard_vendors for one in table.columns if one.name == column)
        rows = rows[rows[guard] < EVERYBODY]
    else:
        rows = rows[rows["row"] == (each if key == EACH else key)]
    return rows.iloc[0] if len(rows) == 1 else None


def _rows_of_each(nested: Nested, tables: Mapping[str, ResultTable]) -> list[str]:
    """Rows for which the pair is looked at: once, where none is `@each`."""
    if nested.hides[1] != EACH:
        return [""]
    return list(tables[nested.hides[0]].rows["row"])


def small_differences(
    tables: Mapping[str, ResultTable], hidden: Mapping[str, frozenset[Cell]], smallest: Callable[[ResultTable], int]
) -> list[tuple[str, Cell, str]]:
    """Counts to hide, as table, cell and reason: each is shown beside another one from which it differs by few.

    Parameters
    ----------
    tables : internal tables that are released, by id.
    hidden : cells of each that are not shown.
    smallest : smallest count that may be shown in a table.
    """
    found = []
    for nested in NESTED:
        places = (*nested.parts, nested.whole)
        if any(table not in tables for table, _, _ in places):
            continue
        for each in _rows_of_each(nested, tables):
            counts: list[float] = []
            for place in places:
                row = _row(tables[place[0]], place, each)
                if row is not None and pd.notna(row[place[2]]) and (row["row"], place[2]) not in hidden[place[0]]:
                    counts.append(float(row[place[2]]))
            if len(counts) < len(places):
                continue
            table = tables[nested.hides[0]]
            if 0 < abs(counts[-1] - sum(counts[:-1])) < smallest(table):
                cell = (_row(table, nested.hides, each)["row"], nested.hides[2])
                found.append((table.table, cell, nested.why))
    return found
