"""The sheet of a coder: one profile a row, one code a column. What is not in the code book is refused, cell by cell."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from cryptodrug.errors import InputError
from cryptodrug.profiles.codebook import NO, ProfileCode
from cryptodrug.survey.workbook import sheet_rows

PROFILE = "profile"
PROPOSED = "proposed-language"  # what a program thinks; no code
NOT_READ = ("text", "market", "memo", PROPOSED)  # columns of the sheet that never leave it
SHOWN = 20  # faults named in one message


def column_letters(place: int) -> str:
    """Letters of a column, from 0, as a spreadsheet names it: 0 -> A, 26 -> AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _rows(path: str | Path) -> list[list[str]]:
    if Path(path).suffix.lower() == ".xlsx":
        return [list(row) for row in sheet_rows(path, "profiles")]
    with Path(path).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def _refuse(faults: Sequence[str], path: str | Path) -> InputError:
    more = [f"and {len(faults) - SHOWN} more"] if len(faults) > SHOWN else []
    return InputError(
        "\n".join([f"{len(faults)} faults in a coding sheet", *faults[:SHOWN], *more]),
        where=str(path),
        not_done="no code of this sheet was read",
        do="mend the cells; the values of each code stand in the code book and in the lists of the sheet",
    )


def read_sheet(path: str | Path, codes: Sequence[ProfileCode]) -> pd.DataFrame:
    """Values by profile (index) and code (columns, in the order of the code book); None where a cell is empty.

    Capitals and blanks at the ends do not count.

    Raises
    ------
    InputError : every column that is no code, missing code, profile that is empty or stands twice, and value that the
        code does not take, with its cell.
    """
    head, *rows = _rows(path) or [[]]
    head = [name.strip().lower() for name in head]
    known = {code.code: code for code in codes}
    faults = [
        f"{column_letters(place)}1: {name!r} is no code"
        for place, name in enumerate(head)
        if name and name not in (PROFILE, *NOT_READ, *known)
    ]
    faults += [f"the column {name!r} is missing" for name in (PROFILE, *known) if name not in head]
    faults += [f"the column {name!r} stands twice" for name in known if head.count(name) > 1]
    if faults:
        raise _refuse(faults, path)
    places = {name: head.index(name) for name in (PROFILE, *known)}
    found: dict[str, dict[str, str | None]] = {}
    for number, row in enumerate(rows, start=2):
        cells = {name: (row[place].strip() if place < len(row) else "") for name, place in places.items()}
        profile = cells.pop(PROFILE)
        if not profile and not any(cells.values()):
            continue
        if not profile or profile in found:
            cell = f"{column_letters(places[PROFILE])}{number}"
            faults.append(f"{cell}: the profile {profile!r} is empty or stands twice")
        values = {name: cell.lower() or None for name, cell in cells.items()}
        faults += [
            f"{column_letters(places[name])}{number}: {cells[name]!r} is no value of {name} "
            f"({', '.join(known[name].values)})"
            for name, value in values.items()
            if value is not None and value not in known[name].values
        ]
        found[profile] = values
    if faults:
        raise _refuse(faults, path)
    table = pd.DataFrame.from_dict(found, orient="index", columns=list(known), dtype=object)
    return table.rename_axis(PROFILE).sort_index()


def read_proposals(path: str | Path) -> dict[str, str]:
    """The language that is proposed in a sheet, by profile; empty where the sheet has no such column."""
    head, *rows = _rows(path) or [[]]
    head = [name.strip().lower() for name in head]
    if PROPOSED not in head or PROFILE not in head:
        return {}
    profile, proposed = head.index(PROFILE), head.index(PROPOSED)
    known = {row[profile].strip(): row[proposed].strip() for row in rows if len(row) > max(profile, proposed)}
    return {name: language.lower() for name, language in known.items() if name and language}


def read_both(paths: Sequence[str | Path], codes: Sequence[ProfileCode]) -> list[pd.DataFrame]:
    """The sheets of two coders, on the same profiles.

    Raises
    ------
    InputError : they do not name the same profiles.
    """
    sheets = [read_sheet(path, codes) for path in paths]
    if apart := sorted(set(sheets[0].index) ^ set(sheets[1].index)):
        raise _refuse([f"profile {name} stands in one sheet only" for name in apart], " and ".join(map(str, paths)))
    return sheets


def is_yes(sheet: pd.DataFrame) -> pd.DataFrame:
    """Whether each code is present (any value but `no`): 1, 0, NaN where nothing was given."""
    return sheet.map(lambda value: np.nan if value is None or pd.isna(value) else float(value != NO)).astype(float)


def disagreements(first: pd.DataFrame, second: pd.DataFrame) -> list[dict[str, str]]:
    """What the coders gave differently, for a consensus round: profile, code, both values, an empty consensus."""
    return [
        {PROFILE: profile, "code": code, "first": one or "", "second": other or "", "consensus": ""}
        for profile in first.index
        for code in first.columns
        for one, other in [(_given(first.at[profile, code]), _given(second.at[profile, code]))]
        if one != other
    ]


def _given(value: object) -> str | None:
    return value if isinstance(value, str) else None


def settled(first: pd.DataFrame, second: pd.DataFrame, consensus: Iterable[dict[str, str]]) -> pd.DataFrame:
    """What counts: what both gave, else what they settled, else nothing.

    `consensus`: rows of `disagreements` with the last column filled.
    """
    agreed = first.where(first == second, None)
    for row in consensus:
        if row["consensus"]:
            agreed.at[row[PROFILE], row["code"]] = row["consensus"].strip().lower()
    return agreed


def read_consensus(path: str | Path, codes: Sequence[ProfileCode], profiles: Iterable[str]) -> list[dict[str, str]]:
    """The filled list of disagreements.

    Raises
    ------
    InputError : a profile or code is not known, or a value is none of its code.
    """
    known, profiles = {code.code: code for code in codes}, set(profiles)
    with Path(path).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    faults = []
    for number, row in enumerate(rows, start=2):
        value = (row.get("consensus") or "").strip().lower()
        if row.get("code") not in known or row.get(PROFILE) not in profiles:
            faults.append(f"row {number}: no profile {row.get(PROFILE)!r} or no code {row.get('code')!r}")
        elif value and value not in known[row["code"]].values:
            faults.append(f"E{number}: {value!r} is no value of {row['code']} ({', '.join(known[row['code']].values)})")
    if faults:
        raise _refuse(faults, path)
    return rows
