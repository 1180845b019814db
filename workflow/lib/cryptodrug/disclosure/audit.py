"""The audit of a built study: an attacker who has all its released tables and values."""

from functools import partial
from itertools import permutations
from pathlib import Path

import pandas as pd

from cryptodrug.disclosure.attacker import Cell
from cryptodrug.disclosure.complementary import count_cells, relations_of, unsafe_cells
from cryptodrug.disclosure.nested import small_differences
from cryptodrug.disclosure.rules import DisclosureRules
from cryptodrug.errors import InputError
from cryptodrug.files import read_json
from cryptodrug.gate import smallest_of
from cryptodrug.release import ReleasedTable, read_table
from cryptodrug.results import ResultTable, read_result

PEOPLE = ("vendor", "respondent")
TOLERANCE = 1e-6


def _rules_of(results: Path) -> DisclosureRules:
    """The rules the study was released with, from the record of its values."""
    record = read_json(results / "provenance" / "records" / "values.json.json")
    return DisclosureRules.model_validate(record["settings"]["rules"])


def _people(internal: ResultTable, row: pd.Series) -> dict[str, float]:
    """Vendors or respondents behind the cells of a row: counts, and shares times their base.

    In a public table only those of the focus country, whose columns are guarded.
    """
    columns = {column.name: column for column in internal.columns}
    found = {}
    for name, column in columns.items():
        base = columns.get(column.base or "")
        if internal.domain != "respondents" and column.guard_vendors is None:
            continue
        if column.kind == "count" and column.unit in PEOPLE and pd.notna(row[name]):
            found[name] = float(row[name])
        elif (
            column.kind == "share" and base and base.unit in PEOPLE and pd.notna(row[name]) and pd.notna(row[base.name])
        ):
            found[name] = float(row[name]) * float(row[base.name])
    return found


def differences(internal: ResultTable, released: ReleasedTable, smallest: int) -> list[str]:
    """Pairs of shown cells of which one holds the other, and that differ by a small count.

    One holds the other where its name goes on from it: `vendors_abroad` are some of `vendors`, and `share_abroad_upper`
    is `share_abroad` with those of whom it is not known. Both bounds together count these.
    """
    found = []
    for _, row in internal.rows.iterrows():
        shown = {
            name: number for name, number in _people(internal, row).items() if (row["row"], name) not in released.hidden
        }
        for one, other in permutations(shown, 2):
            apart = abs(shown[one] - shown[other])
            if other.startswith(f"{one}_") and TOLERANCE < apart < smallest - TOLERANCE:
                found.append(f"{row['row']}: {one} and {other}")
    return found


def audit_table(
    name: str, internal: ResultTable, released: ReleasedTable, smallest: int, forced: frozenset[Cell] = frozenset()
) -> tuple[str, bool]:
    """One line about a table, and whether a count that must not be known can be narrowed down.

    The released file decides what is shown; the internal table says which sums hold and which counts are small.
    `forced`: counts that another table would give a small one back with.
    """
    counts = count_cells(internal)
    hidden = {cell for cell in released.hidden if cell in counts}
    relations = relations_of(internal)
    usable = [one for one in relations if all(cell in counts for cell in one.cells())]
    narrow = unsafe_cells(relations, counts, hidden, smallest, forced)
    state = f"{len(narrow)} of {len(hidden)} hidden counts can be narrowed down" if narrow else "safe"
    apart = differences(internal, released, smallest)
    if apart:
        state = f"{state}; a small count is given back by a difference ({'; '.join(apart)})"
    return f"{name}: {len(hidden)} hidden counts, {len(usable)} known sums: {state}", bool(narrow or apart)


def audit_study(results: Path) -> tuple[list[str], bool]:
    """A line per released table, and whether anything is recoverable."""
    if not (results / "release.json").is_file():
        raise InputError(
            "this study has released nothing yet",
            where=str(results.name),
            not_done="nothing was audited",
            do="build it first: make reports",
        )
    rules, lines, broken = _rules_of(results), [], False
    entries = sorted(read_json(results / "release.json")["tables"].items())
    shown = [name for name, entry in entries if entry["status"] != "withheld"]
    inside, smallest = results / "internal", partial(smallest_of, rules=rules)
    tables = {name: read_result(inside / f"{name}.parquet", inside / f"{name}.json") for name in shown}
    released = {name: read_table(results / "tables" / f"{name}.json") for name in shown}
    together: dict[str, set[Cell]] = {name: set() for name in shown}
    for name, cell, _ in small_differences(tables, dict.fromkeys(shown, frozenset()), smallest):
        together[name].add(cell)
    for name, entry in entries:
        if entry["status"] == "withheld":
            lines.append(f"{name}: withheld ({entry['reason']})")
            continue
        one = tables[name]
        line, narrow = audit_table(name, one, released[name], smallest(one), frozenset(together[name]))
        lines.append(line)
        broken |= narrow
    hidden = {name: one.hidden for name, one in released.items()}
    for name, (row, column), why in small_differences(tables, hidden, smallest):
        lines.append(f"{name}: a small count is given back by {row}: {column} and another table ({why})")
        broken = True
    return lines, broken
