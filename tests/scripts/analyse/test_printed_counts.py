"""Numbers that a market prints against what was found."""

import json

import pandas as pd
from analyse.printed_counts import printed_counts_table, shelf_below
from offer_frames import FIRST, LAST, assert_valid


def pages(*rows):
    made = pd.DataFrame(rows, columns=["page_id", "snapshot_date", "kind", "list_text", "printed"])
    return made.assign(market="toy", printed=[None if one is None else json.dumps(one) for one in made["printed"]])


def listings(**paths):
    rows = [(day, path) for day, found in ((FIRST, paths["first"]), (LAST, paths["last"])) for path in found]
    return pd.DataFrame(rows, columns=["snapshot_date", "category_path"]).assign(market="toy")


def links(**shown):
    return pd.DataFrame([(one, page) for page, ids in shown.items() for one in ids], columns=["listing_id", "page_id"])


def shelf(market, path):
    """The market calls drugs `Stuff`."""
    return path and path.replace("Stuff", "Drugs", 1)


def test_numbers_of_front_pages_categories_and_lists_by_hand(tmp_path):
    table = printed_counts_table(
        pages(
            ("f1", FIRST, "front", None, {"Drugs": "3+", "Drugs/Cannabis": "2", "Drugs/Ecstasy": "4", "Books": "9"}),
            ("f2", FIRST, "front", None, {"Drugs": "4", "Drugs/Cannabis/Weed": "1"}),
            ("p1", FIRST, "list", "weed", {"found": "4", "pages": "2", "Drugs": "5", "Drugs/Ecstasy": "1"}),
            ("p2", FIRST, "list", "weed", None),
            ("p3", FIRST, "list", "books", {"books": "2"}),
            ("p4", FIRST, "list", "tea", {"pages": "7"}),
            ("s1", LAST, "listing", None, None),
        ),
        listings(first=["Stuff/Cannabis/Weed", "Stuff/Cannabis", "Stuff/Cannabis", "Stuff", "Books", None], last=[]),
        links(p1="ab", p2="bc", p3="xyz", p4="t"),
        shelf,
    )
    assert_valid(table, tmp_path)
    rows = table.rows.set_index("row")
    assert list(rows.index) == [f"toy-{FIRST}-{kind}" for kind in ("drugs", "categories", "lists")]
    columns = ["numbers", "at_least", "reached", "printed", "found", "share"]
    assert list(rows.loc[f"toy-{FIRST}-drugs", columns]) == [1, 0, 0, 5, 4, 0.8]
    # two of cannabis, of which three were found, and none of four: the surplus of one does not make up for the other
    assert list(rows.loc[f"toy-{FIRST}-categories", columns]) == [2, 0, 1, 6, 3, 2 / 6]
    # three of four, and all of two
    assert list(rows.loc[f"toy-{FIRST}-lists", columns]) == [2, 0, 1, 6, 6, 5 / 6]


def test_a_name_without_its_top_counts_where_it_can_be_no_other():
    front = {"Cannabis": "10+", "Other": "3", "Unknown": "8"}
    found = listings(first=["Stuff/Cannabis/Weed"] * 12 + ["Stuff/Other", "Other"], last=[])
    (row,) = printed_counts_table(pages(("f1", FIRST, "front", None, front)), found, links(), shelf).rows.to_dict(
        "records"
    )
    assert (row["what"], row["numbers"], row["at_least"], row["printed"], row["found"]) == ("categories", 1, 1, 10, 12)
    assert (row["share"], row["reached"]) == (1, 1)


def test_a_market_that_prints_nothing_has_no_row():
    table = printed_counts_table(
        pages(("p1", FIRST, "list", "weed", None)), listings(first=[], last=[]), links(p1="a"), shelf
    )
    assert table.rows.empty


def test_the_category_right_below_drugs():
    paths = ("Drugs/Cannabis/Weed", "Drugs/Cannabis", "Drugs", "Books/Drugs", None)
    assert [shelf_below(path) for path in paths] == ["Drugs/Cannabis"] * 2 + [None] * 3
