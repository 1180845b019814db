"""Observed rows as they must be read: what a page does not show is missing."""

from typing import Any

from cryptodrug.reading.tables import COLUMNS_OF

Row = dict[str, Any]


def listing_row(page_kind: str, native_id: str, shown: Row) -> Row:
    """One row of the observed listings."""
    return dict.fromkeys(COLUMNS_OF["listing"]) | {"page_kind": page_kind, "native_id": native_id} | shown


def price_row(native_id: str, shown: Row) -> Row:
    """One row of the observed further prices."""
    return dict.fromkeys(COLUMNS_OF["price"]) | {"native_id": native_id} | shown


def vendor_row(handle: str, shown: Row) -> Row:
    """One row of the observed vendors."""
    known = dict.fromkeys(COLUMNS_OF["vendor"])
    return known | {"vendor": handle} | {k: v for k, v in shown.items() if k in known}
