"""The same offer over the months: by the number that the market gives it, else by its vendor and title.

A vendor who rewrites a title, or a table that names no numbers, would otherwise make a new offer of an old one: its
price history and its sales would begin anew. The likeness of titles is that of their words in any order (rapidfuzz).
"""

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import pandas as pd

_PRICE = re.compile(r"[$£€]\s?\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)*\s?(?:[$£€]|usd\b|eur\b|gbp\b|aud\b)")
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")
_APART = re.compile(r"(\d)\s+(?=(?:g|gr|gram|grams|kg|mg|ug|oz|ml)\b)")
_MEASURE = re.compile(r"(?=.*\d)(?=.*[^\W\d_]).+")
_NOT_WORD = re.compile(r"[\W_]+")
ITSELF, SAME_TITLE, LIKE_TITLE = "itself", "title", "similar-title"
SLIP, SLIP_LETTERS = 75, 5


@dataclass(frozen=True)
class TrackingRules:
    """When two offers of one vendor in two snapshots are one.

    similarity : least likeness of the titles, 0 to 100 (share of words in common, in any order).
    gap : how many snapshots of the market an offer may be missed.
    """

    similarity: float
    gap: int


def plain_title(title: str | None) -> str:
    """A title without case, prices, punctuation and signs, its words in their order, each measure one word.

    `"1 G Tea - $7.45 each!"` -> `"1g tea each"`: a price in a title changes while the offer stays.
    """
    text = _PRICE.sub(" ", unicodedata.normalize("NFKC", title or "").casefold())
    # 7.5 is one number, not a seven and a five
    text = _DECIMAL.sub("p", text)
    return _APART.sub(r"\1", _NOT_WORD.sub(" ", text)).strip()


def nothing_replaced(one: str, other: str) -> bool:
    """Whether two plain titles differ by words added or taken away, or by slips of spelling, but by no replacement.

    "Lemon Kush 7g" and "Mango Kush 7g" are two goods, "Kush 7g" and "Kush 7g free shipping" are one. A word with a
    digit, or of fewer than five letters, is never a slip of another one.
    """
    from rapidfuzz import fuzz

    words, others = one.split(), other.split()
    left = [word for word in words if word not in others]
    right = [word for word in others if word not in words]
    for word in list(left):
        slips = [
            place
            for place, candidate in enumerate(right)
            if min(len(word), len(candidate)) >= SLIP_LETTERS
            and not any(letter.isdigit() for letter in word + candidate)
            and fuzz.ratio(word, candidate) >= SLIP
        ]
        if slips:
            left.remove(word)
            right.pop(slips[0])
    # "x10" or "10pk" beside the same words is another quantity, whatever was read of the titles
    return not (left and right) and not any(_MEASURE.fullmatch(word) for word in left + right)


def _quantity(row: pd.DataFrame) -> list[tuple[float, float]]:
    grams, units = (pd.to_numeric(row[name]).fillna(-1).tolist() for name in ("quantity_g", "quantity_units"))
    return list(zip(grams, units, strict=True))


def _matches(old: pd.DataFrame, new: pd.DataFrame, similarity: float) -> list[tuple[int, int, float]]:
    """Pairs of positions, the most alike first, each offer once. Only offers of the same class and quantity compare.

    Two offers to which the market gave different numbers are two: one of a pair must have none.
    """
    from rapidfuzz import fuzz, process

    likeness = process.cdist(old["plain"].tolist(), new["plain"].tolist(), scorer=fuzz.token_sort_ratio, workers=1)
    fits = np.array(old["drug_class"].fillna(""))[:, None] == np.array(new["drug_class"].fillna(""))[None, :]
    quantities = {key: place for place, key in enumerate(sorted({*_quantity(old), *_quantity(new)}))}
    amounts = [np.array([quantities[key] for key in _quantity(one)]) for one in (old, new)]
    fits &= amounts[0][:, None] == amounts[1][None, :]
    fits &= ~(old["numbered"].to_numpy()[:, None] & new["numbered"].to_numpy()[None, :])
    rows, columns = np.nonzero(fits & (likeness >= similarity))
    order = np.lexsort((columns, rows, -likeness[rows, columns]))
    pairs, used_rows, used_columns = [], set(), set()
    for place in order:
        row, column = int(rows[place]), int(columns[place])
        if row in used_rows or column in used_columns:
            continue
        if nothing_replaced(old["plain"].iat[row], new["plain"].iat[column]):
            used_rows.add(row)
            used_columns.add(column)
            pairs.append((row, column, float(likeness[row, column])))
    return pairs


def _of_vendor(rows: pd.DataFrame, days: dict[str, int], rules: TrackingRules) -> dict[str, tuple[str, str, float]]:
    """Series, evidence and likeness of each offer of one vendor on one market that continues another one."""
    joined: dict[str, tuple[str, str, float]] = {}
    ends = rows.groupby("listing_id")["day"].agg(["min", "max"])
    starts = sorted(day for day in ends["min"].unique() if day > 0)
    for day in starts:
        new = rows[(rows["day"] == day) & rows["listing_id"].isin(ends.index[ends["min"] == day])]
        gone = ends.index[(ends["max"] < day) & (ends["max"] >= day - 1 - rules.gap)]
        old = rows[rows["listing_id"].isin(gone)].sort_values("day").drop_duplicates("listing_id", keep="last")
        # an offer that another one continues already does not go on twice
        old = old[~old["listing_id"].isin({before for before, _, _ in joined.values()})].sort_values("listing_id")
        new = new.sort_values("listing_id")
        if old.empty or new.empty:
            continue
        for row, column, likeness in _matches(old, new, rules.similarity):
            before, after = old["listing_id"].iat[row], new["listing_id"].iat[column]
            same = old["plain"].iat[row] == new["plain"].iat[column]
            joined[after] = (before, SAME_TITLE if same else LIKE_TITLE, likeness)
    return joined


def add_series(listing: pd.DataFrame, series: pd.DataFrame) -> None:
    """Put the offer of each listing into the column `series_id`."""
    known = dict(zip(series["listing_id"], series["series_id"], strict=True))
    listing["series_id"] = [known[one] for one in listing["listing_id"]]


def track_listings(listing: pd.DataFrame, rules: TrackingRules) -> pd.DataFrame:
    """Which listing ids are one offer.

    Parameters
    ----------
    listing : with market, snapshot_date, listing_id, numbered (whether the market gave the id), vendor, title,
        drug_class, quantity_g, quantity_units.

    Returns
    -------
    One row per listing id: market, listing_id, series_id (the first listing id of the offer), evidence (itself, title,
    similar-title), likeness (of the titles, to the id before; 100 where nothing had to be compared).
    """
    first = listing.drop_duplicates("listing_id")
    found: dict[str, tuple[str, str, float]] = {}
    for _, of_market in listing[listing["vendor"].notna()].groupby("market", sort=True):
        numbers = {day: place for place, day in enumerate(sorted(of_market["snapshot_date"].astype(str).unique()))}
        if len(numbers) < 2 or of_market["numbered"].all():
            continue
        rows = of_market.assign(
            day=[numbers[str(day)] for day in of_market["snapshot_date"]],
            plain=[plain_title(title) for title in of_market["title"]],
            account=of_market["vendor"].str.casefold(),
        )
        for _, of_vendor in rows.groupby("account", sort=True):
            if of_vendor["day"].nunique() > 1:
                found |= _of_vendor(of_vendor, numbers, rules)
    series = {}
    for listing_id in first["listing_id"]:
        start = listing_id
        while start in found:
            start = found[start][0]
        series[listing_id] = start
    table = first[["market", "listing_id"]].sort_values(["market", "listing_id"], ignore_index=True)
    nothing = ("", ITSELF, 100.0)
    return table.assign(
        series_id=[series[one] for one in table["listing_id"]],
        evidence=[found.get(one, nothing)[1] for one in table["listing_id"]],
        likeness=[found.get(one, nothing)[2] for one in table["listing_id"]],
    )
