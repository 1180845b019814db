"""Every analysis gives a valid table of whatever offer there is: nothing stops, no text is undefined."""

import pandas as pd
import pytest
from analyse.concentration import concentration_tables
from analyse.definition_sensitivity import definition_sensitivity_table
from analyse.destination_policy import destination_tables
from analyse.market_size import market_size_tables
from analyse.origin_countries import origin_countries_tables
from analyse.price_models import price_model_tables, price_sensitivity_table
from analyse.price_per_gram import price_per_gram_table
from analyse.region_comparison import region_comparison_table
from analyse.sales_bands import sales_bands_table
from analyse.specialisation import specialisation_tables
from analyse.vendor_size import vendor_size_tables
from analyse.vendor_survival import vendor_survival_tables
from cryptodrug.errors import InputError
from cryptodrug.populations import drug_listings
from offer_frames import DEGENERATE, DRAWING, LAST, WHOLE, assert_valid, feedback_of

NO_VENDOR = pd.DataFrame({"market": [], "snapshot_date": [], "entity": [], "sales_low": []}, dtype=object)


def banded(listing):
    last = listing[listing["snapshot_date"] == LAST].drop_duplicates("vendor")
    return last[["market", "snapshot_date", "entity"]].assign(sales_low=pd.array([12] * len(last), dtype="Int64"))


def focused(function):
    return lambda listing, definition: function(listing, "BE", definition, **DRAWING)


ANALYSES = {
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
    "price models": lambda listing, definition: price_model_tables(listing, "BE", definition, ["NL"], **DRAWING),
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
