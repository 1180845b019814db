"""Holding prices: a listing blocked by an absurd price instead of being taken away. Flagged, never removed.

Rules and constants are this compendium's own; the idea is that of Soska & Christin (2015), whose constants could not be
read. Top down: far above the listing's own other prices; far above class and size band; very high, quantity unknown.
"""

import numpy as np
import pandas as pd

BANDS_G = (0, 1, 10, 100, 1000, np.inf)
FEWEST_LISTINGS = 5
FEWEST_VENDORS = 3


def own_history(listing: pd.DataFrame, times: float) -> pd.Series:
    """Price above `times` x the median of the listing's other prices in the window (per gram where it has grams).

    A listing with one price only is not judged.
    """
    price = listing["price_eur_per_g"].where(listing["price_eur_per_g"].notna(), listing["price_eur"]).astype(float)
    flags = pd.Series(False, index=listing.index)
    groups = price.dropna().groupby(listing["series_id"])
    # a price above `times` x the median of the others is above `times` x the smallest: only these are looked at
    candidates = np.flatnonzero(price > times * groups.transform("min").reindex(price.index))
    values, series = price.to_numpy(), pd.factorize(listing["series_id"])[0]
    order = np.argsort(series, kind="stable")
    begins = np.searchsorted(series[order], series[candidates], side="left")
    ends = np.searchsorted(series[order], series[candidates], side="right")
    found = np.zeros(len(listing), dtype=bool)
    for row, begin, end in zip(candidates, begins, ends, strict=True):
        others = values[[one for one in order[begin:end] if one != row and not np.isnan(values[one])]]
        found[row] = len(others) > 0 and values[row] > times * np.median(others)
    return flags | found


def class_and_band(listing: pd.DataFrame, times: float) -> pd.Series:
    """Price per gram above `times` x the median of at least five other listings of three vendors in class and band."""
    flags = pd.Series(False, index=listing.index)
    known = listing[listing["price_eur_per_g"].notna() & listing["drug_class"].notna()]
    bands = pd.cut(known["quantity_g"].astype(float), BANDS_G, labels=False)
    for _, group in known.groupby([known["snapshot_date"], known["drug_class"], bands], sort=True):
        if len(group) <= FEWEST_LISTINGS or group["vendor"].nunique() < FEWEST_VENDORS:
            continue
        price = group["price_eur_per_g"].astype(float)
        # only prices above the median can be flagged; for them "the others" have this median or a smaller one
        for row in price.index[price > times * price.median()]:
            others = price.drop(row)
            vendors = group["vendor"].drop(row).nunique()
            flags[row] = vendors >= FEWEST_VENDORS and price[row] > times * others.median()
    return flags


def above_cap(listing: pd.DataFrame, cap: float) -> pd.Series:
    """Price above `cap` (EUR) where neither grams nor units are known."""
    unknown = listing["quantity_g"].isna() & listing["quantity_units"].isna()
    return unknown & (listing["price_eur"].astype(float) > cap)


def add_holding_flags(listing: pd.DataFrame, own: float, by_class: float, cap: float) -> None:
    """Add the three flags; the analysis decides what follows from them."""
    listing["holding_own_history"] = own_history(listing, own)
    listing["holding_class"] = class_and_band(listing, by_class)
    listing["holding_cap"] = above_cap(listing, cap)
