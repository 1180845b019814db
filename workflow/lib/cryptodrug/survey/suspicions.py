"""What cannot be right in an export: found by comparing codes with labels, and labels with each other."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import pandas as pd

from cryptodrug.survey.export import Code, Export, Variable

CUT_AT = (255, 256)  # bytes at which SPSS cuts the label of a variable
FORMULA, MARKUP = tuple("=+@"), re.compile(r"<[A-Za-z/!]|[\t\r\n\x00-\x08]")
FILLER = re.compile(r"(6|7|8|9)\1{2,}")  # 666, 9999
MANY = 10  # codes without a label that are named one by one
ABSENT = ("NA", "N/A", "NULL", "NaN")


@dataclass(frozen=True)
class Suspicion:
    """Something to look at: what kind, in which column, in words. Counts are those of the team's own file."""

    kind: str
    column: str
    what: str


def is_mojibake(text: str) -> bool:
    """Whether a text was UTF-8 that somebody read as a Western code page (`CafeÃ¯ne`)."""
    for encoding in ("windows-1252", "latin-1"):
        try:
            again = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if again != text:
            return True
    return False


def _texts(variable: Variable) -> Iterator[str]:
    yield from variable.question.values()
    for labels in variable.labels.values():
        yield from labels.values()


def of_labels(column: str, variable: Variable) -> Iterator[Suspicion]:
    """What is odd about the words of one column."""
    for text in _texts(variable):
        if is_mojibake(text):
            yield Suspicion("mojibake", column, f"wrongly decoded once: {text[:60]!r}")
        if text.lstrip().startswith(FORMULA):
            yield Suspicion("formula", column, f"a spreadsheet would compute this: {text[:60]!r}")
        if MARKUP.search(text):
            yield Suspicion("mark-up", column, f"mark-up or a control character: {text[:60]!r}")
    for text in variable.question.values():
        if len(text.encode()) in CUT_AT:
            yield Suspicion("cut", column, f"the wording was cut at 256 bytes: it ends in {text[-30:]!r}")


def _shown(code: Code) -> str:
    return f"{code:g}" if isinstance(code, float) else repr(code)


def _packed(code: Code, variable: Variable) -> bool:
    """Whether a code is several labelled codes written as one number: 12, 123."""
    digits = _shown(code).strip("'")
    known = {_shown(one).strip("'") for one in variable.labels}
    return len(digits) > 1 and digits.isdigit() and len(set(digits)) == len(digits) and set(digits) <= known


def of_codes(column: str, values: pd.Series, variable: Variable) -> Iterator[Suspicion]:
    """Codes of a column that its code book does not have."""
    counts = Counter(values.dropna() if pd.api.types.is_numeric_dtype(values) else values[values.astype(str) != ""])
    strangers = {
        code: count for code, count in counts.items() if code not in variable.labels and not variable.is_missing(code)
    }
    if len(strangers) > MANY:
        yield Suspicion("no label", column, f"{len(strangers)} codes without a label: are these numbers?")
        return
    for code, count in sorted(strangers.items(), key=lambda pair: str(pair[0])):
        where = f"{_shown(code)} ({count} times)"
        if _packed(code, variable):
            yield Suspicion("packed", column, f"several answers in one number: {where}")
        elif FILLER.fullmatch(_shown(code).strip("'")):
            yield Suspicion("filler", column, f"looks like a filler for a missing answer: {where}")
        elif str(code) in ABSENT:
            yield Suspicion("literal", column, f"the text {code!r} stands as an answer ({count} times)")
        else:
            yield Suspicion("no label", column, f"a code without a label: {where}")


def of_wordings(book: dict[str, Variable]) -> Iterator[Suspicion]:
    """One wording on several columns with different answers: the labels may have moved by a column."""
    by_wording: dict[str, list[str]] = defaultdict(list)
    for column, variable in book.items():
        if variable.labels:
            for text in {text for text in variable.question.values() if text}:
                by_wording[text].append(column)
    for text, columns in by_wording.items():
        if len({tuple(sorted(map(str, book[column].labels))) for column in columns}) > 1:
            yield Suspicion(
                "shifted", columns[0], f"{', '.join(columns)} ask the same with different answers: {text[:60]!r}"
            )


def suspicions(export: Export, known: Collection[str] = ()) -> list[Suspicion]:
    """All of one export, by column in its order; then those that are between columns.

    Parameters
    ----------
    known : codes without a label whose meaning a map says.
    """
    found = []
    for column, variable in export.book.items():
        found += of_labels(column, variable)
        if variable.labels and column in export.rows:
            values = export.rows[column]
            found += of_codes(column, values[~values.astype(str).isin(known)], variable)
    return found + list(of_wordings(export.book))


def possible_counts(percent: str, base: int) -> tuple[list[int], list[int]]:
    """Counts that give a printed percentage when it is rounded, and those that give it when it is cut.

    Parameters
    ----------
    percent : as printed, `28` or `28.7`.
    base : of the percentage.
    """
    digits = len(percent.partition(".")[2])
    step, value = Fraction(1, 10**digits), Fraction(percent)
    low, high = value - step / 2, value + step / 2
    rounded = range(max(0, ceil(low * base / 100)), min(base, floor(high * base / 100)) + 1)
    cut = range(max(0, ceil(value * base / 100)), min(base, ceil((value + step) * base / 100) - 1) + 1)
    return list(rounded), list(cut)


def of_percentage(name: str, percent: str, base: int) -> Suspicion | None:
    """What is wrong with a printed percentage of a base, if anything."""
    rounded, cut = possible_counts(percent, base)
    if rounded:
        return None
    if cut:
        exact = float(Fraction(cut[0] * 100, base))
        return Suspicion("cut", name, f"{percent} % of {base} was cut, not rounded: {cut[0]} are {exact:.2f} %")
    return Suspicion("impossible", name, f"{percent} % of {base}: no whole number of people gives it; wrong base?")
