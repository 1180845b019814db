"""True prices and sales: what is asked, what was sold, what it was worth, how few have most of it."""

import datetime
from functools import lru_cache

import numpy as np
import pandas as pd
from currency_converter import CurrencyConverter

from cryptodrug.simulate.market.world import World
from cryptodrug.truth.offers import Table
from cryptodrug.truth.vendors import focus_vendors

LOTS_G = (1, 5, 10, 50, 100, 1000)
SALES_BANDS = {"0-9": (0, 10), "10-49": (10, 50), "50-99": (50, 100), "100-499": (100, 500), "500-more": (500, 10**9)}
WINDOW_DAYS = 29


@lru_cache(maxsize=1)
def _rates() -> CurrencyConverter:
    return CurrencyConverter(fallback_on_missing_rate=True, fallback_on_missing_rate_method="last_known")


@lru_cache(maxsize=64)
def _euro_of_dollar(day: str) -> float:
    return _rates().convert(1, "USD", "EUR", datetime.date.fromisoformat(day))


def with_euro(offer: Table) -> Table:
    """The offer with the true price of each listing in euro, at the reference rate of the day of the snapshot.

    A holding price is none: the price below it, at which the vendor would sell, is the true one.
    """
    return offer.assign(eur=offer["usd_cents"] / 100 * offer["snapshot_date"].map(_euro_of_dollar))


def price_per_gram(offer: Table) -> Table:
    """Median over vendors of the median price of each, by class, lot (within a tenth) and group."""
    rows = []
    for lot in LOTS_G:
        of_lot = offer[(offer["quantity_g"] >= 0.9 * lot) & (offer["quantity_g"] <= 1.1 * lot)]
        each = of_lot.assign(per_gram=of_lot["eur"] / of_lot["quantity_g"])
        for (name, inclusive), of_point in each.groupby(["drug_class", "inclusive"]):
            medians = of_point.groupby("entity")["per_gram"].median()
            row = {"row": f"{name}-{lot}-{'focus' if inclusive else 'rest'}", "median": medians.median()}
            rows.append(row | {"vendors": len(medians), "listings": of_point["listing_id"].nunique()})
    return pd.DataFrame(rows)


def holding_prices(offer: Table) -> Table:
    """Listings blocked by a holding price, by snapshot."""
    return offer.groupby("day")["holding"].agg(["size", "sum"]).set_axis(["listings", "holding"], axis=1).rename_axis(
        "row"
    ).reset_index()  # fmt: skip


def _sold_of_accounts(world: World) -> Table:
    """All sales of each account that stands in the last snapshot of its market since it opened, drugs or not."""
    rows = []
    for market in world.scenario.markets:
        month = len(market.snapshots) - 1
        for entity in world.entities.values():
            if any(one.market == market.id and one.first <= month <= one.last for one in entity.accounts):
                listings = world.by_account.get((entity.number, market.id), ())
                sold = sum(one.sales.until(market.snapshots[month]) for one in listings)
                rows.append({"market": market.id, "entity": entity.number, "sold": sold})
    return pd.DataFrame(rows)


def sales_bands(world: World, offer: Table) -> Table:
    """Vendors with a drug listing in a last snapshot, by all sales of their accounts there."""
    sold = _sold_of_accounts(world).groupby("entity")["sold"].sum()
    last = offer[offer["last"]]
    sold, here = sold[sold.index.isin(set(last["entity"]))], set(last.loc[last["inclusive"], "entity"])
    rows = []
    for band, (low, high) in SALES_BANDS.items():
        of_band = sold[(sold >= low) & (sold < high)]
        focus = of_band.index.isin(here).sum()
        row = {"row": band, "vendors": len(of_band), "share": len(of_band) / len(sold)}
        rows.append(row | {"vendors_focus": int(focus), "share_focus": focus / sold.index.isin(here).sum()})
    return pd.DataFrame(rows)


def recent_worth(world: World, offer: Table) -> pd.Series:
    """Euro sold by each vendor in the 29 days before the last snapshot of the markets that show feedback.

    Every sale counts, with and without feedback, at the price of the last snapshot; vendors without a sale have zero.
    """
    shown = [market.id for market in world.scenario.markets if market.feedback_shown]
    last = offer[offer["last"] & offer["market"].isin(shown)]
    sales = {one.listing_id: one.sales for one in world.listings}
    days = [datetime.date.fromisoformat(day) for day in last["snapshot_date"]]
    counts = [
        sales[name].until(day) - sales[name].until(day - datetime.timedelta(days=WINDOW_DAYS))
        for name, day in zip(last["listing_id"], days, strict=True)
    ]
    return (last["eur"] * counts).groupby(last["entity"]).sum()


def _measures(amounts: pd.Series) -> dict:
    """Herfindahl index, Gini coefficient (mean difference of two vendors by twice the mean), share of the top tenth."""
    values = np.sort(amounts.to_numpy())
    n, shares = len(values), values / values.sum()
    apart = np.abs(values[:, None] - values[None, :]).sum() / (n * (n - 1))
    row = {"vendors": n, "hhi": float((shares**2).sum()), "gini": float(apart / (2 * values.mean()))}
    row["hhi_normalised"] = (row["hhi"] - 1 / n) / (1 - 1 / n)
    # the vendor on the border of the tenth counts in part
    weights = np.clip(n / 10 - np.arange(n)[::-1], 0, 1)
    return row | {"top_tenth": float((weights * shares).sum())}


def concentration(worth: pd.Series, focus: set[int]) -> Table:
    """Measures of all vendors and of those of the focus country; `worth` by vendor."""
    groups = {"focus": worth[worth.index.isin(focus)], "all": worth}
    return pd.DataFrame([{"row": name} | _measures(amounts) for name, amounts in groups.items() if amounts.sum() > 0])


def feedback_scores(world: World, offer: Table) -> Table:
    """Scores of all feedback ever left for drug listings, of vendors that ever declare the focus country and others."""
    drugs, focus = set(offer["listing_id"]), focus_vendors(offer)
    scores: dict[str, list[int]] = {"focus": [], "rest": []}
    for one in world.listings:
        if one.listing_id in drugs:
            scores["focus" if one.entity in focus else "rest"] += [int(score) for score in one.sales.score if score]
    rows = []
    for name, given in scores.items():
        part = {"positive": sum(s > 3 for s in given), "neutral": given.count(3), "negative": sum(s < 3 for s in given)}
        rows.append({"row": name, "feedback": len(given)} | {k: n / len(given) for k, n in part.items()})
    return pd.DataFrame(rows)
