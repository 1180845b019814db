"""Pages of Dream Market field by field against what others read on them by hand."""

from collections import Counter

import pytest
from compared import note
from expected_pages import Page, compare_market, number, opinion_text, parts, whole

SIGNS = {"USD": "$", "BTC": "฿"}


def numbers(found):
    return {name: number(text) for name, text in found.items()}


def references(page: Page):
    rows = page.rows("reference")
    return [
        {"market_class": row["market_text"], "title": row["meaning_text"], "text": row["claim_text"]} for row in rows
    ]


def escrow(text):
    return None if text is None else text in ("Yes", "ESCROW")


def own(page, column):
    found = [row[column] for row in page.rows("price") if row["basis_text"] == "vendor"]
    return found[0] if found else None


def printed(row, further=None):
    """A price as the page has it: the currency as a sign in front, the vendor's own in brackets."""
    shown = SIGNS[row["price_currency"]] + row["price_text"]
    return shown if further is None else f"{shown} ({printed(further)})"


def price(page: Page):
    own = [row for row in page.rows("price") if row["basis_text"] == "vendor"]
    return printed(page.rows("listing")[0], own[0] if own else None)


def shipping(page: Page):
    return [
        {"name": row["name_text"], "price": number(row["price_text"]), "currency": row["price_currency"]}
        | ({} if row["other_price_text"] is None else {
            "vendor_price": number(row["other_price_text"]), "vendor_currency": row["other_price_currency"]})
        for row in page.rows("shipping")
    ]  # fmt: skip


LISTING = {
    "title": lambda page: page.get("listing", "title"),
    "vendor": lambda page: page.get("listing", "vendor"),
    "price": lambda page: number(page.get("listing", "price_text")),
    "price_as_printed": price,
    "currency": lambda page: page.get("listing", "price_currency"),
    "vendor_price": lambda page: number(own(page, "price_text")),
    "vendor_currency": lambda page: own(page, "price_currency"),
    "ships_from": lambda page: page.get("listing", "ships_from_text"),
    "ships_to": lambda page: parts(page.get("listing", "ships_to_text"), ", "),
    "ships_to_as_printed": lambda page: page.get("listing", "ships_to_text"),
    "escrow": lambda page: escrow(page.get("listing", "escrow_text")),
    "vendor_successful_transactions": lambda page: whole(page.get("listing", "sales_text")),
    "vendor_rating": lambda page: number(page.get("listing", "rating_text")),
    "vendor_other_markets": references,
    "accepts": lambda page: (page.get("listing", "coins_text") or "").split(", "),
    "shipping_options": shipping,
    "feedback_rows_on_page": lambda page: len(page.rows("feedback")),
    "exchange_rates_per_btc": lambda page: numbers(page.numbers("rates")),
    "category_path": lambda page: parts(page.get("listing", "category_path"), "/"),
}


def votes(page: Page):
    shown = [page.get("vendor", "votes_for_text"), page.get("vendor", "votes_against_text")]
    return None if shown == [None, None] else [int(text) for text in shown]


def ratings(page: Page):
    """Their table has one line for each age: five counts and a rating."""
    lines: dict[str, dict] = {}
    for row in page.rows("score"):
        line = lines.setdefault(row["period_text"], {"age": row["period_text"], "stars_1_to_5": []})
        if row["score_text"] == "Rating":
            line["rating"] = number(row["count_text"])
        else:
            line["stars_1_to_5"].append(int(row["count_text"]))
    return list(lines.values())


def opinions(page: Page):
    return [
        {"age": row["posted_text"], "stars": int(row["score_text"]), "text": opinion_text(row)}
        | {"amount_as_printed": f"~ {SIGNS[row['amount_currency']]}{row['amount_text']}"}
        for row in page.rows("feedback")[:4]
    ]


VENDOR = {
    "vendor": lambda page: page.get("vendor", "vendor"),
    "sales": lambda page: whole(page.get("vendor", "sales_text")),
    "rating": lambda page: number(page.get("vendor", "rating_text")),
    "other_markets": references,
    "fe_enabled": lambda page: page.get("vendor", "escrow_text") == "Yes",
    "join_date": lambda page: page.get("vendor", "registered_text"),
    "last_active": lambda page: page.get("vendor", "last_seen_text"),
    "trust_votes": votes,
    "tab_shown": lambda page: page.layout.capitalize(),
    "ratings_table": ratings,
    "n_feedback_rows": lambda page: len(page.rows("feedback")),
    "first_feedback_rows": opinions,
    "more_feedback_not_shown": lambda page: whole(page.numbers("printed").get("more feedback")),
    "has_pgp": lambda page: page.get("vendor", "pgp_fingerprint") is not None,
    "has_terms": lambda page: page.get("vendor", "terms_length") is not None,
    "n_listings_on_page": lambda page: len(page.rows("listing")),
    "listings": lambda page: [
        {"title": row["title"], "price_as_printed": printed(row), "escrow": escrow(row["escrow_text"])}
        for row in page.rows("listing")
    ],
    "exchange_rates_per_btc": lambda page: numbers(page.numbers("rates")),
}


def offers(page: Page):
    return [
        {
            "title": row["title"],
            "price_as_printed": printed(row),
            "price": number(row["price_text"]),
            "currency": row["price_currency"],
            "vendor": row["vendor"],
            "vendor_successful_transactions": whole(row["sales_text"]),
            "vendor_rating": number(row["rating_text"]),
            "ships_as_printed": f"{row['ships_from_text']} → {row['ships_to_text']}",
            "ships_from": row["ships_from_text"],
            "ships_to": parts(row["ships_to_text"], ", "),
            "escrow": escrow(row["escrow_text"]),
        }
        for row in page.rows("listing")
    ]


LIST = {
    "category_path": lambda page: parts(page.get("listing", "category_path"), "/"),
    "n_rows": lambda page: len(page.rows("listing")),
    "last_page": lambda page: int(page.numbers("printed")["pages"]),
    "next_page_link": lambda page: int(page.values["list_page_text"]) + 1,
    "rows": offers,
}
FRONT = {
    "is_listing": lambda page: page.kind == "listing",
    "top_categories": lambda page: {name: int(n) for name, n in page.numbers("printed").items() if "/" not in name},
}
NO_PAGE = {
    "is_listing": lambda page: page.kind == "listing",
    "is_error_page": lambda page: page.kind in ("error", "captcha", "limit"),
    "message": lambda page: page.values["message_text"],
}
KINDS = {
    "listing": ("listing", LISTING),
    "vendor": ("vendor", VENDOR),
    "search page": ("list", LIST),
    "main page": ("front", FRONT),
    "item not found": ("error", NO_PAGE),
    "anti-ddos page": ("captcha", NO_PAGE),
}


# what they name and we do not keep
NOT_KEPT = {
    "vendor_rating_out_of": "the scale is no value of the page but a word in its help text: stars, 1 to 5",
    "rating_out_of": "the same",
    "last_active_word": "the date beside it says the same",
}
NAMED_BY_THEM = "they describe the page in their own words, we keep what stands on it"
DIFFERENT = {("anti_ddos/anti_ddos_0.html.json", "message"): NAMED_BY_THEM}


@pytest.fixture(scope="module")
def market():
    return compare_market("dream", KINDS)


def test_every_page_is_of_its_kind(market):
    assert market.kinds == market.expected_kinds
    assert Counter(market.kinds.values()) == {
        "vendor": 6, "listing": 3, "list": 1, "front": 1, "error": 1, "captcha": 1,
    }  # fmt: skip


def test_all_fields_of_all_pages(market):
    assert market.different.keys() == DIFFERENT.keys()
    assert market.not_compared == NOT_KEPT.keys()
    assert market.equal == 1_059
    note(market.outcome("dream", DIFFERENT, NOT_KEPT))


def test_keys_are_read(market):
    keys = {page.get("vendor", "pgp_fingerprint") for page in market.pages.values()} - {None}
    assert [len(key) for key in keys] == [40, 40]
    assert not any("broken-key" in page.notes for page in market.pages.values())
