"""Read the allowed variables of an SPSS file (`.sav`, `.zsav`, `.por`); the rest of it never enters memory."""

from collections.abc import Collection, Iterator
from pathlib import Path

import pandas as pd
import pyreadstat

from cryptodrug.survey.export import UNKNOWN, Export, Variable, check_empty, check_present, refuse

# cells read at once: the reader makes a Python object of each before it makes a number of it
CELLS_AT_ONCE = 2_000_000
# dates are not converted: a legal date can be outside what Python knows. User-missing codes stay codes
AS_STORED = {"user_missing": True, "disable_datetime_conversion": True}


def _read_part(path: str | Path, **options: object) -> tuple[pd.DataFrame, pyreadstat.metadata_container]:
    if Path(path).suffix.lower() == ".por":
        # the reader of .por files has no such option: a user-missing code is an ordinary number there
        return pyreadstat.read_por(path, disable_datetime_conversion=True, **options)
    return pyreadstat.read_sav(path, **AS_STORED, **options)


def _parts(path: str | Path, names: list[str]) -> Iterator[pd.DataFrame]:
    """The rows of some columns, a part after the other; at least one, which may be empty."""
    at_once, begin = max(1, CELLS_AT_ONCE // max(1, len(names))), 0
    while True:
        part, _ = _read_part(path, usecols=names, row_offset=begin, row_limit=at_once)
        if begin == 0 or len(part):
            yield part
        if len(part) < at_once:
            return
        begin += at_once


def _columns(path: str | Path, names: list[str]) -> pd.DataFrame:
    return pd.concat(list(_parts(path, names)), ignore_index=True, copy=False) if names else pd.DataFrame()


def _is_missing_code(text: str) -> bool:
    number = pd.to_numeric(text, errors="coerce")
    return bool(number < 0)


def _variable(meta: pyreadstat.metadata_container, name: str) -> Variable:
    question = meta.column_names_to_labels.get(name)
    labels = meta.variable_value_labels.get(name, {})
    return Variable(
        question={UNKNOWN: question} if question else {},
        labels={code: {UNKNOWN: label} for code, label in labels.items()},
        missing=tuple((one["lo"], one["hi"]) for one in meta.missing_ranges.get(name, ())),
    )


def read_head(path: str | Path) -> tuple[list[str], dict[str, Variable], dict[str, list[str]]]:
    """Names of all columns, what the file says of each, and its multiple response sets; no answer is read."""
    _, meta = _read_part(path, metadataonly=True)
    sets = {name: list(one["variable_list"]) for name, one in (getattr(meta, "mr_sets", None) or {}).items()}
    return meta.column_names, {name: _variable(meta, name) for name in meta.column_names}, sets


def read_sav(
    path: str | Path,
    allowed: list[str],
    typed: Collection[str] = (),
    empty: Collection[str] = (),
    texts: Collection[str] = (),
) -> Export:
    """Read the columns `allowed`, in this order; user-missing codes stay codes, system-missing is NaN.

    Parameters
    ----------
    typed : those of `allowed` in which numbers are typed by hand: they may be text, and whoever calls makes numbers of
        it at once.
    empty : columns that must not hold anything but missing codes.
    texts : those of `allowed` whose answer codes are texts.

    Raises
    ------
    InputError : the file is damaged, an allowed column is absent or holds text instead of codes, or a column that must
        be empty is not.
    """
    try:
        names, book, sets = read_head(path)
        check_present(path, allowed, names)
        for name in sorted(set(empty) & set(names)):
            check_empty(path, name, _columns(path, [name])[name], _is_missing_code)
        rows = _columns(path, allowed)
    except pyreadstat.ReadstatError as error:
        raise refuse(f"the export is damaged or no SPSS file ({error})", path, "fetch the export again") from error
    as_text = [n for n in allowed if n not in (*typed, *texts) and not pd.api.types.is_numeric_dtype(rows[n])]
    if as_text:
        raise refuse(
            f"these columns hold text, not codes: {', '.join(as_text)}",
            path,
            "take them out of the questionnaire, or export them as codes: text can name a person and is not read",
        )
    chosen = {name: [column for column in columns if column in allowed] for name, columns in sets.items()}
    return Export(rows[allowed], {name: book[name] for name in allowed}, chosen, len(names) - len(allowed))
