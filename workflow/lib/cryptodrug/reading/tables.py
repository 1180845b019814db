"""The observed tables: what a page says, as text, each row with its page."""

import pyarrow as pa

PAGE_KINDS = (
    "listing",
    "list",
    "vendor",
    "feedback",
    "front",
    "login",
    "captcha",
    "limit",
    "error",
    "cut",
    "empty",
    "other",
    "unknown",
)

COLUMNS_OF = {
    "listing": (
        "native_id",
        "title",
        "vendor",
        "price_text",
        "price_currency",
        "category_path",
        "ships_from_text",
        "ships_to_text",
        "sales_text",
        "stock_text",
        "rating_text",
        "description_length",
        "seen_text",
        "category_id",
        "escrow_text",
        "labels_text",
        "coins_text",
        "goods_text",
        "vendor_level_text",
        "rank_text",
    ),
    # every further price of an offer: in another currency, for another quantity
    "price": (
        "native_id",
        "quantity_low_text",
        "quantity_high_text",
        "price_text",
        "price_currency",
        "basis_text",
    ),
    "vendor": (
        "vendor",
        "rating_text",
        "sales_text",
        "registered_text",
        "last_seen_text",
        "pgp_present",
        "pgp_fingerprint",
        "ships_from_text",
    ),
    "feedback": (
        "native_id",
        "vendor",
        "score_text",
        "posted_text",
        "text_key",
        "text_length",
        "amount_text",
    ),
}
KEY_COLUMNS = {
    "listing": ("page_id", "position", "page_kind"),
    "price": ("page_id", "position"),
    "vendor": ("page_id", "position"),
    "feedback": ("page_id", "position"),
}
NUMBERS = {"position", "description_length", "text_length", "bytes"}
FLAGS = {"pgp_present"}
# what a page says of itself
VALUES_OF_PAGE = ("printed", "rate_text", "rate_pair", "rates", "clock_text", "list_text", "list_page_text")
PAGE_COLUMNS = (
    "page_id",
    "market",
    "snapshot_date",
    "path",
    "sha256",
    "bytes",
    "kind",
    "layout",
    "note",
    *VALUES_OF_PAGE,
)


def _type(column: str) -> pa.DataType:
    if column in NUMBERS:
        return pa.int64()
    return pa.bool_() if column in FLAGS else pa.string()


SCHEMAS = {
    table: pa.schema([(column, _type(column)) for column in (*KEY_COLUMNS[table], *columns)])
    for table, columns in COLUMNS_OF.items()
} | {"page": pa.schema([(column, _type(column)) for column in PAGE_COLUMNS])}
