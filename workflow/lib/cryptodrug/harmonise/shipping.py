"""Ways of sending: where to, how long, tracked or not, and what each costs."""

import re
from dataclasses import dataclass

import pandas as pd

from cryptodrug.harmonise.destinations import Destination, policy_of, read_destination
from cryptodrug.harmonise.listings import Rules, euro_prices
from cryptodrug.harmonise.money import read_price
from cryptodrug.harmonise.places import Places
from cryptodrug.harmonise.rates import Rates
from cryptodrug.harmonise.shipping_words import SAYS, ShippingWords

PER = ("item", "order")
_FROM = re.compile(r"\bfrom\b.*?(?=\bto\b|$)", re.IGNORECASE)
_SPAN = re.compile(r"\(?\b\d{1,3}\s*(?:(?:-|–|~|to)\s*\d{1,3})?\s*(?:working|business)?\s*days?\b\)?", re.IGNORECASE)
_DAYS = re.compile(r"(\d{1,3})(?:\s*(?:-|–|~|to)\s*(\d{1,3}))?(?:\s*days?)?", re.IGNORECASE)


@dataclass(frozen=True)
class Way:
    """What the name of a way of sending says: destination, tracked (None: not said), only for further orders."""

    destination: Destination
    tracked: bool | None
    further: bool


def read_way(name: str | None, words: ShippingWords, places: Places) -> Way:
    """Read a name such as `"EXPRESS TRACKED TO EUROPE"` -> Europe, tracked.

    A country behind `from` is the origin, unless it stands behind `to`. What is left beside places must be words of
    the table, else the destination is not understood.
    """
    left = _SPAN.sub(" ", _FROM.sub(" ", name or ""))
    said = {}
    for says in SAYS:
        said[says] = words.patterns[says].search(left) is not None
        left = words.patterns[says].sub(" ", left)
    tracked = False if said["untracked"] else True if said["tracked"] else None
    left = re.sub(r"\s+", " ", left).strip()
    return Way(read_destination(left or None, places), tracked, said["further"])


def read_days(text: str | None) -> tuple[int | None, int | None]:
    """Fewest and most days: `"7"` -> 7 to 7, `"10-14 days"` -> 10 to 14; anything else says nothing."""
    found = _DAYS.fullmatch((text or "").strip())
    if found is None:
        return None, None
    low, high = int(found[1]), int(found[2] or found[1])
    return min(low, high), max(low, high)


def type_shipping(shipping: pd.DataFrame, listing: pd.DataFrame, rules: Rules, rates: Rates) -> pd.DataFrame:
    """Ways of sending, typed beside their texts; the policy of each is relative to the origin of its listing.

    `shipping`: observed rows with `listing_id`. A price of zero is one that the page prints; one not shown is missing.
    """
    read = {name: read_way(name, rules.shipping, rules.places) for name in shipping["name_text"].dropna().unique()}
    nothing = read_way(None, rules.shipping, rules.places)
    ways = [read.get(name, nothing) for name in shipping["name_text"]]
    origin = dict(zip(listing["listing_id"], listing["ships_from"], strict=True))
    origins = [(origin.get(name) or "").split("|") if origin.get(name) else [] for name in shipping["listing_id"]]
    to = [way.destination for way in ways]
    shipping["ships_to"] = ["|".join(code for code in one.codes if code != "*") or None for one in to]
    shipping["ships_to_except"] = ["|".join(one.excluded) or None for one in to]
    shipping["ships_to_policy"] = [
        policy_of(one, codes, rules.focus_country, rules.neighbours) for one, codes in zip(to, origins, strict=True)
    ]
    shipping["tracked"] = pd.array([way.tracked for way in ways], dtype="boolean")
    shipping["further_orders"] = pd.array([way.further for way in ways], dtype="boolean")
    days = [read_days(text) for text in shipping["days_text"]]
    for place, end in enumerate(("low", "high")):
        shipping[f"days_{end}"] = pd.array([one[place] for one in days], dtype="Int64")
    shipping["per"] = [text.strip().casefold() if text else None for text in shipping["per_text"]]
    shipping["per"] = [per if per in PER else None for per in shipping["per"]]
    other = [read_price(text) for text in shipping["other_price_text"]]
    shipping["other_price_amount"] = pd.Series(other, index=shipping.index, dtype=float)
    return pd.concat([shipping, euro_prices(shipping, rates)], axis=1)
