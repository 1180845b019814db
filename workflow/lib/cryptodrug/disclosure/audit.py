"""The audit of a built study: an attacker who has all its released tables and values."""

from pathlib import Path

from cryptodrug.disclosure.attacker import bounds, is_safe
from cryptodrug.disclosure.complementary import count_cells, relations_of
from cryptodrug.disclosure.rules import DisclosureRules
from cryptodrug.errors import InputError
from cryptodrug.files import read_json
from cryptodrug.gate import smallest_of
from cryptodrug.release import read_table
from cryptodrug.results import read_result


def _rules_of(results: Path) -> DisclosureRules:
    """The rules the study was released with, from the record of its values."""
    record = read_json(results / "provenance" / "records" / "values.json.json")
    return DisclosureRules.model_validate(record["settings"]["rules"])


def audit_table(results: Path, name: str, rules: DisclosureRules) -> tuple[str, bool]:
    """One line about a table, and whether a small count can be narrowed down.

    The released file decides what is shown; the internal table says which sums hold and which counts are small.
    """
    internal = read_result(results / "internal" / f"{name}.parquet", results / "internal" / f"{name}.json")
    released = read_table(results / "tables" / f"{name}.json")
    counts = count_cells(internal)
    hidden = {cell for cell in released.hidden if cell in counts}
    shown = {cell: value for cell, value in counts.items() if cell not in hidden}
    usable = [one for one in relations_of(internal) if all(cell in counts for cell in one.cells())]
    smallest = smallest_of(internal, rules)
    narrow = [
        cell
        for cell, ends in bounds(usable, shown, hidden).items()
        if counts[cell] < smallest and not is_safe(ends, smallest)
    ]
    state = f"{len(narrow)} of {len(hidden)} hidden counts can be narrowed down" if narrow else "safe"
    return f"{name}: {len(hidden)} hidden counts, {len(usable)} known sums: {state}", bool(narrow)


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
    for name, entry in sorted(read_json(results / "release.json")["tables"].items()):
        if entry["status"] == "withheld":
            lines.append(f"{name}: withheld ({entry['reason']})")
            continue
        line, narrow = audit_table(results, name, rules)
        lines.append(line)
        broken |= narrow
    return lines, broken
