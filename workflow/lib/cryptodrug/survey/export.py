"""The one form into which every export of a survey platform is read: allowed columns, and its own code book."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from cryptodrug.errors import InputError

Code = float | str  # what stands in a cell: a number (SPSS) or a text (all others)
UNKNOWN = ""  # language of a text of which the export does not say it


@dataclass(frozen=True)
class Variable:
    """What an export says of one of its columns.

    Attributes
    ----------
    question : language -> wording; `""` where the export does not name the language.
    labels : code -> language -> label.
    missing : codes and ranges (both ends belong to it) that the export declares as missing answers.
    asked_if : who is asked, in the words of the platform; None: everybody, or the export does not say.
    """

    question: dict[str, str] = field(default_factory=dict)
    labels: dict[Code, dict[str, str]] = field(default_factory=dict)
    missing: tuple[tuple[Code, Code], ...] = ()
    asked_if: str | None = None

    def is_missing(self, code: Code) -> bool:
        """Whether the export declares this code as a missing answer."""
        return any(type(code) is type(low) and low <= code <= high for low, high in self.missing)


@dataclass(frozen=True)
class Export:
    """Allowed columns, and what the file says of them.

    Attributes
    ----------
    rows : numbers as `float64`, user-missing codes among them; texts as `str`; NaN or "" where nothing stands.
    book : column -> what the export says of it.
    sets : multiple response sets that the file declares: name -> its columns, of those allowed.
    left : how many columns were not read.
    """

    rows: pd.DataFrame
    book: dict[str, Variable]
    sets: dict[str, list[str]] = field(default_factory=dict)
    left: int = 0

    def question(self, column: str, language: str) -> str:
        """Wording of a question, in this language or the unnamed one of the export; a derived variable has none."""
        texts = self.book.get(column, Variable()).question
        return texts.get(language, texts.get(UNKNOWN, ""))

    def labels(self, column: str, language: str) -> dict[Code, str]:
        """Labels of the codes of a column, in this language or in the unnamed one of the export."""
        found = {code: texts.get(language, texts.get(UNKNOWN)) for code, texts in self.book[column].labels.items()}
        return {code: text for code, text in found.items() if text is not None}


def refuse(what: str, path: str | Path, do: str) -> InputError:
    """The error of a file that cannot be read."""
    return InputError(what, where=str(path), not_done="no answer was read", do=do)


def check_present(path: str | Path, allowed: list[str], present: list[str]) -> None:
    """Stop when an allowed column is absent."""
    if absent := [name for name in allowed if name not in set(present)]:
        raise refuse(
            f"the export has no column {', '.join(absent)}", path, "name the columns of this export in the map"
        )


def check_empty(path: str | Path, name: str, values: pd.Series, is_missing: Callable[[str], bool]) -> None:
    """Stop when a column that must hold nothing holds something; what it holds is not said."""
    texts = values.fillna("").astype(str).str.strip()
    filled = (texts != "") & ~texts.map(is_missing)
    if filled.any():
        raise refuse(
            f"{int(filled.sum())} rows hold something in `{name}`, which must not be in an export at all",
            path,
            "delete the column in the survey platform and export again; destroy this file",
        )
