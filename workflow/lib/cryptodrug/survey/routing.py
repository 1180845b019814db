"""Conditions on answers: who is asked a question, which record is left out.

A condition is made of names of variables, whole numbers, `==`, `!=`, `>=`, `in (1, 2)`, `and`, `or` and brackets. A
comparison with a missing answer (a negative code, or nothing at all) is false, `!=` too. Nothing else is allowed: a
condition can be read by whoever reads the questionnaire, and translated to a survey platform.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

Columns = Mapping[str, Any]
Part = Callable[[Columns], Any]
COMPARISONS = {ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.GtE: operator.ge}
GRAMMAR = "names of variables, whole numbers, ==, !=, >=, in (1, 2), and, or, brackets"


@dataclass(frozen=True)
class Condition:
    """A condition: its text, its syntax tree, the variables it reads in order of first appearance."""

    text: str
    tree: ast.expr = field(compare=False, repr=False)
    names: tuple[str, ...] = field(compare=False)
    _part: Part = field(compare=False, repr=False)

    def holds(self, columns: Columns) -> "np.ndarray":
        """For each record whether the condition holds.

        Parameters
        ----------
        columns : for each variable of `names` its codes, one per record, as an array or series; NaN where there is
            none.
        """
        return self._part(columns)


def _integer(node: ast.expr) -> int:
    """A code: never negative, since a negative one is a missing answer and fits no comparison."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    raise ValueError(f"{ast.unparse(node)!r} is no whole number; a condition has {GRAMMAR}")


def _comparison(node: ast.Compare) -> Part:
    if not isinstance(node.left, ast.Name) or len(node.ops) != 1:
        raise ValueError(f"{ast.unparse(node)!r} is no comparison of one variable; a condition has {GRAMMAR}")
    name, sign, right = node.left.id, node.ops[0], node.comparators[0]
    if isinstance(sign, ast.In) and isinstance(right, ast.Tuple) and right.elts:
        codes = [_integer(element) for element in right.elts]
        return lambda columns: reduce(operator.or_, [columns[name] == code for code in codes])
    compare = COMPARISONS.get(type(sign))
    if compare is None:
        raise ValueError(f"{ast.unparse(node)!r} compares in another way; a condition has {GRAMMAR}")
    code = _integer(right)
    return lambda columns: (columns[name] >= 0) & compare(columns[name], code)


def _part(node: ast.expr) -> Part:
    if isinstance(node, ast.BoolOp):
        parts = [_part(value) for value in node.values]
        join = operator.and_ if isinstance(node.op, ast.And) else operator.or_
        return lambda columns: reduce(join, [part(columns) for part in parts])
    if isinstance(node, ast.Compare):
        return _comparison(node)
    raise ValueError(f"{ast.unparse(node)!r} is not understood; a condition has {GRAMMAR}")


def parse_condition(text: str) -> Condition:
    """Read a condition.

    Raises
    ------
    ValueError : says what is not understood and what a condition may have.
    """
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError(f"{text!r} cannot be read; a condition has {GRAMMAR}") from None
    part = _part(tree)
    found = sorted(
        (node for node in ast.walk(tree) if isinstance(node, ast.Name)), key=lambda node: (node.lineno, node.col_offset)
    )
    return Condition(text, tree, tuple(dict.fromkeys(node.id for node in found)), part)
