"""The observed tables: what a page says, as text, each row with its page."""

import pyarrow as pa

PAGE_KINDS = (
    "listing",
    "list",
    "vendor",
    "feedback",
    "pgp",
    "front",
    "index",
    "login",
    "captcha",
    "limit",
    "error",
    "refresh",
    "cut",
    "empty",
    "other",
    "unknown",
)
# a page of these kinds shows nothing of what was asked for
FAILED_KINDS = ("login", "captcha", "limit", "error", "refresh", "cut", "empty", "unknown")

# a listing can stand on pages of these kinds; its own page says most of it, and tiles on a home page say least
PAGE_RANK = {"listing": 0, "list": 1, "vendor": 2, "feedback": 2, "index": 1, "front": 3}

COLUMNS_OF = {
    "listing": (
        "native_id",
        "title",
        "vendor",
        "price_text",
        "price_currency",
        "price_unit_text",
        "category_path",
        "category_id",
        "ships_from_text",
        "ships_to_text",
        "ships_to_except_text",
        "sold_text",
        "listed_text",
        "views_text",
        "stock_text",
        "minimum_text",
        "dispatch_text",
        "ends_text",
        "escrow_text",
        "coins_text",
        "goods_text",
        "labels_text",
        "notice_text",
        "rank_text",
        "description_length",
        "terms_length",
        "refund_length",
        "sales_text",
        "rating_text",
        "vendor_native_id",
        "vendor_number_text",
        "vendor_level_text",
        "vendor_trust_text",
        "vendor_marks_text",
        "vendor_registered_text",
        "vendor_seen_text",
        "vendor_orders_text",
        "seen_text",
    ),
    # every further price of an offer: in another currency, for another quantity
    "price": (
        "native_id",
        "quantity_low_text",
        "quantity_high_text",
        "unit_text",
        "price_text",
        "price_currency",
        "basis_text",
        "discount_text",
    ),
    "vendor": (
        "vendor",
        "account_text",
        "rating_text",
        "sales_text",
        "number_text",
        "orders_text",
        "level_text",
        "trust_text",
        "marks_text",
        "positive_text",
        "neutral_text",
        "negative_text",
        "votes_for_text",
        "votes_against_text",
        "disputes_won_text",
        "disputes_lost_text",
        "disputes_text",
        "autofinalised_text",
        "escrow_text",
        "escrow_amount_text",
        "registered_text",
        "last_seen_text",
        "ships_from_text",
        "ships_to_text",
        "notice_text",
        "profile_length",
        "profile_sketch",
        "terms_length",
        "refund_length",
        "pgp_present",
        "pgp_fingerprint",
        "email_present",
        "jabber_present",
    ),
    "feedback": (
        "native_id",
        "vendor",
        "title",
        "part_text",
        "score_text",
        "posted_text",
        "text_key",
        "text_length",
        "amount_text",
        "amount_currency",
    ),
    # ways of sending, each with its price
    "shipping": (
        "native_id",
        "name_text",
        "days_text",
        "price_text",
        "price_currency",
        "other_price_text",
        "other_price_currency",
        "per_text",
    ),
    # what a vendor says, or the market says of him, about his account elsewhere
    "reference": (
        "vendor",
        "market_text",
        "claim_text",
        "meaning_text",
        "sales_text",
        "rating_text",
        "positive_text",
        "neutral_text",
        "negative_text",
    ),
    # counts of opinions by period and by score
    "score": (
        "vendor",
        "period_text",
        "score_text",
        "count_text",
    ),
}
KEY_COLUMNS = dict.fromkeys(COLUMNS_OF, ("page_id", "position")) | {"listing": ("page_id", "position", "page_kind")}
NUMBERS = {
    "position",
    "description_length",
    "terms_length",
    "refund_length",
    "profile_length",
    "text_length",
    "bytes",
}
FLAGS = {"pgp_present", "email_present", "jabber_present"}
# what a page says of itself
VALUES_OF_PAGE = (
    "printed",
    "rate_text",
    "rate_pair",
    "rates",
    "clock_text",
    "list_text",
    "list_page_text",
    "message_text",
    "refresh_text",
    "redirect_text",
)
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
    "captured_at",
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
