"""Read an export of LimeSurvey: answers as CSV (codes), or the data file of its R syntax; with the structure (`.lss`).

LimeSurvey leaves a cell empty for a question that was not shown, one that was shown and not answered, and an item that
was not ticked: which of them it is follows from the routing (`empty_cells.py`).
"""

import re
from collections.abc import Collection
from pathlib import Path

import pandas as pd

from cryptodrug.survey.export import Export, Variable, refuse
from cryptodrug.survey.limesurvey_structure import read_structure
from cryptodrug.survey.mapping import Layout
from cryptodrug.survey.record import FACTS, FINISHED, LANGUAGE, LAST_PAGE, MINUTES, MONTH, NUMBER, with_facts
from cryptodrug.survey.record import minutes as whole_minutes
from cryptodrug.survey.record import months as start_months
from cryptodrug.survey.text_table import csv_rows, kept_columns, unique_names

# what the reader itself needs of a record; it is made coarse at once
OWN = ("id", "submitdate", "lastpage", "startlanguage", "startdate", "datestamp")
BESIDE_WORDING = re.compile(r"^(\w+(?:\[\w+\])*)\.\s")


def heading(name: str, known: Collection[str]) -> str:
    """Heading as the structure names it: `ever[can]`, also where R made `ever_can` or `ever.can.` of it, or where the
    wording stands behind the code (`ever[can]. Have you ...`)."""
    name = name.strip()
    if found := BESIDE_WORDING.match(name):
        name = found.group(1)
    if name in known:
        return name
    parts = [part for part in re.split(r"[\[\]_.]", name) if part]
    joined = parts[0] + "".join(f"[{part}]" for part in parts[1:]) if parts else name
    return joined if joined in known else name


def _own(rows: pd.DataFrame, name: str) -> pd.Series:
    return rows[name] if name in rows else pd.Series("", index=rows.index, dtype="str")


def _facts(rows: pd.DataFrame) -> dict[str, pd.Series]:
    sent = _own(rows, "submitdate").str.strip()
    ends = _own(rows, "datestamp")
    return {
        NUMBER: pd.to_numeric(_own(rows, "id"), errors="coerce"),
        FINISHED: (~sent.isin(["", "NA"])).astype("float64"),
        LAST_PAGE: pd.to_numeric(_own(rows, "lastpage"), errors="coerce"),
        MONTH: start_months(_own(rows, "startdate")),
        MINUTES: whole_minutes(_own(rows, "startdate"), ends.where(ends.str.strip() != "", sent)),
        LANGUAGE: _own(rows, "startlanguage"),
    }


def read_limesurvey(
    path: str | Path, structure: str | Path | None, layout: Layout, allowed: list[str], empty: Collection[str] = ()
) -> Export:
    """Read the columns `allowed` as texts: codes of answers, `Y` for what is ticked.

    `@number`, `@finished`, `@last_page`, `@month`, `@minutes` and `@language` stand for what it says of a record.

    Raises
    ------
    InputError : a column is absent, the structure is damaged, a line does not fit its heads.
    """
    book, sets = read_structure(structure) if structure else ({}, {})
    rows = csv_rows(path, layout.separator, layout.encoding)
    heads = next(rows, None)
    if heads is None:
        raise refuse("the export is empty", path, "export the answers again")
    known = {*book, *allowed, *OWN}
    names = unique_names([heading(head, known) for head in heads])
    columns = [name for name in allowed if name not in FACTS]
    own = [name for name in OWN if name in names and name not in columns]
    table, left = kept_columns(rows, names, path, [*columns, *own], empty)
    facts = _facts(table)
    return Export(
        with_facts(table, facts, allowed),
        {name: book.get(name, Variable()) for name in allowed},
        {name: items for name, items in sets.items() if set(items) <= set(columns)},
        left + len(own),
    )
