"""What each listing is seen to sell between two snapshots of its market, between two bounds (typology, section 2).

The lower bound is dated feedback, the upper one what a counter adds. They bound what the market shows, not the trade.
Texts that were not there before, the second store of Christin (2013), are no upper bound here: whoever leaves none is
not in them (`sales.new_texts` stays for comparison).
"""

from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from cryptodrug.revenue import interval_prices
from cryptodrug.sales import WINDOW_DAYS, at_least_lower, counter_increase, feedback_in

FEEDBACK = ["market", "snapshot_date", "page_id", "listing_id", "posted_low", "posted_high", "text_key", "truncated"]
# columns of the listings that the bounds and their worth need beside those of every analysis
LISTING = ["price_eur", "sales_total", "holding_own_history", "holding_class", "holding_cap"]


def snapshot_pairs(listing: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """(market, snapshot before, snapshot) of all neighbouring snapshots of each market."""
    for market, rows in listing.groupby("market", sort=True):
        for before, now in pairwise(sorted(rows["snapshot_date"].astype(str).unique())):
            yield str(market), before, now


def dated_between(feedback: pd.DataFrame, after: str, until: str) -> pd.Series:
    """Feedback per listing that was certainly posted in (after, until].

    An age in whole months leaves some weeks open: such a feedback counts only where all of them lie inside.
    """
    sure = feedback[feedback["posted_low"].fillna("") > after].rename(columns={"posted_high": "posted_date"})
    return feedback_in(sure, after, until)


def cut_off(feedback: pd.DataFrame, after: str) -> set[str]:
    """Listings whose page shows as many feedbacks as it ever does, all newer than `after`: the rest is not seen."""
    if feedback.empty:
        return set()
    # "all are newer" is quick by group, the oldest of texts is not; a feedback without a date says nothing of its age
    dated = feedback["posted_high"].notna()
    pages = feedback.assign(newer=~dated | (feedback["posted_high"] > after), dated=dated)
    pages = pages.groupby(["listing_id", "page_id"]).agg(
        full=("truncated", "all"), newer=("newer", "all"), dated=("dated", "any")
    )
    return {key[0] for key in pages.index[pages.astype(bool).all(axis=1)]}


def _last_known(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the latest of these snapshots in which each listing has any."""
    return rows.sort_values("snapshot_date", kind="stable").drop_duplicates("listing_id", keep="last")


def _shows(feedback: pd.DataFrame, date: str) -> bool:
    return bool(feedback.loc[feedback["snapshot_date"] == date, "posted_high"].notna().any())


def days_before(date: str) -> str:
    """The day 29 days before."""
    return (pd.Timestamp(date) - pd.Timedelta(days=WINDOW_DAYS)).date().isoformat()


def _of_interval(listing: pd.DataFrame, feedback: pd.DataFrame, before: str, now: str) -> pd.DataFrame:
    there = listing[listing["snapshot_date"] == now].reset_index(drop=True)
    ids = there["listing_id"]
    shows = _shows(feedback, now)
    at_now = feedback[(feedback["snapshot_date"] == now) & feedback["listing_id"].isin(ids)]
    low = dated_between(at_now, before, now).reindex(ids).fillna(0)
    cut = ids.isin(cut_off(at_now, before))
    counters = listing[listing["sales_total"].notna()]
    at_end = counters[counters["snapshot_date"] == now].set_index("listing_id")["sales_total"]
    known = _last_known(counters[counters["snapshot_date"] < now]).set_index("listing_id")["sales_total"]
    rise, _ = counter_increase(known, at_end)
    at_start = counters[counters["snapshot_date"] == before].set_index("listing_id")["sales_total"]
    fell = at_end < at_start.reindex(at_end.index)
    high = rise.astype(float).reindex(ids)
    high = at_least_lower(high, low).where(high.notna())
    return there.assign(
        before=before,
        days=(pd.Timestamp(now) - pd.Timestamp(before)).days,
        low=low.to_numpy() if shows else float("nan"),
        high=high.to_numpy(),
        cut=cut.to_numpy(),
        fell=ids.isin(fell.index[fell]).to_numpy(),
    )


def sales_between_snapshots(listing: pd.DataFrame, feedback: pd.DataFrame) -> pd.DataFrame:
    """The rows of `listing` from the second snapshot of each market on, with what was sold since the one before.

    Added are `before` (date), `days`; `low`: feedback dated in between, missing where the snapshot dates none; `high`:
    increase of the counter since the listing was last seen (the whole counter of a new one), never below `low`, missing
    without a counter; `cut`: the page shows as much feedback as it ever does, all of it new; `fell`: the counter is
    lower than in the snapshot before (that counts as no sale).

    Where only the first snapshot of a market dates feedback, its 29 days are the interval, without an upper bound.

    Source: Christin (2013), section 5.
    """
    parts = []
    for market, rows in listing.groupby("market", sort=True):
        shown = feedback[feedback["market"] == market]
        pairs = [(before, now) for name, before, now in snapshot_pairs(rows) if name == market]
        first = str(rows["snapshot_date"].min())
        if _shows(shown, first) and not any(_shows(shown, now) for _, now in pairs):
            alone = rows.assign(sales_total=pd.array([None] * len(rows), dtype="Int64"))
            parts.append(_of_interval(alone, shown, days_before(first), first))
        parts += [_of_interval(rows, shown, before, now) for before, now in pairs]
    if parts:
        return pd.concat(parts, ignore_index=True)
    empty = {"before": "", "days": 0, "low": 0.0, "high": 0.0, "cut": False, "fell": False}
    return listing.iloc[:0].assign(**empty)


def sales_in_window(listing: pd.DataFrame, feedback: pd.DataFrame) -> pd.DataFrame:
    """The rows of all snapshots of markets that date feedback, with `low`: that of the 29 days before the snapshot.

    Source: Christin (2013), whose estimator takes 29 days since older ages are exact to a month only.
    """
    parts = []
    for market, rows in listing.groupby("market", sort=True):
        shown = feedback[(feedback["market"] == market) & feedback["posted_high"].notna()]
        for now, there in rows.groupby("snapshot_date", sort=True) if len(shown) else ():
            if not _shows(shown, str(now)):
                continue
            low = dated_between(shown[shown["snapshot_date"] == now], days_before(str(now)), str(now))
            earlier = sorted(rows.loc[rows["snapshot_date"] < now, "snapshot_date"].unique())
            sold = there["listing_id"].map(low).fillna(0).astype(float)
            parts.append(there.assign(before=earlier[-1] if earlier else None, days=WINDOW_DAYS, low=sold))
    if parts:
        return pd.concat(parts, ignore_index=True)
    return listing.iloc[:0].assign(before="", days=WINDOW_DAYS, low=0.0)


def with_prices(sold: pd.DataFrame, listing: pd.DataFrame, treatment: str) -> pd.DataFrame:
    """Adds `price` (EUR): the mean of both ends of the interval, holding prices treated as in `interval_prices`.

    `sold`: as made above; a listing without any usable price has none, its sales leave the revenue.
    """
    prices = pd.Series(float("nan"), index=sold.index)
    of_market = dict(iter(listing.groupby("market")))
    for (market, before, now), rows in sold.groupby(["market", "before", "snapshot_date"], sort=True, dropna=False):
        before = None if before is None or before != before else before
        found = interval_prices(of_market[market], before, now, treatment)
        prices[rows.index] = rows["listing_id"].map(found).astype(float)
    return sold.assign(price=prices)


def known_total(amounts: pd.Series, low: pd.Series) -> float:
    """Sum of upper bounds; NaN where none is known, or not that of a listing that visibly sold.

    A sum without the best sellers would be no upper bound.
    """
    unknown = amounts.isna()
    if unknown.all() or (unknown & (low.fillna(0) > 0)).any():
        return float("nan")
    return float(amounts.sum())


def account_months(sold: pd.DataFrame) -> pd.DataFrame:
    """Sales of each vendor in each interval of a market: market, snapshot_date, entity, days, low, high.

    A bound that is not known of a market in an interval is missing in all its rows.
    """
    totals = sold.groupby(["market", "snapshot_date"], sort=True).apply(
        lambda rows: pd.Series({"low": rows["low"].notna().any(), "high": known_total(rows["high"], rows["low"])}),
        include_groups=False,
    )
    by = ["market", "snapshot_date", "entity"]
    found = sold.groupby(by, sort=True).agg(days=("days", "first"), low=("low", "sum"), high=("high", "sum"))
    found = found.reset_index()
    if found.empty:
        return found
    at = pd.MultiIndex.from_frame(found[by[:2]])
    known = totals.reindex(at)
    for name in ("low", "high"):
        there = known["low"].astype(bool) if name == "low" else known["high"].notna()
        found[name] = found[name].where(there.to_numpy())
    return found


def dominance(amounts: pd.Series) -> tuple[int, float]:
    """For the release gate: how many vendors make up a sum, and the share of the two largest (0 of nothing)."""
    selling = amounts[amounts > 0]
    return len(selling), float(selling.nlargest(2).sum() / selling.sum()) if len(selling) else 0.0
