"""Visible sales of a listing between two snapshots: a lower and an upper bound (typology, section 2).

Feedback is a proxy: one per order whatever the quantity, not every buyer leaves one, edited and bought feedback exists.
The bounds hold for what the market shows, not for the trade (Christin 2013 keeps the same two stores).
"""

import pandas as pd

WINDOW_DAYS = 29  # ages beyond thirty days are only exact to a month (Christin 2013)


def feedback_in(feedback: pd.DataFrame, after: str, until: str) -> pd.Series:
    """Lower bound: feedback per listing posted in (after, until], ISO dates. Equal rows of a page are several sales.

    Of several pages of a listing in one snapshot each (date, text) counts as often as on the page that shows it most.
    """
    dated = feedback[(feedback["posted_date"] > after) & (feedback["posted_date"] <= until)]
    on_page = dated.groupby(["listing_id", "page_id", "posted_date", "text_key"], dropna=False).size()
    most = on_page.groupby(["listing_id", "posted_date", "text_key"], dropna=False).max()
    return most.groupby("listing_id").sum()


def new_texts(before: pd.DataFrame, now: pd.DataFrame) -> pd.Series:
    """Upper bound without a counter: texts shown now and not before, per listing; an edited one counts again."""
    old = set(zip(before["listing_id"], before["text_key"], strict=True))
    counts = now.groupby(["listing_id", "page_id", "text_key"]).size().groupby(["listing_id", "text_key"]).max()
    fresh = counts[[key not in old for key in counts.index]]
    return fresh.groupby("listing_id").sum()


def counter_increase(before: pd.Series, now: pd.Series) -> tuple[pd.Series, int]:
    """Upper bound with a counter: its increase per listing, and how many counters fell (taken as zero).

    A listing that is new counts with its whole counter.
    """
    change = now - before.reindex(now.index).fillna(0)
    return change.clip(lower=0), int((change < 0).sum())


def at_least_lower(upper: pd.Series, lower: pd.Series) -> pd.Series:
    """A counter that lags behind the feedback: the upper bound is then the lower one."""
    lower = lower.reindex(upper.index).fillna(0)
    return upper.where(upper >= lower, lower)


def truncated(feedback: pd.DataFrame, shown: int, after: str) -> set[str]:
    """Listings whose page shows its maximum, all newer than the snapshot before: the lower bound is only a minimum."""
    groups = feedback.groupby(["listing_id", "page_id"])["posted_date"]
    full = groups.agg(["size", "min"])
    return {key[0] for key in full.index[(full["size"] >= shown) & (full["min"] > after)]}
