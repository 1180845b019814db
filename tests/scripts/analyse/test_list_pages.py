"""Missing pages of lists, two passes of lists, lists in changing order."""

import json

import pandas as pd
import pytest
from analyse.list_pages import estimate_shifting, list_pages_table, shifting_lists
from cryptodrug.statistics.coverage import good_turing, recapture_interval
from offer_frames import FIRST, LAST, assert_valid

COLUMNS = ["page_id", "snapshot_date", "kind", "note", "list_text", "list_page_text", "printed"]


def pages(*rows):
    return pd.DataFrame(rows, columns=COLUMNS).assign(market="toy")


def links(**shown):
    """Listings by page; each letter is one."""
    return pd.DataFrame([(one, page) for page, ids in shown.items() for one in ids], columns=["listing_id", "page_id"])


def test_pages_of_lists_by_hand(tmp_path):
    four = json.dumps({"pages": "4"})
    table = list_pages_table(
        pages(
            ("p1", FIRST, "list", None, "a", "1", four),
            ("p3", FIRST, "list", "cut", "a", "3", None),
            ("p9", FIRST, "list", "duplicate-capture", "a", "3", None),
            ("q1", FIRST, "list", None, "b", "1", None),
            ("r1", FIRST, "list", None, None, None, None),
            ("v1", FIRST, "vendor", None, "feedback", "7", None),
            ("s1", LAST, "listing", None, None, None, None),
        ),
        links(p1="abc", p3="de", p9="de", q1="f", r1="g", s1="h"),
        0.95,
    )
    assert_valid(table, tmp_path)
    first, last = table.rows.to_dict("records")
    assert (first["pages"], first["numbered"], first["without_number"]) == (5, 4, 1)
    assert (first["lists"], first["whole"], first["shifting"]) == (2, 1, 0)
    assert (first["expected"], first["seen"], first["missing"], first["listings"]) == (5, 3, 2, 7)
    assert (last["pages"], last["lists"], last["expected"]) == (0, 0, 0)
    assert table.rows[["two_passes", "good_turing"]].isna().all(axis=None)  # too few were seen again


def test_the_share_seen_by_second_captures_is_that_of_lists_alone():
    shown = links(p1="abcdefgh", p2="ijkl", again="abcdefghxy", offer="xy")
    rows = list_pages_table(
        pages(
            ("p1", FIRST, "list", None, "a", "1", None),
            ("p2", FIRST, "list", None, "a", "2", None),
            ("again", FIRST, "list", "duplicate-capture", "a", "1", None),
            ("offer", FIRST, "listing", None, None, None, None),
        ),
        shown,
        0.95,
    ).rows
    # 12 on first captures, 10 on the second one, 8 on both: (13 x 11) / 9 - 1
    assert rows["two_passes"][0] == pytest.approx(12 / (13 * 11 / 9 - 1))
    assert (rows["two_passes_low"][0], rows["two_passes_high"][0]) == recapture_interval([(10, 8)], 0.95)


LIST = pd.DataFrame(
    [("p1", "a", "1"), ("p2", "a", "2"), ("q1", "b", "1"), ("q2", "b", "2"), ("q3", "b", "3")],
    columns=["page_id", "list_text", "list_page_text"],
)


def test_a_list_that_shows_a_listing_on_two_pages_changed_while_it_was_read():
    times = shifting_lists(LIST, links(p1="abc", p2="def", q1="abcdefgh", q2="abcdefg", q3="gxyz"))
    assert set(times["list_text"]) == {"b"}
    assert dict(zip(times["listing_id"], times["times"], strict=True)) == (
        dict.fromkeys("abcdef", 2) | {"g": 3} | dict.fromkeys("hxyz", 1)
    )
    assert estimate_shifting(times, LIST, 0.95) == good_turing([2] * 6 + [3, 1, 1, 1, 1], 3, 0.95)


def test_a_list_that_hardly_changes_keeps_its_order_and_gives_no_share():
    moved = shifting_lists(LIST, links(p1=[f"x{n}" for n in range(80)], p2=[f"x{n}" for n in range(73, 140)]))
    assert moved["times"].gt(1).sum() == 7 and moved["times"].sum() == 147
    assert estimate_shifting(moved, LIST, 0.95) is None


def test_a_listing_that_stands_twice_on_one_page_did_not_move():
    assert shifting_lists(LIST, links(p1="aab", p2="c")).empty
