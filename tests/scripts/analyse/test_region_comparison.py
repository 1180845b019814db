"""The focus country beside its neighbours, the Union and the world."""

import datetime

import pandas as pd
import pytest
from analyse.region_comparison import region_comparison_table
from cryptodrug.errors import InputError
from cryptodrug.regions import region_of, union_members
from offer_frames import DRAWING, assert_valid, many, offer

NEIGHBOURS, UNION = ["NL", "DE"], frozenset({"BE", "NL", "DE", "ES"})
MONTHS = ("2019-01-01", "2019-02-01", "2019-03-01", "2019-04-01")


def regions(listing):
    return region_comparison_table(listing, "BE", NEIGHBOURS, UNION, **DRAWING)


def test_each_origin_counts_in_one_region(tmp_path):
    table = regions(
        offer(
            *many("b", 2, "BE"),
            *many("n", 3, "NL"),
            *many("d", 1, "DE", times=2),
            *many("e", 1, "ES"),
            *many("u", 2, "US"),
            ("s1", "BE|NL", {}),
            ("r1", None, {"ships_from_status": "region"}),
            ("x1", None, {}),
        )
    )
    assert_valid(table, tmp_path)
    rows = table.rows.set_index("row")
    assert list(rows.index) == ["focus", "neighbours", "union", "elsewhere", "several", "region", "not-stated"]
    assert list(rows["listings"]) == [2, 5, 1, 2, 1, 1, 1]
    assert list(rows["vendors"]) == [2, 4, 1, 2, 1, 1, 1]
    assert list(rows["share"]) == pytest.approx([n / 13 for n in (2, 5, 1, 2, 1, 1, 1)])
    assert rows["growth"].isna().all()


def growing(start, factor):
    """So many neighbours in each month, and a number of vendors of the focus country that grows by a factor."""
    rows = []
    for place, day in enumerate(MONTHS):
        rows += many("b", start * factor**place, "BE", snapshot_date=day)
        rows += many("n", 20, "NL", snapshot_date=day)
    return offer(*rows)


def test_growth_is_the_monthly_ratio_of_the_odds_against_the_region():
    rows = regions(growing(10, 2)).rows.set_index("row")
    # the odds double from one first of the month to the next; months of 30.44 days are a little longer than those
    assert rows.loc["neighbours", "growth"] == pytest.approx(2, rel=0.03)
    assert rows.loc["neighbours", "growth_low"] <= rows.loc["neighbours", "growth"]
    assert pd.isna(rows.loc["focus", "growth"])


def test_too_few_vendors_or_months_give_no_growth():
    eight_vendors, three_months = growing(1, 2), growing(10, 1).query("snapshot_date < '2019-04-01'")
    for listing in (eight_vendors, three_months.reset_index(drop=True)):
        assert regions(listing).rows["growth"].isna().all()


def test_the_row_of_the_focus_country_alone_is_guarded_but_growth_always():
    rows = regions(growing(1, 1)).rows.set_index("row")
    assert rows.loc["focus", "support_vendors"] == 1
    assert rows.loc["neighbours", "support_vendors"] > 1000
    assert set(rows["support_focus"]) == {1}


def test_membership_of_the_union_is_that_of_the_day():
    path = "data/reference/european_union.csv"
    assert "HR" not in union_members(path, datetime.date(2013, 6, 30))
    assert {"HR", "GB"} <= union_members(path, datetime.date(2020, 1, 31))
    assert "GB" not in union_members(path, datetime.date(2020, 2, 1))
    assert len(union_members(path, datetime.date(2020, 2, 1))) == 27


def test_a_date_that_cannot_be_read_names_its_country(tmp_path):
    path = tmp_path / "union.csv"
    path.write_text("country,joined,left\nFR,sometime,\n", encoding="utf-8")
    with pytest.raises(InputError, match="FR"):
        union_members(path, datetime.date(2019, 1, 1))


def test_a_neighbour_is_not_counted_in_the_union_too():
    labels = pd.Series(["NL", "ES", "US", "BE", "several"])
    assert list(region_of(labels, "BE", NEIGHBOURS, UNION)) == ["neighbours", "union", "elsewhere", "focus", "several"]
