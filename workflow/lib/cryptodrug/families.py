"""The list of all tests of a report, by family, made of released values: no p-value stands in it without an effect."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from cryptodrug.errors import SettingsError
from cryptodrug.release import ReleasedTable, Value
from cryptodrug.statistics.paired import NOT_SIGNIFICANT
from cryptodrug.yaml_files import read_yaml

TABLES = {"public": "tests-offer", "respondents": "tests-buyers"}  # no table mixes domains
BY_ROW = {"by_row": "number", "kind": "number", "unit": None, "digits": 2}
COLUMNS = [
    {"name": "family", "kind": "text", "unit": "test_family", "digits": None},
    {"name": "about", "kind": "text", "unit": None, "digits": None, "by_row": "about"},
    {"name": "test", "kind": "text", "unit": "test", "digits": None},
    {"name": "effect", **BY_ROW, "low": "effect_low", "high": "effect_high"},
    {"name": "alone", "kind": "text", "unit": "p_class", "digits": None},
    {"name": "adjusted", "kind": "text", "unit": "p_class", "digits": None},
]


class Family(BaseModel):
    """Tests that are adjusted together."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    family: str
    domain: Literal["public", "respondents"]
    table: str
    of: str
    test: str
    effect: str
    alone: str | list[str]
    adjusted: str


def read_families(path: str | Path) -> list[Family]:
    """The families of the report.

    Raises
    ------
    SettingsError : an entry has a key that is not known, or none that is needed.
    """

    def refuse(what: str) -> SettingsError:
        return SettingsError(what, where=str(path), not_done="no list of tests was made", do="mend the entry")

    try:
        return [Family.model_validate(entry) for entry in read_yaml(path, refuse)]
    except ValueError as error:
        raise refuse(f"the families of tests cannot be used: {error}") from error


def _first(row: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """The first of these cells that is filled."""
    return next((row[name] for name in names if isinstance(row.get(name), str)), None)


def rows_of(family: Family, tables: Mapping[str, ReleasedTable], values: Mapping[str, Value]) -> list[dict[str, Any]]:
    """One row per test of a family whose effect is released, in the order of its table."""
    if family.table not in tables:
        return []
    rows = []
    alone = [family.alone] if isinstance(family.alone, str) else family.alone
    for row in tables[family.table].rows.to_dict("records"):
        effect = family.effect if "." in family.effect else f"{family.table}.{row['row']}.{family.effect}"
        value, p, adjusted = values.get(effect), _first(row, alone), _first(row, [family.adjusted])
        if value is None or value.hidden or value.value is None or p is None or adjusted is None:
            continue
        ends = value.interval or {}
        rows.append(
            {
                "row": f"{family.family}-{row['row']}",
                "family": family.family,
                "about": row["row"],
                "about_kind": "text",
                "about_unit": family.of,
                "about_digits": None,
                "test": family.test,
                "effect": value.value,
                "effect_low": ends.get("low"),
                "effect_high": ends.get("high"),
                "number_kind": value.kind,
                "number_unit": value.unit,
                "number_digits": value.digits,
                "alone": p,
                "adjusted": adjusted,
            }
        )
    return rows


def counts_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many tests and families, how many are significant alone, and how many still when adjusted."""
    rows = list(rows)
    return {
        "tests": len(rows),
        "families": len({row["family"] for row in rows}),
        "alone": sum(row["alone"] != NOT_SIGNIFICANT for row in rows),
        "adjusted": sum(row["adjusted"] != NOT_SIGNIFICANT for row in rows),
    }
