"""Thirty replicates: what is true is found; an estimator that is broken on purpose is found out."""

import numpy as np
import pandas as pd
import pytest
from cryptodrug import offer, populations, priced, visible_sales
from cryptodrug.recovery import unprinted
from cryptodrug.recovery.check import MET, faults
from cryptodrug.recovery.estimators import Drawing, analysis, estimate_all
from cryptodrug.recovery.score import RECORD
from cryptodrug.recovery.truth import truths
from cryptodrug.statistics.coverage import Population, Seen

HOW = Drawing(draws=200)
MAIN = (
    "key-figures.mean.share_listings",
    "key-figures.mean.share_vendors",
    "growth-models.listings.ratio",
    "specialisation.steroids.ratio",
    "destination-summary.all.share_abroad",
    "vendor-size-summary.all.superiority",
    "sales-summary.low.ratio",
    "revenue-summary.low.share",
    "price-models.cocaine-gram.slope",
    "price-summary.all.ratio_rest",
    "price-summary.all.ratio_neighbours",
)


def records(thirty, parameters, *analyses, bounds=False):
    """Estimates of these analyses in all replicates, each with its truth; of those of the report the main ones."""
    known, rows = {name: one.value for name, one in parameters.items()}, []
    for number, study in thirty:
        held = truths(estimate_all(study, "BE", "inclusive", HOW, analyses), study, known) if analyses else []
        held = [pair for pair in held if pair[0].id in MAIN or pair[0].table in MET]
        held += list(unprinted.sales(study)) if bounds else []
        held += list(unprinted.shuffled_lists(study, 250, HOW.level)) if "list_pages" in analyses else []
        rows += [
            ("short", 250, number, one.table, one.row, one.column, one.value, one.low, one.high,
             (one.method or "").endswith("-approximate"), true,
             parameters[one.id].error if one.id in parameters else 0.0)
            for one, true in held if not one.column.startswith("upper")
        ]  # fmt: skip
    return pd.DataFrame(rows, columns=RECORD)


def test_thirty_replicates_find_what_is_true(thirty, parameters):
    analyses = (
        "snapshot_coverage",
        "list_pages",
        "market_size",
        "growth",
        "specialisation",
        "destination_policy",
        "vendor_size",
        "sales_bounds",
        "revenue_bounds",
        "price_models",
    )
    found = records(thirty, parameters, *analyses, bounds=True)
    assert set(MAIN) <= set(found["table"] + "." + found["row"] + "." + found["column"])
    assert faults(found) == []


def test_coverage_that_is_not_corrected_is_found_out(thirty, parameters, monkeypatch):
    monkeypatch.setattr(analysis("snapshot_coverage"), "chapman", lambda first, second, both: Population(first, 0.0))
    (fault,) = faults(records(thirty, parameters, "snapshot_coverage"))
    assert fault.startswith("snapshot-coverage.coverage: biased by 0.0")


def test_a_list_whose_unseen_part_is_not_estimated_is_found_out(thirty, parameters, monkeypatch):
    monkeypatch.setattr(analysis("list_pages"), "good_turing", lambda times, pages, level: Seen(1.0, 0.9, 1.0))
    (fault,) = faults(records(thirty, parameters, "list_pages"))
    assert fault.startswith("list-pages.good_turing: biased by 0.")


def test_feedback_counted_twice_is_found_out(thirty, parameters, monkeypatch):
    once = visible_sales.feedback_in
    monkeypatch.setattr(visible_sales, "feedback_in", lambda *arguments: 2 * once(*arguments))
    found = faults(records(thirty, parameters, bounds=True))
    assert any(fault.startswith("sales.cardboard.lower: above the truth") for fault in found)
    assert any(fault.startswith("revenue.cardboard.lower: above the truth") for fault in found)


def test_holding_prices_that_are_kept_are_found_out(thirty, parameters, monkeypatch):
    treated = visible_sales.interval_prices
    monkeypatch.setattr(visible_sales, "interval_prices", lambda *arguments: treated(*arguments[:-1], "none"))
    found = faults(records(thirty, parameters, bounds=True))
    assert any(fault.startswith("revenue.cardboard.lower: above the truth") for fault in found)


def test_a_destination_read_as_origin_is_found_out(thirty, parameters, monkeypatch):
    sent = populations.inclusive
    monkeypatch.setattr(
        populations, "inclusive", lambda listing, focus: sent(listing.assign(ships_from=listing["ships_to"]), focus)
    )
    found = faults(records(thirty, parameters, "market_size"))
    assert [fault for fault in found if "share_listings: biased" in fault]
    assert [fault for fault in found if "share_vendors: biased" in fault]


def test_listings_drawn_instead_of_vendors_are_found_out(thirty, parameters, monkeypatch):
    counts, markets = offer.counts_by_vendor, offer.markets_of

    def alone(listing):
        return listing.assign(entity=listing["listing_id"])

    monkeypatch.setattr(offer, "counts_by_vendor", lambda listing, *more: counts(alone(listing), *more))
    monkeypatch.setattr(offer, "markets_of", lambda listing, entities: markets(alone(listing), entities))
    found = faults(records(thirty, parameters, "market_size"))
    # the estimates are the same: only their intervals are far too narrow
    assert not [fault for fault in found if "biased" in fault]
    assert [fault for fault in found if "mean.share_listings:" in fault and "intervals hold the true value" in fault]


@pytest.mark.parametrize("broken", ["value", "high"])
def test_the_check_itself_needs_no_analysis_to_fail(broken):
    sound = pd.DataFrame(
        [("short", 0, n, "t", "r", "share", 0.5 + (n % 5 - 2) / 100, 0.4, 0.6, False, 0.5, 0.0) for n in range(30)],
        columns=RECORD,
    )
    assert faults(sound) == []
    moved = sound.assign(value=sound["value"] + 0.1) if broken == "value" else sound.assign(low=0.1, high=0.2)
    assert len(faults(moved)) == 1


def test_price_and_quantity_confused_are_found_out(thirty, parameters, monkeypatch):
    right = priced.moments
    monkeypatch.setattr(priced, "moments", lambda quantity, price, origin: right(price, quantity, origin))
    found = faults(records(thirty, parameters, "price_models"))
    assert any(fault.startswith("price-models.cocaine-gram.slope: biased by 0.0") for fault in found)


def test_quantities_of_the_country_read_too_large_are_found_out(thirty, parameters, monkeypatch):
    right = priced.moments
    monkeypatch.setattr(
        priced, "moments", lambda quantity, price, origin: right(np.where(origin, 1.2, 1) * quantity, price, origin)
    )
    found = faults(records(thirty, parameters, "price_models"))
    assert any(fault.startswith("price-summary.all.ratio_rest: biased by -0.") for fault in found)
