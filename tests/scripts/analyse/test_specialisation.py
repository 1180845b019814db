"""Drug classes of the focus country against the rest."""

import numpy as np
import pandas as pd
import pytest
from analyse.specialisation import specialisation_tables, summary_table
from cryptodrug.results import ResultTable
from offer_frames import DRAWING, FIRST, LAST, many, offer


def tables(*rows):
    classes, ratios = specialisation_tables(offer(*rows), "BE", "inclusive", **DRAWING)
    return classes.rows.set_index("row"), ratios.rows.set_index("row")


REST = [*many("n", 6, "NL"), *many("m", 2, "NL", drug_class="ecstasy"), *many("p", 2, "NL", drug_class="cocaine")]


def test_shares_and_ratio_by_hand():
    classes, ratios = tables(*many("b", 3, "BE", drug_class="ecstasy", times=2), *many("c", 4, "BE"), *REST)
    assert list(classes.loc["ecstasy", ["listings_focus", "vendors_focus", "listings_all"]]) == [6, 3, 8]
    assert classes.loc["ecstasy", "share_focus"] == pytest.approx(6 / 10)
    assert classes.loc["ecstasy", "share_rest"] == pytest.approx(2 / 10)
    assert classes.loc["ecstasy", "share_all"] == pytest.approx(8 / 20)
    # cocaine from nobody of the country: merged, and its zero adds half a listing everywhere
    assert ratios.loc["ecstasy", "ratio"] == pytest.approx((6.5 / 11) / (2.5 / 11))
    assert ratios.loc["ecstasy", "quotient"] == pytest.approx(0.6 / 0.4)


def test_ratio_without_a_zero_is_that_of_the_shares():
    _, ratios = tables(*many("b", 3, "BE", drug_class="ecstasy"), *many("c", 3, "BE"), *REST[:8])
    assert ratios.loc["ecstasy", "ratio"] == pytest.approx(0.5 / 0.25)
    assert ratios.loc["cannabis", "ratio"] == pytest.approx(0.5 / 0.75)
    assert list(ratios.index) == ["ecstasy", "cannabis"]


def test_snapshots_count_alike_however_many_listings_they_have():
    first = [(v, o, m | {"snapshot_date": FIRST, "times": 10}) for v, o, m in REST[:8]]
    early = many("b", 3, "BE", snapshot_date=FIRST)
    classes, _ = tables(*first, *early, *many("b", 3, "BE", drug_class="ecstasy"), *REST[:8])
    assert classes.loc["ecstasy", "share_focus"] == pytest.approx((0 + 1) / 2)
    assert classes.loc["ecstasy", "share_rest"] == pytest.approx(0.25)


def test_classes_of_fewer_than_three_focus_vendors_are_merged():
    classes, ratios = tables(
        *many("b", 3, "BE"),
        *many("c", 2, "BE", drug_class="ecstasy", times=9),
        ("d", "BE", {"drug_class": "opioids"}),
        *REST,
    )
    assert list(classes.index) == ["cannabis", "other-classes"]
    assert list(classes.loc["other-classes", ["listings_focus", "vendors_focus"]]) == [19, 3]
    assert list(ratios.index) == ["cannabis"]


def test_a_listing_without_a_class_stands_with_the_merged_ones():
    classes, _ = tables(*many("b", 3, "BE"), *many("c", 4, "BE", drug_class=None), *REST)
    assert classes.loc["other-classes", "listings_focus"] == 4


def test_the_guard_counts_distinct_vendors_behind_the_cell():
    early = many("b", 5, "BE", snapshot_date=FIRST)
    classes, ratios = tables(*early, *many("b", 2, "BE", times=8), *REST)
    # five vendors in the window, but two behind the sixteen listings of the last snapshot
    assert list(classes.loc["cannabis", ["listings_focus", "support_last"]]) == [16, 2]
    assert list(classes.loc["cannabis", ["vendors_focus", "support_vendors"]]) == [5, 5]
    assert ratios.loc["cannabis", "support_vendors"] == 5


def test_with_one_snapshot_the_share_stands_or_falls_with_the_count():
    for date, guard in ((LAST, "support_vendors"), (FIRST, "support_last")):
        listing = offer(*many("b", 3, "BE", snapshot_date=date), *REST)
        table, _ = specialisation_tables(listing, "BE", "inclusive", **DRAWING)
        guards = {column.name: column.guard_vendors for column in table.columns}
        assert (guards["listings_focus"], guards["share_focus"]) == (guard, "support_vendors")


def test_all_focus_listings_are_in_one_sum_so_that_no_class_can_be_subtracted():
    table, _ = specialisation_tables(
        offer(*many("b", 3, "BE"), ("c", "BE", {"drug_class": "x"}), *REST), "BE", "inclusive", **DRAWING
    )
    assert table.row_sums == [
        {"total": None, "value": 4, "parts": ["cannabis", "other-classes"], "columns": ["listings_focus"]}
    ]


def test_a_ratio_that_one_vendor_carries_over_one_rests_on_it():
    _, ratios = tables(
        ("b0", "BE", {"drug_class": "ecstasy", "times": 20}),
        *many("b", 2, "BE", drug_class="ecstasy"),
        *many("c", 10, "BE", times=2),
        *REST[:8],
    )
    # 22 of 42 against a quarter; without b0 2 of 22
    assert ratios.loc["ecstasy", "ratio"] > 1
    assert ratios.loc["ecstasy", "rests"] == "one-vendor"
    # cannabis: 20 of 42 against three quarters; without c00 18 of 40, still below
    assert ratios.loc["cannabis", "ratio"] < 1
    assert ratios.loc["cannabis", "rests"] == "several"


def test_a_ratio_that_outlasts_its_largest_vendor_rests_on_several():
    _, ratios = tables(
        ("b0", "BE", {"drug_class": "ecstasy", "times": 5}),
        *many("b", 4, "BE", drug_class="ecstasy", times=3),
        *many("c", 3, "BE"),
        *REST[:8],
    )
    assert ratios.loc["ecstasy", "rests"] == "several"


def test_all_rows_of_the_largest_vendor_are_left_out_also_those_of_other_classes():
    _, ratios = tables(
        # without its ecstasy alone 2 of 12 would be below a quarter; without its cannabis too 2 of 4 are above
        ("b0", "BE", {"drug_class": "ecstasy", "times": 4}),
        ("b0", "BE", {"times": 8}),
        *many("c", 2, "BE", drug_class="ecstasy"),
        *many("d", 2, "BE"),
        *REST[:8],
    )
    assert ratios.loc["ecstasy", "ratio"] == pytest.approx((6 / 16) / 0.25)
    assert ratios.loc["ecstasy", "rests"] == "several"


def test_a_group_without_listings_has_neither_ratio_nor_support():
    _, ratios = tables(*many("b", 3, "BE"))
    assert np.isnan(ratios.loc["cannabis", "ratio"])
    assert ratios.loc["cannabis", "rests"] is None


def test_no_interval_under_ten_focus_vendors_and_one_from_ten():
    for vendors, some in ((9, False), (10, True)):
        _, ratios = tables(*many("b", vendors - 3, "BE", drug_class="ecstasy"), *many("c", 3, "BE"), *REST, *REST)
        row = ratios.loc["ecstasy"]
        assert (row["ratio_low"] is not None and row["ratio_low"] == row["ratio_low"]) == some
        if some:
            assert row["ratio_low"] < row["ratio"] < row["ratio_high"]


def test_listings_are_those_of_the_last_snapshot():
    classes, _ = tables(
        *many("b", 3, "BE", snapshot_date=FIRST, times=4), *many("b", 3, "BE", snapshot_date=LAST), *REST
    )
    assert classes.loc["cannabis", "listings_focus"] == 3


def listed(*rows):
    names = ["row", "ratio_low", "ratio_high", "p", "rests", "vendors_focus"]
    table = pd.DataFrame(rows, columns=names)
    return summary_table(ResultTable("specialisation", "public", [], table))


def test_every_class_that_differs_is_in_one_list():
    table = listed(
        ("steroids", 1.5, 15.5, "below-001", "several", 15),
        ("mdma", 1.2, 4.0, "below-005", "one-vendor", 8),
        ("dissociatives", 1.01, 9.6, "not-below-005", "several", 10),
        ("lsd", 0.5, 2.9, "not-below-005", "several", 8),
        ("cannabis", 0.2, 0.5, "below-001", "several", 11),
        ("cocaine", None, None, None, "several", 3),
    )
    line = table.rows.iloc[0]
    assert dict(line[["over", "under", "alone", "single"]]) == {
        "over": "steroids",
        "under": "cannabis",
        "alone": "dissociatives",
        "single": "mdma",
    }


def test_a_list_rests_on_the_class_of_fewest_vendors():
    table = listed(("steroids", 1.5, 15.5, "below-001", "several", 15), ("mdma", 1.2, 4.0, "below-005", "several", 4))
    assert table.rows["over"].iloc[0] == "steroids|mdma"
    assert table.rows["support_over"].iloc[0] == 4
    assert {column.guard_vendors for column in table.columns} <= set(table.rows.columns)


def test_where_nothing_differs_the_lists_are_empty():
    line = listed(("lsd", 0.5, 2.9, "not-below-005", "several", 8)).rows.iloc[0]
    assert line[["over", "under", "alone", "single"]].isna().all()
