"""What share of each sale a market kept, from a source that was read."""

import csv
from dataclasses import dataclass
from pathlib import Path

from cryptodrug.comparators import INVENTED, STANDINGS
from cryptodrug.errors import InputError

COLUMNS = ("market", "lowest", "highest", "source", "place", "standing", "what")


@dataclass(frozen=True)
class Commission:
    """Lowest and highest rate of a market (fraction of the price), and how it is known."""

    market: str
    lowest: float
    highest: float
    standing: str


def _fault(row: dict[str, str]) -> str | None:
    if empty := [name for name in COLUMNS if not row.get(name)]:
        return f"empty: {', '.join(empty)}"
    if row["standing"] not in (*STANDINGS, INVENTED):
        return f"`standing: {row['standing']}`: only {', '.join((*STANDINGS, INVENTED))} may be used"
    try:
        lowest, highest = float(row["lowest"]), float(row["highest"])
    except ValueError:
        return f"a rate is no number: {row['lowest']!r}, {row['highest']!r}"
    return None if 0 <= lowest <= highest < 1 else f"rates must be 0 <= lowest <= highest < 1: {lowest}, {highest}"


def read_commissions(path: str | Path, simulated: bool) -> dict[str, Commission]:
    """Rates by market; those that are invented for a simulated study alone, those of real markets for others.

    Raises
    ------
    InputError : a field is empty or cannot be read, or a market stands twice.
    """
    found: dict[str, Commission] = {}
    with Path(path).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        seen: set[str] = set()
        for row in reader:
            fault = _fault(row)
            if not fault and row["market"] in seen:
                fault = f"the market {row['market']} stands twice"
            if fault:
                raise InputError(
                    fault,
                    where=f"{path}, line {reader.line_num}",
                    not_done="no commission was computed",
                    do="read the rate in its source and fill the row, or take it out",
                )
            seen.add(row["market"])
            if (row["standing"] == INVENTED) == simulated:
                rates = float(row["lowest"]), float(row["highest"])
                found[row["market"]] = Commission(row["market"], *rates, row["standing"].replace(" ", "-"))
    return found
