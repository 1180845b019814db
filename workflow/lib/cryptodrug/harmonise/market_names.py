"""Names by which markets speak of each other."""

import csv
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from cryptodrug.errors import InputError

_MARKET_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def plain_name(name: str) -> str:
    """Letters and digits in lower case: `"Middle Earth"` and `"middleEarth"` are the same."""
    return "".join(character for character in name.casefold() if character.isalnum())


@lru_cache(maxsize=4)
def read_market_names(path: str | Path) -> Mapping[str, str]:
    """Read `market_names.csv`: ids of markets by their names as letters and digits.

    Raises
    ------
    InputError : a row whose market is no id, or without a reason; names the line.
    """
    markets = {}
    with Path(path).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        for row in reader:
            if not plain_name(row["name"]) or not _MARKET_ID.fullmatch(row["market"]) or not row["why"]:
                raise InputError(
                    f"`market` is no id of small letters, digits and dashes, or `why` is empty: {row['market']!r}",
                    where=f"{path}, line {reader.line_num}",
                    not_done="no snapshot was harmonised",
                    do="mend the row",
                )
            markets[plain_name(row["name"])] = row["market"]
    return markets
