"""Pages of Empire Market field by field against what others read on them by hand."""

import re
from collections import Counter

import pytest
from compared import note
from expected_pages import Page, compare_market, number, opinion_text, parts, whole


def converted(page: Page):
    """The price of one in coins."""
    return {
        row["price_currency"]: number(row["price_text"])
        for row in page.rows("price")
        if row["basis_text"] == "converted" and row["quantity_low_text"] is None
    }


def bulk(page: Page):
    tiers = [row for row in page.rows("price") if row["quantity_low_text"]]
    dollars = [row for row in tiers if row["basis_text"] is None]
    coins = [row for row in tiers if row["basis_text"] == "converted"]
    return [
        {
            "from_qty": whole(row["quantity_low_text"]),
            "to_qty": whole(row["quantity_high_text"]),
            "currency": row["price_currency"],
            "price": number(row["price_text"]),
            coin["price_currency"].lower(): number(coin["price_text"]),
        }
        for row, coin in zip(dollars, coins, strict=True)
    ]


def shipping(page: Page):
    return [
        {
            "name": row["name_text"],
            "days": whole(row["days_text"]),
            "currency": row["price_currency"],
            "price": number(row["price_text"]),
            "per": row["per_text"],
        }
        for row in page.rows("shipping")
    ]


def claims(page: Page):
    return [{"market": row["market_text"], "text": row["claim_text"]} for row in page.rows("reference")]


def dispatched(page: Page):
    """Pieces that the market itself sends: a number, or a word."""
    text = page.get("listing", "dispatch_text")
    return whole(text) if text and text.isdigit() else text


LISTING = {
    "title": lambda page: page.get("listing", "title"),
    "vendor": lambda page: page.get("listing", "vendor"),
    "sold": lambda page: whole(page.get("listing", "sold_text")),
    "listed_since": lambda page: page.get("listing", "listed_text"),
    "vendor_level": lambda page: whole(page.get("listing", "vendor_level_text")),
    "trust_level": lambda page: whole(page.get("listing", "vendor_trust_text")),
    "product_class": lambda page: page.get("listing", "goods_text"),
    "ships_from": lambda page: page.get("listing", "ships_from_text"),
    "ships_to": lambda page: parts(page.get("listing", "ships_to_text"), ", "),
    "ships_to_as_printed": lambda page: page.get("listing", "ships_to_text"),
    "quantity_left": lambda page: page.get("listing", "stock_text"),
    "ends_in": lambda page: page.get("listing", "ends_text"),
    "payment": lambda page: page.get("listing", "escrow_text"),
    "escrow": lambda page: "Escrow" in page.get("listing", "escrow_text"),
    "price": lambda page: number(page.get("listing", "price_text")),
    "currency": lambda page: page.get("listing", "price_currency"),
    "price_as_printed": lambda page: f"{page.get('listing', 'price_currency')} {page.get('listing', 'price_text')}",
    "price_crypto": converted,
    "shipping_options": shipping,
    "bulk_prices": bulk,
    "auto_dispatch": dispatched,
    "vendor_other_markets": claims,
    "category_path": lambda page: parts(page.get("listing", "category_path"), "/"),
    "vendor_on_vacation": lambda page: "vacation" in (page.get("listing", "notice_text") or ""),
    "accepts": lambda page: parts(page.get("listing", "coins_text"), ", "),
    "server_time_as_printed": lambda page: page.values["clock_text"],
}


def opinions_by_period(score):
    return lambda page: [int(row["count_text"]) for row in page.rows("score") if row["score_text"] == score]


def accounts(page: Page):
    return [
        {"market": row["market_text"], "sales": whole(row["sales_text"]), "rating": number(row["rating_text"])}
        for row in page.rows("reference")
    ]


PROFILE = {
    "vendor": lambda page: page.get("vendor", "vendor"),
    "number_in_brackets": lambda page: whole(page.get("vendor", "number_text")),
    "banned": lambda page: page.get("vendor", "marks_text") is not None,
    "vendor_level": lambda page: whole(page.get("vendor", "level_text")),
    "trust_level": lambda page: whole(page.get("vendor", "trust_text")),
    "other_markets": accounts,
    "positive_feedback_percent_12_months": lambda page: number(page.get("vendor", "rating_text").removesuffix("%")),
    "member_since": lambda page: page.get("vendor", "registered_text"),
    "positive_1_6_12_months": opinions_by_period("Positive"),
    "neutral_1_6_12_months": opinions_by_period("Neutral"),
    "negative_1_6_12_months": opinions_by_period("Negative"),
    "last_online": lambda page: page.get("vendor", "last_seen_text"),
    "buyer_disputes_and_orders": lambda page: [
        whole(page.get("vendor", "disputes_text")),
        whole(page.get("vendor", "orders_text")),
    ],
    "ships_from": lambda page: page.get("vendor", "ships_from_text"),
    "has_pgp": lambda page: page.get("vendor", "pgp_fingerprint") is not None,
    "is_listing": lambda page: page.kind == "listing",
    "is_pgp_page": lambda page: page.kind == "pgp",
}


def opinion(row):
    return {
        "text": opinion_text(row),
        "listing_title": row["title"],
        "currency": row["amount_currency"],
        "price": number(row["amount_text"]),
        "date_time": row["posted_text"],
    }


FEEDBACK = PROFILE | {
    "feedback_kind": lambda page: page.values["list_text"].split()[0],
    "feedback_total": lambda page: whole(page.numbers("printed")[page.values["list_text"]]),
    "n_rows": lambda page: len(page.rows("feedback")),
    "first_row": lambda page: opinion(page.rows("feedback")[0]),
    "last_row": lambda page: opinion(page.rows("feedback")[-1]),
}


def bitcoin(page: Page):
    return {row["native_id"]: number(row["price_text"]) for row in page.rows("price") if row["price_currency"] == "BTC"}


def offers(page: Page):
    coins = bitcoin(page)
    return [
        {
            "title": row["title"],
            "product_url": f"/product/{row['native_id']}/{row['category_id']}/{row['vendor_native_id']}",
            "vendor_url": f"/u/{row['vendor']}",
            "item_number": whole(row["native_id"]),
            "category_path": parts(row["category_path"], "/"),
            "vendor": row["vendor"],
            "vendor_number_in_brackets": whole(row["vendor_number_text"]),
            "views": whole(row["views_text"]),
            "sales": whole(row["sold_text"]),
            "quantity_left": row["stock_text"],
            "price": number(row["price_text"]),
            "currency": row["price_currency"],
            "price_btc": coins.get(row["native_id"]),
            "sticky": row["labels_text"] == "sticky",
        }
        for row in page.rows("listing")
    ]


def tops(page: Page):
    return {name: whole(count) for name, count in page.numbers("printed").items() if "/" not in name}


def below(name):
    def second(page: Page):
        split = {tuple(path.split("/")): count for path, count in page.numbers("printed").items()}
        return {path[1]: whole(count) for path, count in split.items() if path[0] == name and len(path) == 2}

    return second


def featured(page: Page):
    return [
        {
            "item_number": whole(row["native_id"]),
            "category": row["category_path"],
            "vendor": row["vendor"],
            "currency": row["price_currency"],
            "price": number(row["price_text"]),
        }
        for row in page.rows("listing")
    ]


FRONT = {
    "is_listing": lambda page: page.kind == "listing",
    "top_categories": tops,
    "drugs_and_chemicals_second_level": below("Drugs & Chemicals"),
    "n_category_links": lambda page: len(page.numbers("printed")),
    "featured_listings": featured,
    "n_featured_listings": lambda page: len(page.rows("listing")),
}
LIST = {
    "n_rows": lambda page: len(page.rows("listing")),
    "rows": offers,
    "ships_from_shown": lambda page: any(row["ships_from_text"] for row in page.rows("listing")),
    "page_cut_off": lambda page: "cut" in page.notes,
    "is_search_result": lambda page: page.kind == "list",
}
NOTICE = {
    "is_listing": lambda page: page.kind == "listing",
    "is_error_page": lambda page: page.kind == "error",
    "message": lambda page: page.values["message_text"].split(" - ")[0],
    "market_named_in_page": lambda page: page.values["message_text"].split(" - ")[1],
    "meta_refresh_seconds": lambda page: whole(page.values["refresh_text"]),
    "redirect_url": lambda page: page.values["redirect_text"],
    "redirect_path": lambda page: re.sub(r"^https?://[^/]+", "", page.values["redirect_text"]),
}
KINDS = {
    "listing": ("listing", LISTING),
    "vendor": ("vendor", PROFILE),
    "vendor PGP page": ("pgp", PROFILE),
    "vendor feedback": ("feedback", FEEDBACK),
    "front page with category tree": ("front", FRONT),
    "search page": ("list", LIST),
    "server error page": ("error", NOTICE),
    "meta refresh page": ("refresh", NOTICE),
}
NOT_KEPT = {"ships_from_note": "no value but a remark: a profile names no origin"}
LEFT_OUT = "the page has this branch below drugs as well, with that number: their list leaves it out"
DIFFERENT = {
    ("index/saved_empire_category_index_0.json", "drugs_and_chemicals_second_level.Alcohol"): LEFT_OUT,
    ("index/saved_empire_category_index_0.json", "drugs_and_chemicals_second_level.Paraphernalia"): LEFT_OUT,
}


@pytest.fixture(scope="module")
def market():
    return compare_market("empire", KINDS)


def test_every_page_is_of_its_kind(market):
    assert market.kinds == market.expected_kinds
    assert Counter(market.kinds.values()) == {
        "listing": 6, "vendor": 3, "list": 2, "feedback": 1, "pgp": 1, "front": 1, "error": 1, "refresh": 1,
    }  # fmt: skip


def test_all_fields_of_all_pages(market):
    assert market.different.keys() == DIFFERENT.keys()
    assert market.not_compared == NOT_KEPT.keys()
    assert market.equal == 830
    note(market.outcome("empire", DIFFERENT, NOT_KEPT))


def test_keys_are_read(market):
    keys = {page.get("vendor", "pgp_fingerprint") for page in market.pages.values()} - {None}
    assert [len(key) for key in keys] == [40]
