"""The reading of the archived pages of Agora against counts that others made of them, comparison by comparison.

The counts in `expected/` were made with regular expressions and with another parser; the list of rows was made by a
course project. Neither had any part in this project.
"""

import csv
import gzip
import html
import json
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from compared import Outcome, note
from cryptodrug.files import sha256_of
from cryptodrug.reading.schemas import SCHEMAS
from observe.observe_archive import observe_archive
from real_data import agora_folder

MARKETS = Path(__file__).parents[2] / "workflow" / "markets"
DATE = "2014-04-06"
DUMPS = ("2014-08-27", "2014-09-22", "2014-10-31", "2014-11-18", "2014-12-15")
TABLES = tuple(SCHEMAS)


def observe(archive, folder, date, adapter, kind):
    """Observed tables of one file, each a list of rows."""
    paths = {table: str(folder / f"{table}.parquet") for table in TABLES}
    observe_archive(str(archive), str(MARKETS / adapter), "agora", date, sha256_of(archive), kind, **paths)
    return {table: pq.read_table(path).to_pylist() for table, path in paths.items()}


def expected(name):
    return json.loads((agora_folder() / "expected" / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def tables(tmp_path_factory):
    archive = agora_folder() / f"{DATE}.tar.gz"
    return observe(archive, tmp_path_factory.mktemp("agora"), DATE, "agora.yaml", "pages")


@pytest.fixture(scope="session")
def counts():
    return expected(f"html-{DATE}.json")


def inner(page):
    """Path below the folder of the snapshot: `p/<id>`."""
    return page["path"].split("/", 2)[2]


def pages_of(tables, folder):
    return [page for page in tables["page"] if inner(page).startswith(f"{folder}/")]


def offers(tables, page_kind):
    return [row for row in tables["listing"] if row["page_kind"] == page_kind]


def once(tables):
    """Rows of list pages, without the pages that the download program kept twice."""
    pages = {page["page_id"]: page for page in tables["page"]}
    rows = offers(tables, "list")
    return [row for row in rows if "duplicate-capture" not in (pages[row["page_id"]]["note"] or "")]


def printed(rows, column, absent):
    """Values by frequency, in the words of the expected counts."""
    return Counter(row[column] or absent for row in rows)


def plain(text):
    """The table of others keeps runs of blanks of the page's source, which no browser shows; entities it has
    decoded already, once more does no harm. Nothing else is changed: case and marks stay."""
    return " ".join(html.unescape(text).split())


def test_every_page_has_a_kind_and_none_is_unknown(tables, counts):
    files = counts["p"]["files"] + counts["list_pages"]["files"] + counts["vendor_pages"]["files"]
    others = counts["files"]["user"] + counts["files"]["info"] + len(counts["files"]["others"])
    assert len(tables["page"]) == files + others == 11_964
    assert [page["page_id"] for page in tables["page"] if page["kind"] == "unknown"] == []


def test_kinds_of_product_pages(tables, counts):
    kinds = Counter(page["kind"] for page in pages_of(tables, "p"))
    others = counts["p"]["not_products"]
    assert kinds == {
        "listing": counts["p"]["real_product_pages"],
        "front": others["front page instead of a product (landing page)"],
        "cut": others["cut off before the product block"],
        "limit": others["rate limit notice"],
    }
    note(Outcome("agora", "kinds of pages of offers", kinds.total(), len(kinds), 1, kinds.total()))


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("front", "front page instead of a product (landing page)"),
        ("cut", "cut off before the product block"),
        ("limit", "rate limit notice"),
    ],
)
def test_the_very_pages_that_are_no_products_are_found(tables, counts, kind, reason):
    found = {inner(page).removeprefix("p/") for page in pages_of(tables, "p") if page["kind"] == kind}
    assert found == set(counts["p"]["not_product_files"][reason])


def test_a_product_cut_off_after_the_vendor_is_read_and_noted(tables, counts):
    cut = [inner(page) for page in tables["page"] if page["kind"] == "listing" and page["note"] == "cut"]
    assert cut == [f"p/{name}" for name in counts["p"]["of_which_cut_off_after_the_vendor_line"]]


def test_kinds_of_list_pages(tables, counts):
    pages = pages_of(tables, "cat")
    layouts = Counter("empty" if page["layout"] == "no-products" else page["layout"] for page in pages)
    kinds = counts["list_pages"]["kinds"]
    assert layouts == {"table": kinds["list"], "tiles": kinds["index"], "empty": kinds["empty list"]}
    assert {page["kind"] for page in pages} == {"list"}
    note(Outcome("agora", "layouts of lists", len(pages), 1, 1, len(pages)))


def test_kinds_of_vendor_pages(tables, counts):
    kinds = counts["vendor_pages"]["kinds"]
    # the one page of another kind is that of the market's own support, a form for messages
    assert Counter(page["kind"] for page in pages_of(tables, "vendor")) == {
        "vendor": kinds["vendor page with listings"] + kinds["vendor page without listings"],
        "other": kinds["other"],
    }
    note(Outcome("agora", "kinds of pages of vendors", sum(kinds.values()), 2, 1, sum(kinds.values())))


def test_rows_of_list_pages(tables, counts):
    assert len(offers(tables, "list")) == counts["list_pages"]["rows"] == 10_961
    assert len(once(tables)) == counts["list_pages"]["rows_without_the_HASH.1_files"] == 9_701


def test_rows_of_list_pages_are_those_of_the_table_made_by_others(tables):
    with gzip.open(agora_folder() / f"listings-{DATE}.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        theirs = Counter((row["vendor"], plain(row["name"]), row["cat"]) for row in csv.DictReader(stream))
    ours = Counter((row["vendor"], plain(row["title"]), row["category_path"]) for row in once(tables))
    assert ours == theirs
    files = len(pages_of(tables, "cat"))
    note(Outcome("agora", "rows of lists in a table of others", files, 1, 3, 3 * theirs.total()))


def test_rows_of_vendor_pages(tables, counts):
    assert len(offers(tables, "vendor")) == counts["vendor_pages"]["rows_in_vendor_pages"] == 9_790
    with_rows = {row["page_id"] for row in offers(tables, "vendor")}
    assert len(with_rows) == counts["vendor_pages"]["kinds"]["vendor page with listings"]


def test_every_product_page_gives_one_offer_with_title_vendor_and_price(tables, counts):
    rows = offers(tables, "listing")
    assert len(rows) == counts["p"]["real_product_pages"]
    assert all(row["title"] and row["vendor"] and row["price_text"] and row["native_id"] for row in rows)
    assert {row["price_currency"] for row in rows} == {"BTC"}


def test_sellers_and_pairs_of_seller_and_title(tables, counts):
    rows = offers(tables, "listing")
    assert len({row["vendor"] for row in rows}) == counts["product_pages"]["sellers"]
    assert len({(row["vendor"], row["title"]) for row in rows}) == counts["product_pages"]["unique_seller_title"]


def test_most_frequent_origins(tables, counts):
    """One page differs, and we keep our reading. Its offer states no origin, but the seller writes `From:` and a
    country into the description; the expected count takes that for the origin the market prints. So it has one page
    less without an origin, and one different origin more."""
    absent = "(no origin on the page)"
    found = printed(offers(tables, "listing"), "ships_from_text", absent)
    top = counts["product_pages"]["top15_origins"]
    assert found[absent] == top[absent] + 1
    assert len(found) == counts["product_pages"]["different_origins"] - 1
    found[absent] -= 1
    assert dict(found.most_common(len(top))) == top
    why = "an origin in the words of the seller, which the market does not print as one"
    pages = counts["p"]["real_product_pages"]
    note(Outcome("agora", "pages by origin (16 counts)", pages, 1, 1, len(top), {why: 1}))


def test_most_frequent_destinations(tables, counts):
    top = counts["product_pages"]["top15_destinations"]
    found = printed(offers(tables, "listing"), "ships_to_text", "(no destination on the page)")
    assert dict(found.most_common(len(top))) == top


def test_top_categories(tables, counts):
    found = Counter((row["category_path"] or "(none)").split("/")[0] for row in offers(tables, "listing"))
    assert found == counts["product_pages"]["pages_per_top_category"]
    assert found["(none)"] == counts["product_pages"]["without_category_path"] == 18


def test_feedback_of_product_pages(tables, counts):
    assert len(tables["feedback"]) == counts["product_pages"]["feedback_rows"] == 21_514
    pages = {row["page_id"] for row in tables["feedback"]}
    assert len(pages) == counts["product_pages"]["pages_with_feedback_rows"] == 4_617
    note(Outcome("agora", "rows of feedback, and pages that have any", counts["p"]["real_product_pages"], 1, 2, 2))


BELGIAN_FIELDS = {
    "title": lambda row: row["title"],
    "vendor": lambda row: row["vendor"],
    "price_btc": lambda row: row["price_text"],
    "category_path": lambda row: (row["category_path"] or "").split("/"),
    "ships_from": lambda row: row["ships_from_text"],
    "ships_to": lambda row: row["ships_to_text"],
    "feedback_rows": lambda row: row["feedback_rows"],
}


@pytest.mark.parametrize("name", BELGIAN_FIELDS)
def test_belgian_products_field_by_field(tables, name):
    theirs = expected(f"belgian-products-{DATE}.json")
    feedback = Counter(row["page_id"] for row in tables["feedback"])
    paths = {page["page_id"]: inner(page) for page in tables["page"]}
    rows = [row for row in offers(tables, "listing") if row["ships_from_text"] == "Belgium"]
    ours = {paths[row["page_id"]]: row | {"feedback_rows": feedback[row["page_id"]]} for row in rows}
    assert sorted(ours) == sorted(row["file"] for row in theirs)
    assert len(ours) == 61
    wrong = [row["file"] for row in theirs if BELGIAN_FIELDS[name](ours[row["file"]]) != row[name]]
    assert wrong == []
    note(Outcome("agora", f"offers from Belgium: {name}", len(ours), 1, 1, len(ours)))


@pytest.mark.parametrize("date", DUMPS)
def test_tables_made_by_others_are_read_line_by_line(date, tmp_path):
    tables = observe(agora_folder() / f"listings-{date}.csv.gz", tmp_path, date, "agora-dump.yaml", "dump")
    assert len(tables["listing"]) == expected("csv-figures.json")["dates"][date]["rows"]
    assert all(row["title"] and row["vendor"] for row in tables["listing"])
    rows = len(tables["listing"])
    note(Outcome("agora-dump", f"lines of {date} with title and vendor", 1, 1, 1, rows))
