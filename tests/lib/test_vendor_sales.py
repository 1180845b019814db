"""Sales that were counted and added up by vendor give the same tables as every listing by itself."""

import numpy as np
import pandas as pd
import pytest
from analyse.concentration import concentration_tables, counted_of_markets
from analyse.revenue_bounds import revenue_bounds_table, revenue_by_class_table, revenue_summary_table
from analyse.revenue_by_band import commission_table, revenue_by_band_table
from analyse.revenue_sensitivity import counted_variants, revenue_sensitivity_table
from analyse.sales_bounds import counted_scores, feedback_scores_table, sales_bounds_tables
from analyse.vendor_growth import vendor_growth_tables
from analyse.vendor_types import typed, vendor_type_tables
from analyse.wholesale_share import (
    counted_large_sales,
    counted_sizes,
    quantity_bands_tables,
    wholesale_rank_table,
    wholesale_share_table,
)
from cryptodrug.commissions import Commission
from cryptodrug.counted_sales import count_sales
from cryptodrug.populations import drug_listings
from cryptodrug.vendor_features import counted_listings, counted_prices
from cryptodrug.vendor_sales import of_intervals, of_windows, vendor_sales
from cryptodrug.worth import known_only
from offer_frames import DRAWING
from pandas.testing import assert_frame_equal

FOCUS = ("BE", "inclusive")
NOBODY = pd.DataFrame({"entity": [], "registered_text": [], "pgp_fingerprint": []}, dtype=object)
DAYS = ("2019-01-05", "2019-02-04", "2019-03-06", "2019-04-05", "2019-05-05", "2019-06-04")
RATES = {"one": Commission("one", 0.04, 0.05, "read")}


def drawn_market(market, seed, vendors=45, shows=True, counters=True):
    """Listings of some dozens of vendors over six snapshots with everything that can be missing, and their feedback."""
    generator = np.random.Generator(np.random.PCG64(seed))
    rows, feedback = [], []
    for number in range(vendors * 5):
        vendor = number % vendors
        origin = (None, "BE", "NL", "BE|NL", "DE")[vendor % 5]
        price, counter = float(generator.choice([20.0, 45.5, 900.0, 2000.0])), int(generator.integers(0, 9))
        for place, day in enumerate(DAYS):
            if generator.random() < 0.15:
                continue
            counter += int(generator.integers(-1, 6))
            held = generator.random() < 0.08
            grams = None if generator.random() < 0.2 else float(generator.choice([1, 10, 60, 250]))
            rows.append(
                {
                    "listing_id": f"{market}:{number}", "market": market, "snapshot_date": day, "vendor": f"v{vendor}",
                    "entity_id": f"{market}:v{vendor}", "series_id": f"{market}:{number}", "is_drug": number % 11 > 0,
                    "ships_to_policy": ("domestic", "europe", "not-stated")[vendor % 3],
                    "drug_class": ("cannabis", "mdma", None)[number % 3], "ships_from": origin, "usd_eur": 0.9,
                    "ships_from_status": "none" if origin is None else "several" if "|" in origin else "country",
                    "price_eur": None if generator.random() < 0.05 else price * (40 if held else 1) + place,
                    "quantity_g": grams, "quantity_units": 5.0 if grams is None else None, "holding_class": False,
                    "sales_total": max(counter, 0) if counters else None, "holding_own_history": held,
                    "holding_cap": generator.random() < 0.02,
                }
            )  # fmt: skip
            for text in range(int(generator.integers(0, 4)) if shows else 0):
                posted = pd.Timestamp(day) - pd.Timedelta(days=int(generator.integers(0, 50)))
                row = {
                    "market": market, "snapshot_date": day, "listing_id": f"{market}:{number}",
                    "page_id": f"{number}-{place}", "text_key": f"t{text}", "posted_low": posted.date().isoformat(),
                    "posted_high": posted.date().isoformat(), "score": float(generator.choice([1.0, 0.5, 0.0])),
                    "truncated": number % 4 == 0,
                }  # fmt: skip
                feedback += [row, row | {"page_id": f"{number}-{place}-again"}] if text == 1 else [row]
    return pd.DataFrame(rows), pd.DataFrame(feedback, columns=list(row) if shows else None)


@pytest.fixture(scope="module", params=["three markets", "no counters", "no feedback"])
def study(request, tmp_path_factory):
    """Paths of listings, feedback and counted sales, and the first two as analyses read them."""
    folder = tmp_path_factory.mktemp("counted")
    parts = [drawn_market("one", 1, counters=request.param != "no counters")]
    parts += [drawn_market("two", 2, vendors=12, counters=False), drawn_market("three", 3, vendors=9, shows=False)]
    listing, feedback = (pd.concat(tables, ignore_index=True) for tables in zip(*parts, strict=True))
    flags = ["is_drug", "holding_own_history", "holding_class", "holding_cap"]
    listing = listing.astype(dict.fromkeys(flags, "boolean") | {"sales_total": "Int64", "quantity_units": float})
    listing = listing.assign(price_eur_per_g=listing["price_eur"] / listing["quantity_g"])
    listing = listing.sort_values(["market", "snapshot_date", "listing_id"])
    feedback = feedback.astype({"truncated": "boolean"})
    if request.param == "no feedback":
        feedback = feedback.iloc[:0]
    paths = [str(folder / f"{name}.parquet") for name in ("listing", "feedback", "counted")]
    listing.to_parquet(paths[0])
    feedback.to_parquet(paths[1])
    count_sales(*paths)
    return paths, drug_listings(paths[0], [*listing.columns]), feedback


def drawn(table):
    return (None, *FOCUS, *DRAWING.values(), table)


CASES = {
    "bounds": (
        lambda listing, feedback: sales_bounds_tables(listing, feedback, *FOCUS, **DRAWING),
        lambda paths, rows: sales_bounds_tables(rows, None, *FOCUS, **DRAWING, sold=of_intervals(rows)),
    ),
    "scores": (
        lambda listing, feedback: [feedback_scores_table(listing, feedback, *FOCUS, **DRAWING)],
        lambda paths, rows: [
            feedback_scores_table(rows, None, *FOCUS, **DRAWING, scores=counted_scores(paths[2], paths[1]))
        ],
    ),
    "revenue": (
        lambda listing, feedback: [
            revenue_bounds_table(listing, feedback, *FOCUS, **DRAWING),
            revenue_summary_table(listing, feedback, *FOCUS, **DRAWING),
            revenue_by_class_table(listing, feedback, *FOCUS, **DRAWING, smallest=3, largest_two=0.85),
        ],
        lambda paths, rows: [
            revenue_bounds_table(*(rows, *drawn(known_only(of_intervals(rows)))), of_windows(rows)),
            revenue_summary_table(*(rows, *drawn(known_only(of_intervals(rows))))),
            revenue_by_class_table(
                rows, None, *FOCUS, **DRAWING, smallest=3, largest_two=0.85, sold=known_only(of_intervals(rows))
            ),
        ],
    ),
    "bands": (
        lambda listing, feedback: [
            revenue_by_band_table(listing, feedback, *FOCUS, 3, 0.85),
            commission_table(listing, feedback, RATES),
        ],
        lambda paths, rows: [
            revenue_by_band_table(rows, None, *FOCUS, 3, 0.85, known_only(of_intervals(rows))),
            commission_table(rows, None, RATES, known_only(of_intervals(rows))),
        ],
    ),
    "sensitivity": (
        lambda listing, feedback: [revenue_sensitivity_table(listing, feedback, *FOCUS, 3, 0.85)],
        lambda paths, rows: [
            revenue_sensitivity_table(None, None, *FOCUS, 3, 0.85, counted_variants(paths[0], paths[2]))
        ],
    ),
    "wholesale": (
        lambda listing, feedback: [
            wholesale_share_table(listing, feedback, *FOCUS, **DRAWING),
            *quantity_bands_tables(listing, *FOCUS, **DRAWING),
            wholesale_rank_table(listing, "BE", **DRAWING),
        ],
        lambda paths, rows: [
            wholesale_share_table(None, None, *FOCUS, **DRAWING, large=counted_large_sales(paths[2])),
            *quantity_bands_tables(counted_sizes(paths[0]), *FOCUS, **DRAWING),
            wholesale_rank_table(counted_sizes(paths[0]), "BE", **DRAWING),
        ],
    ),
    "concentration": (
        lambda listing, feedback: concentration_tables(listing, feedback, *FOCUS, 0.95),
        lambda paths, rows: concentration_tables(rows, None, *FOCUS, 0.95, counted_of_markets(paths[2])),
    ),
    "types": (
        lambda listing, feedback: vendor_type_tables(listing, typed(listing, feedback, NOBODY, 82), *FOCUS, 82),
        lambda paths, rows: vendor_type_tables(
            rows,
            typed(
                counted_listings(paths[0]),
                None,
                NOBODY,
                82,
                of_intervals(vendor_sales(paths[2])),
                counted_prices(paths[0]),
            ),
            *FOCUS,
            82,
        ),
    ),
    "growth": (
        lambda listing, feedback: vendor_growth_tables(listing, feedback, *FOCUS, 82),
        lambda paths, rows: vendor_growth_tables(rows, None, *FOCUS, 82, of_intervals(rows)),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_tables_are_the_same(study, case):
    paths, listing, feedback = study
    rows = vendor_sales(paths[2], {"cut": "cut", "drug_class": "drug_class"})
    assert len(rows) < len(listing) == rows["listings"].sum()
    listed, counted = CASES[case]
    for one, other in zip(counted(paths, rows), listed(listing, feedback), strict=True):
        assert one.notes == other.notes
        assert one.row_sums == other.row_sums
        assert_frame_equal(one.rows, other.rows, check_exact=True, check_dtype=False)
