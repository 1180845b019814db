"""Listings of the focus country, adjusted for coverage."""

import numpy as np
import pandas as pd
import pytest
from analyse.offer_adjusted import coverage_draws, offer_adjusted_table
from cryptodrug.gate import judge
from cryptodrug.provenance.records import PROJECT
from cryptodrug.settings.load import load_settings
from cryptodrug.statistics.coverage import chapman
from offer_frames import DRAWING, FIRST, FOCUS, LAST, WHOLE, both_days, many, offer

RULES = load_settings("config.yaml", PROJECT).disclosure


def known(first, last, width=0.05):
    """Coverage of both snapshots; None: not known."""
    rows = []
    for day, coverage in ((FIRST, first), (LAST, last)):
        ends = (None, None) if coverage is None or width == 0 else (coverage - width, min(1.0, coverage + width))
        rows.append(
            {"market": "toy", "snapshot": day, "coverage": coverage, "coverage_low": ends[0], "coverage_high": ends[1],
             "method": "none" if coverage is None else "two-passes"}
        )  # fmt: skip
    return pd.DataFrame(rows).astype({"coverage": float, "coverage_low": float, "coverage_high": float})


def table(listing, coverage, minimum=0.9):
    return offer_adjusted_table(listing, coverage, **FOCUS, **DRAWING, minimum=minimum)


def test_the_number_seen_is_divided_by_the_coverage():
    rows = table(WHOLE, known(0.8, 1.0)).rows.set_index("row")
    assert rows.loc[f"toy-{FIRST}", ["listings", "adjusted"]].tolist() == [28, 28 / 0.8]
    assert rows.loc[f"toy-{LAST}", "adjusted"] == 28
    row = rows.loc[f"toy-{FIRST}"]
    assert row["adjusted_low"] < row["adjusted"] < row["adjusted_high"]


def test_chapmans_number_of_the_toy_market():
    # ten listings, of which a second pass of nine finds eight: 4 of them strictly Belgian
    size = chapman(10, 9, 8).size
    listing = offer(*both_days(*many("b", 4, "BE"), *many("n", 6, "NL")))
    rows = table(listing, known(10 / size, 10 / size)).rows.set_index("row")
    assert rows.loc[f"toy-{FIRST}", "adjusted"] == pytest.approx(4 * (11 * 10 / 9 - 1) / 10)


def test_the_mean_is_over_complete_snapshots_alone():
    assert "toy-mean" not in set(table(WHOLE, known(0.8, 1.0)).rows["row"])
    rows = table(WHOLE, known(0.8, 1.0), minimum=0.7).rows.set_index("row")
    assert rows.loc["toy-mean", "adjusted"] == pytest.approx((28 / 0.8 + 28) / 2)


def test_without_a_coverage_nothing_is_adjusted():
    made = table(WHOLE, known(None, None))
    assert made.rows["adjusted"].isna().all()
    assert list(made.rows["listings"]) == [28, 28]


def test_an_uncertain_coverage_makes_a_wider_interval_and_a_printed_number_none():
    plain, wide = (table(WHOLE, known(0.8, 0.8, width)).rows.iloc[0] for width in (0, 0.15))
    assert wide["adjusted_high"] - wide["adjusted_low"] > plain["adjusted_high"] - plain["adjusted_low"]
    row = known(0.95, 0.95).iloc[0]
    drawn = coverage_draws(row, 4000, 1, 0.95)
    assert drawn.max() <= 1
    assert np.quantile(drawn, 0.025) == pytest.approx(0.9, abs=0.01)


def test_a_month_of_two_vendors_is_hidden_and_so_is_the_mean():
    listing = WHOLE[
        (WHOLE["ships_from"] != "BE") | (WHOLE["snapshot_date"] == LAST) | WHOLE["vendor"].isin(["b00", "b01"])
    ]
    hidden = judge(table(listing.reset_index(drop=True), known(1.0, 1.0)), RULES).hidden
    assert {(f"toy-{FIRST}", "adjusted"), (f"toy-{FIRST}", "listings"), ("toy-mean", "adjusted")} <= hidden
    assert (f"toy-{LAST}", "adjusted") not in hidden
