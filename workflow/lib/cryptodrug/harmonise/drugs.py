"""Drug class of a listing: the market's own category path, else words of the title."""

import csv
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptodrug.errors import InputError

CLASSES = (
    "cannabis",
    "mdma",
    "cocaine",
    "amphetamine",
    "methamphetamine",
    "heroin",
    "opioids-other",
    "lsd",
    "psychedelics-other",
    "dissociatives",
    "ghb",
    "benzodiazepines",
    "prescription-other",
    "nps",
    "steroids",
    "other",
)
UNDECIDED = "?"  # in front of a class: the words of the title decide, else that class
# sold by the unit: milligrams in a title are the content of each tablet or blotter
SOLD_BY_UNIT = frozenset({"benzodiazepines", "prescription-other", "opioids-other", "lsd", "steroids"})
DRUGS = "Drugs"


@dataclass(frozen=True)
class DrugRules:
    """Classes by (market, path), and patterns of words in order."""

    by_path: dict[tuple[str, str], str]
    words: tuple[tuple[re.Pattern, str], ...]
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def shelf(self, market: str, category_path: str | None) -> str | None:
        """The category in the common tree, whose drugs stand under `Drugs`: the longest name with a row is replaced.

        None where the name can be that of several categories (`?`).
        """
        if category_path is None or not self.names:
            return category_path
        parts = category_path.split("/")
        for end in range(len(parts), 0, -1):
            found = self.names.get((market, "/".join(parts[:end])))
            if found is not None:
                return None if found == UNDECIDED else "/".join([found, *parts[end:]])
        return category_path

    def decided(self, market: str, category_path: str) -> bool:
        """Whether somebody decided on this category of the market.

        A market with rows of names needs one for each, of the path or of its begin; in any other, a path under `Drugs`
        needs a class of its own.
        """
        parts = category_path.split("/")
        begins = {"/".join(parts[:end]) for end in range(1, len(parts) + 1)}
        if any(named == market for named, _ in self.names):
            return any((market, begin) in self.names for begin in begins)
        classed = {(name, begin) for name in (market, "*") for begin in begins - {DRUGS}}
        return not is_drug(category_path) or category_path == DRUGS or bool(classed & self.by_path.keys())


def _refuse(fault: str, path: str | Path, line: int) -> InputError:
    return InputError(fault, where=f"{path}, line {line}", not_done="no snapshot was harmonised", do="mend the row")


@lru_cache(maxsize=4)
def read_drug_rules(classes: str | Path, words: str | Path, names: str | Path | None = None) -> DrugRules:
    """Read `drug_classes.csv`, `drug_words.csv` and, where given, `category_names.csv`.

    A class outside the list or a row without reason is refused.
    """
    by_path, patterns = {}, []
    for path, handle in ((classes, _path_row), (words, _word_row)):
        with Path(path).open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            for row in reader:
                if row["class"].removeprefix(UNDECIDED) not in CLASSES or not row["why"]:
                    fault = f"`class` is none of {', '.join(CLASSES)}, or `why` is empty: {row['class']!r}"
                    raise _refuse(fault, path, reader.line_num)
                handle(row, by_path, patterns)
    patterns.sort(key=lambda entry: entry[0])
    return DrugRules(by_path, tuple((pattern, name) for _, pattern, name in patterns), _category_names(names))


def _category_names(path: str | Path | None) -> dict[tuple[str, str], str]:
    if path is None:
        return {}
    names: dict[tuple[str, str], str] = {}
    with Path(path).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        for row in reader:
            key = (row["market"], row["path"])
            if not row["read_as"] or not row["why"] or key in names:
                raise _refuse("`read_as` or `why` is empty, or the path is given twice", path, reader.line_num)
            names[key] = row["read_as"]
    return names


def _path_row(row: dict[str, str], by_path: dict, patterns: list) -> None:
    by_path[(row["market"], row["path"])] = row["class"]


def _word_row(row: dict[str, str], by_path: dict, patterns: list) -> None:
    # whole words: "coke" is not in "cokehead"; a digit may touch ("100mg" does not begin a word)
    words = "|".join(re.escape(word) for word in row["words"].split("|"))
    patterns.append(
        (int(row["order"]), re.compile(rf"(?<![^\W_])(?:{words})(?![^\W\d_])", re.IGNORECASE), row["class"])
    )


def is_drug(category_path: str | None) -> bool | None:
    """Whether the market files the listing under drugs; None when its category is not known.

    `Drug paraphernalia` is a top category of its own and no drug.
    """
    if category_path is None:
        return None
    return category_path == DRUGS or category_path.startswith(f"{DRUGS}/")


def class_of(market: str, category_path: str, title: str | None, rules: DrugRules) -> str:
    """Drug class: the longest path with a rule (of the market, else of every market); `?` asks the title first."""
    parts = category_path.split("/")
    fallback = "other"
    for end in range(len(parts), 0, -1):
        path = "/".join(parts[:end])
        found = rules.by_path.get((market, path)) or rules.by_path.get(("*", path))
        if found and not found.startswith(UNDECIDED):
            return found
        if found:
            fallback = found.removeprefix(UNDECIDED)
            break
    return next((name for pattern, name in rules.words if pattern.search(title or "")), fallback)
