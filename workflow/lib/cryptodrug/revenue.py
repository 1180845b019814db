"""What the visible sales are worth: price of a listing in an interval times its sales (typology, section 2 and V8).

Visible sales bound what the market shows, not the trade; nothing here is annualised.
"""

import pandas as pd

FLAGS = ("holding_own_history", "holding_class", "holding_cap")
TREATMENTS = ("replace", "drop", "none")
MONTH_DAYS = 30.44


def holding(listing: pd.DataFrame) -> pd.Series:
    """Rows whose price is a holding price by any rule."""
    return listing[list(FLAGS)].astype("boolean").fillna(False).astype(bool).any(axis=1)


def _nearest(known: pd.DataFrame, now: str) -> pd.Series:
    """Price of each listing nearest in time to `now`; of two equally near the earlier."""
    days = (pd.to_datetime(known["snapshot_date"]) - pd.Timestamp(now)).abs()
    ordered = known.assign(days=days).sort_values(["listing_id", "days", "snapshot_date"], kind="stable")
    return ordered.drop_duplicates("listing_id").set_index("listing_id")["price"]


def interval_prices(listing: pd.DataFrame, before: str | None, now: str, treatment: str) -> pd.Series:
    """Price (EUR) of each listing in the interval (before, now]: mean of its prices at both ends.

    Parameters
    ----------
    listing : rows of all snapshots of one market; ISO dates.
    before : snapshot before, None for the first one.
    treatment : of holding prices. `replace`: the unflagged price nearest in time, missing when there is none; `drop`:
        missing, so that the sales of that listing leave the sum; `none`: taken as they are.
    """
    if treatment not in TREATMENTS:
        raise ValueError(f"treatment {treatment!r} is none of {TREATMENTS}")
    table = listing[["listing_id", "snapshot_date"]].assign(
        price=listing["price_eur"].astype(float), flagged=holding(listing)
    )
    ends = table["snapshot_date"].isin([before, now])
    unflagged = table if treatment == "none" else table[~table["flagged"]]
    prices = (
        unflagged[ends[unflagged.index]]
        .groupby("listing_id")["price"]
        .mean()
        .reindex(sorted(set(table.loc[ends, "listing_id"])))
    )
    if treatment == "drop":
        return prices.mask(table[ends].groupby("listing_id")["flagged"].any())
    if treatment == "replace":
        return prices.fillna(_nearest(unflagged[unflagged["price"].notna()], now))
    return prices


def revenue(prices: pd.Series, sales: pd.Series) -> pd.Series:
    """Worth of the sales of each listing; one without a price or without a sale is not in it."""
    return (prices * sales.reindex(prices.index)).dropna()


def monthly(amount: float, days: int) -> float:
    """An amount of an interval as one of a mean month of 30.44 days."""
    return amount * MONTH_DAYS / days
