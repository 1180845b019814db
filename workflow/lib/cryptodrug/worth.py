"""Visible sales times prices, in whole cents, under both bounds, and what they come to in a month (typology, V8)."""

import numpy as np
import pandas as pd

from cryptodrug.offer import fewest
from cryptodrug.revenue import MONTH_DAYS
from cryptodrug.visible_sales import dominance, known_total, sales_between_snapshots, sales_in_window, with_prices

BOUNDS = ("low", "high")
CENTS = 100  # amounts are drawn as whole cents


def with_worth(sold: pd.DataFrame) -> pd.DataFrame:
    """Adds `worth_low` and `worth_high` (whole cents): sales times price; missing with either of them."""
    for name in BOUNDS:
        if name in sold:
            sold = sold.assign(**{f"worth_{name}": (sold[name] * sold["price"] * CENTS).round()})
    return sold


def known_only(sold: pd.DataFrame) -> pd.DataFrame:
    """Upper bounds of intervals in which that of any listing that visibly sold is not known are taken away."""
    for _, rows in sold.groupby(["market", "snapshot_date"], sort=True):
        if np.isnan(known_total(rows["high"], rows["low"])):
            sold.loc[rows.index, ["high", "worth_high"]] = np.nan
    return sold


def priced_sales(listing: pd.DataFrame, feedback: pd.DataFrame, treatment: str = "replace") -> pd.DataFrame:
    """Sales between snapshots with their worth under one treatment of holding prices."""
    return known_only(with_worth(with_prices(sales_between_snapshots(listing, feedback), listing, treatment)))


def priced_windows(listing: pd.DataFrame, feedback: pd.DataFrame, treatment: str = "replace") -> pd.DataFrame:
    """Sales in the 29 days before each snapshot with their worth under one treatment of holding prices."""
    return with_worth(with_prices(sales_in_window(listing, feedback), listing, treatment))


def days_of_markets(sold: pd.DataFrame, name: str) -> pd.Series:
    """Days of all intervals of each market in which a bound is known, by market."""
    known = sold[sold[name].notna()].drop_duplicates(["market", "snapshot_date"])
    return known.groupby("market", sort=True)["days"].sum()


def month_by_vendor(sold: pd.DataFrame, name: str, by: list[str]) -> pd.Series:
    """Worth (EUR) of a month of 30.44 days of what vendors sold under a bound, all markets on which it is known.

    Parameters
    ----------
    sold : rows as `priced_sales` gives them.
    name : `low` or `high`.
    by : columns of the index, e.g. `["entity"]`.
    """
    known = sold[sold[name].notna()]
    # whole cents are added up first: exact in any order
    cents = known.groupby(["market", *by], sort=True)[f"worth_{name}"].sum().astype(float)
    scale = MONTH_DAYS / CENTS / days_of_markets(sold, name)
    worth = cents * scale.reindex(cents.index.get_level_values("market")).to_numpy(float)
    return worth.groupby(level=by, sort=True).sum()


def weakest_interval(sold: pd.DataFrame, name: str) -> tuple[int, float]:
    """Over the intervals of all markets: fewest vendors behind the worth of one, and largest share of two of them.

    A sum over intervals is guarded by these: with the others, which are published, it would give the weakest away.
    """
    known = sold[sold[name].notna()]
    found = [
        dominance(rows.groupby("entity")[f"worth_{name}"].sum())
        for _, rows in known.groupby(["market", "snapshot_date"], sort=True)
    ]
    return fewest(*(n for n, _ in found)), max((top for _, top in found), default=0.0)
