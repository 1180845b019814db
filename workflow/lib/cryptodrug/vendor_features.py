"""What is known of each vendor of the window, for a typology (typology, V15)."""

import datetime
import re

import numpy as np
import pandas as pd

from cryptodrug.populations import number_of, origin_sets
from cryptodrug.reach import NOT_STATED, ORDER, stated_policy, widest_policy
from cryptodrug.revenue import FLAGS, holding
from cryptodrug.transforms import month_in_words
from cryptodrug.vendor_sales import rows_of
from cryptodrug.visible_sales import account_months, sales_between_snapshots

FEATURES = (
    "n_listings",
    "diversity",
    "main_class_share",
    "median_price_g",
    "wholesale_listings",
    "sales_month",
    "age",
    "n_markets",
    "reach",
    "origins",
    "pgp",
)
WHOLESALE_USD = 1000
KNOWN_AGE = 0.9  # share of vendors with a printed registration from which ages count from it
DAYS_A_MONTH = 30.44
HELD = " or ".join(f"coalesce({flag}, false)" for flag in FLAGS)  # as `revenue.holding`, in SQL
_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def _by(listing: pd.DataFrame, *names: str) -> pd.Series:
    """Number of listings by these columns."""
    return number_of(listing).groupby([listing[name] for name in names]).sum()


def counted_listings(path: str) -> pd.DataFrame:
    """Drug listings of the database counted by vendor, with what the features ask of them: `listings` in a row."""
    return rows_of(
        f"""
        with offer as (
            select market, snapshot_date, entity_id as entity, ships_from, ships_from_status, drug_class,
                ships_to_policy, coalesce(round_even(price_eur::double / usd_eur, 6) > {WHOLESALE_USD}, false)
                and not ({HELD}) as large
            from read_parquet(?) where is_drug and vendor is not null
        )
        select *, count(*) as listings from offer group by all order by all
        """,
        path,
    )


def counted_prices(path: str) -> pd.Series:
    """What `class_prices` gives, from the database: the mean of the two middle prices, which may be the same one."""
    usable = f"is_drug and vendor is not null and not ({HELD}) and price_eur_per_g > 0"
    found = rows_of(
        "select entity_id as entity, drug_class, quantile_disc(price_eur_per_g::double, 0.5) as low, "
        "-quantile_disc(-price_eur_per_g::double, 0.5) as high "
        f"from read_parquet(?) where {usable} and entity_id is not null and drug_class is not null "
        "group by entity_id, drug_class order by entity_id, drug_class",
        path,
    )
    middle = (found["low"] + found["high"]) / 2
    return pd.Series(middle.to_numpy(float), pd.MultiIndex.from_frame(found[["entity", "drug_class"]]))


def shannon(listing: pd.DataFrame) -> pd.Series:
    """Diversity of the drug classes of each vendor (Shannon 1948), mean over its snapshots; 0: a single class."""
    counts = _by(listing, "entity", "snapshot_date", "drug_class")
    shares = counts / counts.groupby(["entity", "snapshot_date"]).transform("sum")
    terms = -(shares * np.log(shares))
    return terms.groupby(["entity", "snapshot_date"]).sum().groupby("entity").mean().clip(lower=0)


def main_class_share(listing: pd.DataFrame) -> pd.Series:
    """Share of the largest drug class of each vendor, mean over its snapshots."""
    counts = _by(listing, "entity", "snapshot_date", "drug_class")
    shares = counts / counts.groupby(["entity", "snapshot_date"]).transform("sum")
    return shares.groupby(["entity", "snapshot_date"]).max().groupby("entity").mean()


def wholesale_share(listing: pd.DataFrame) -> pd.Series:
    """Share of listings above 1,000 dollars at the rate of the day, mean over snapshots; holding prices are not."""
    if "large" in listing:
        large = listing["large"].astype(bool)
    else:
        large = ((listing["price_eur"] / listing["usd_eur"]).round(6) > WHOLESALE_USD) & ~holding(listing)
    days = [listing["entity"], listing["snapshot_date"]]
    shares = number_of(listing).where(large, 0).groupby(days).sum() / number_of(listing).groupby(days).sum()
    return shares.groupby("entity").mean()


def class_prices(listing: pd.DataFrame) -> pd.Series:
    """Median price per gram of each vendor and drug class; holding prices are none."""
    usable = listing[~holding(listing) & (listing["price_eur_per_g"] > 0)]
    return usable.groupby(["entity", "drug_class"])["price_eur_per_g"].median()


def relative_price(own: pd.Series) -> pd.Series:
    """Log of the price per gram of each vendor against the median of the class, median over its classes.

    `own`: what `class_prices` gives.
    """
    against = own / own.groupby("drug_class").transform("median")
    return np.log(against).groupby("entity").median()


def sales_by_interval(
    listing: pd.DataFrame, feedback: pd.DataFrame | None, sold: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Both bounds of the visible sales of each vendor between two snapshots of a market, in numbers a month.

    `sold`: what `sales_between_snapshots` gives of both, also added up by vendor, where it is known.

    Returns
    -------
    market, snapshot_date (of the second snapshot), entity, low, high; a bound that a market does not show is missing.
    """
    found = account_months(sales_between_snapshots(listing, feedback) if sold is None else sold)
    if found.empty:
        return pd.DataFrame(columns=["market", "snapshot_date", "entity", "low", "high"])
    of_month = DAYS_A_MONTH / found["days"]
    return found.assign(low=found["low"] * of_month, high=found["high"] * of_month).drop(columns="days")


def sales_a_month(listing: pd.DataFrame, feedback: pd.DataFrame | None, sold: pd.DataFrame | None = None) -> pd.Series:
    """Middle of the bounds of visible sales a month, or the one that is shown; mean over the intervals with any.

    `sold` as above.
    """
    found = sales_by_interval(listing, feedback, sold)
    middle = found[["low", "high"]].astype(float).mean(axis=1)
    return middle.dropna().groupby(found["entity"]).mean()


def registered_on(text: str | None) -> datetime.date | None:
    """The day, or the first day of the month, that a text of registration names; None: nobody can tell."""
    found = _MONTH.search(month_in_words(text or "") or text or "")
    if found is None:
        return None
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None


def age_in_days(listing: pd.DataFrame, vendor: pd.DataFrame) -> pd.Series:
    """Days from the first registration to the day of the last sight; from the first sight if few print the other.

    All vendors have the same clock, else the form of the market would make types of its own.
    """
    seen = pd.to_datetime(listing["snapshot_date"]).groupby(listing["entity"]).agg(["min", "max"])
    days = {text: registered_on(text) for text in vendor["registered_text"].dropna().unique()}
    registered = pd.to_datetime(vendor["registered_text"].map(days).dropna()).groupby(vendor["entity"]).min()
    registered = registered.reindex(seen.index)
    since = registered if registered.notna().mean() >= KNOWN_AGE else seen["min"]
    return (seen["max"] - since).dt.days.clip(lower=0).astype(float)


def vendor_features(
    listing: pd.DataFrame,
    feedback: pd.DataFrame | None,
    vendor: pd.DataFrame,
    sold: pd.DataFrame | None = None,
    prices: pd.Series | None = None,
) -> pd.DataFrame:
    """One row a vendor (sorted), the columns of `FEATURES` in natural units; missing where nothing is shown.

    Parameters
    ----------
    listing : drug listings of the window with entity, drug_class, prices, flags, usd_eur, sales_total, ships_to_policy.
    feedback, vendor : rows of the database; `vendor` with entity.
    sold, prices : what `sales_between_snapshots`, also added up by vendor, and `class_prices` give, where they are
        known; `listing` is then what `counted_listings` gives. Those of vendors who are not in it do not count.
    """
    entities = pd.Index(sorted(listing["entity"].unique()), name="entity")
    sold = None if sold is None else sold[sold["entity"].isin(entities)]
    own = class_prices(listing) if prices is None else prices[prices.index.get_level_values("entity").isin(entities)]
    widest = widest_policy(stated_policy(listing), listing["entity"])
    widths = {name: width for width, name in enumerate(ORDER, start=1)}
    declared = origin_sets(listing).groupby(listing["entity"]).agg(lambda sets: len(frozenset().union(*sets)))
    profiles = vendor[vendor["entity"].isin(entities)]
    shows_key = profiles["pgp_fingerprint"].notna().groupby(profiles["entity"]).any().astype(float)
    found = {
        "n_listings": _by(listing, "entity", "snapshot_date").groupby("entity").mean(),
        "diversity": shannon(listing),
        "main_class_share": main_class_share(listing),
        "median_price_g": np.exp(relative_price(own)),
        "wholesale_listings": wholesale_share(listing),
        "sales_month": sales_a_month(listing, feedback, sold),
        "age": age_in_days(listing, profiles),
        "n_markets": listing.groupby("entity")["market"].nunique(),
        "reach": widest.where(widest != NOT_STATED).map(widths),
        "origins": declared,
        "pgp": shows_key if shows_key.any() else shows_key.iloc[:0],
    }
    return pd.DataFrame({name: found[name].reindex(entities) for name in FEATURES}).astype(float)


def on_scale(features: pd.DataFrame) -> pd.DataFrame:
    """The same on the scales on which vendors are compared: logs of amounts and of ratios."""
    scaled = features.copy()
    for name in ("n_listings", "sales_month", "age"):
        scaled[name] = np.log1p(scaled[name])
    scaled["median_price_g"] = np.log(scaled["median_price_g"])
    return scaled
