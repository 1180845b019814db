"""Presence, entry and exit of vendors; their moves of origin."""

import pytest
from analyse.origin_moves import origin_moves_table
from analyse.vendor_presence import presence_class, vendor_presence_tables
from cryptodrug.statistics.intervals import wilson
from cryptodrug.trajectories import presence
from offer_frames import many, offer

DAYS = [f"2019-0{month}-15" for month in (1, 2, 3)]


def in_months(*groups):
    """Drug listings of groups of vendors: (prefix, how many, origin by month; None: not there)."""
    rows = []
    for prefix, number, origins in groups:
        for day, origin in zip(DAYS, origins, strict=True):
            if origin is not None:
                rows += many(prefix, number, origin, snapshot_date=day)
    return offer(*rows)


LISTING = in_months(
    ("stay", 6, ("BE", "BE", "BE")),
    ("move", 3, ("BE", "BE", "NL")),
    ("both", 3, ("BE|NL", "BE|NL", None)),
    ("once", 4, ("BE", None, None)),
    ("rest", 8, ("NL", "NL", "NL")),
    ("come", 4, (None, None, "NL")),
)


def tables(listing=LISTING):
    found = vendor_presence_tables(listing, "BE", "inclusive", 0.95)
    return [table.rows.set_index("row") for table in found]


def test_classes_of_presence_by_hand():
    presence_rows, _, summary = tables()
    assert presence_rows["vendors"].to_dict() == {"once": 8, "several": 3, "every": 17}
    assert presence_rows["vendors_focus"].to_dict() == {"once": 4, "several": 3, "every": 9}
    assert presence_rows.loc["every", "share_focus"] == 9 / 16
    assert tuple(presence_rows.loc["every", ["share_focus_low", "share_focus_high"]]) == wilson(9, 16, 0.95)
    assert summary.loc["all", ["months", "bridged", "vendors", "vendors_focus"]].tolist() == [3, 0, 28, 16]


def test_entry_and_exit_by_hand():
    _, flows, _ = tables()
    assert flows["present"].tolist() == [24, 20, 21]
    assert flows[["entered", "left", "back"]].fillna(-1).values.tolist() == [[-1] * 3, [0, 4, 0], [4, 3, 0]]
    assert flows["left_focus"].fillna(-1).tolist() == [-1, 4, 3]
    assert flows["support_flows"].tolist() == [0, 4, 3]


def test_below_ten_vendors_of_the_country_there_is_no_share():
    presence_rows, _, _ = tables(in_months(("stay", 9, ("BE",) * 3), ("rest", 20, ("NL",) * 3)))
    assert presence_rows[["share_focus", "share_focus_low"]].isna().all(axis=None)
    assert presence_rows.loc["every", "vendors_focus"] == 9


def test_one_month_is_once_and_not_every():
    there = presence(in_months(("stay", 2, ("BE", None, None))))
    assert set(presence_class(there)) == {"once"}


def test_moves_by_hand():
    rows = origin_moves_table(LISTING, "BE", 0.95).rows.set_index("row")
    assert rows["vendors"].to_dict() == {"stays": 6, "several": 3, "moved": 3, "not-assessable": 4, "followed": 12}
    assert rows.loc["moved", "share"] == 0.25
    assert rows.loc[["not-assessable", "followed"], "share"].isna().all()


@pytest.mark.parametrize("number", [9, 10])
def test_moves_are_shares_from_ten_vendors_who_could_be_followed(number):
    rows = origin_moves_table(in_months(("stay", number, ("BE",) * 3)), "BE", 0.95).rows.set_index("row")
    assert rows["share"].notna().any() == (number == 10)


def test_without_any_vendor_of_the_country_the_tables_are_whole():
    nobody = in_months(("rest", 3, ("NL",) * 3))
    presence_rows, flows, _ = tables(nobody)
    assert presence_rows["vendors_focus"].sum() == 0 and flows["present_focus"].sum() == 0
    assert origin_moves_table(nobody, "BE", 0.95).rows["vendors"].sum() == 0
