"""Every analysis gives a valid table of whatever offer there is: nothing stops, no text is undefined."""

import pandas as pd
import pytest
from analyse.concentration import concentration_tables
from analyse.definition_sensitivity import definition_sensitivity_table
from analyse.destination_policy import destination_tables
from analyse.market_size import market_size_tables
from analyse.offer_adjusted import offer_adjusted_table
from analyse.origin_countries import origin_countries_tables
from analyse.price_models import price_model_tables, price_sensitivity_table
from analyse.price_per_gram import price_per_gram_table
from analyse.region_comparison import region_comparison_table
from analyse.revenue_bounds import revenue_bounds_table, revenue_by_class_table, revenue_summary_table
from analyse.sales_bands import sales_bands_table
from analyse.sales_bounds import feedback_scores_table, sales_bounds_tables
from analyse.specialisation import specialisation_tables
from analyse.vendor_size import vendor_size_tables
from analyse.vendor_survival import vendor_survival_tables
from analyse.wholesale_share import quantity_bands_tables, wholesale_share_table
from cryptodrug.errors import InputError
from cryptodrug.populations import drug_listings
from offer_frames import DEGENERATE, DRAWING, LAST, WHOLE, assert_valid, feedback_of

NO_VENDOR = pd.DataFrame({"market": [], "snapshot_date": [], "entity": [], "sales_low": []}, dtype=object)


def banded(listing):
    last = listing[listing["snapshot_date"] == LAST].drop_duplicates("vendor")
    return last[["market", "snapshot_date", "entity"]].assign(sales_low=pd.array([12] * len(last), dtype="Int64"))


def focused(function):
    return lambda listing, definition: function(listing, "BE", definition, **DRAWING)


def sold(feedback, counters=False):
    """All tables about visible sales; `feedback`: of the listings."""

    def made(listing, definition):
        listing = listing.assign(sales_total=pd.array([7 if counters else None] * len(listing), dtype="Int64"))
        listing = listing.assign(usd_eur=0.8, quantity_units=None)
        given = (listing, feedback(listing), "BE", definition)
        return [
            *sales_bounds_tables(*given, **DRAWING),
            feedback_scores_table(*given, **DRAWING),
            revenue_bounds_table(*given, **DRAWING),
            revenue_summary_table(*given, **DRAWING),
            revenue_by_class_table(*given, **DRAWING, smallest=3, largest_two=0.85),
            wholesale_share_table(*given, **DRAWING),
            *quantity_bands_tables(listing, "BE", definition, **DRAWING),
        ]

    return made


def adjusted(listing, definition):
    """The offer adjusted for a coverage that is known of the last snapshot alone."""
    coverage = listing[["market", "snapshot_date"]].drop_duplicates().rename(columns={"snapshot_date": "snapshot"})
    last = coverage["snapshot"] == LAST
    ends = {"coverage": 0.95, "coverage_low": 0.9, "coverage_high": 0.99}
    coverage = coverage.assign(**{name: last.map({True: value, False: None}) for name, value in ends.items()})
    coverage = coverage.assign(method=last.map({True: "two-passes", False: "none"}))
    return [offer_adjusted_table(listing, coverage, "BE", definition, **DRAWING, minimum=0.9)]


ANALYSES = {
    "adjusted offer": adjusted,
    "visible sales": sold(lambda listing: feedback_of(listing, 3)),
    "visible sales and counters": sold(lambda listing: feedback_of(listing, 3), counters=True),
    "counters alone": sold(lambda listing: feedback_of(listing).iloc[:0], counters=True),
    "nothing sold is seen": sold(lambda listing: feedback_of(listing).iloc[:0]),
    "sales without dates": sold(lambda listing: feedback_of(listing, posted=None)),
    "sales too old": sold(lambda listing: feedback_of(listing, posted="2018-06-01")),
    "market size": focused(market_size_tables),
    "regions": lambda listing, definition: [
        region_comparison_table(listing, "BE", ["NL"], frozenset(["DE"]), **DRAWING)
    ],
    "definitions": lambda listing, definition: [definition_sensitivity_table(listing, "BE", definition, **DRAWING)],
    "origins": lambda listing, definition: origin_countries_tables(listing, "BE", **DRAWING),
    "classes": focused(specialisation_tables),
    "destinations": focused(destination_tables),
    "vendor size": focused(vendor_size_tables),
    "survival": focused(vendor_survival_tables),
    "prices": lambda listing, definition: [price_per_gram_table(listing, "BE", definition, 0.95)],
    "price models": lambda listing, definition: price_model_tables(listing, "BE", definition, ["NL"], 0.95),
    "treatments": lambda listing, definition: [
        price_sensitivity_table(listing, "BE", definition, ["NL"], {"cannabis-gram", "mdma-gram", "ecstasy-gram"})
    ],
    "bands": lambda listing, definition: [sales_bands_table(listing, banded(listing), "BE", definition)],
    "no bands": lambda listing, definition: [sales_bands_table(listing, NO_VENDOR, "BE", definition)],
    "sales": lambda listing, definition: concentration_tables(listing, feedback_of(listing, 2), "BE", definition, 0.95),
    "no feedback": lambda listing, definition: concentration_tables(
        listing, feedback_of(listing).iloc[:0], "BE", definition, 0.95
    ),
    "feedback without dates": lambda listing, definition: concentration_tables(
        listing, feedback_of(listing, posted=None), "BE", definition, 0.95
    ),
    "feedback too old": lambda listing, definition: concentration_tables(
        listing, feedback_of(listing, posted="2018-06-01"), "BE", definition, 0.95
    ),
}


@pytest.mark.parametrize("definition", ["strict", "inclusive", "ever"])
@pytest.mark.parametrize("case", DEGENERATE)
@pytest.mark.parametrize("analysis", ANALYSES)
def test_a_degenerate_offer_gives_a_valid_table(analysis, case, definition, tmp_path):
    for table in ANALYSES[analysis](DEGENERATE[case], definition):
        assert_valid(table, tmp_path)


@pytest.mark.parametrize("analysis", ANALYSES)
def test_the_same_seed_gives_the_same_table(analysis):
    for one, two in zip(ANALYSES[analysis](WHOLE, "inclusive"), ANALYSES[analysis](WHOLE, "inclusive"), strict=True):
        pd.testing.assert_frame_equal(one.rows, two.rows)


def test_a_study_without_drug_listings_stops_and_says_where_to_look(tmp_path):
    path = tmp_path / "listing.parquet"
    WHOLE.assign(is_drug=False).rename(columns={"entity": "entity_id"}).to_parquet(path)
    with pytest.raises(InputError, match=r"filed under drugs") as error:
        drug_listings(path)
    assert str(path) in str(error.value)
    assert "drug_classes.csv" in str(error.value)
