"""Pages of Cryptonia Market field by field against what others read on them by hand."""

import re
from collections import Counter

import pytest
from compared import note
from expected_pages import Page, compare_market, number, opinion_text, parts, whole

COINS = {"BTC": "BTC", "BTC_MS": "BTC multisig", "XMR": "XMR"}
THEIR_RATES = ("EUR", "USD", "GBP", "XMR")


def percent(text):
    return None if text is None else number(text.removesuffix("%"))


def route(row):
    if row["ships_from_text"] is None:
        return None
    return f"{row['ships_from_text']} → {row['ships_to_text']}"


def price(row):
    return f"{row['price_text']} {row['price_currency']}/{row['price_unit_text']}"


def escrow(text):
    return None if text is None else text == "ESCROW"


def coin(page: Page, native_id=None, basis="converted", quantity=None):
    """A further price of an offer, by what it is and for how many pieces."""
    for row in page.rows("price"):
        wanted = (basis, quantity) == (row["basis_text"], row["quantity_low_text"])
        if wanted and native_id in (None, row["native_id"]):
            return number(row["price_text"])
    return None


def claims(page: Page):
    return [{"market": row["market_text"], "text": row["claim_text"] or ""} for row in page.rows("reference")]


def bulk(page: Page):
    tiers = [row for row in page.rows("price") if row["quantity_low_text"] and row["basis_text"] is None]
    return [
        {
            "from_qty": whole(row["quantity_low_text"]),
            "currency": row["price_currency"],
            "price": number(row["price_text"]),
            "btc": coin(page, quantity=row["quantity_low_text"]),
            "percent_off": whole(row["discount_text"].removesuffix("% OFF")),
        }
        for row in tiers
    ]


def shipping(page: Page):
    return [
        {"name": row["name_text"], "price": number(row["price_text"]), "currency": row["price_currency"]}
        for row in page.rows("shipping")
    ]


def of_listing(column, read=lambda text: text):
    return lambda page: read(page.get("listing", column))


def stock(page: Page):
    """Number and unit stand together: `17 112g`."""
    return page.get("listing", "stock_text").split(" ", 1)


LISTING = {
    "title": of_listing("title"),
    "vendor": of_listing("vendor"),
    "vendor_level": of_listing("vendor_level_text", whole),
    "vendor_verified": of_listing("vendor_marks_text", lambda text: text == "VERIFIED"),
    "vendor_number_in_brackets": of_listing("sales_text", whole),
    "vendor_positive_percent": of_listing("rating_text", percent),
    "vendor_other_markets": claims,
    "category": of_listing("category_path"),
    "category_path": of_listing("category_path", lambda text: parts(text, "/")),
    "listing_type": of_listing("goods_text"),
    "price": of_listing("price_text", number),
    "currency": of_listing("price_currency"),
    "price_unit": of_listing("price_unit_text"),
    "price_as_printed": lambda page: price(page.rows("listing")[0]),
    "price_btc": coin,
    "bulk_prices": bulk,
    "payment_as_printed": of_listing("escrow_text"),
    "escrow": of_listing("escrow_text", escrow),
    "quantity_in_stock": lambda page: whole(stock(page)[0]),
    "quantity_unit": lambda page: stock(page)[1],
    "minimum_order": of_listing("minimum_text", whole),
    "out_of_stock": lambda page: not stock(page)[0].isdigit(),
    "accepts": of_listing("coins_text", lambda text: [COINS[name] for name in parts(text, ", ")]),
    "ships_from": of_listing("ships_from_text"),
    "ships_to": of_listing("ships_to_text", lambda text: parts(text, ", ")),
    "ships_as_printed": lambda page: route(page.rows("listing")[0]),
    "shipping_options": shipping,
    "server_time_as_printed": lambda page: page.values["clock_text"],
    "has_description": of_listing("description_length", lambda length: length is not None),
}


def claim_in_numbers(row):
    """Their claims also in numbers: deals and rating, or good, neutral and bad opinions."""
    found = {"market": row["market_text"], "text": row["claim_text"] or ""}
    if row["sales_text"]:
        deals = [int(text) for text in re.findall(r"\d+", row["sales_text"].replace(",", ""))]
        found |= {"deals": deals[0]} if len(deals) == 1 else {"deals_range": deals}
        rating, _, scale = row["rating_text"].removesuffix("%").partition("/")
        found |= {"rating": number(rating), "out_of": number(scale)}
    if row["positive_text"]:
        found |= {name: whole(row[f"{name}_text"]) for name in ("positive", "neutral", "negative")}
    return found


def of_vendor(column, read=lambda text: text):
    return lambda page: read(page.get("vendor", column))


def on_escrow(unit):
    return lambda page: number(re.search(rf"([\d.]+) {unit}", page.get("vendor", "escrow_amount_text"))[1])


def neighbours(page: Page):
    """Other pages of opinions that the page leads to."""
    if "list_page_text" not in page.values:
        return []
    here, last = whole(page.values["list_page_text"]), whole(page.numbers("printed")["pages"])
    return [one for one in (here - 1, here + 1) if 1 <= one <= last]


def further(page: Page):
    """Where the next page of opinions is; None on the last one."""
    after = [one for one in neighbours(page) if one > whole(page.values["list_page_text"])]
    return f"/user/{page.get('vendor', 'vendor')}/{after[0]}#feedback" if after else None


def opinions(page: Page):
    return [
        {
            "listing_title": row["title"],
            "text": opinion_text(row),
            "date": row["posted_text"],
            "amount": number(row["amount_text"]),
            "currency": row["amount_currency"],
            "kind": row["score_text"],
        }
        for row in page.rows("feedback")
    ]


VENDOR = {
    "vendor": of_vendor("vendor"),
    "number_in_brackets": of_vendor("sales_text", whole),
    "level": of_vendor("level_text", whole),
    "verified": of_vendor("marks_text", lambda text: text == "VERIFIED"),
    "positive_percent": of_vendor("rating_text", percent),
    "disputes_won": of_vendor("disputes_won_text", whole),
    "disputes_lost": of_vendor("disputes_lost_text", whole),
    "other_markets": lambda page: [claim_in_numbers(row) for row in page.rows("reference")],
    "amount_on_escrow_btc": on_escrow("BTC"),
    "amount_on_escrow_usd": on_escrow("USD"),
    "ships_from": of_vendor("ships_from_text"),
    "ships_to": of_vendor("ships_to_text", lambda text: parts(text, ", ")),
    "has_jabber": of_vendor("jabber_present"),
    "fe_enabled": of_vendor("escrow_text", lambda text: text == "Yes"),
    "member_since": of_vendor("registered_text"),
    "last_online_as_printed": of_vendor("last_seen_text"),
    "server_time_as_printed": lambda page: page.values["clock_text"],
    "has_pgp": of_vendor("pgp_fingerprint", lambda text: text is not None),
    "has_profile_text": of_vendor("profile_length", lambda length: length is not None),
    "has_terms": of_vendor("terms_length", lambda length: length is not None),
    "feedback_page_links": neighbours,
    "next_feedback_url": further,
    "n_feedback_rows": lambda page: len(page.rows("feedback")),
    "feedback_rows": opinions,
}


def offer(page: Page, row):
    return {
        "title": row["title"],
        "product_url": f"/product/{row['native_id']}",
        "ships_from": row["ships_from_text"],
        "ships_to": parts(row["ships_to_text"], ", "),
        "ships_as_printed": route(row),
        "minimum_quantity": whole(row["minimum_text"]),
        "price": number(row["price_text"]),
        "currency": row["price_currency"],
        "price_unit": row["price_unit_text"],
        "price_btc": coin(page, row["native_id"]),
        "bulk_from": coin(page, row["native_id"], "bulk"),
        "escrow": escrow(row["escrow_text"]),
        "payment_as_printed": row["escrow_text"],
        "vendor": row["vendor"],
        "vendor_number_in_brackets": whole(row["sales_text"]),
        "vendor_positive_percent": percent(row["rating_text"]),
        "vendor_member_since": row["vendor_registered_text"],
        "vendor_level": whole(row["vendor_level_text"]),
    }


def categories(page: Page):
    return {name: whole(count) for name, count in page.numbers("printed").items() if name != "pages"}


LIST = {
    "category": lambda page: page.values["list_text"],
    "page": lambda page: whole(page.values.get("list_page_text")),
    "pages": lambda page: whole(page.numbers("printed").get("pages")),
    "n_rows": lambda page: len(page.rows("listing")),
    "rates_of_one_btc": lambda page: {name: number(page.numbers("rates")[name]) for name in THEIR_RATES},
    "server_time_as_printed": lambda page: page.values["clock_text"],
    "message": lambda page: page.values["message_text"],
    "page_cut_off": lambda page: "cut" in page.notes,
    "rows": lambda page: [offer(page, row) for row in page.rows("listing")],
    "n_categories": lambda page: len(categories(page)),
    "categories": categories,
}
NOTICE = {
    "is_listing": lambda page: page.kind == "listing",
    "is_error_page": lambda page: page.kind == "limit",
    "title": lambda page: page.values["message_text"],
    "meta_refresh_seconds": lambda page: whole(page.values["refresh_text"]),
    "redirect_path": lambda page: page.values["redirect_text"],
    "saved_as_python_bytes_literal": lambda page: "python-literal" in page.notes,
}
# opinions stand on the page of the vendor, a part of them at a time: it is one kind of page
KINDS = {
    "listing": ("listing", LISTING),
    "vendor": ("vendor", VENDOR),
    "vendor feedback": ("vendor", VENDOR),
    "search page": ("list", LIST),
    "front page with category tree": ("index", LIST),
    "anti-ddos page": ("limit", NOTICE),
}


@pytest.fixture(scope="module")
def market():
    return compare_market("cryptonia", KINDS)


def test_every_page_is_of_its_kind(market):
    assert market.kinds == market.expected_kinds
    assert Counter(market.kinds.values()) == {"vendor": 12, "listing": 8, "list": 4, "index": 1, "limit": 1}


def test_all_fields_of_all_pages(market):
    assert market.different == {}
    assert market.not_compared == set()
    assert market.equal == 3_344
    note(market.outcome("cryptonia", {}, {}))


def test_every_vendor_has_a_readable_key(market):
    vendors = [page for page in market.pages.values() if page.kind == "vendor"]
    assert {len(page.get("vendor", "pgp_fingerprint")) for page in vendors} == {40}
