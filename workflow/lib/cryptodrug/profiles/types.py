"""The type of a coded profile: by pseudonym, and only as long as the typology is the one it was taken from.

The workflow has no key, so it cannot tell whose profile a pseudonym is. The team, who has it, writes a file with the
type of each coded profile (`cryptodrug profiles types`). It names the typology by a checksum of who is placed where:
when vendors are placed otherwise, the file says nothing until it is written again.
"""

import csv
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import pandas as pd

from cryptodrug.errors import InputError
from cryptodrug.profiles.sample import pseudonym

COLUMNS = ("profile", "type", "typology")
OTHERS = "others"
FEWEST_TOGETHER = 3  # coded vendors of a type of its own
KNOWN, NOT_GIVEN, OUTDATED, NO_TYPES = "known", "not-given", "outdated", "no-types"


def typology_id(placed: pd.DataFrame) -> str:
    """12 hex digits of who is placed in which type (columns entity, type); another placing has others."""
    rows = placed.sort_values("entity")[["entity", "type"]].itertuples(index=False)
    return sha256("".join(f"{entity}\t{kind}\n" for entity, kind in rows).encode()).hexdigest()[:12]


def types_text(placed: pd.DataFrame, profiles: Iterable[str], key: bytes) -> str:
    """The file of the team: pseudonym and type of each profile whose vendor is placed, by pseudonym."""
    known = {pseudonym(entity, key): kind for entity, kind in placed[["entity", "type"]].itertuples(index=False)}
    name = typology_id(placed)
    lines = [f"{profile},{known[profile]},{name}" for profile in sorted(profiles) if profile in known]
    return "\n".join([",".join(COLUMNS), *lines]) + "\n"


def read_types(path: str | Path | None, placed: pd.DataFrame) -> tuple[str, pd.Series]:
    """What is known of the types of coded profiles (`known`, or why not), and the type by profile.

    Raises
    ------
    InputError : a column is missing, a profile stands twice, several typologies are named, or a type is none of them.
    """
    nothing = pd.Series(dtype=object)
    if placed.empty:
        return NO_TYPES, nothing
    if path is None:
        return NOT_GIVEN, nothing
    with Path(path).open(encoding="utf-8", newline="") as stream:
        head, *rows = list(csv.reader(stream)) or [[]]
    fault = None
    if tuple(head) != COLUMNS or any(len(row) != len(COLUMNS) for row in rows):
        fault = f"its columns are {', '.join(head)}"
    elif len({row[0] for row in rows}) < len(rows) or len({row[2] for row in rows}) > 1:
        fault = "a profile stands twice, or several typologies are named"
    elif rows and rows[0][2] != typology_id(placed):
        return OUTDATED, nothing
    elif strangers := sorted({row[1] for row in rows} - set(placed["type"])):
        fault = f"{', '.join(strangers)} is no type of the study"
    if fault:
        raise InputError(
            f"the types of coded profiles cannot be used: {fault}",
            where=str(path),
            not_done="no code was counted by type",
            do="write the file again with `cryptodrug profiles types`",
        )
    return KNOWN, pd.Series({profile: kind for profile, kind, _ in rows}, dtype=object)


def groups_of(profiles: Iterable[str], types: pd.Series) -> pd.Series:
    """Group of each profile: its type, or `others` for vendors outside the typology and types of fewer than three here.

    Where `others` would be one or two, the smallest type joins them: their number could be subtracted from the whole.
    """
    groups = types.reindex(pd.Index(profiles)).fillna(OTHERS).astype(object)
    counts = groups[groups != OTHERS].value_counts()
    groups = groups.where(~groups.isin(counts.index[counts < FEWEST_TOGETHER]), OTHERS)
    left = groups[groups != OTHERS].value_counts()
    if 0 < (groups == OTHERS).sum() < FEWEST_TOGETHER and len(left):
        smallest = min(left.index, key=lambda name: (left[name], name))
        groups = groups.where(groups != smallest, OTHERS)
    return groups
