"""Quantities as vendors write them, with what they mean."""

from decimal import Decimal
from typing import NamedTuple

from cryptodrug.simulate.draws import Draws

OUNCE = Decimal("28.349523125")
OUNCES = {Decimal("3.5"): ("1/8 oz", 8), Decimal(7): ("1/4 oz", 4), Decimal(14): ("½ oz", 2), Decimal(28): ("1 oz", 1)}
COUNTED = {
    "pill": {"en": "{n} pills", "nl": "{n} pillen", "de": "{n} Stück", "fr": "{n} comprimés"},
    "blotter": {"en": "{n} blotters", "nl": "{n} trips", "de": "{n} Tickets", "fr": "{n} blotters"},
    "tablet": {"en": "{n} tablets", "nl": "{n} tabletten", "de": "{n} Tabletten", "fr": "{n} comprimés"},
}
DOSED = {"pill": "{n} x 200mg pills", "blotter": "{n} blotters (100ug)", "tablet": "{n} x 10mg tablets"}


class Size(NamedTuple):
    """How a size is written and what it truly is; both numbers None where the title tells none."""

    text: str
    grams: Decimal | None
    units: Decimal | None


def _plain(number: Decimal, mark: str = ".") -> str:
    return f"{number.normalize():f}".replace(".", mark)


def _gram_forms(lot: Decimal, comma: bool) -> list[Size]:
    """Every way to write a weight; a fraction of an ounce means that fraction, not the round number of grams."""
    n = _plain(lot, "," if comma else ".")
    texts = [f"{n}g", f"{n} g", f"{n} gr", f"{n} gram", f"{n}gr"]
    if lot >= 10 and lot % 5 == 0:
        texts.append(f"{_plain(lot / 5)}x 5g")
    if lot < 1:
        texts.append(f"{_plain(lot * 1000)}mg")
    if lot >= 1000 and lot % 500 == 0:
        texts = [f"{_plain(lot / 1000)}kg", f"{_plain(lot / 1000)} kilo"]
    forms = [Size(text, lot, None) for text in texts]
    if lot in OUNCES:
        text, part = OUNCES[lot]
        forms += [Size(text, OUNCE / part, None)] * 2 + [Size(f"{n}g / {text}", lot, None)]
    return forms


def write_size(sold_by: str, lot: str, language: str, draws: Draws) -> Size:
    """One way to write the size of a listing."""
    number = Decimal(lot)
    if sold_by == "gram":
        return draws.one(_gram_forms(number, comma=language != "en"))
    if sold_by == "millilitre":
        return Size(draws.one([f"{_plain(number)}ml", f"{_plain(number)} ml"]), None, None)
    if sold_by == "piece":
        return Size("", None, None)
    form = DOSED[sold_by] if draws.happens(300) else COUNTED[sold_by][language]
    return Size(form.format(n=_plain(number)), None, number)
