"""How long accounts last by their age."""

import numpy as np
import pandas as pd
import pytest
from analyse.vendor_age_survival import (
    ages_lived,
    registration_months,
    registration_shown_table,
    vendor_age_survival_table,
)
from cryptodrug.disclosure.primary import primary_cells
from cryptodrug.trajectories import presence
from offer_frames import DEGENERATE, assert_valid, many, offer
from tests_rules import RULES

DAYS = [f"2019-0{month}-15" for month in (1, 2, 3, 4, 5)]
HOW = {"focus": "BE", "definition": "inclusive", "draws": 100, "seed": 3, "level": 0.95}


def in_months(*groups):
    """Drug listings and pages of groups of vendors: (prefix, how many, origin, months such as "1-3", registered)."""
    rows, pages = [], []
    for prefix, number, origin, months, registered in groups:
        first, last = (int(month) for month in months.split("-"))
        for day in DAYS[first - 1 : last]:
            rows += many(prefix, number, origin, snapshot_date=day)
        pages += [("toy", f"toy:{prefix}{place:02d}", registered) for place in range(number)]
    return offer(*rows), pd.DataFrame(pages, columns=["market", "entity", "registered_text"])


# ages at the first and the last sight: a 12-16 and b 12-13 (left), c 14 (left), n 13-17; a and n are there to the last
GROUPS = (
    ("a", 12, "BE", "1-5", "2018-01"), ("b", 6, "BE", "1-2", "2018-01-20"), ("c", 3, "NL", "2-2", "2017-12"),
    ("n", 10, "NL", "1-5", "2017-12"), ("z", 4, "NL", "1-2", None),
)  # fmt: skip


def by_row(table):
    return table.rows.set_index("row")


def test_who_is_first_seen_at_an_age_is_at_risk_from_then_on():
    listing, vendor = in_months(*GROUPS)
    there = presence(listing)
    leaves, stays_on = ages_lived(there, registration_months(vendor))
    assert leaves.sum(axis=0)[11:18].tolist() == [0, 0, 6, 0 + 3, 0, 0, 0]
    # at twelve: a, b; at thirteen: a, n (b leaves); at sixteen: n alone
    assert stays_on.sum(axis=0)[11:18].tolist() == [0, 18, 22, 22, 22, 10, 0]
    assert not (leaves | stays_on)[there.entities.str.startswith("toy:z")].any()


def full_year():
    """Ages of a whole span: thirty vendors of each age from twelve to twenty-three; a tenth of each leave at once."""
    groups = []
    for age in range(12, 24):
        registered = f"{(2019 * 12 - age) // 12}-{(2019 * 12 - age) % 12 + 1:02d}"
        groups += [(f"s{age}x", 9, "NL", "1-2", registered), (f"l{age}x", 1, "NL", "1-1", registered)]
    return in_months(*groups, ("w", 1, "NL", "1-5", "2000-01"))


def test_the_share_that_lasts_a_year_by_hand():
    listing, vendor = full_year()
    last = listing["snapshot_date"] <= DAYS[1]
    row = by_row(vendor_age_survival_table(listing[last], vendor, **HOW)).loc["all-12-24"]
    assert (row["vendors"], row["exits"]) == (120, 12)
    assert row["share"] == pytest.approx(0.9**12)
    assert row["share_low"] < 0.9**12 < row["share_high"]


def test_without_late_entry_it_would_be_another():
    """The broken variant: all are at risk since their registration, also before they were seen."""
    listing, vendor = full_year()
    listing = listing[listing["snapshot_date"] <= DAYS[1]]
    leaves, stays_on = ages_lived(presence(listing), registration_months(vendor))
    lived = np.maximum.accumulate((leaves | stays_on)[:, ::-1], axis=1)[:, ::-1] & ~leaves
    gone, kept = leaves.sum(axis=0)[12:24], lived.sum(axis=0)[12:24]
    assert np.prod(kept / (gone + kept)) > 0.9**12 + 0.2


@pytest.mark.parametrize(("leaving", "printed"), [(4, False), (5, True)])
def test_a_share_needs_five_who_left_and_a_whole_span(leaving, printed):
    listing, vendor = full_year()
    listing = listing[listing["snapshot_date"] <= DAYS[1]]
    leavers = sorted(name for name in set(listing["vendor"]) if name.startswith("l"))[leaving:]
    listing = listing[~listing["vendor"].isin(leavers)]
    row = by_row(vendor_age_survival_table(listing, vendor, **HOW)).loc["all-12-24"]
    assert row["exits"] == leaving and np.isfinite(row["share"]) == printed
    assert np.isfinite(row["share_low"]) == printed
    young = vendor_age_survival_table(*in_months(*GROUPS), **HOW)
    assert by_row(young).loc["all-12-24", "exits"] == 9 and np.isnan(by_row(young).loc["all-12-24", "share"])


def test_few_who_left_from_the_country_are_hidden():
    groups = [("a", 12, "BE", "1-5", "2018-01"), ("b", 2, "BE", "1-2", "2018-01"), ("n", 10, "NL", "1-5", "2017-12")]
    table = vendor_age_survival_table(*in_months(*groups), **HOW)
    hidden = set(primary_cells(table, RULES))
    assert ("focus-12-24", "exits") in hidden and ("focus-12-24", "vendors") not in hidden


def test_a_vendor_of_several_accounts_has_the_age_of_the_first():
    vendor = pd.DataFrame({"entity": ["x", "x", "y", "z"], "registered_text": ["2018-03", "May 02, 2017", "?", None]})
    assert registration_months(vendor).to_dict() == {"x": 2017 * 12 + 5}


def test_who_is_seen_before_it_is_registered_is_not_counted():
    listing, vendor = in_months(("a", 3, "NL", "1-2", "2019-03"))
    assert vendor_age_survival_table(listing, vendor, **HOW).rows.empty


def test_a_market_that_states_no_age_says_so():
    listing, vendor = in_months(*GROUPS)
    rows = by_row(registration_shown_table(listing, vendor))
    assert rows.loc["toy", ["vendors", "known"]].tolist() == [35, 31]
    assert by_row(registration_shown_table(listing, vendor.assign(registered_text=None)))["known"].tolist() == [0]


@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_offers_give_valid_tables(name, tmp_path):
    listing = DEGENERATE[name]
    for text in ("2017-05", None):
        vendor = pd.DataFrame({"market": "toy", "entity": listing["entity"].unique(), "registered_text": text})
        assert_valid(vendor_age_survival_table(listing, vendor, **HOW), tmp_path)
        assert_valid(registration_shown_table(listing, vendor), tmp_path)
    assert_valid(vendor_age_survival_table(listing, vendor.iloc[:0], **HOW), tmp_path)
