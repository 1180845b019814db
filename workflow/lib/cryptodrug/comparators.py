"""Published numbers to set beside ours. One that is remembered or disputed is refused, not printed with a warning."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from cryptodrug.errors import InputError
from cryptodrug.settings.countries import ISO_3166

COLUMNS = (
    "id", "country", "value", "unit", "allows", "ours", "first", "last", "market", "source", "place", "standing",
    "differs", "what",
)  # fmt: skip
STANDINGS = ("read", "press", "own computation")
INVENTED = "invented"  # for a simulated study alone: it stands beside no number of the real world
ALLOWS = ("comparison", "order", "nothing")
UNITS = ("share", "ratio", "listing", "vendor", "country", "EUR", "EUR/g")
NO_NUMBER = "none"
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_CODES = re.compile(r"[a-z0-9-]+(\|[a-z0-9-]+)*")
_VALUE_ID = re.compile(r"[a-z0-9-]+\.[a-z0-9.-]+\.[a-z0-9_]+")


@dataclass(frozen=True)
class Comparator:
    """A published number.

    Attributes
    ----------
    country : of which it speaks (ISO 3166), or `all`.
    unit : share, ratio, EUR, EUR/g (of a street price too), or what is counted.
    allows : what its definition allows beside ours: a `comparison`, the `order` of magnitude, `nothing`.
    ours : id of our released value of the same kind, or `none`.
    first, last : months of its data.
    market, source : codes of the vocabularies `earlier_market` and `source`.
    place : where in the source it stands; `standing`: how it is known.
    differs : codes of what differs from our definition; `what`: in words, for readers of the file.
    """

    id: str
    country: str
    value: float
    unit: str
    allows: str
    ours: str
    first: str
    last: str
    market: str
    source: str
    place: str
    standing: str
    differs: str
    what: str


def _fault(row: dict[str, str], standings: tuple[str, ...]) -> str | None:
    """What is wrong with a row, or nothing."""
    empty = [name for name in COLUMNS if not row.get(name)]
    if empty:
        return f"empty: {', '.join(empty)}"
    if row["standing"] not in standings:
        return f"`standing: {row['standing']}`: only {', '.join(standings)} may be printed"
    try:
        float(row["value"])
    except ValueError:
        return f"`value` is no number: {row['value']!r}"
    for name, known in (("allows", ALLOWS), ("unit", UNITS)):
        if row[name] not in known:
            return f"`{name}: {row[name]}`: one of {', '.join(known)}"
    if row["country"] != "all" and row["country"] not in ISO_3166:
        return f"`country: {row['country']}` is no country (ISO 3166), nor `all`"
    for name in ("first", "last"):
        if not _MONTH.fullmatch(row[name]):
            return f"`{name}: {row[name]}` is no month (2014-04)"
    if row["last"] < row["first"]:
        return f"the period ends ({row['last']}) before it begins ({row['first']})"
    if not _CODES.fullmatch(row["differs"]):
        return f"`differs: {row['differs']}`: codes joined by `|`"
    if row["ours"] != NO_NUMBER and not _VALUE_ID.fullmatch(row["ours"]):
        return f"`ours: {row['ours']}` is no id of a value, nor `{NO_NUMBER}`"
    if (row["allows"] == "nothing") != (row["ours"] == NO_NUMBER):
        return "a number of ours is named exactly when the definition allows something beside it (`allows`, `ours`)"
    return None


def read_comparators(path: str | Path, simulated: bool = False) -> list[Comparator]:
    """All rows; each says where the number stands, what its definition allows, and what differs in it.

    `simulated`: the numbers are invented, all of them; else none is.

    Raises
    ------
    InputError : a field is empty or cannot be read, an id stands twice, or the number was not read in its source
        (known from memory, disputed).
    """
    rows: dict[str, Comparator] = {}
    with Path(path).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        for row in reader:
            fault = _fault(row, (INVENTED,) if simulated else STANDINGS)
            if not fault and row["id"] in rows:
                fault = f"the id {row['id']} stands twice"
            if fault:
                raise InputError(
                    fault,
                    where=f"{path}, line {reader.line_num}",
                    not_done="no comparison was made",
                    do="read the number in its source and fill the row, or take it out",
                )
            rows[row["id"]] = Comparator(**{name: row[name] for name in COLUMNS} | {"value": float(row["value"])})
    return list(rows.values())
