"""The truth as tables, to hold estimates against. Nothing in front of the analysis may read them."""

import pandas as pd

from cryptodrug.simulate.crawl import Crawl
from cryptodrug.simulate.market import Truth
from cryptodrug.simulate.observed import kind_of


def vendor_table(truth: Truth) -> pd.DataFrame:
    """One row per vendor and snapshot in which it stands: declared origins (sorted, `|` between), policy."""
    dates = truth.scenario.snapshots
    rows = [
        {
            "snapshot_date": str(dates[snapshot]),
            "vendor": vendor.handle,
            "ships_from": "|".join(sorted(vendor.origins[snapshot])) or None,
            "policy": vendor.policy,
        }
        for vendor in truth.vendors.values()
        for snapshot in range(vendor.first, vendor.last + 1)
    ]
    return pd.DataFrame(rows)


def listing_table(truth: Truth) -> pd.DataFrame:
    """One row per listing and snapshot: true class, quantity (g or units), price in cents of a dollar, sales so far."""
    rows = []
    for snapshot, date in enumerate(truth.scenario.snapshots):
        for one in truth.standing(snapshot):
            product, vendor = truth.scenario.products[one.product], truth.vendors[one.vendor]
            rows.append(
                {
                    "snapshot_date": str(date),
                    "listing_id": f"{truth.scenario.market.id}:{one.native_id}",
                    "vendor": vendor.handle,
                    "drug_class": product.drug_class,
                    "is_drug": product.drug_class is not None,
                    "quantity_g": None if one.size.grams is None else float(one.size.grams),
                    "quantity_units": None if one.size.units is None else float(one.size.units),
                    "usd_cents": one.usd_cents[snapshot],
                    "holding": one.holding[snapshot],
                    "ships_from": "|".join(sorted(vendor.origins[snapshot])) or None,
                    "policy": vendor.policy,
                    "sales": sum(1 for sale in one.sales if sale.day <= date),
                }
            )
    return pd.DataFrame(rows)


def page_table(truth: Truth) -> pd.DataFrame:
    """One row per page that was asked for: what it is, what went wrong, what it arrives as (None: it does not)."""
    rows = [
        {
            "snapshot_date": str(date),
            "path": page.path,
            "asked_for": page.kind,
            "fault": page.fault,
            "kind": kind_of(page),
        }
        for snapshot, date in enumerate(truth.scenario.snapshots)
        for page in Crawl(truth, snapshot).wanted
    ]
    return pd.DataFrame(rows)


def truth_tables(truth: Truth) -> dict[str, pd.DataFrame]:
    """All tables of the truth by name."""
    return {"vendor": vendor_table(truth), "listing": listing_table(truth), "page": page_table(truth)}
