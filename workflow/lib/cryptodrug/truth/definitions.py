"""The file that says what each estimand is."""

import csv
from dataclasses import dataclass
from pathlib import Path

from cryptodrug.errors import InputError

COLUMNS = ["table", "columns", "of", "definition", "population"]
OF = ("market", "scenario", "none")


@dataclass(frozen=True)
class Definition:
    """One estimand, or a released number that has none (`of`: none; `words` then say why).

    `of`: `market`, a number of the study's own world; `scenario`, judged against the vendors or respondents who might
    have been there, the number of the study's own world beside it.
    """

    table: str
    column: str
    of: str
    words: str
    population: str

    @property
    def id(self) -> str:
        """Table and column."""
        return f"{self.table}.{self.column}"


def read_definitions(path: str | Path) -> dict[str, Definition]:
    """All definitions by id.

    Raises
    ------
    InputError : a column of the file is missing, `of` is none of its words, an estimand is defined twice.
    """
    found: dict[str, Definition] = {}
    with Path(path).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        for row in reader:
            faults = [f"no column {name!r}" for name in COLUMNS if row.get(name) is None]
            if not faults and row["of"] not in OF:
                faults = [f"`of` is {row['of']!r}, none of {', '.join(OF)}"]
            for column in [] if faults else row["columns"].split("|"):
                one = Definition(row["table"], column, row["of"], row["definition"], row["population"])
                faults += [f"{one.id} is defined twice"] if one.id in found else []
                found[one.id] = one
            if faults:
                raise InputError(
                    "; ".join(faults),
                    where=f"{path}, line {reader.line_num}",
                    not_done="no truth was computed",
                    do="mend the line",
                )
    return found


def judged_by_scenario(definitions: dict[str, Definition]) -> dict[str, list[str]]:
    """Columns by table whose intervals are judged against the scenario."""
    tables: dict[str, list[str]] = {}
    for one in definitions.values():
        if one.of == "scenario":
            tables.setdefault(one.table, []).append(one.column)
    return tables
