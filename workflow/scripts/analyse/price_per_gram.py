"""Advertised price per gram at fixed lot sizes, focus country against the rest (typology, V13)."""

import numpy as np
import pandas as pd
from cryptodrug.numbered import numbered_listings
from cryptodrug.offer import slug
from cryptodrug.populations import focus_listings
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.revenue import FLAGS, holding
from cryptodrug.statistics.intervals import median_interval

LOTS_G = (1, 5, 10, 50, 100, 1000)
TOLERANCE = 0.1
FEWEST_VENDORS = 3
FEWEST_LISTINGS = 10


def lot_of(grams: pd.Series) -> pd.Series:
    """Fixed lot (g) within a tenth of the quantity, else missing: sizes between lots are not compared."""
    lots = np.full(len(grams), np.nan)
    for lot in LOTS_G:
        lots[(grams >= lot * (1 - TOLERANCE)) & (grams <= lot * (1 + TOLERANCE))] = lot
    return pd.Series(lots, index=grams.index)


def vendor_medians(group: pd.DataFrame) -> pd.Series:
    """Median price per gram of each vendor: listings of one vendor are not independent."""
    return group.groupby("entity")["price_eur_per_g"].median()


def price_point(group: pd.DataFrame, level: float) -> dict | None:
    """Median over vendors of each vendor's median price, or None with too few vendors or listings."""
    by_vendor = vendor_medians(group)
    if len(by_vendor) < FEWEST_VENDORS or group["listing_id"].nunique() < FEWEST_LISTINGS:
        return None
    interval = median_interval(by_vendor.tolist(), level) or (None, None)
    return {
        "median": float(by_vendor.median()),
        "median_low": interval[0],
        "median_high": interval[1],
        "vendors": len(by_vendor),
        "listings": group["listing_id"].nunique(),
        "support_vendors": len(by_vendor),
    }


def price_per_gram_table(listing: pd.DataFrame, focus: str, definition: str, level: float) -> ResultTable:
    """One row per class, lot and group."""
    part = focus_listings(listing, focus, definition)
    lots = lot_of(listing["quantity_g"].astype(float))
    known = ~holding(listing) & listing["price_eur_per_g"].notna() & lots.notna()
    found = listing.loc[known, ["entity", "listing_id", "drug_class", "price_eur_per_g"]]
    found["lot"], found["focus"] = lots[known], part[known]
    rows = []
    for name in sorted(found["drug_class"].dropna().unique()):  # one class in memory at a time
        of_class = found[found["drug_class"] == name]
        of_class = of_class.assign(group=np.where(of_class["focus"], "focus", "rest"))
        for (lot, group), rows_of_point in of_class.groupby(["lot", "group"], sort=True):
            point = price_point(rows_of_point, level)
            if point:
                key = f"{slug(name)}-{lot:g}-{group}"
                rows.append({"row": key, "drug_class": name, "lot": float(lot), "group": group} | point)
    names = ["row", "drug_class", "lot", "group", "median", "median_low", "median_high", "vendors", "listings"]
    columns = [
        Column("drug_class", "text", "drug_class"),
        Column("lot", "number", "g", digits=0),
        Column("group", "text", "group"),
        Column(
            "median", "money", "EUR/g", digits=2, low="median_low", high="median_high", level=level,
            method="order-statistic", guard_vendors="support_vendors",
        ),
        Column("vendors", "count", "vendor", guard_vendors="support_vendors"),
        Column("listings", "count", "listing", guard_vendors="support_vendors"),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=[*names, "support_vendors"])
    table[["median", "median_low", "median_high"]] = table[["median", "median_low", "median_high"]].astype(float)
    return ResultTable("price-per-gram", "public", columns, table, notes=["advertised"])


def price_per_gram(
    listing: str,
    price_per_gram: str,
    price_per_gram_description: str,
    focus_country: str,
    definition: str,
    level: float,
) -> None:
    """Price points of the whole window.

    1. Only listings with a weight within a tenth of a fixed lot size; holding prices are left out here.
    2. A vendor counts once a point, with the median of its listings; the interval is by order statistics over vendors
       (six or more), since listings of one vendor are not independent.
    3. A point needs three vendors and ten listings. Advertised, not paid; never corrected for advertised purity, which
       is overstated (Barratt et al. 2024).
    """
    wanted = ["drug_class", "quantity_g", "price_eur_per_g", *FLAGS]
    table = price_per_gram_table(numbered_listings(listing, wanted), focus_country, definition, level)
    write_result(table, price_per_gram, price_per_gram_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, price_per_gram)
