"""Read the allowed variables of an SPSS file; the rest of it never enters memory."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyreadstat

from cryptodrug.errors import InputError


@dataclass(frozen=True)
class Export:
    """Allowed columns as numbers, and what the file says of them. `left`: how many columns were not read."""

    rows: pd.DataFrame
    questions: dict[str, str]
    labels: dict[str, dict[float, str]]
    left: int


def _refuse(what: str, path: str | Path, do: str) -> InputError:
    return InputError(what, where=str(path), not_done="no answer was read", do=do)


def read_sav(path: str | Path, allowed: list[str]) -> Export:
    """Read the columns `allowed`, in this order; user-missing codes stay codes, system-missing is NaN.

    Dates are not converted: a legal date can be outside what Python knows, and no allowed column is a date.

    Raises
    ------
    InputError : the file is damaged, an allowed column is absent, or holds text instead of codes.
    """
    try:
        _, head = pyreadstat.read_sav(path, metadataonly=True)
        present = set(head.column_names)
        if absent := [name for name in allowed if name not in present]:
            raise _refuse(
                f"the export has no column {', '.join(absent)}", path, "name the columns of this export in the map"
            )
        rows, meta = pyreadstat.read_sav(path, usecols=allowed, user_missing=True, disable_datetime_conversion=True)
    except pyreadstat.ReadstatError as error:
        raise _refuse(f"the export is damaged or no SPSS file ({error})", path, "fetch the export again") from error
    if texts := [name for name in allowed if not pd.api.types.is_numeric_dtype(rows[name])]:
        raise _refuse(
            f"these columns hold text, not codes: {', '.join(texts)}",
            path,
            "take them out of the map, or export them as codes: text can name a person and is not read",
        )
    return Export(
        rows=rows[allowed],
        questions={name: meta.column_names_to_labels.get(name) or "" for name in allowed},
        labels={name: dict(meta.variable_value_labels.get(name, {})) for name in allowed},
        left=len(present) - len(allowed),
    )
