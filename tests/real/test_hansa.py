"""The listing table of Hansa against figures that others counted in it, figure by figure.

Their figures were counted by the place of a field in its line. In 18 lines a part of the page was missed and the rest
stands further left; there a place names another thing than in the other lines, and the line itself decides: a text
`USD 5.28` is no vendor, and `Europe (EU)` no category. Each figure that differs for that reason is named in REASONS.
"""

import json
from collections import Counter

import pytest
from compared import Outcome, note
from comparison import flat
from cryptodrug.harmonise.money import read_price
from real_data import read_with, shared_data

SHIFTED = "the one line that has lost its title: its vendor, price, category and origin stand one place further left"
CATEGORY_ONLY = "15 lines hold nothing but an item and the category Drugs, in the place of the title"
UNESCAPED = "titles that differ in the file by entities (`&amp;`) or runs of blanks only are one title on the screen"

# figure -> (theirs, ours, why)
REASONS = {
    "unique_vendors": (508, 507, SHIFTED),
    "unique_vendor_title": (13256, 13252, f"{UNESCAPED} (3 pairs); {SHIFTED} (1 pair)"),
    "rows_per_category.Drugs": (8708, 8724, f"{CATEGORY_ONLY}; {SHIFTED}"),
    "rows_per_category.Europe (EU)": (1, 0, SHIFTED),
    "drugs.rows": (8708, 8724, f"{CATEGORY_ONLY}; {SHIFTED}"),
    "drugs.unique_vendor_title": (8023, 8020, UNESCAPED),
    "drugs.unique_item_ids": (8514, 8530, f"{CATEGORY_ONLY}; {SHIFTED}"),
    "drugs.rows_without_origin": (48, 63, CATEGORY_ONLY),
    "drugs.top15_origins_rows.Europe (EU)": (879, 880, SHIFTED),
}


@pytest.fixture(scope="module")
def read():
    return read_with("hansa", shared_data() / "markets" / "hansa" / "listings-2016-12-11.csv.gz")


@pytest.fixture(scope="module")
def rows(read):
    return read["listing"]


def pairs(rows):
    return {(row["vendor"], row["title"]) for row in rows if row["vendor"] and row["title"]}


def ids(rows):
    return {row["native_id"] for row in rows}


def vendors(rows):
    return {row["vendor"] for row in rows if row["vendor"]}


def origins(rows):
    return Counter(row["ships_from_text"] for row in rows if row["ships_from_text"])


def forms(rows):
    """Rows by the number of parts that they have."""
    parts = ("native_id", "title", "vendor", "price_text", "category_path", "ships_from_text", "seen_text")
    return Counter(sum(row[part] is not None for part in parts) for row in rows)


def our_figures(rows):
    drugs = [row for row in rows if row["category_path"] == "Drugs"]
    belgian = [row for row in rows if row["ships_from_text"] == "Belgium"]
    per_vendor = {name: [row for row in belgian if row["vendor"] == name] for name in vendors(belgian)}
    return {
        "rows": len(rows),
        "rows_by_number_of_fields": {str(parts): count for parts, count in forms(rows).items()},
        "rows_by_date": Counter(row["seen_text"][:10] for row in rows),
        "unique_item_ids": len(ids(rows)),
        "unique_vendors": len(vendors(rows)),
        "unique_vendor_title": len(pairs(rows)),
        "rows_per_category": Counter(row["category_path"] for row in rows if row["category_path"]),
        "drugs": {
            "rows": len(drugs),
            "unique_vendor_title": len(pairs(drugs)),
            "unique_item_ids": len(ids(drugs)),
            "vendors": len(vendors(drugs)),
            "rows_without_origin": sum(row["ships_from_text"] is None for row in drugs),
            "top15_origins_rows": dict(origins(drugs).most_common(15)),
        },
        "belgium": {
            "rows": len(belgian),
            "rows_in_drugs": sum(row["category_path"] == "Drugs" for row in belgian),
            "unique_item_ids": len(ids(belgian)),
            "unique_vendor_title": len(pairs(belgian)),
            "vendors": {name: len(found) for name, found in per_vendor.items()},
            "unique_listings_by_vendor": {name: len(pairs(found)) for name, found in per_vendor.items()},
        },
        "exact_repeats_of_item_id": len(rows) - len(ids(rows)),
        "rows_with_price_of_10000_usd_or_more": sum((read_price(row["price_text"]) or 0) >= 10_000 for row in rows),
    }


def test_every_figure_is_theirs_or_differs_for_a_reason(rows):
    path = shared_data() / "markets" / "hansa" / "expected-figures.json"
    theirs = dict(flat(json.loads(path.read_text(encoding="utf-8"))))
    ours = dict(flat(our_figures(rows)))
    differing = {name: (value, ours.get(name, 0)) for name, value in theirs.items() if ours.get(name, 0) != value}
    assert differing == {name: (before, after) for name, (before, after, _) in REASONS.items()}
    assert set(ours) <= set(theirs)
    assert len(theirs) - len(differing) == 49
    reasons = Counter(why for _, _, why in REASONS.values())
    note(Outcome("hansa", "figures counted in the table", 1, 1, len(theirs), 49, reasons))


def test_the_drug_rows_with_vendor_and_title_are_theirs_without_a_difference(rows):
    offers = [row for row in rows if row["category_path"] == "Drugs" and row["vendor"] and row["title"]]
    assert len(offers) == 8708
    assert len(ids(offers)) == 8514


def test_every_price_is_read_with_its_currency(rows):
    priced = [row for row in rows if row["price_text"] is not None]
    assert len(priced) == 14_773 - 15
    assert {row["price_currency"] for row in priced} == {"USD"}
    assert all(read_price(row["price_text"]) is not None for row in priced)


def test_the_file_is_one_page_and_its_broken_lines_are_noted(read):
    (page,) = read["page"]
    assert (page["kind"], page["layout"]) == ("list", "without-names")
    assert page["note"] == "double-escaped;lines-of-another-length"
