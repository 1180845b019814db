"""All snapshots of a study, harmonised, as the tables of the database: tables in, tables out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from cryptodrug.captures import largest_printed
from cryptodrug.entities import add_entity, link_accounts
from cryptodrug.holding import add_holding_flags
from cryptodrug.link_by import LinkBy
from cryptodrug.reading.tables import PAGE_KINDS
from cryptodrug.series import TrackingRules, add_series, track_listings
from cryptodrug.shared_text import SharedText

HARMONISED = (
    "page",
    "listing",
    "vendor",
    "feedback",
    "listing_page",
    "rate",
    "price",
    "shipping",
    "reference",
    "score",
)
DRUGS = "Drugs"


@dataclass(frozen=True)
class HoldingRules:
    """From when a price is a holding price: times its own others, times its class and size, euro without a quantity."""

    own: float
    by_class: float
    cap: float


def printed_total(texts: pd.Series) -> tuple[int | None, bool | None]:
    """Drug listings that the front pages of a snapshot print, and whether that is only a lower bound; the largest."""
    return largest_printed(texts).get(DRUGS, (None, None))


def _end(days: pd.Series, end: Callable[[list[str]], str]) -> str | None:
    known = days.dropna().tolist()
    return end(known) if known else None


def snapshot_table(page: pd.DataFrame, listing: pd.DataFrame) -> pd.DataFrame:
    """One row per market and date: pages by kind, listings and vendors found, the printed number."""
    rows = []
    for (market, date), pages in page.groupby(["market", "snapshot_date"], sort=True):
        of_day = (listing["market"] == market) & (listing["snapshot_date"] == date)
        drugs = listing[of_day & listing["is_drug"].fillna(False)]
        kinds = pages["kind"].value_counts()
        number, at_least = printed_total(pages["printed"])
        rows.append(
            {"market": market, "snapshot_date": date, "pages_read": len(pages)}
            | {f"pages_{kind}": int(kinds.get(kind, 0)) for kind in PAGE_KINDS}
            | {"first_day": _end(pages["day"], min), "last_day": _end(pages["day"], max)}
            | {"listings_found": len(drugs), "vendors_found": drugs["vendor"].nunique()}
            | {"listings_printed": number, "printed_at_least": at_least}
        )
    return pd.DataFrame(rows)


def _stacked(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """All snapshots of one table; empty columns must not decide types."""
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else tables[0]


def add_language(feedback: pd.DataFrame, languages: Mapping[str, str]) -> None:
    """The language of each feedback, by the code of its text; missing where none is known."""
    found = [languages.get(key) for key in feedback["text_key"]]
    feedback["language"] = pd.Series(found, index=feedback.index, dtype=object)


def join_snapshots(
    harmonised: Mapping[str, Sequence[pd.DataFrame]],
    holding: HoldingRules,
    link_by: LinkBy,
    tracking: TrackingRules,
    shared_text: SharedText | None = None,
    languages: Mapping[str, str] | None = None,
) -> dict[str, pd.DataFrame]:
    """Tables of the database, not yet validated; what is decided stands in `scripts/database/build_database.py`.

    `harmonised`: the tables of `HARMONISED`, one per snapshot; `languages`: of texts of feedback, by `text_key`.
    """
    tables = {name: _stacked(harmonised[name]) for name in HARMONISED}
    tables["listing_series"] = track_listings(tables["listing"], tracking)
    add_series(tables["listing"], tables["listing_series"])
    add_holding_flags(tables["listing"], holding.own, holding.by_class, holding.cap)
    tables["snapshot"] = snapshot_table(tables["page"], tables["listing"])
    tables["vendor_entity"] = link_accounts(tables["listing"], tables["vendor"], link_by, shared_text)
    for name in ("listing", "vendor", "reference", "score"):
        add_entity(tables[name], tables["vendor_entity"])
    add_language(tables["feedback"], languages or {})
    return tables
