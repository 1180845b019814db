"""The offer counted in the database gives the same tables as every listing by itself."""

import pandas as pd
import pytest
from analyse.definition_sensitivity import definition_sensitivity_table
from analyse.destination_policy import destination_tables
from analyse.growth import growth_table
from analyse.market_size import market_size_tables
from analyse.offer_adjusted import offer_adjusted_table
from analyse.origin_countries import origin_countries_tables
from analyse.region_comparison import region_comparison_table
from analyse.specialisation import specialisation_tables
from analyse.specification import specification_table
from analyse.vendor_size import vendor_size_tables
from cryptodrug.errors import InputError
from cryptodrug.populations import drug_listings, drug_offer, offers
from cryptodrug.specifications import FLAGS
from offer_frames import DRAWING, both_days, many, offer
from pandas.testing import assert_frame_equal

OFFER = offer(
    *both_days(
        *many("b", 9, "BE", drug_class="ecstasy", times=3),
        *many("b", 5, "BE|NL", ships_to_policy="domestic", times=2),
        *many("n", 14, "NL", ships_to_policy="europe", drug_class="ecstasy"),
        *many("d", 12, None, times=4),
        ("b03", "NL", {"times": 2}),
    ),
    ("b04", "BE", {"snapshot_date": "2019-02-27", "times": 3, "holding_cap": True}),
).assign(is_drug=True)
OFFER["entity_id"] = OFFER["entity"]
for flag in FLAGS:
    OFFER[flag] = OFFER[flag].eq(True)
COVERAGE = OFFER[["market", "snapshot_date"]].drop_duplicates().rename(columns={"snapshot_date": "snapshot"})
COVERAGE = COVERAGE.assign(coverage=0.95, coverage_low=0.9, coverage_high=0.98, method="two-passes")
ACCOUNTS = OFFER[["market", "vendor", "snapshot_date"]].assign(pgp_fingerprint=None, profile_sketch=None)
FOCUS = ("BE", "inclusive")


@pytest.fixture
def database(tmp_path):
    """The table with rows that are no offer of drugs: neither way counts them."""
    path = tmp_path / "listing.parquet"
    table = OFFER.drop(columns="entity").astype({"is_drug": "boolean"})
    others = [table.assign(is_drug=False), table.assign(is_drug=pd.NA), table.assign(vendor=None)]
    pd.concat([table, *(rows.head(3).astype({"is_drug": "boolean"}) for rows in others)]).to_parquet(path)
    return path


@pytest.mark.parametrize(
    "tables",
    [
        lambda listing: market_size_tables(listing, *FOCUS, **DRAWING),
        lambda listing: [offer_adjusted_table(listing, COVERAGE, *FOCUS, **DRAWING, minimum=0.9)],
        lambda listing: [definition_sensitivity_table(listing, *FOCUS, **DRAWING)],
        lambda listing: specialisation_tables(listing, *FOCUS, **DRAWING),
        lambda listing: origin_countries_tables(listing, "BE", **DRAWING),
        lambda listing: [region_comparison_table(listing, "BE", ["NL"], frozenset({"BE", "NL"}), **DRAWING)],
        lambda listing: destination_tables(listing, *FOCUS, **DRAWING),
        lambda listing: [growth_table(listing, *FOCUS, **DRAWING)],
        lambda listing: [specification_table(listing, ACCOUNTS, COVERAGE, *FOCUS, "key-or-name", 0.9, **DRAWING)],
        lambda listing: vendor_size_tables(listing, *FOCUS, **DRAWING),
    ],
    ids=["size", "adjusted", "definitions", "classes", "origins", "regions", "reach", "growth", "specs", "vendors"],
)
def test_tables_are_the_same(database, tables):
    more = ["vendor", "drug_class", "ships_to_policy", *FLAGS]
    counted, listed = drug_offer(database, more), drug_listings(database, more)
    assert len(counted) < len(listed) == len(OFFER) == offers(counted)
    for one, other in zip(tables(counted), tables(listed), strict=True):
        assert len(one.rows)
        assert_frame_equal(one.rows, other.rows, check_exact=True, check_dtype=False)


def test_part_is_counted(database):
    counted, listed = drug_offer(database), drug_listings(database)
    for origin in ("BE", "BE|NL", "NL"):
        assert offers(counted, counted["ships_from"] == origin) == (listed["ships_from"] == origin).sum() > 0


def test_nothing_filed_under_drugs(tmp_path):
    path = tmp_path / "listing.parquet"
    OFFER.drop(columns="entity").assign(is_drug=False).to_parquet(path)
    with pytest.raises(InputError, match="no listing of any snapshot is filed under drugs"):
        drug_offer(path)
