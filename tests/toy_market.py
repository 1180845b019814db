"""The toy market of typology.md: invented pages whose figures were written as a calculation by hand."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from cryptodrug import populations
from cryptodrug.harmonise.destinations import policy_of, read_destination
from cryptodrug.harmonise.listings import add_prices_per_quantity
from cryptodrug.harmonise.places import read_places
from cryptodrug.holding import add_holding_flags

PROJECT = Path(__file__).resolve().parents[1]
TOY = PROJECT / "tests/data/toy-market"
T1, T2, DAYS, SHOWN = "2019-01-01", "2019-01-30", 29, 3
FOCUS = "BE"


@cache
def expected():
    """The expected figures by name."""
    with (TOY / "toy-market-expected.csv").open(encoding="utf-8", newline="") as stream:
        return {row["figure"]: row for row in csv.DictReader(stream)}


def status_of(origin):
    if pd.isna(origin):
        return "none"
    return "several" if "|" in origin else "country"


def toy_listing(folder):
    """Drug listings of both snapshots as an analysis reads them; `folder` for a file on the way."""
    table = pd.read_csv(TOY / "toy-market-listings.csv")
    table["is_drug"] = table["is_drug"].astype(bool)
    table["ships_from_status"] = table["ships_from"].map(status_of)
    places = read_places(PROJECT / "workflow/judgements/places.csv")
    table["ships_to_policy"] = [
        policy_of(
            read_destination(None if pd.isna(text) else text, places),
            [] if pd.isna(origin) else origin.split("|"),
            FOCUS,
            ["NL", "DE", "FR", "LU"],
        )
        for text, origin in zip(table["ships_to_text"], table["ships_from"], strict=True)
    ]
    table["quantity_units"] = np.nan
    add_prices_per_quantity(table)
    table["series_id"] = table["listing_id"]
    add_holding_flags(table, own=5, by_class=10, cap=10_000)
    path = folder / "listing.parquet"
    table["entity_id"] = table["market"] + ":" + table["vendor"]
    table.to_parquet(path)
    return populations.drug_listings(path, [name for name in table.columns if name not in ("is_drug", "entity_id")])


def toy_feedback():
    return pd.read_csv(TOY / "toy-market-feedback.csv")
