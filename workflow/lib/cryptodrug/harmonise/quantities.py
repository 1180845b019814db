"""Quantity from a title: grams, or a number of units; what is not clear stays unknown.

`5g`, `2,5 gr`, `1/8 oz`, `half ounce`, `10x 5g`, `5g x 10`, `10 x 100mg pills` (ten units: the weight is the content of
each), `50 pills (200mg MDMA)`, `28g / 1oz` (the same). Two different weights ("5g or 10g", "1g-5g") are ambiguous.
"""

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_FRACTIONS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅛": "1/8"}
_WORDS = {"half": "1/2", "quarter": "1/4", "one": "1", "half an": "1/2"}
_TIMES = re.compile(r"(?<![\w.,])(\d{1,6})\s*[x×*](?![^\W\d_])", re.IGNORECASE)
DOSE = Decimal("0.01")  # units below ten milligrams of grams: mg and ug
TOLERANCE = Decimal("0.03")  # an ounce is sold as 28 g, a pound as 448 g
LARGEST = Decimal(10) ** 9  # a longer number in a title is no quantity


class Quantity(NamedTuple):
    """`grams`, `units` (None when not stated) and `status`: grams, units, ambiguous or none."""

    grams: Decimal | None
    units: Decimal | None
    status: str


NOTHING = Quantity(None, None, "none")


@dataclass(frozen=True)
class Units:
    """Spellings to (measure, factor), and the pattern that finds an amount with its unit."""

    by_spelling: dict[str, tuple[str, Decimal]]
    pattern: re.Pattern
    unit_word: re.Pattern


@lru_cache(maxsize=4)
def read_units(path: str | Path) -> Units:
    """Read `quantities.csv`."""
    by_spelling = {}
    with Path(path).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for spelling in row["spellings"].split("|"):
                by_spelling[spelling] = (row["measure"], Decimal(row["factor"]))
    spellings = "|".join(re.escape(spelling) for spelling in sorted(by_spelling, key=len, reverse=True))
    number = r"\d+\s*/\s*\d+|\d{1,3}(?:[.,]\d{3})+(?![\d])|\d+(?:[.,]\d+)?|half(?:\ an)?|quarter|one"
    pattern = re.compile(
        rf"""
        (?:(?<![\w.,/])(?P<count>\d{{1,6}})\s*[x×*]\s*)?     # 10x 5g
        (?<![\w.,/])(?P<number>{number})\s*-?\s*
        (?P<unit>{spellings})(?![^\W\d_])
        (?:\s*[x×*]\s*(?P<after>\d{{1,6}})(?![\w.,/])(?!\s*(?:%|-?\s*(?:{spellings})(?![^\W\d_]))))?   # 5g x 10
        """,
        re.IGNORECASE | re.VERBOSE,
    )
    counted = sorted((spelling for spelling, (measure, _) in by_spelling.items() if measure == "unit"), key=len)
    words = "|".join(re.escape(spelling) for spelling in reversed(counted))
    return Units(by_spelling, pattern, re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])", re.IGNORECASE))


def _decimal(text: str) -> Decimal | None:
    """A number as vendors write it; `1.000` with three digits behind the mark is a thousand only when more follow.

    A single mark with three digits ("1.000", "2,500") could be either: None.
    """
    text = _WORDS.get(text.lower(), text).replace(" ", "")
    if "/" in text:
        above, below = text.split("/")
        return Decimal(above) / Decimal(below) if int(below) else None
    marks = [character for character in text if character in ".,"]
    if len(marks) == 1 and len(text.split(marks[0])[1]) == 3 and text.split(marks[0])[0] != "0":
        return None
    if len(marks) > 1:
        return Decimal(text.replace(".", "").replace(",", ""))
    return Decimal(text.replace(",", "."))


class Amount(NamedTuple):
    """One amount in a title: what it measures, how much, how many of it, and whether it is a dose (mg, ug)."""

    measure: str
    amount: Decimal
    count: Decimal | None
    dose: bool


def _found(title: str, units: Units) -> list[Amount] | None:
    """Every amount in the title; None when one of its numbers cannot be read for certain."""
    amounts = []
    for match in units.pattern.finditer(title):
        number = _decimal(match["number"])
        if number is None or not 0 < number <= LARGEST:
            return None
        measure, factor = units.by_spelling[match["unit"].lower()]
        count = next((Decimal(text) for text in (match["count"], match["after"]) if text and int(text)), None)
        amounts.append(Amount(measure, number * factor, count, factor < DOSE))
    return amounts


def _one_weight(weights: list[Amount]) -> Decimal | None:
    """The weight when all amounts say the same ("28g / 1oz"): the first; None when they differ."""
    totals = [weight.amount * (weight.count or 1) for weight in weights]
    same = all(abs(total - totals[0]) <= TOLERANCE * totals[0] for total in totals)
    return totals[0] if same else None


def _number_of_units(title: str, amounts: list[Amount]) -> set[Decimal]:
    """How many units: counted ones, else the count in front of a dose, else `10 x` at the begin of the title."""
    counted = {amount.amount * (amount.count or 1) for amount in amounts if amount.measure == "unit"}
    if counted:
        return counted
    before_dose = {amount.count for amount in amounts if amount.dose and amount.count}
    return before_dose or {Decimal(number) for number in _TIMES.findall(title) if int(number)}


def read_quantity(title: str | None, units: Units, doses: bool = False) -> Quantity:
    """Quantity of a listing from its title.

    `doses`: the drug is sold by the unit (tablets, blotters), so that milligrams are the content of each; for other
    drugs they are, beside a word such as "pills". Never raises; never gives a number that the title does not hold.
    """
    title = title or ""
    for sign, plain in _FRACTIONS.items():
        title = title.replace(sign, f" {plain} ")
    amounts = _found(title, units)
    if amounts is None:
        return Quantity(None, None, "ambiguous")
    by_unit = doses or units.unit_word.search(title) is not None
    weights = [one for one in amounts if one.measure == "g" and not (one.dose and by_unit)]
    numbers = _number_of_units(title, amounts) if by_unit else set()
    if len(numbers) == 1 and not weights:
        return Quantity(None, numbers.pop(), "units")
    if weights and not any(one.measure == "unit" for one in amounts):
        weight = _one_weight(weights)
        return Quantity(weight, None, "grams") if weight else Quantity(None, None, "ambiguous")
    return Quantity(None, None, "ambiguous") if len(numbers) > 1 or weights else NOTHING
