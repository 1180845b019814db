"""Offers of White House Market become comparable: euro beside the euro that the market itself converted to."""

from pathlib import Path

import pandas as pd
import pytest
from cryptodrug.harmonise.snapshot import OBSERVED, harmonise, read_rules
from cryptodrug.reading.schemas import SCHEMAS
from real_data import read_with, shared_data

JUDGEMENTS = sorted(map(str, (Path(__file__).parents[2] / "workflow" / "judgements").glob("*.csv")))
DATE = "2020-09-17"


@pytest.fixture(scope="module")
def read():
    return read_with("white-house", shared_data() / "markets" / "white-house" / DATE)


@pytest.fixture(scope="module")
def made(read):
    frames = {
        name: pd.DataFrame([{column: row.get(column) for column in SCHEMAS[name].names} for row in read[name]])
        for name in OBSERVED
        if read[name]
    }
    frames |= {name: pd.DataFrame(columns=SCHEMAS[name].names) for name in OBSERVED if not read[name]}
    rules = read_rules(JUDGEMENTS, "BE", ["DE", "FR", "LU", "NL"])
    return harmonise(frames, "white-house", DATE, rules).tables


def test_every_price_is_euro_by_the_reference_rate(made):
    listing = made["listing"]
    assert listing["price_eur"].notna().all()
    assert set(listing["eur_rate_source"]) == {"reference", "none"}


def test_euro_of_the_reference_rates_are_those_of_the_market_within_a_per_cent(read, made):
    """The market converts by its own rates, which follow the price of a coin in each currency."""
    shown = {row["native_id"]: float(row["price_text"]) for row in read["price"] if row["price_currency"] == "EUR"}
    listing = made["listing"].assign(
        shown=[shown.get(name.partition(":")[2]) for name in made["listing"]["listing_id"]]
    )
    listing = listing[listing["shown"].notna() & (listing["shown"] > 5)]  # rounded to cents
    assert len(listing) > 400
    assert (listing["price_eur"] / listing["shown"] - 1).abs().max() < 0.01


def test_the_coin_of_the_market_has_rates_of_that_day(made):
    rate = made["rate"]
    coin = rate[rate["base"] == "XMR"].set_index("quote")
    assert sorted(coin.index) == ["AUD", "CAD", "EUR", "GBP", "USD"]
    assert set(coin["source"]) == {"page"} and set(coin["pages"]) == {19}
    dollar = rate[(rate["base"] == "USD") & (rate["source"] == "reference")]["rate"].item()
    assert coin["rate"]["USD"] * dollar == pytest.approx(coin["rate"]["EUR"], rel=0.01)


def test_every_page_is_of_the_day_and_so_is_the_span(made):
    assert set(made["page"]["day"]) == {DATE}


def test_categories_are_read_as_those_of_the_common_tree(made):
    """Not under drugs stays what the market files beside them, and four things that are no drugs: precursors, testing
    kits, equipment and tobacco."""
    listing = made["listing"]
    drugs = listing[listing["is_drug"]]
    assert set(listing["is_drug"].isna()) == {False}
    assert len(drugs) == 444
    assert {"cannabis", "mdma", "cocaine", "heroin", "ghb", "steroids"} <= set(drugs["drug_class"])
    words = ("Stimulants", "Opioids", "Cannabis", "Psychedelics", "Benzos", "Ecstasy", "Dissociatives", "Prescription")
    assert not listing[~listing["is_drug"]]["category_path"].str.startswith(words).any()


def test_origins_are_countries_or_say_why_not(made):
    status = made["listing"]["ships_from_status"].value_counts().to_dict()
    assert set(status) <= {"country", "region", "none", "unparsed"}
    assert status["country"] > 400
    others = made["listing"][made["listing"]["ships_from_status"] == "unparsed"]["ships_from_text"]
    assert set(others) <= {"Digital / Service"}
