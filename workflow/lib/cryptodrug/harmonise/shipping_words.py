"""Words in the names of ways of sending."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptodrug.errors import InputError

SAYS = ("untracked", "tracked", "further", "filler")  # in this order: a longer saying holds a shorter one


@dataclass(frozen=True)
class ShippingWords:
    """Patterns of words by what they say."""

    patterns: Mapping[str, re.Pattern]


@lru_cache(maxsize=4)
def read_shipping_words(path: str | Path) -> ShippingWords:
    """Read `shipping_words.csv`.

    Raises
    ------
    InputError : a row that says nothing known, or without a reason; names the line.
    """
    words: dict[str, list[str]] = {says: [] for says in SAYS}
    with Path(path).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        for row in reader:
            if row["says"] not in words or not row["why"] or not row["words"]:
                raise InputError(
                    f"`says` is none of {', '.join(SAYS)}, or `words` or `why` is empty: {row['says']!r}",
                    where=f"{path}, line {reader.line_num}",
                    not_done="no snapshot was harmonised",
                    do="mend the row",
                )
            words[row["says"]] += row["words"].split("|")
    patterns = {}
    for says, listed in words.items():
        longest_first = sorted(map(re.escape, listed), key=lambda word: (-len(word), word))
        found = "|".join(longest_first) or r"(?!)"
        patterns[says] = re.compile(rf"(?<![^\W_])(?:{found})(?![^\W_])", re.IGNORECASE)
    return ShippingWords(patterns)
