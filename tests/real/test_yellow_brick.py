"""List pages of Yellow Brick, in three looks, against counts and offers read by hand."""

import json
from collections import Counter

import pytest
from compared import Outcome, note
from comparison import by_text, compare, flat, number
from real_data import read_dates, shared_data

DATES = ("2020-04-04", "2020-09-17")
ORIGIN_LABEL = {"location": "Location", "icons": "Ships From", "dark": "Ships From"}  # behind which each look prints it


def folder():
    return shared_data() / "markets" / "yellow-brick"


def expected(name):
    return json.loads((folder() / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tables():
    """Rows of both dates by table; an offer also has the layout of its page, and its price in bitcoin."""
    read = read_dates("yellow-brick", folder(), DATES)
    layouts = {page["path"]: page["layout"] for page in read["page"]}
    bitcoin = {(row["path"], row["native_id"]): row for row in read["price"]}
    for row in read["listing"]:
        row["layout"] = layouts[row["path"]]
        row["bitcoin"] = bitcoin.get((row["path"], row["native_id"]), {"price_text": None})["price_text"]
    return read


def test_every_page_is_a_list_in_one_of_three_looks(tables):
    kinds = Counter((page["path"][:10], page["kind"], page["layout"], page["note"]) for page in tables["page"])
    assert kinds == {
        ("2020-04-04", "list", "location", None): 1,
        ("2020-04-04", "list", "icons", None): 1,
        ("2020-09-17", "list", "dark", None): 17,
        ("2020-09-17", "list", "dark", "cut"): 1,  # behind the offers, inside the search form
    }


def test_counts_of_every_page(tables):
    found = Counter(row["path"] for row in tables["listing"])
    theirs = expected("expected-counts.json")["pages"]
    assert found == {path: one["listings"] for path, one in theirs.items()}
    assert set(found.values()) == {11}
    note(Outcome("yellow-brick", "counts of each page", len(theirs), 1, 1, len(theirs)))


@pytest.mark.parametrize("date", DATES)
def test_totals_of_a_date(tables, date):
    rows = [row for row in tables["listing"] if row["path"].startswith(date)]
    pages = [page for page in tables["page"] if page["path"].startswith(date)]
    ours = {
        "files": len(pages),
        "empty_files": sum(page["kind"] == "empty" for page in pages),
        "listings": len(rows),
        "unique_listing_ids": len({row["native_id"] for row in rows}),
        "vendors": len({row["vendor"] for row in rows}),
        "ships_from": by_text(rows, "ships_from_text"),
        "origin_label": dict(Counter(ORIGIN_LABEL[row["layout"]] for row in rows if row["ships_from_text"])),
        "escrow_yes": sum("Escrow" in (row["escrow_text"] or "") for row in rows),
        "categories": by_text(rows, "category_path"),
    }
    assert dict(flat(ours)) == dict(flat(expected("expected-counts.json")["totals"][date]))


FIELDS = {
    "listing_id": lambda row: int(row["native_id"]),
    "title": lambda row: row["title"],
    "price": lambda row: number(row["price_text"]),
    "currency": lambda row: row["price_currency"],
    "price_btc": lambda row: number(row["bitcoin"]),
    "vendor": lambda row: row["vendor"],
    "category": lambda row: row["category_path"],
    "origin_label": lambda row: ORIGIN_LABEL[row["layout"]],
    "ships_from": lambda row: row["ships_from_text"],
    "ships_to": lambda row: row.get("ships_to_text"),
    "escrow": lambda row: "Escrow" in row["escrow_text"],
    "labels": lambda row: row["labels_text"].split("|"),
    "accepts": lambda row: (row.get("coins_text") or "").upper().split("|") if row.get("coins_text") else [],
    "vendor_level": lambda row: row.get("vendor_level_text"),
}


def test_offers_read_by_hand_field_by_field(tables):
    ours = {(row["path"], int(row["native_id"])): row for row in tables["listing"]}
    theirs = expected("expected-listings.json")
    done = compare([(one["page"], one, ours[one["page"], one["listing_id"]]) for one in theirs], FIELDS)
    assert (done.different, done.equal) == ({}, 70)
    note(
        Outcome("yellow-brick", "offers read by hand", len({one["page"] for one in theirs}), 1, len(FIELDS), done.equal)
    )


def test_the_price_in_bitcoin_gives_one_rate_on_a_page(tables):
    """It is older than its commit says: more than a bitcoin cost in March or April of that year."""
    rates = {number(row["price_text"]) / number(row["bitcoin"]) for row in tables["listing"] if row["bitcoin"]}
    assert 10_330 < min(rates) < max(rates) < 10_350


def test_offers_that_the_menu_praises_are_no_rows(tables):
    praised = {row["native_id"] for row in tables["listing"] if row["price_text"] is None}
    assert praised == set()


def test_claims_about_accounts_on_other_markets(tables):
    assert {(row["market_text"], row["claim_text"]) for row in tables["reference"]} == {
        ("Wall Street Market", "This vendor previously sold on Wall Street Market.")
    }
    assert len(tables["reference"]) == sum(row.get("vendor_marks_text") is not None for row in tables["listing"]) == 45
