"""The audit as an attacker: what the shown cells and the known sums say about each hidden count.

For every hidden cell two linear programs give the smallest and the largest value that fits all that is published
(Fischetti & Salazar 2001). One model per table, solved again with another objective.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import highspy
import numpy as np

Cell = tuple[str, str]


@dataclass(frozen=True)
class Relation:
    """A sum that anybody knows: the parts add up to the total (a cell, or a number printed elsewhere).

    Cells of `less` are subtracted from the parts. `at_most`: the parts are among those of the total and may be fewer.
    """

    parts: tuple[Cell, ...]
    total: Cell | None
    value: float | None = None
    less: tuple[Cell, ...] = ()
    at_most: bool = False

    def cells(self) -> tuple[Cell, ...]:
        """All cells of the relation."""
        return (*self.parts, *self.less, *([] if self.total is None else [self.total]))


def _model(relations: Iterable[Relation], shown: Mapping[Cell, float], hidden: list[Cell]) -> highspy.Highs:
    """Hidden counts as variables from zero up; every relation with a hidden cell as an equation or a limit."""
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("log_to_console", False)
    solver.setOptionValue("threads", 1)
    infinity = solver.getInfinity()
    place = {cell: index for index, cell in enumerate(hidden)}
    for _ in hidden:
        solver.addVar(0.0, infinity)
    for relation in relations:
        terms: dict[int, float] = {}
        known = 0.0 if relation.value is None else float(relation.value)
        for cell, sign in [
            *((part, 1.0) for part in relation.parts),
            *((part, -1.0) for part in relation.less),
            *([(relation.total, -1.0)] if relation.total else []),
        ]:
            if cell in place:
                terms[place[cell]] = terms.get(place[cell], 0.0) + sign
            else:
                known -= sign * shown[cell]
        if terms:
            indices = np.array(list(terms), dtype=np.int32)
            solver.addRow(
                -infinity if relation.at_most else known, known, len(terms), indices, np.array(list(terms.values()))
            )
    return solver


def bounds(
    relations: Iterable[Relation], shown: Mapping[Cell, float], hidden: Iterable[Cell]
) -> dict[Cell, tuple[float, float]]:
    """Smallest and largest possible value of each hidden count; the largest is infinite where nothing limits it."""
    cells = sorted(hidden)
    if not cells:
        return {}
    solver = _model(relations, shown, cells)
    found = {}
    for index, cell in enumerate(cells):
        ends = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            solver.changeColCost(index, 1.0)
            solver.changeObjectiveSense(sense)
            solver.run()
            status = solver.getModelStatus()
            unbounded = status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)
            ends.append(float("inf") if unbounded else solver.getInfo().objective_function_value)
        solver.changeColCost(index, 0.0)
        found[cell] = (ends[0], ends[1])
    return found


def is_safe(interval: tuple[float, float], smallest: int) -> bool:
    """Whether a hidden count stays hidden: its interval is at least `smallest` wide and reaches beyond small ones."""
    low, high = interval
    tolerance = 1e-6
    return high - low >= smallest - tolerance and high >= smallest - tolerance
