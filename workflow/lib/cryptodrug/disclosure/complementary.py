"""Complementary hiding inside a table: more cells are hidden until no small one can be computed back."""

import re

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
        less = tuple((row, column) for row, column in relation.get("less", ()))
        found.append(Relation(parts, tuple(total) if total else None, relation.get("value"), less))
    return found + wholes_of(table)


def wholes_of(table: ResultTable) -> list[Relation]:
    """Counts of the focus country that stand beside those of everybody: none can be larger.

    A column `<name>_focus` has its whole in `<name>` or `<name>_all`, a row `focus-...` in the row `all-...`. That one
    vendor of the country left is no secret where one vendor left in all.
    """
    counts = {column.name: column.unit for column in table.columns if column.kind == "count"}
    rows, found = set(table.rows["row"]), []
    for name, unit in counts.items():
        stem = name.removesuffix("_focus")
        whole = next((one for one in (stem, f"{stem}_all") if one != name and counts.get(one) == unit), None)
        if whole and stem != name:
            found += [Relation(((row, name),), (row, whole), at_most=True) for row in table.rows["row"]]
    for row in table.rows["row"]:
        everybody = re.sub(r"(?<![a-z])focus(?![a-z])", "all", row)
        if everybody != row and everybody in rows:
            found += [Relation(((row, name),), (everybody, name), at_most=True) for name in counts]
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


def unsafe_cells(
    relations: list[Relation],
    values: dict[Cell, float],
    hidden: set[Cell],
    smallest: int,
    forced: frozenset[Cell] = frozenset(),
) -> list[Cell]:
    """Hidden small counts, and those hidden for the sake of another table, that can be narrowed down too far."""
    cells = {cell for cell in hidden if cell in values}
    shown = {cell: value for cell, value in values.items() if cell not in cells}
    # a sum in which a cell is missing altogether binds nothing
    usable = [relation for relation in relations if all(cell in values for cell in relation.cells())]
    found = bounds(usable, shown, cells)
    # where there is nobody at all there is nobody of the country: that may be said
    nobody = {one.parts[0] for one in relations if one.at_most and one.total in shown and shown[one.total] == 0}
    guarded = [cell for cell in found if (values[cell] < smallest or cell in forced) and cell not in nobody]
    return [cell for cell in guarded if not is_safe(found[cell], smallest)]


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
    relations: list[Relation],
    values: dict[Cell, float],
    primary: set[Cell],
    hidden: set[Cell],
    smallest: int,
    forced: frozenset[Cell],
) -> set[Cell]:
    """Complementary cells shown again, the largest first, as long as all small ones stay safe."""
    kept = set(hidden)
    for cell in sorted(hidden - primary, key=lambda cell: (-values.get(cell, 0), cell)):
        if not unsafe_cells(relations, values, kept - {cell}, smallest, forced):
            kept.discard(cell)
    return kept


def complete_hiding(
    table: ResultTable, primary: set[Cell], smallest: int, forced: frozenset[Cell] = frozenset()
) -> set[Cell] | None:
    """Primary and complementary cells together, or None when the table cannot be made safe.

    Cells are hidden one by one until an attacker gets no small one back, then those that turned out needless are shown
    again, so that little is lost.

    Parameters
    ----------
    smallest : smallest count that may be shown in this domain.
    forced : counts of any size that must not be known, since another table would give a small one back with them.
    """
    relations, values, hidden = relations_of(table), count_cells(table), set(primary) | forced
    while unsafe := unsafe_cells(relations, values, hidden, smallest, forced):
        cell = _next_to_hide(relations, values, hidden, unsafe)
        if cell is None:
            return None
        hidden.add(cell)
    return _opened(relations, values, primary | forced, hidden, smallest, forced)
