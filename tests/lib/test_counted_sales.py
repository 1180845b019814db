"""Sales counted in DuckDB are those that `visible_sales` and `revenue` define."""

import numpy as np
import pandas as pd
import pytest
from cryptodrug.counted_sales import count_sales
from cryptodrug.errors import InputError
from cryptodrug.revenue import TREATMENTS
from cryptodrug.sales import feedback_in
from cryptodrug.visible_sales import days_before, sales_between_snapshots, sales_in_window, with_prices
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

MARKETS = ("one", "two")
DATES = ("2019-01-05", "2019-02-04", "2019-03-06", "2019-03-31")
# around the ends of intervals and windows; the second and third snapshot are as far from each other as the first two
POSTED = (None, "2018-12-01", "2018-12-07", "2018-12-08", *DATES, "2019-02-05", "2019-03-01", "2020-01-01")
FLAGS = ["holding_own_history", "holding_class", "holding_cap"]
KEY = ["market", "snapshot_date", "listing_id"]

LISTED = st.fixed_dictionaries(
    {
        "market": st.sampled_from(MARKETS),
        "snapshot_date": st.sampled_from(DATES),
        "number": st.integers(0, 3),
        "vendor": st.sampled_from(("a", "b", None)),
        "is_drug": st.sampled_from((True, True, True, False, None)),
        "price_eur": st.sampled_from((None, 10.0, 0.1, 33.3, 1000.0)),
        "sales_total": st.sampled_from((None, 0, 1, 3, 8)),
        "holding_own_history": st.booleans(),
        "holding_cap": st.booleans(),
    }
)
SEEN = st.fixed_dictionaries(
    {
        "market": st.sampled_from(MARKETS),
        "snapshot_date": st.sampled_from(DATES),
        "number": st.sampled_from((0, 1, 2, 3, None)),
        "page": st.integers(0, 1),
        "text_key": st.sampled_from(("s", "t", None)),
        "posted_low": st.sampled_from(POSTED),
        "posted_high": st.sampled_from(POSTED),
        "truncated": st.sampled_from((True, True, False, None)),
        "times": st.integers(1, 2),
    }
)


def listings(rows):
    table = pd.DataFrame(rows).drop_duplicates(["market", "snapshot_date", "number"])
    table["listing_id"] = table["market"] + ":" + table["number"].astype(str)
    table["entity_id"] = table["market"] + ":" + table["vendor"]
    table = table.assign(holding_class=False, ships_from=None, ships_from_status="none", drug_class="x", usd_eur=0.9)
    kinds = dict.fromkeys(["is_drug", *FLAGS], "boolean") | {"price_eur": float, "sales_total": "Int64"}
    return table.astype(kinds).sort_values(KEY, ignore_index=True).drop(columns="number")


def feedbacks(rows):
    columns = ["market", "snapshot_date", "page_id", "listing_id", "posted_low", "posted_high", "text_key", "truncated"]
    made = []
    for row in rows:
        number = row["number"]
        row["listing_id"] = None if number is None else f"{row['market']}:{number}"
        row["page_id"] = f"{row['market']}-{row['snapshot_date']}-{number}-{row['page']}"
        made += [row] * row["times"]
    table = pd.DataFrame(made, columns=columns)
    return table.astype(object).where(table.notna(), None).astype({"truncated": "boolean"})


def by_definition(listing, feedback):
    """The table that is counted, by the functions in pandas."""
    offer = listing[listing["is_drug"].fillna(False).astype(bool) & listing["vendor"].notna()].reset_index(drop=True)
    wanted = offer[[*KEY, "entity_id", "ships_from", "ships_from_status", "drug_class", "usd_eur"]]
    sold = sales_between_snapshots(offer, feedback)
    window = sales_in_window(offer, feedback)
    found = wanted.merge(sold[[*KEY, "before", "days", "low", "high", "cut", "fell"]], "left", KEY)
    found = found.merge(window[[*KEY, "low"]].rename(columns={"low": "low_window"}), "left", KEY)
    found["most_window"] = np.nan
    every = offer.assign(before=None)
    for market, rows in offer.groupby("market"):
        dates = sorted(rows["snapshot_date"].unique())
        for place, now in enumerate(dates):
            here = (every["market"] == market) & (every["snapshot_date"] == now)
            every.loc[here, "before"] = dates[place - 1] if place else None
            shown = feedback[(feedback["market"] == market) & (feedback["snapshot_date"] == now)]
            shown = shown[shown["posted_high"].notna()].rename(columns={"posted_high": "posted_date"})
            sales = feedback_in(shown, days_before(now), now)
            if len(sales):
                found.loc[here, "most_window"] = found.loc[here, "listing_id"].map(sales).fillna(0).astype(float)
    for treatment in TREATMENTS:
        found[f"price_{treatment}"] = with_prices(every, offer, treatment)["price"]
    found["price_end"] = with_prices(every.assign(before=None), offer, "replace")["price"]
    return found


def counted(listing, feedback, folder):
    """What is counted from the tables as files; the last rows first, so that none of it hangs on their order."""
    listing.iloc[::-1].to_parquet(folder / "listing.parquet")
    feedback.iloc[::-1].to_parquet(folder / "feedback.parquet")
    count_sales(folder / "listing.parquet", folder / "feedback.parquet", folder / "counted.parquet")
    return pd.read_parquet(folder / "counted.parquet").sort_values(KEY, ignore_index=True)


def plain(table):
    """Missing values alike, flags of rows without an interval too."""
    table = table.astype(object).where(table.notna(), None)
    for flag in ("cut", "fell"):
        table[flag] = table[flag].eq(True) & table["before"].notna()
    return table


def listed(**more):
    return {
        "market": "one", "snapshot_date": DATES[1], "number": 0, "vendor": "a", "is_drug": True, "price_eur": 10.0,
        "sales_total": 3, "holding_own_history": False, "holding_cap": False,
    } | more  # fmt: skip


def shown(**more):
    return {
        "market": "one", "snapshot_date": DATES[1], "number": 0, "page": 0, "text_key": "s", "posted_low": DATES[1],
        "posted_high": DATES[1], "truncated": True, "times": 1,
    } | more  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(LISTED, min_size=1, max_size=24), seen=st.lists(SEEN, max_size=24))
@example([listed()], [shown(times=2)])
@example(  # a holding price with two others equally near
    [
        listed(snapshot_date=date, price_eur=price, holding_cap=date == DATES[1])
        for date, price in zip(DATES[:3], (10.0, 1000.0, 33.3), strict=True)
    ],
    [],
)
@example(  # not seen in the snapshot before
    [
        listed(snapshot_date=date, number=number, price_eur=price, sales_total=number)
        for date, number, price in zip(DATES[:3], (0, 1, 0), (10.0, 1000.0, 33.3), strict=True)
    ],
    [],
)
@example(
    [listed(snapshot_date=date, sales_total=number) for date, number in zip(DATES, (5, None, 3, 4), strict=True)],
    [shown(snapshot_date=DATES[0], posted_high=DATES[0], posted_low=DATES[0])],
)
@example(
    [
        listed(snapshot_date=date, holding_cap=flag)
        for date, flag in zip(DATES, (False, True, True, False), strict=True)
    ],
    [
        shown(page=page, posted_high=posted, posted_low=posted)
        for page, posted in ((0, DATES[1]), (1, DATES[1]), (1, None))
    ],
)
def test_counts_are_those_of_the_definition(tmp_path, rows, seen):
    listing, feedback = listings(rows), feedbacks(seen)
    if not (listing["is_drug"].fillna(False).astype(bool) & listing["vendor"].notna()).any():
        with pytest.raises(InputError, match="no listing of any snapshot is filed under drugs"):
            counted(listing, feedback, tmp_path)
        return
    expected = by_definition(listing, feedback)
    found = counted(listing, feedback, tmp_path)
    assert list(found) == list(expected)
    assert_frame_equal(plain(found), plain(expected), check_dtype=False, check_exact=True)


def test_two_runs_give_the_same_bytes_in_the_order_of_the_listings(tmp_path):
    days = [listed(snapshot_date=date, number=number) for date in DATES for number in (2, 0, 1)]
    listing, feedback = listings(days), feedbacks([shown(number=number) for number in (1, 0, 2)])
    made = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        counted(listing, feedback, folder)
        made.append((folder / "counted.parquet").read_bytes())
    assert made[0] == made[1]
    listing.to_parquet(tmp_path / "listing.parquet")
    feedback.to_parquet(tmp_path / "feedback.parquet")
    count_sales(tmp_path / "listing.parquet", tmp_path / "feedback.parquet", tmp_path / "counted.parquet")
    assert_frame_equal(pd.read_parquet(tmp_path / "counted.parquet")[KEY], listing[KEY])
