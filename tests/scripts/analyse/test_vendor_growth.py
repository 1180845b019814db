"""Growth of single vendors, and groups of vendors who go alike."""

import numpy as np
import pandas as pd
import pytest
from analyse import vendor_growth
from analyse.vendor_growth import directions, series_of, vendor_growth_tables
from cryptodrug.visible_sales import FEEDBACK as FEEDBACK_COLUMNS
from offer_frames import DEGENERATE, assert_valid, many, offer

DAYS = [f"2019-0{month}-15" for month in range(1, 7)]
NOTHING = pd.DataFrame(columns=FEEDBACK_COLUMNS)


def as_read(listing):
    return listing.assign(sales_total=pd.array([pd.NA] * len(listing), dtype="Int64"))


def listings(*groups):
    """(prefix, vendors, origin, listings in month after month; 0: not there)."""
    rows = []
    for prefix, number, origin, times in groups:
        for day, each in zip(DAYS, times, strict=False):
            rows += many(prefix, number, origin, snapshot_date=day, times=each) if each else []
    return as_read(offer(*rows))


LISTING = listings(
    ("up", 4, "BE", [1, 2, 4, 8, 16]),
    ("down", 3, "NL", [16, 8, 4, 2, 1]),
    ("flat", 7, "BE", [4, 5, 4, 5, 4]),
    ("short", 2, "NL", [0, 0, 3, 3, 3]),
)


def tables(listing=LISTING, feedback=NOTHING):
    return [table.rows.set_index("row") for table in vendor_growth_tables(listing, feedback, "BE", "inclusive", 82)]


def test_directions_by_hand():
    direction, summary, *_ = tables()
    assert direction["vendors"].to_dict() == {"up": 4, "down": 3, "unclear": 7, "short": 2}
    assert direction["vendors_focus"].to_dict() == {"up": 4, "down": 0, "unclear": 7, "short": 0}
    assert direction.loc["up", "share"] == 4 / 14
    assert direction.loc["up", "share_focus"] == 4 / 11
    assert np.isnan(direction.loc["short", "share"])
    assert summary.loc["all", ["measure", "points", "vendors", "vendors_focus"]].tolist() == ["listings", 5, 14, 11]


def test_sales_are_taken_where_they_are_shown_over_four_intervals():
    shown = [
        {"market": "toy", "snapshot_date": DAYS[place], "page_id": f"p{place}", "listing_id": "toy:0",
         "posted_high": f"2019-0{place + 1}-0{number + 1}", "text_key": f"k{number}"}
        | {"posted_low": f"2019-0{place + 1}-0{number + 1}", "truncated": False}
        for place in range(1, 5) for number in range(place)
    ]  # fmt: skip
    rows = [("a", "BE", {"snapshot_date": day, "listing_id": "toy:0"}) for day in DAYS[:5]]
    series = series_of(as_read(offer(*rows)), pd.DataFrame(shown))
    days = [31, 28, 31, 30]
    assert series.measure == "sales"
    assert series.amounts[0] == pytest.approx([sold * 30.44 / of for sold, of in zip([1, 2, 3, 4], days, strict=True)])
    fewer = series_of(as_read(offer(*rows)), pd.DataFrame(shown[:3]))
    assert (fewer.measure, len(fewer.months)) == ("listings", 5)


def test_a_month_without_a_vendor_is_no_month_without_sales():
    """The broken variant: a zero where the vendor was not there, and all who come late seem to grow."""
    series = series_of(listings(("late", 1, "BE", [0, 5, 5, 5, 5]), ("all", 1, "NL", [5] * 5)), NOTHING)
    assert directions(series)[1] == "unclear"
    zeros = np.log(np.nan_to_num(series.amounts) + 0.5)
    broken = vendor_growth.Series(series.entities, series.months, zeros[:, :4], series.amounts, "listings")
    assert np.isnan(series.values[1, 0]) and not np.isnan(broken.values[1, 0])


def test_groups_from_two_hundred_vendors_and_not_below(monkeypatch):
    generator = np.random.Generator(np.random.PCG64(3))
    rows = []
    for number in range(60):
        for place, day in enumerate(DAYS):
            level = 20 - 3 * place if number < 25 else 1 + place
            times = max(1, level + int(generator.integers(-1, 2)))
            rows += [(f"v{number:02d}", "BE" if number < 12 else "NL", {"snapshot_date": day, "times": times})]
    listing = as_read(offer(*rows))
    assert tables(listing)[1].loc["all", "groups"] == 0
    monkeypatch.setattr(vendor_growth, "FEWEST_GROUPED", 60)
    _, summary, numbers, groups, curves = tables(listing)
    k = summary.loc["all", "groups"]
    assert k >= 2 and (numbers["chosen"] == "yes").sum() == 1 and len(numbers) == 6
    assert numbers["bic"].idxmin() == f"groups-{k}"
    # all vendors of the country fall, so none is in the groups of those who rise
    rising = [name for name, rows in curves.groupby("group") if rows["level"].iloc[-1] > rows["level"].iloc[0]]
    assert groups.loc[rising, "vendors_focus"].sum() == 0 and groups["vendors_focus"].sum() == 12
    assert groups.loc[rising, "vendors"].sum() == 35


@pytest.mark.parametrize("case", DEGENERATE)
def test_a_degenerate_offer_gives_valid_tables(case, tmp_path):
    for table in vendor_growth_tables(as_read(DEGENERATE[case]), NOTHING, "BE", "inclusive", 82):
        assert_valid(table, tmp_path)
