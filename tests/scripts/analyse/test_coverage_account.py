"""The account of the input: by hand, sums that stop the build, and the demo against its truth."""

import copy
import json

import pandas as pd
import pytest
from analyse.coverage_account import account_summary_table, coverage_account, coverage_account_table, row_account_table
from cryptodrug.errors import InputError
from cryptodrug.reading.tables import PAGE_KINDS
from hypothesis import given
from hypothesis import strategies as st
from offer_frames import FIRST, LAST, assert_valid

ACCOUNT = {
    "schema": 1, "bytes": 900, "members": 9, "again": 1, "cut": 1,
    "kinds": {"listing": 3, "login": 1, "cut": 1}, "pages": {"number": 5, "bytes": 2000},
    "not_read": {"picture": {"number": 2, "bytes": 70}}, "opened": {"zip": {"number": 1, "bytes": 300}},
    "unreadable": {"packing": {"number": 1, "bytes": 0}}, "damages": {"tar": {"number": 1, "bytes": 40}},
}  # fmt: skip
FRONT = {
    "schema": 1, "bytes": 50, "members": 1, "again": 0, "cut": 0, "kinds": {"front": 1},
    "pages": {"number": 1, "bytes": 50}, "not_read": {}, "opened": {}, "unreadable": {}, "damages": {},
}  # fmt: skip
DAY = ("toy", FIRST)


def snapshot(**kinds):
    row = {"market": "toy", "snapshot_date": FIRST, "pages_read": sum(kinds.values())}
    return pd.DataFrame([row | {f"pages_{kind}": kinds.get(kind, 0) for kind in PAGE_KINDS}])


WHOLE = snapshot(listing=3, login=1, cut=1, front=1)


def test_members_of_all_files_of_a_snapshot_by_hand(tmp_path):
    table = coverage_account_table({DAY: [ACCOUNT, FRONT]}, WHOLE)
    assert_valid(table, tmp_path)
    (row,) = table.rows.to_dict("records")
    assert (row["files"], row["bytes"], row["members"], row["pages"]) == (2, 950, 10, 6)
    assert (row["not_read"], row["opened"], row["unreadable"]) == (2, 1, 1)
    assert (row["bytes_pages"], row["bytes_not_read"], row["bytes_lost"]) == (2050, 70, 40)
    assert (row["damages"], row["again"], row["cut"]) == (1, 1, 1)
    summary = account_summary_table(table.rows, WHOLE)
    assert_valid(summary, tmp_path)
    assert (summary.rows["failed"][0], summary.rows["share_failed"][0]) == (2, 2 / 6)


def test_a_member_that_became_nothing_stops_the_step():
    lost = copy.deepcopy(ACCOUNT) | {"members": 10}
    with pytest.raises(InputError, match="11 members came in, 10 came out") as stopped:
        coverage_account_table({DAY: [lost, FRONT]}, WHOLE)
    assert stopped.value.where == f"toy-{FIRST}"


def test_a_page_that_the_database_does_not_have_stops_the_step():
    with pytest.raises(InputError, match="the archives hold 3 pages of kind listing, the database 2"):
        coverage_account_table({DAY: [ACCOUNT, FRONT]}, snapshot(listing=2, login=2, cut=1, front=1))


def test_a_snapshot_that_is_in_no_archive_stops_the_step():
    with pytest.raises(InputError, match="do not hold the same snapshots"):
        coverage_account_table({DAY: [ACCOUNT], ("toy", LAST): [FRONT]}, snapshot(listing=3, login=1, cut=1))


@given(st.dictionaries(st.sampled_from(PAGE_KINDS), st.integers(0, 50), min_size=1), st.integers(1, 5))
def test_sums_over_any_files_are_those_of_one_that_holds_all(kinds, files):
    account = FRONT | {"kinds": kinds, "members": sum(kinds.values())}
    account["pages"] = {"number": sum(kinds.values()), "bytes": 7}
    table = coverage_account_table({DAY: [account] * files}, snapshot(**{k: n * files for k, n in kinds.items()}))
    assert table.rows["members"][0] == table.rows["pages"][0] == files * sum(kinds.values())
    assert table.rows["bytes_pages"][0] == 7 * files


def listings():
    rows = [("a", "v", "Drugs", 5.0, "BE"), ("b", None, None, None, None), ("c", "v", "Drugs", 9.0, None)]
    columns = ["listing_id", "vendor", "category_path", "price_eur", "ships_from"]
    return pd.DataFrame(rows, columns=columns).assign(market="toy", snapshot_date=FIRST)


def links(count):
    return pd.DataFrame({"market": ["toy"] * count, "snapshot_date": [FIRST] * count})


def test_rows_and_what_listings_lack_by_hand(tmp_path):
    read = {DAY: {"listing": 5, "price": 2, "vendor": 1, "feedback": 0}}
    table = row_account_table(read, listings(), links(5))
    assert_valid(table, tmp_path)
    (row,) = table.rows.to_dict("records")
    assert (row["rows_listing"], row["listings"], row["repeated"]) == (5, 3, 2)
    assert (row["no_vendor"], row["no_category"], row["no_price"], row["no_origin"]) == (1, 1, 1, 2)


def test_a_row_that_is_not_in_the_database_stops_the_step():
    read = {DAY: {"listing": 6, "price": 0, "vendor": 0, "feedback": 0}}
    with pytest.raises(InputError, match="6 rows about listings were read, 5 are in the database"):
        row_account_table(read, listings(), links(5))


def test_the_step_reads_the_files_that_belong_to_each_snapshot(tmp_path):
    paths = {name: str(tmp_path / f"{name}.parquet") for name in ("rows", "snapshot", "listing", "listing_page")}
    pd.DataFrame({"page_id": ["x"] * 5}).to_parquet(paths["rows"])
    pd.DataFrame({"page_id": []}).to_parquet(tmp_path / "none.parquet")
    WHOLE.to_parquet(paths["snapshot"])
    listings().to_parquet(paths["listing"])
    links(5).to_parquet(paths["listing_page"])
    for name, account in (("one", ACCOUNT), ("two", FRONT)):
        (tmp_path / f"{name}.json").write_text(json.dumps(account))
    none = [str(tmp_path / "none.parquet")] * 2
    made = {
        name: str(tmp_path / name)
        for table in ("coverage_account", "account_summary", "row_account")
        for name in (table, f"{table}_description")
    }
    coverage_account(
        accounts=[str(tmp_path / "one.json"), str(tmp_path / "two.json")],
        rows_listing=[paths["rows"], none[0]],
        rows_price=none,
        rows_vendor=none,
        rows_feedback=none,
        snapshot=paths["snapshot"],
        listing=paths["listing"],
        listing_page=paths["listing_page"],
        snapshots=[f"toy/{FIRST}"] * 2,
        **made,
    )
    assert pd.read_parquet(made["coverage_account"])["members"].tolist() == [10]
    assert pd.read_parquet(made["row_account"])["rows_listing"].tolist() == [5]
