"""Complementary hiding inside a table: more cells are hidden until no small one can be computed back."""

import pandas as pd

from cryptodrug.disclosure.attacker import Cell, Relation, bounds, is_safe
from cryptodrug.results import ResultTable


def relations_of(table: ResultTable) -> list[Relation]:
    """Every sum that a reader of the table knows."""
    found = []
    for relation in table.row_sums:
        for column in relation["columns"]:
            parts = tuple((row, column) for row in relation["parts"])
            total = relation.get("total")
            found.append(Relation(parts, (total, column) if total else None, relation.get("value")))
    for relation in table.column_sums:
        for row in table.rows["row"]:
            parts = tuple((row, column) for column in relation["parts"])
            found.append(Relation(parts, (row, relation["total"])))
    for relation in table.cell_sums:
        parts = tuple((row, column) for row, column in relation["parts"])
        total = relation.get("total")
        found.append(Relation(parts, tuple(total) if total else None, relation.get("value")))
    return found


def count_cells(table: ResultTable) -> dict[Cell, float]:
    """All counts of the table by cell; missing ones are left out."""
    counts = [column.name for column in table.columns if column.kind == "count"]
    values = {}
    for _, row in table.rows.iterrows():
        for column in counts:
            if not pd.isna(row[column]):
                values[(row["row"], column)] = float(row[column])
    return values


def unsafe_cells(relations: list[Relation], values: dict[Cell, float], hidden: set[Cell], smallest: int) -> list[Cell]:
    """Hidden small counts that an attacker can narrow down too far."""
    cells = {cell for cell in hidden if cell in values}
    shown = {cell: value for cell, value in values.items() if cell not in cells}
    # a sum in which a cell is missing altogether binds nothing
    usable = [relation for relation in relations if all(cell in values for cell in relation.cells())]
    found = bounds(usable, shown, cells)
    return [cell for cell, interval in found.items() if values[cell] < smallest and not is_safe(interval, smallest)]


def _next_to_hide(
    relations: list[Relation], values: dict[Cell, float], hidden: set[Cell], unsafe: list[Cell]
) -> Cell | None:
    """The smallest shown count in one sum with an unsafe cell, else with any hidden one. Zeros protect nothing."""
    for ring in (set(unsafe), hidden):
        candidates = {
            cell
            for relation in relations
            if set(relation.cells()) & ring
            for cell in relation.cells()
            if cell not in hidden and values.get(cell, 0) > 0
        }
        if candidates:
            return min(candidates, key=lambda cell: (values[cell], cell))
    return None


def _opened(
    relations: list[Relation], values: dict[Cell, float], primary: set[Cell], hidden: set[Cell], smallest: int
) -> set[Cell]:
    """Complementary cells shown again, the largest first, as long as all small ones stay safe."""
    kept = set(hidden)
    for cell in sorted(hidden - primary, key=lambda cell: (-values.get(cell, 0), cell)):
        if not unsafe_cells(relations, values, kept - {cell}, smallest):
            kept.discard(cell)
    return kept


def complete_hiding(table: ResultTable, primary: set[Cell], smallest: int) -> set[Cell] | None:
    """Primary and complementary cells together, or None when the table cannot be made safe.

    Cells are hidden one by one until an attacker gets no small one back, then those that turned out needless are shown
    again, so that little is lost.

    Parameters
    ----------
    smallest : smallest count that may be shown in this domain.
    """
    relations, values, hidden = relations_of(table), count_cells(table), set(primary)
    while unsafe := unsafe_cells(relations, values, hidden, smallest):
        cell = _next_to_hide(relations, values, hidden, unsafe)
        if cell is None:
            return None
        hidden.add(cell)
    return _opened(relations, values, primary, hidden, smallest)
