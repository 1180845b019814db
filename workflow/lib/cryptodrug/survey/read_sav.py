"""Read the allowed variables of an SPSS file; the rest of it never enters memory."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyreadstat

from cryptodrug.errors import InputError


@dataclass(frozen=True)
class Export:
    """Allowed columns, and what the file says of them. `left`: how many columns were not read."""

    rows: pd.DataFrame
    questions: dict[str, str]
    labels: dict[str, dict[float, str]]
    left: int


def _refuse(what: str, path: str | Path, do: str) -> InputError:
    return InputError(what, where=str(path), not_done="no answer was read", do=do)


def _columns(path: str | Path, names: list[str]) -> tuple[pd.DataFrame, pyreadstat.metadata_container]:
    # dates are not converted: a legal date can be outside what Python knows
    return pyreadstat.read_sav(path, usecols=names, user_missing=True, disable_datetime_conversion=True)


def read_sav(path: str | Path, allowed: list[str], typed: Collection[str] = (), empty: Collection[str] = ()) -> Export:
    """Read the columns `allowed`, in this order; user-missing codes stay codes, system-missing is NaN.

    Parameters
    ----------
    typed : those of `allowed` in which numbers are typed by hand: they may be text, and whoever calls makes numbers of
        it at once.
    empty : columns that must not hold anything but missing codes.

    Raises
    ------
    InputError : the file is damaged, an allowed column is absent or holds text instead of codes, or a column that must
        be empty is not.
    """
    try:
        _, head = pyreadstat.read_sav(path, metadataonly=True)
        present = set(head.column_names)
        if absent := [name for name in allowed if name not in present]:
            raise _refuse(
                f"the export has no column {', '.join(absent)}", path, "name the columns of this export in the map"
            )
        for name in sorted(set(empty) & present):
            _check_empty(path, name)
        rows, meta = _columns(path, allowed)
    except pyreadstat.ReadstatError as error:
        raise _refuse(f"the export is damaged or no SPSS file ({error})", path, "fetch the export again") from error
    if texts := [n for n in allowed if n not in typed and not pd.api.types.is_numeric_dtype(rows[n])]:
        raise _refuse(
            f"these columns hold text, not codes: {', '.join(texts)}",
            path,
            "take them out of the questionnaire, or export them as codes: text can name a person and is not read",
        )
    return Export(
        rows=rows[allowed],
        questions={name: meta.column_names_to_labels.get(name) or "" for name in allowed},
        labels={name: dict(meta.variable_value_labels.get(name, {})) for name in allowed},
        left=len(present) - len(allowed),
    )


def _check_empty(path: str | Path, name: str) -> None:
    values = _columns(path, [name])[0][name]
    codes = pd.to_numeric(values, errors="coerce")
    filled = values.notna() & (values.astype(str).str.strip() != "") & ~(codes < 0)
    if filled.any():
        raise _refuse(
            f"{int(filled.sum())} rows hold something in `{name}`, which must not be in an export at all",
            path,
            "delete the column in the survey platform and export again; destroy this file",
        )
