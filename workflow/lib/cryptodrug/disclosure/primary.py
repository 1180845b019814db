"""Primary rules: which cells rest on too few people, and every statistic that would give such a cell back."""

import pandas as pd

from cryptodrug.disclosure.rules import DisclosureRules
from cryptodrug.results import Column, ResultTable

Cell = tuple[str, str]
ESTIMATES = ("share", "ratio", "number", "money")
# vocabularies of what a test says: no class of p and no verdict without the numbers behind it
TESTS = ("p_class", "change_verdict")
# support column of every table about interviews: on how many a row rests
INTERVIEWS = "support_interviews"


def _number(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _public(row: pd.Series, column: Column, rules: DisclosureRules) -> bool:
    """A cell about vendors of the focus country needs three of them; none at all may be said."""
    vendors = _number(row[column.guard_vendors]) if column.guard_vendors else None
    return vendors is not None and 0 < vendors < rules.public.minimum_focus_vendors


def _revenue(row: pd.Series, column: Column, rules: DisclosureRules) -> bool:
    """Three vendors at least, the two largest together not above the limit (dominance)."""
    vendors = _number(row[column.guard_vendors]) if column.guard_vendors else None
    largest = _number(row[column.guard_top2]) if column.guard_top2 else None
    few = vendors is not None and 0 < vendors < rules.revenue.minimum_vendors
    return few or (largest is not None and largest > rules.revenue.largest_two_share)


def _respondents(row: pd.Series, column: Column, rules: DisclosureRules, sensitive: bool) -> bool:
    """Small counts; shares on a small base. A zero is shown unless the question is sensitive."""
    if column.kind not in ("count", *ESTIMATES):
        return False
    value = _number(row[column.name])
    if value is None:
        return False
    if column.kind == "count":
        return 0 < value < rules.respondents.minimum_count or (sensitive and value == 0)
    base = _number(row[column.base]) if column.base else None
    smallest = rules.respondents.minimum_base if column.kind == "share" else rules.respondents.minimum_base_median
    return column.kind in ESTIMATES and base is not None and base < smallest


def _interviews(row: pd.Series, column: Column, rules: DisclosureRules, sensitive: bool) -> bool:
    """Any number of few interviews; a sensitive code that nearly nobody or nearly everybody speaks of."""
    interviews = _number(row[INTERVIEWS]) or 0
    if interviews < rules.interviews.minimum_interviews:
        return column.base is not None
    if not sensitive or column.base is None or column.unit != "interview":
        return False
    value, margin = _number(row[column.name]), rules.interviews.sensitive_margin
    return value is not None and not margin <= value <= interviews - margin


def primary_cells(table: ResultTable, rules: DisclosureRules) -> set[Cell]:
    """Cells that a primary rule hides, as (row, column)."""
    hidden: set[Cell] = set()
    for _, row in table.rows.iterrows():
        for column in table.columns:
            is_open = row["row"] in table.open_rows or column.name in table.open_columns
            if table.domain == "respondents" and is_open and not table.sensitive:
                hide = False
            elif table.domain == "respondents":
                hide = _respondents(row, column, rules, table.sensitive)
            elif table.domain == "revenue":
                hide = _revenue(row, column, rules)
            elif table.domain == "interviews":
                hide = _interviews(row, column, rules, row["row"] in table.sensitive_rows)
            else:
                hide = _public(row, column, rules)
            if hide:
                hidden.add((row["row"], column.name))
    return hidden


def with_dependants(table: ResultTable, hidden: set[Cell]) -> set[Cell]:
    """Adds every estimate that gives a hidden count of its row back.

    A share times its base is the count; a base is the sum of the counts. In a table of respondents an estimate stands
    or falls with all counts of its row, and so does what a test says; elsewhere with the columns it names and with the
    counts of the same vendors.
    """
    hidden = set(hidden)
    counts = {column.name: column.guard_vendors for column in table.columns if column.kind == "count"}
    for name in table.rows["row"]:
        lost = {column for row, column in hidden if row == name}
        if not lost:
            continue
        guards = {counts[column] for column in lost if counts.get(column)}
        for column in table.columns:
            tested = table.domain == "respondents" and column.kind == "text" and column.unit in TESTS
            if column.kind not in ESTIMATES and not tested:
                continue
            linked = {column.base} if column.base else set()
            if table.domain == "respondents":
                linked |= set(counts)
            if linked & lost or (column.guard_vendors and column.guard_vendors in guards):
                hidden.add((name, column.name))
    return hidden
