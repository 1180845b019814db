"""Every further price of an offer: for another quantity, in another currency."""

import re
from decimal import Decimal

import pandas as pd

from cryptodrug.harmonise.listings import Rules, euro_prices
from cryptodrug.harmonise.money import read_price
from cryptodrug.harmonise.quantities import NOTHING, Quantity
from cryptodrug.harmonise.rates import Rates

# words of market files on what a price is; without one it is that of a quantity
KNOWN = frozenset({"bulk", "vendor", "converted"})
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%")


def read_pieces(text: str | None) -> int | None:
    """A number of pieces: `"10,000"` -> 10000; anything but a whole number is none."""
    number = read_price(text)
    return int(number) if number is not None and number == int(number) else None


def read_discount(text: str | None) -> float | None:
    """Per cent off: `"38% OFF"` -> 38; more than the whole is none."""
    found = _PERCENT.search(text or "")
    return float(found[1]) if found and float(found[1]) <= 100 else None


def read_piece(text: str | None, rules: Rules) -> Quantity:
    """What one piece holds, from the unit of its price: `"112g"`, `"1/4pound"`, `"10tab"`; `"gram"` is one gram.

    A counted word alone (`"Piece"`, `"Each"`) says nothing: a piece can be a bag of ten.
    """
    if text is None:
        return NOTHING
    stated = any(character.isdigit() for character in text)
    read = rules.quantity(text if stated else f"1 {text}", False)
    return read if read.status == "grams" or (read.status == "units" and stated) else NOTHING


def _times(pieces: int | None, amount: float | Decimal | None) -> float | None:
    return None if pieces is None or amount is None else pieces * float(amount)


def type_prices(price: pd.DataFrame, listing: pd.DataFrame, rules: Rules, rates: Rates) -> pd.DataFrame:
    """Prices by quantity and currency, typed beside their texts.

    `price`: observed rows with `listing_id`; `listing`: the typed listings, whose title says what a piece holds where
    the unit of the price does not. Nothing is filled in: a quantity that is not shown is missing.
    """
    price["basis"] = ["quantity" if one is None else one if one in KNOWN else "other" for one in price["basis_text"]]
    lows, highs = ([read_pieces(text) for text in price[f"quantity_{end}_text"]] for end in ("low", "high"))
    price["pieces_low"], price["pieces_high"] = pd.array(lows, dtype="Int64"), pd.array(highs, dtype="Int64")
    price["discount_percent"] = pd.Series([read_discount(text) for text in price["discount_text"]], dtype=float)
    of_title = {
        name: (grams, units)
        for name, grams, units in zip(
            listing["listing_id"], listing["quantity_g"], listing["quantity_units"], strict=True
        )
    }
    contents, sources = [], []
    for text, name in zip(price["unit_text"], price["listing_id"], strict=True):
        unit = read_piece(text, rules)
        grams, units = (unit.grams, unit.units) if unit != NOTHING else of_title.get(name, (None, None))
        grams, units = (None if one is None or one != one else float(one) for one in (grams, units))
        contents.append((grams, units))
        sources.append("none" if grams is None and units is None else "unit" if unit != NOTHING else "title")
    price["piece_from"] = sources
    for place, what in enumerate(("g", "units")):
        price[f"piece_{what}"] = pd.Series([content[place] for content in contents], dtype=float)
        price[f"quantity_low_{what}"] = pd.Series(
            [_times(low, content[place]) for low, content in zip(lows, contents, strict=True)], dtype=float
        )
    price = pd.concat([price, euro_prices(price, rates)], axis=1)
    price["price_eur_per_g"] = price["price_eur"] / price["piece_g"].where(price["piece_g"] > 0)
    price["price_eur_per_unit"] = price["price_eur"] / price["piece_units"].where(price["piece_units"] > 0)
    return price
