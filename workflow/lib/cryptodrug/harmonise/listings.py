"""Observed listing rows to one typed row per listing and snapshot."""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from typing import Any

import pandas as pd

from cryptodrug.harmonise.destinations import policy_of, read_destination
from cryptodrug.harmonise.drugs import SOLD_BY_UNIT, DrugRules, class_of, is_drug
from cryptodrug.harmonise.money import euro_per_dollar, read_price
from cryptodrug.harmonise.origins import read_origin
from cryptodrug.harmonise.places import Places
from cryptodrug.harmonise.quantities import Quantity, Units, read_quantity
from cryptodrug.harmonise.rates import Rates
from cryptodrug.harmonise.shipping_words import ShippingWords
from cryptodrug.harmonise.vendors import read_band
from cryptodrug.reading.tables import PAGE_RANK

COMPARED = ("title", "vendor", "price_text", "ships_from_text", "ships_to_text")


@dataclass(frozen=True)
class Rules:
    """All judgement files, read."""

    places: Places
    drugs: DrugRules
    units: Units
    focus_country: str
    neighbours: tuple[str, ...]
    shipping: ShippingWords
    markets: Mapping[str, str]
    _quantities: dict[tuple[str, bool], Quantity] = field(default_factory=dict, repr=False, compare=False)

    def quantity(self, title: str, doses: bool) -> Quantity:
        """Quantity of a title; each distinct one is read once, since most stand in several snapshots."""
        key = (title, doses)
        if key not in self._quantities:
            self._quantities[key] = read_quantity(title, self.units, doses)
        return self._quantities[key]


def listing_key(market: str, native_id: str | None, vendor: str | None, title: str | None) -> str:
    """`<market>:<native id>`; where the source names no id, 12 hex digits of vendor and title as they stand."""
    if native_id:
        return f"{market}:{native_id}"
    return f"{market}:{sha256(f'{vendor}|{title}'.encode()).hexdigest()[:12]}"


def _by_text(texts: pd.Series, read: Any) -> list[Any]:
    """Read every distinct text once."""
    known = {text: read(text) for text in texts.dropna().unique()}
    nothing = read(None)
    return [nothing if text is None or text != text else known[text] for text in texts]


def one_row_each(
    rows: pd.DataFrame, market: str, shelf: Callable[[str, str | None], str | None] = lambda _, path: path
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, int]]:
    """One row per listing: the best page wins, then the later one.

    `shelf`: the category in the common tree, of market and path.

    Returns the listings, the link table of all pages on which each was seen, and counts of what was joined.
    """
    keys = [listing_key(market, *key) for key in zip(rows["native_id"], rows["vendor"], rows["title"], strict=True)]
    rows = rows.assign(
        listing_id=keys,
        rank=rows["page_kind"].map(PAGE_RANK),
        # where the source names no id, one offer can stand under drugs and under another category: it is a drug
        elsewhere=_by_text(
            rows["category_path"], lambda path: not is_drug(shelf(market, path) if path is not None else None)
        ),
        order=range(len(rows)),
    )
    links = rows[["listing_id", "page_id", "position", "page_kind"]]
    by = ["listing_id", "rank", "elsewhere", "order"]
    ordered = rows.sort_values(by, ascending=[True, True, True, False], kind="stable")
    best = ordered.drop_duplicates("listing_id").drop(columns=["rank", "elsewhere", "order"]).reset_index(drop=True)
    differing = ordered.groupby("listing_id")[list(COMPARED)].nunique().gt(1).any(axis=1).sum() if len(rows) else 0
    counts = {"listing-repeated": len(rows) - len(best), "listing-differs": int(differing)}
    return best, links.sort_values(["listing_id", "page_id", "position"]).reset_index(drop=True), counts


def _joined(codes: Sequence[str]) -> str | None:
    return "|".join(codes) or None


def _of_vendor(values: list, listing: pd.DataFrame, column: str, kinds: Collection[str]) -> tuple[list, list[bool]]:
    """Values in which that of a row whose kind of page shows none is that of its vendor's other rows, if they agree.

    `column`: of the text; `kinds`: the kinds of page that show it. Also tells which rows took it over.
    """
    seen = (listing["page_kind"].isin(kinds) | listing[column].notna()).tolist()
    stated: dict[str, set] = {}
    for vendor, value, shown in zip(listing["vendor"], values, seen, strict=True):
        if shown and vendor is not None:
            stated.setdefault(vendor, set()).add(value)
    taken = [not shown and len(stated.get(one, ())) == 1 for one, shown in zip(listing["vendor"], seen, strict=True)]
    found = [
        next(iter(stated[vendor])) if took else value
        for vendor, value, took in zip(listing["vendor"], values, taken, strict=True)
    ]
    return found, taken


def add_places(listing: pd.DataFrame, rules: Rules, shown: Mapping[str, Collection[str]] | None = None) -> None:
    """Origin, destination and destination policy, beside their texts.

    Where only a page was met that never shows an origin (a list), the listing states nothing: it takes over that of the
    other listings of its vendor on that day, if these agree. The same for the destination.

    `shown`: the kinds of page that show `ships_from_text` and `ships_to_text`; None: all of them do.
    """
    origins = _by_text(listing["ships_from_text"], lambda text: read_origin(text, rules.places))
    destinations = _by_text(listing["ships_to_text"], lambda text: read_destination(text, rules.places))
    kinds = shown or {"ships_from_text": PAGE_RANK, "ships_to_text": PAGE_RANK}
    origins, from_vendor = _of_vendor(origins, listing, "ships_from_text", kinds["ships_from_text"])
    destinations, to_vendor = _of_vendor(destinations, listing, "ships_to_text", kinds["ships_to_text"])
    listing["ships_from_of_vendor"], listing["ships_to_of_vendor"] = from_vendor, to_vendor
    listing["ships_from"] = [_joined(origin.codes) for origin in origins]
    listing["ships_from_status"] = [origin.status for origin in origins]
    listing["ships_to"] = [_joined([code for code in to.codes if code != "*"]) for to in destinations]
    listing["ships_to_except"] = [_joined(to.excluded) for to in destinations]
    listing["ships_to_policy"] = [
        policy_of(to, origin.codes, rules.focus_country, rules.neighbours)
        for to, origin in zip(destinations, origins, strict=True)
    ]


def add_drugs(listing: pd.DataFrame, market: str, rules: Rules) -> None:
    """Drug class, whether it is a drug, quantity."""
    titles = [unescape(title) if isinstance(title, str) else "" for title in listing["title"]]
    paths = _by_text(listing["category_path"], lambda path: rules.drugs.shelf(market, path))
    drugs = [is_drug(path) for path in paths]
    classes = [
        class_of(market, path, title, rules.drugs) if drug else None
        for path, title, drug in zip(paths, titles, drugs, strict=True)
    ]
    listing["is_drug"] = pd.array(drugs, dtype="boolean")
    listing["drug_class"] = classes
    quantities = [rules.quantity(title, name in SOLD_BY_UNIT) for title, name in zip(titles, classes, strict=True)]
    listing["quantity_g"] = [None if one.grams is None else float(one.grams) for one in quantities]
    listing["quantity_units"] = [None if one.units is None else float(one.units) for one in quantities]
    listing["quantity_status"] = [one.status for one in quantities]


def euro_prices(rows: pd.DataFrame, rates: Rates) -> pd.DataFrame:
    """Price as a number and in euro, with the rate, its source and the pairs it was made over.

    `rows` need `price_text`, `price_currency` and `page_id`.
    """
    amounts = _by_text(rows["price_text"], read_price)
    shown = zip(rows["price_currency"], rows["page_id"], strict=True)
    ways = [rates.euro(currency, page) for currency, page in shown]
    in_euro = [
        amount * way.rate if amount is not None and way else None for amount, way in zip(amounts, ways, strict=True)
    ]
    columns = {"price_amount": amounts, "price_eur": in_euro, "eur_rate": [way.rate if way else None for way in ways]}
    return pd.DataFrame(
        {name: pd.Series(numbers, index=rows.index, dtype=float) for name, numbers in columns.items()}
        | {
            "eur_rate_source": pd.Series([way.source if way else None for way in ways], index=rows.index, dtype=object),
            "eur_rate_path": pd.Series(
                [way.path if way and way.path else None for way in ways], index=rows.index, dtype=object
            ),
        }
    )


def add_prices(listing: pd.DataFrame, rates: Rates) -> None:
    """Price as a number and in euro, as in `euro_prices`.

    `btc_usd` is the dollar per bitcoin of the page, of the snapshot or of the day, for prices in bitcoin.
    """
    for name, values in euro_prices(listing, rates).items():
        listing[name] = values
    shown = zip(listing["price_currency"], listing["page_id"], strict=True)
    dollars = [rates.bitcoin_in_dollar(page) if currency == "BTC" else None for currency, page in shown]
    listing["btc_usd"] = pd.Series([one[0] if one else None for one in dollars], index=listing.index, dtype=float)
    listing["btc_usd_source"] = [one[1] if one else None for one in dollars]
    euro = euro_per_dollar(rates.day)
    listing["usd_eur"], listing["usd_eur_date"] = euro.rate, str(euro.date)


def add_prices_per_quantity(listing: pd.DataFrame) -> None:
    """Euro per gram and per unit as advertised; last, from corrected prices and quantities."""
    for per, quantity in (("g", "quantity_g"), ("unit", "quantity_units")):
        price, amount = listing["price_eur"].astype(float), listing[quantity].astype(float)
        listing[f"price_eur_per_{per}"] = price / amount.where(amount > 0)


def add_sales(listing: pd.DataFrame) -> None:
    """Counter of the sales of each listing, where its page prints an exact number; a band (`"5~10"`) is none."""
    texts = listing["sold_text"] if "sold_text" in listing else pd.Series(None, index=listing.index, dtype=object)
    bands = _by_text(texts, read_band)
    listing["sales_total"] = pd.array([band.low if band.low == band.high else None for band in bands], dtype="Int64")


def snapshot_day(text: str) -> datetime.date:
    """The date of a snapshot."""
    return datetime.date.fromisoformat(text)
