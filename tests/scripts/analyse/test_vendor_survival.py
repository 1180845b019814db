"""How long vendors stay: the tables of the analysis."""

import numpy as np
import pytest
from analyse.vendor_survival import vendor_survival_tables
from cryptodrug.disclosure.primary import primary_cells
from cryptodrug.statistics.intervals import wilson
from offer_frames import many, offer
from tests_rules import RULES

DAYS = [f"2019-0{month}-15" for month in (1, 2, 3, 4, 5)]
HOW = {"draws": 200, "seed": 3, "level": 0.95}


def in_months(*groups):
    """Drug listings of groups of vendors: (prefix, how many, origin, months such as "1-3")."""
    rows = []
    for prefix, number, origin, months in groups:
        first, last = (int(month) for month in months.split("-"))
        for day in DAYS[first - 1 : last]:
            rows += many(prefix, number, origin, snapshot_date=day)
    return offer(*rows)


LISTING = in_months(
    ("a", 9, "BE", "1-5"), ("b", 3, "BE", "1-2"), ("c", 8, "BE", "2-5"), ("d", 6, "BE", "2-2"), ("e", 3, "BE", "2-3"),
    ("n", 20, "NL", "1-5"), ("o", 10, "NL", "1-3"), ("p", 15, "NL", "2-5"), ("q", 5, "NL", "2-3"),
)  # fmt: skip


def tables(listing=LISTING, definition="inclusive"):
    return [table.rows.set_index("row") for table in vendor_survival_tables(listing, "BE", definition, **HOW)]


def test_the_cohort_of_the_first_month_by_hand():
    cohort, _, summary = tables()
    assert cohort["followed"].tolist() == [42] * 4
    assert cohort["still"].tolist() == [42, 39, 29, 29]
    assert cohort["still_focus"].tolist() == [12, 9, 9, 9]
    assert tuple(cohort.loc["after-2", ["share_focus_low", "share_focus_high"]]) == wilson(9, 12, 0.95)
    numbers = ["cohort", "stayed", "entrants", "exits"]
    assert summary.loc["all", numbers].tolist() == [42, 29, 37, 14]
    assert summary.loc["all", [f"{name}_focus" for name in numbers]].tolist() == [12, 9, 17, 9]


def test_the_curves_by_hand():
    _, curve, summary = tables()
    # of 17 from the country 6 are not seen again, then 3 of 11
    assert curve.loc[["focus-1", "focus-2", "focus-3"], "share"].tolist() == pytest.approx([11 / 17, 8 / 17, 8 / 17])
    assert curve.loc[["all-1", "all-2"], "share"].tolist() == pytest.approx([31 / 37, 23 / 37])
    assert summary.loc["all", "difference"] == pytest.approx(8 / 17 - 15 / 20)
    low, high = summary.loc["all", ["difference_low", "difference_high"]]
    assert low < 8 / 17 - 15 / 20 < high


def test_all_who_are_there_in_a_month_are_at_risk_whenever_they_came():
    _, _, summary = tables()
    # leave and stay, from the country and others; January: none; February: 9 of 29, 0 of 50; March: 3 of 20, 15 of 50
    months = [(0, 12, 0, 30), (9, 20, 0, 50), (3, 17, 15, 35), (0, 17, 0, 35)]
    above = sum(a * d / (a + b + c + d) for a, b, c, d in months)
    below = sum(b * c / (a + b + c + d) for a, b, c, d in months)
    assert summary.loc["all", "ratio"] == pytest.approx(above / below)


def test_a_vendor_belongs_to_the_country_of_its_first_month():
    """The broken variant: an origin declared later counts too, and who stays longer has more time to declare it."""
    mover = offer(*[("m", origin, {"snapshot_date": day}) for origin, day in zip(["NL", "BE"], DAYS[:2], strict=True)])
    _, _, summary = tables(in_months(("a", 3, "NL", "1-3")))
    assert summary.loc["all", "cohort_focus"] == 0
    _, _, summary = tables(mover)
    assert summary.loc["all", ["cohort", "cohort_focus"]].tolist() == [1, 0]


@pytest.mark.parametrize(("leaving", "printed"), [(4, False), (5, True)])
def test_a_curve_needs_five_who_left(leaving, printed):
    _, curve, _ = tables(in_months(("a", 5, "NL", "1-3"), ("b", 12, "NL", "2-3"), ("c", leaving, "NL", "2-2")))
    assert (len(curve) > 0) == printed


@pytest.mark.parametrize(("coming", "printed"), [(9, False), (10, True)])
def test_a_curve_needs_ten_who_came(coming, printed):
    _, curve, _ = tables(in_months(("a", 5, "NL", "1-3"), ("b", coming - 6, "NL", "2-3"), ("c", 6, "NL", "2-2")))
    assert (len(curve) > 0) == printed


def test_the_closing_of_a_market_is_no_exit():
    other = in_months(("z", 12, "BE", "1-2"), ("y", 12, "BE", "2-2")).assign(market="closed")
    other["entity"] = "closed:" + other["vendor"]
    _, _, before = tables()
    cohort, _, after = tables(LISTING._append(other, ignore_index=True))
    assert after.loc["all", "exits"] == before.loc["all", "exits"]
    assert cohort["followed"].tolist() == [54, 42, 42, 42]


def test_a_step_of_one_vendor_of_the_country_is_not_shown():
    listing = in_months(("a", 12, "BE", "2-5"), ("d", 6, "BE", "2-2"), ("e", 1, "BE", "2-3"), ("n", 9, "NL", "1-5"))
    _, curve, _ = vendor_survival_tables(listing, "BE", "inclusive", **HOW)
    hidden = {row for row, column in primary_cells(curve, RULES) if column == "share"}
    assert hidden == {"focus-1", "focus-2", "focus-3"}
    cohort, _, _ = vendor_survival_tables(
        in_months(("a", 12, "BE", "1-2"), ("b", 1, "BE", "1-1")), "BE", "strict", **HOW
    )
    assert {("after-1", "still_focus"), ("after-1", "share_focus")} == primary_cells(cohort, RULES)


def test_a_single_month_has_neither_cohort_nor_curve():
    cohort, curve, summary = tables(in_months(("a", 12, "BE", "1-1")))
    assert len(cohort) == len(curve) == 0
    assert summary.loc["all", ["cohort", "stayed", "entrants"]].tolist() == [12, 12, 0]
    assert np.isnan(summary.loc["all", "ratio"])
