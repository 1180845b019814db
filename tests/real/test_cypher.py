"""List pages of Cypher against counts, offers read by hand and the rows of somebody else's parser."""

import csv
import json
import re
from collections import Counter

import pytest
from compared import Outcome, note
from comparison import by_text, compare, flat, number
from real_data import read_dates, shared_data

DATES = ("2020-04-16", "2020-09-17")


def folder():
    return shared_data() / "markets" / "cypher"


def expected(name):
    return json.loads((folder() / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tables():
    return read_dates("cypher", folder(), DATES)


def test_every_page_is_a_list_and_none_is_cut(tables):
    kinds = Counter((page["path"][:10], page["kind"], page["layout"], page["note"]) for page in tables["page"])
    assert kinds == {
        ("2020-04-16", "list", "grid", None): 1,
        ("2020-09-17", "list", "grid", None): 92,
        ("2020-09-17", "list", "empty", None): 3,
    }


def test_counts_and_headings_of_every_page(tables):
    found = Counter(row["path"] for row in tables["listing"])
    pages = {page["path"]: page for page in tables["page"]}
    theirs = expected("expected-counts.json")["pages"]
    done = compare(
        [(path, one, pages[path]) for path, one in theirs.items()],
        {"listings": lambda page: found[page["path"]], "category_heading": lambda page: page["list_text"]},
    )
    assert (done.different, done.equal) == ({}, 192)
    note(Outcome("cypher", "counts and headings of each page", len(theirs), 1, 2, done.equal))
    empty = {page["path"] for page in tables["page"] if page["layout"] == "empty"}
    assert {path for path in theirs if not found[path]} == empty


def test_the_number_of_a_page_is_that_of_its_file(tables):
    """An empty page stands after the last one of its category: its number is not among those that it prints."""
    for page in tables["page"]:
        in_name = re.search(r"page\d+-(\d+)", page["path"])
        printed = None if page["layout"] == "empty" else in_name[1] if in_name else "1"
        assert page["list_page_text"] == printed


def test_an_empty_page_stands_after_the_last_one_of_its_category(tables):
    for page in tables["page"]:
        in_name = re.search(r"page\d+-(\d+)", page["path"])
        last = int(json.loads(page["printed"])["pages"])
        assert (page["layout"] == "empty") == (in_name is not None and int(in_name[1]) > last)


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
        "kinds": by_text(rows, "goods_text"),
        "payment_labels": by_text(rows, "escrow_text"),
        "categories": by_text(rows, "category_path"),
    }
    assert dict(flat(ours)) == dict(flat(expected("expected-counts.json")["totals"][date]))


FIELDS = {
    "title": lambda row: row["title"],
    "product_id": lambda row: row["native_id"],
    "price": lambda row: number(row["price_text"]),
    "currency_sign": lambda row: {"USD": "$"}[row["price_currency"]],
    "category": lambda row: row["category_path"],
    "kind": lambda row: row["goods_text"],
    "stock": lambda row: number(row["stock_text"]),
    "vendor": lambda row: row["vendor"],
    "payment_label": lambda row: row["escrow_text"],
    "ships_from": lambda row: row.get("ships_from_text"),
    "ships_to": lambda row: row.get("ships_to_text"),
}


def test_offers_read_by_hand_field_by_field(tables):
    ours = {(row["path"], row["native_id"]): row for row in tables["listing"]}
    theirs = expected("expected-listings.json")
    done = compare([(one["page"], one, ours[one["page"], one["product_id"]]) for one in theirs], FIELDS)
    assert (done.different, done.equal) == ({}, 55)
    note(Outcome("cypher", "offers read by hand", len({one["page"] for one in theirs}), 1, len(FIELDS), done.equal))


AUTHOR = {
    "Product": lambda row: row["title"],
    "Vendor": lambda row: row["vendor"],
    "Price in AUD": lambda row: number(row["price_text"]),
    "Category": lambda row: row["category_path"],
    "Quantity": lambda row: number(row["stock_text"]),
}


def test_rows_of_the_parser_of_others(tables):
    """17 titles differ: their parser keeps runs of blanks of the page's source, which no browser shows."""
    with (folder() / "2020-09-17-author-rows.csv").open(encoding="utf-8", newline="") as stream:
        theirs = {row["Product URL"].rpartition("/")[2]: row for row in csv.DictReader(stream)}
    ours = {row["native_id"]: row for row in tables["listing"] if row["path"].startswith("2020-09-17")}
    assert set(theirs) == set(ours)
    typed = {"Price in AUD": float, "Quantity": float}
    rows = {name: row | {field: read(row[field]) for field, read in typed.items()} for name, row in theirs.items()}
    done = compare([(name, row, ours[name]) for name, row in rows.items()], AUTHOR)
    assert done.fields() == {"Product": 17}
    assert all(" ".join(before.split()) == after for before, after in done.different.values())
    assert done.equal == 2208 * 5 - 17
    files, why = {row["path"] for row in ours.values()}, "their parser keeps runs of blanks, which no browser shows"
    note(Outcome("cypher", "rows of a parser of others", len(files), 1, len(AUTHOR), done.equal, {why: 17}))
