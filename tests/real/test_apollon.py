"""Pages of Apollon Market field by field against what others read on them by hand."""

from collections import Counter

import pytest
from compared import note
from expected_pages import Page, compare_market, number, opinion_text, parts, whole

COINS_IN_LISTS = ("XMR", "LTC", "BCH")  # each list row says of these three whether they are taken


def rates(page: Page):
    return {pair: number(rate) for pair, rate in page.numbers("rates").items()}


def percent(text):
    return None if text is None else whole(text.removesuffix("%"))


def of_listing(column, read=lambda text: text):
    return lambda page: read(page.get("listing", column))


def marked(table, column, mark):
    return lambda page: mark in (page.get(table, column) or "").split(", ")


def stock(text):
    """`97 Items Available` is a number, `Unlimited Available` a word."""
    first = text.split()[0]
    return whole(first) if first.isdigit() else first


def shipping(page: Page):
    return [
        {
            "name": row["name_text"],
            "days": whole(row["days_text"]),
            "price": number(row["price_text"]),
            "currency": row["price_currency"],
            "btc": number(row["other_price_text"]),
        }
        for row in page.rows("shipping")
    ]


LISTING = {
    "title": of_listing("title"),
    "vendor": of_listing("vendor"),
    "vendor_positive_percent": of_listing("rating_text", percent),
    "vendor_level": of_listing("vendor_level_text", whole),
    "vendor_number_in_brackets": of_listing("vendor_number_text", whole),
    "trust_level": of_listing("vendor_trust_text", whole),
    "vendor_verified": marked("listing", "vendor_marks_text", "verified"),
    "vendor_trusted": marked("listing", "vendor_marks_text", "trusted"),
    "vendor_member_since": of_listing("vendor_registered_text"),
    "vendor_last_login": of_listing("vendor_seen_text"),
    "vendor_sales": of_listing("sales_text", whole),
    "vendor_orders": of_listing("vendor_orders_text", whole),
    "sold": of_listing("sold_text", whole),
    "ships_from": of_listing("ships_from_text"),
    "ships_to": of_listing("ships_to_text", lambda text: parts(text, " , ")),
    "ships_to_as_printed": of_listing("ships_to_text"),
    "payment": of_listing("escrow_text"),
    "escrow": of_listing("escrow_text", lambda text: "Escrow" in text),
    "product_class": of_listing("goods_text"),
    "quantity_as_printed": of_listing("stock_text"),
    "quantity": of_listing("stock_text", stock),
    "price": of_listing("price_text", number),
    "currency": of_listing("price_currency"),
    "price_crypto": lambda page: {row["price_currency"]: number(row["price_text"]) for row in page.rows("price")},
    "accepts": of_listing("coins_text", lambda text: parts(text, ", ") or []),
    "shipping_options": shipping,
    "exchange_rates": rates,
    "category_path": of_listing("category_path"),
}


def of_user(column, read=lambda text: text):
    return lambda page: read(page.get("vendor", column))


def claim(row):
    """Their claims also in numbers."""
    found = {"market": row["market_text"], "text": row["claim_text"], "deals": whole(row["sales_text"])}
    if row["rating_text"]:
        found["rating"] = number(row["rating_text"].removesuffix("%"))
    if row["positive_text"]:
        found |= {name: whole(row[f"{name}_text"]) for name in ("positive", "neutral", "negative")}
    return found


def opinions(page: Page, part=None):
    return [row for row in page.rows("feedback") if row["part_text"] == part]


USER = {
    "vendor": of_user("vendor"),
    "positive_percent": of_user("rating_text", percent),
    "level": of_user("level_text", whole),
    "number_in_brackets": of_user("number_text", whole),
    "trust_level": of_user("trust_text", whole),
    "member_since": of_user("registered_text"),
    "last_login": of_user("last_seen_text"),
    "sales": of_user("sales_text", whole),
    "orders": of_user("orders_text", whole),
    "disputes_won": of_user("disputes_won_text", whole),
    "disputes_lost": of_user("disputes_lost_text", whole),
    "user_type": of_user("account_text"),
    "is_seller": of_user("account_text", lambda text: text == "Seller"),
    "fe_allowed": of_user("escrow_text", lambda text: None if text is None else text == "Allowed"),
    "autofinalized_orders": of_user("autofinalised_text", whole),
    "verified": marked("vendor", "marks_text", "verified"),
    "trusted": marked("vendor", "marks_text", "trusted"),
    "other_markets": lambda page: [claim(row) for row in page.rows("reference")],
    "positive_feedback": of_user("positive_text", whole),
    "neutral_feedback": of_user("neutral_text", whole),
    "negative_feedback": of_user("negative_text", whole),
    "latest_feedback": lambda page: [{"text": opinion_text(row)} for row in opinions(page, "latest")],
    "n_latest_feedback": lambda page: len(opinions(page, "latest")),
    "has_jabber": of_user("jabber_present"),
    "has_email": of_user("email_present"),
}


def here(page: Page):
    return whole(page.values.get("list_page_text"))


def last(page: Page):
    return whole(page.numbers("printed").get("pages"))


TABS = {"Positive": 2, "Neutral": 3, "Negative": 4}


def kind_shown(page: Page):
    return page.values["list_text"].removesuffix(" Feedback")


FEEDBACK = USER | {
    "feedback_kind": kind_shown,
    "feedback_total": lambda page: whole(page.numbers("printed")[page.values["list_text"]]),
    "n_rows": lambda page: len(opinions(page)),
    "rows": lambda page: [
        {
            "text": opinion_text(row),
            "listing_title": row["title"],
            "price": number(row["amount_text"]),
            "date_time": row["posted_text"],
            "listing_id": whole(row["native_id"]),
        }
        for row in opinions(page)
    ],
    "page": here,
    "last_page": last,
    "next_feedback_url": lambda page: (
        f"/user.php?u_id={page.get('vendor', 'vendor')}&tab={TABS[kind_shown(page)]}&pg={here(page) + 1}"
        if here(page) < last(page)
        else None
    ),
}


def branches(page: Page, depth):
    """Categories of one depth; only one branch of the tree is open, so their own names do."""
    split = {tuple(path.split("/")): count for path, count in page.numbers("printed").items() if path != "pages"}
    return {path[-1]: whole(count) for path, count in split.items() if len(path) == depth}


def opened(page: Page, depth):
    """The category whose branch is open."""
    deeper = [path.split("/") for path in page.numbers("printed") if path.count("/") >= depth]
    return deeper[0][depth - 1] if deeper else None


def offers(page: Page):
    """Rows of a list; the home page has none, but tiles of featured offers."""
    if page.kind == "front":
        return []
    return [
        {
            "title": row["title"],
            "listing_url": f"/listing.php?ls_id={row['native_id']}",
            "sticky": row["labels_text"] == "Sticky",
            "created": row["listed_text"],
            "category_path": parts(row["category_path"], "/"),
            "vendor": row["vendor"],
            "vendor_url": f"/user.php?u_id={row['vendor']}",
            "vendor_level": whole(row["vendor_level_text"]),
            "vendor_number_in_brackets": whole(row["vendor_number_text"]),
            "quantity_as_printed": row["stock_text"],
            "sold": whole(row["sold_text"]),
            "views": whole(row["views_text"]),
            "price": number(row["price_text"]),
            "currency": row["price_currency"],
            "accepts_shown": {coin: coin in (row["coins_text"] or "").split(", ") for coin in COINS_IN_LISTS},
        }
        for row in page.rows("listing")
    ]


LIST = {
    "n_rows": lambda page: len(offers(page)),
    "top_categories": lambda page: branches(page, 1),
    "second_level": lambda page: branches(page, 2),
    "third_level": lambda page: branches(page, 3),
    "selected_top_category": lambda page: opened(page, 1),
    "selected_second_level": lambda page: opened(page, 2),
    "exchange_rates": rates,
    "ships_from_shown": lambda page: any(row["ships_from_text"] for row in page.rows("listing")),
    "page": here,
    "last_page": last,
    "rows": offers,
}
KINDS = {
    "listing": ("listing", LISTING),
    "vendor": ("vendor", USER),
    "vendor feedback": ("feedback", FEEDBACK),
    "search page": ("list", LIST),
    "category page": ("list", LIST),
}
NOT_KEPT = {
    "level_word": "Seller or Member: the user type says the same",
    "page_is": "no value but a remark",
}
OTHER_TAB = (
    "the addresses stand on the tab of the profile, this page shows another tab: it does not say that there are none"
)
FEEDBACK_PAGES = ("negative_feedback_0", "positive_feedback_0", "positive_feedback_4")
DIFFERENT = {
    (f"feedbacks/{page}.json", name): OTHER_TAB for page in FEEDBACK_PAGES for name in ("has_jabber", "has_email")
}


@pytest.fixture(scope="module")
def market():
    return compare_market("apollon", KINDS)


def test_every_page_is_of_its_kind(market):
    home = "category_indexes/category_index_0.html.json"  # a category page for them, but their remark says: home page
    assert market.kinds == market.expected_kinds | {home: "front"}
    assert Counter(market.kinds.values()) == {"listing": 4, "vendor": 4, "list": 4, "feedback": 3, "front": 1}


def test_all_fields_of_all_pages(market):
    assert market.different.keys() == DIFFERENT.keys()
    assert market.not_compared == NOT_KEPT.keys()
    assert market.equal == 1_962
    note(market.outcome("apollon", DIFFERENT, NOT_KEPT))


def test_tiles_of_the_home_page(market):
    tiles = market.pages["category_indexes/category_index_0.html.json"].rows("listing")
    assert len(tiles) == 17
    assert all(row["title"] and row["vendor"] and row["price_currency"] == "USD" for row in tiles)
