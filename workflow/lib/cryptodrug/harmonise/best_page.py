"""Rows that stand on several pages of a snapshot: those of the best page count, then those of the later page."""

from collections.abc import Mapping, Sequence

import pandas as pd

from cryptodrug.harmonise.listings import listing_key
from cryptodrug.reading.tables import PAGE_RANK

OTHER = len(PAGE_RANK)  # behind every kind of page that shows listings
OF_VENDOR = {"vendor": 0, "feedback": 1, "pgp": 1}  # his own pages say most of a vendor


def best_page_only(
    rows: pd.DataFrame, by: Sequence[str | None], page: pd.DataFrame, rank: Mapping[str, int] = PAGE_RANK
) -> pd.DataFrame:
    """The rows that stand on the best page for each value of `by`; rows without a value stay.

    `page`: the pages in the order in which they were read; `rank`: how good a kind of page is, 0 the best.
    """
    place = {
        name: (rank.get(kind, OTHER), -number)
        for number, (name, kind) in enumerate(zip(page["page_id"], page["kind"], strict=True))
    }
    best: dict[str, str] = {}
    for value, name in zip(by, rows["page_id"], strict=True):
        if value is not None and (value not in best or place[name] < place[best[value]]):
            best[value] = name
    kept = [value is None or best[value] == name for value, name in zip(by, rows["page_id"], strict=True)]
    return rows[pd.Series(kept, index=rows.index, dtype=bool)].reset_index(drop=True)


def with_listing(rows: pd.DataFrame, market: str, links: pd.DataFrame, page: pd.DataFrame) -> pd.DataFrame:
    """The rows with `listing_id` in place of the market's number, of the best page of each listing.

    A row without a number belongs to the listing of its page where that shows one only; else to none.

    `links`: the link table of listings and pages.
    """
    shown = links.groupby("page_id")["listing_id"].agg(["first", "nunique"]) if len(links) else None
    alone = {} if shown is None else shown.loc[shown["nunique"] == 1, "first"].to_dict()
    ids = [
        listing_key(market, native, None, None) if native else alone.get(name)
        for native, name in zip(rows["native_id"], rows["page_id"], strict=True)
    ]
    return best_page_only(rows.assign(listing_id=ids).drop(columns="native_id"), ids, page)
