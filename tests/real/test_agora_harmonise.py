"""Harmonised Agora against counts that others made, comparison by comparison.

Counts in `expected/`: for the five later dates from the tables of a course project, for 6 April 2014 from the pages.
None of them was made with code of this project.
"""

import json
from pathlib import Path

import pandas as pd
import pytest
from cryptodrug.database.join import HARMONISED
from cryptodrug.files import sha256_of
from cryptodrug.harmonise.snapshot import OBSERVED
from cryptodrug.plan import OBSERVED_TABLES
from database.build_database import build_database
from harmonise.harmonise_snapshot import harmonise_snapshot
from observe.observe_archive import observe_archive
from real_data import agora_folder

WORKFLOW = Path(__file__).parents[2] / "workflow"
JUDGEMENTS = sorted(map(str, (WORKFLOW / "judgements").glob("*.csv")))
FIRST = "2014-04-06"
DUMPS = ("2014-08-27", "2014-09-22", "2014-10-31", "2014-11-18", "2014-12-15")


def files_of(date):
    """Files of a snapshot: name, kind, market file."""
    if date == FIRST:
        return [(f"{date}.tar.gz", "pages", "agora")]
    tables = [
        (f"{name}-{date}.csv.gz", kind, "agora-dump") for name, kind in (("listings", "dump"), ("vendors", "vendors"))
    ]
    return [*tables, (f"index-{date}.html", "front", "agora")]


def observe(date, folder):
    """Observed tables of all files of a snapshot, as the harmonising step takes them."""
    paths = {table: [] for table in OBSERVED}
    for number, (name, kind, adapter) in enumerate(files_of(date)):
        into = folder / str(number)
        into.mkdir(parents=True)
        source = agora_folder() / name
        made = {table: str(into / f"{table}.parquet") for table in OBSERVED_TABLES}
        market_file = WORKFLOW / "markets" / f"{adapter}.yaml"
        observe_archive(str(source), str(market_file), "agora", date, sha256_of(source), kind, **made)
        for table in OBSERVED:
            paths[table].append(made[table])
    return paths


def harmonise(date, folder):
    made = {f"snapshot_{table}": str(folder / f"{table}.parquet") for table in HARMONISED}
    harmonise_snapshot(
        **observe(date, folder),
        rates=[str(agora_folder() / "btc-usd.csv")],
        corrections=[],
        judgements=JUDGEMENTS,
        market="agora",
        snapshot_date=date,
        focus_country="BE",
        neighbours=["DE", "FR", "LU", "NL"],
        widest_gap=7,
        feedback_maximum=20,
        shown={field: ["list", "listing", "vendor"] for field in ("ships_from_text", "ships_to_text")},
        snapshots=[],
        **made,
        quality=str(folder / "quality.json"),
    )
    return made | {"snapshot_quality": str(folder / "quality.json")}


@pytest.fixture(scope="session")
def database(tmp_path_factory):
    """The tables of the database over all six snapshots."""
    folder = tmp_path_factory.mktemp("agora-harmonised")
    made = [harmonise(date, folder / date) for date in (FIRST, *DUMPS)]
    names = ("snapshot", "page", "listing", "listing_page", "listing_series", "vendor", "vendor_entity")
    names += ("feedback", "rate", "price", "shipping", "reference", "score")
    paths = {name: str(folder / f"{name}.parquet") for name in names}
    build_database(
        **{name: [snapshot[name] for snapshot in made] for name in made[0]},
        holding_own=5,
        holding_by_class=10,
        holding_cap=10_000,
        link_by="account",
        title_similarity=70,
        snapshot_gap=1,
        **paths,
        quality=str(folder / "quality.json"),
        study="agora-2014",
    )
    return {name: pd.read_parquet(path) for name, path in paths.items()}


def expected(name):
    return json.loads((agora_folder() / "expected" / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def counts():
    return expected("csv-figures.json")["dates"]


@pytest.fixture(scope="session")
def pages():
    return expected(f"html-{FIRST}.json")


def listings(database, date):
    listing = database["listing"]
    return listing[listing["snapshot_date"] == date]


def drugs(database, date):
    listing = listings(database, date)
    return listing[listing["is_drug"].fillna(False)]


def belgian(database, date, strict=False):
    origin = drugs(database, date)["ships_from"].fillna("")
    return drugs(database, date)[origin.eq("BE") if strict else origin.str.split("|").map(lambda codes: "BE" in codes)]


@pytest.mark.parametrize("date", DUMPS)
def test_listings_of_all_kinds(database, counts, date):
    assert len(listings(database, date)) == counts[date]["unique_vendor_title"]


@pytest.mark.parametrize("date", DUMPS)
def test_drug_listings(database, counts, date):
    assert len(drugs(database, date)) == counts[date]["drugs"]["unique_vendor_title"]


@pytest.mark.parametrize("date", DUMPS)
def test_drug_vendors(database, counts, date):
    assert drugs(database, date)["vendor"].nunique() == counts[date]["drugs"]["vendors"]


def rows_of_table(date, keep):
    """Drug rows of the table of others, one for each vendor and title: the `first` or the `last` row of each."""
    table = pd.read_csv(agora_folder() / f"listings-{date}.csv.gz", keep_default_na=False, dtype=str)
    drug = table[(table["cat"] == "Drugs") | table["cat"].str.startswith("Drugs/")]
    return drug.drop_duplicates(["vendor", "name"], keep=keep)


def second_level(paths):
    return paths.str.split("/").str[1].value_counts().to_dict()


# Some listings stand on several list pages, in different categories or, changed while the crawl went on, with another
# origin. The expected counts take the first of these rows, we take the last: the listing as it was seen latest. Both
# are right by their own words, so two things are compared: their counts with the first rows, ours with the last.
@pytest.mark.parametrize("date", DUMPS)
def test_second_level_of_categories(database, counts, date):
    assert (
        second_level(rows_of_table(date, "first")["cat"])
        == (counts[date]["drugs"]["unique_vendor_title_by_second_level"])
    )
    assert second_level(drugs(database, date)["category_path"]) == second_level(rows_of_table(date, "last")["cat"])


@pytest.mark.parametrize("date", DUMPS)
def test_most_frequent_origins(database, counts, date):
    top = counts[date]["drugs"]["top15_origins_unique_vendor_title"]
    first, last = (
        rows_of_table(date, keep)["from"].replace("", "(empty)").value_counts() for keep in ("first", "last")
    )
    assert {text: first[text] for text in top} == top
    found = drugs(database, date)["ships_from_text"].fillna("(empty)").value_counts()
    assert found.to_dict() == last.to_dict()


@pytest.mark.parametrize("definition", ["strict", "inclusive"])
@pytest.mark.parametrize("date", DUMPS)
def test_belgian_drug_listings(database, counts, date, definition):
    found = belgian(database, date, definition == "strict")
    assert len(found) == counts[date]["belgium"][f"{definition}_drugs_only"]["unique_vendor_title"]


@pytest.mark.parametrize("definition", ["strict", "inclusive"])
@pytest.mark.parametrize("date", DUMPS)
def test_belgian_drug_vendors_and_the_listings_of_each(database, counts, date, definition):
    theirs = counts[date]["belgium"][f"{definition}_drugs_only"]
    found = belgian(database, date, definition == "strict")["vendor"].value_counts().to_dict()
    assert len(found) == theirs["vendors"]
    assert found == theirs["listings_by_vendor"]


@pytest.mark.parametrize("date", DUMPS)
def test_printed_number_of_drug_listings(database, counts, date):
    row = database["snapshot"].set_index("snapshot_date").loc[date]
    printed = counts[date]["front_page"]["category_counts"]["Drugs"]
    assert f"{row['listings_printed']}{'+' if row['printed_at_least'] else ''}" == printed


@pytest.mark.parametrize("date", DUMPS)
def test_printed_rate_of_the_front_page(database, counts, date):
    page = database["page"]
    front = page[(page["snapshot_date"] == date) & (page["kind"] == "front")]
    assert [float(text) for text in front["rate_text"]] == [counts[date]["front_page"]["btc_usd"]]


@pytest.mark.parametrize("date", DUMPS)
def test_every_price_of_a_table_is_typed_at_the_rate_of_the_front_page_of_that_day(database, counts, date):
    rates = pd.read_csv(agora_folder() / "btc-usd.csv").set_index("date")["price_usd"]
    listing = listings(database, date)
    assert listing["price_eur"].notna().all()
    assert set(listing["btc_usd_source"]) == set(listing["eur_rate_source"]) == {"snapshot"}
    assert set(listing["btc_usd"]) == {counts[date]["front_page"]["btc_usd"]}
    assert rates[date] == pytest.approx(counts[date]["front_page"]["btc_usd"], rel=0.1)


@pytest.mark.parametrize("date", [FIRST, *DUMPS])
def test_rates_of_a_day_are_listed_with_their_sources(database, date):
    rate = database["rate"]
    rate = rate[(rate["snapshot_date"] == date) & (rate["base"] == "BTC")].set_index("source")
    assert sorted(rate.index) == ["day", "page"]
    assert rate["rate_low"]["page"] <= rate["rate"]["page"] <= rate["rate_high"]["page"]
    assert rate["pages"]["page"] > 10_000 if date == FIRST else rate["pages"]["page"] == 1


@pytest.mark.parametrize("date", DUMPS)
def test_vendors_of_the_vendor_table(database, counts, date):
    vendor = database["vendor"]
    assert (vendor["snapshot_date"] == date).sum() == counts[date]["vendors_file"]["rows"]


def on_own_pages(database):
    """Listings of the first snapshot that were read from their product page, one row per page."""
    links = database["listing_page"]
    own = links[(links["snapshot_date"] == FIRST) & (links["page_kind"] == "listing")]
    return own.merge(listings(database, FIRST), on="listing_id", suffixes=("", "_best"))


def test_drug_product_pages_of_the_first_snapshot(database, pages):
    found = on_own_pages(database)
    assert found["is_drug"].fillna(False).sum() == pages["drugs"]["pages"] == 8174


def test_vendors_of_these_pages(database, pages):
    found = on_own_pages(database)
    assert found[found["is_drug"].fillna(False)]["vendor"].nunique() == pages["drugs"]["sellers"]


def test_second_level_of_these_pages(database, pages):
    found = on_own_pages(database)
    second = found[found["is_drug"].fillna(False)]["category_path"].str.split("/").str[1]
    assert second.value_counts().to_dict() == pages["drugs"]["pages_per_second_level"]


def test_belgian_drug_product_pages_and_their_vendors(database, pages):
    found = on_own_pages(database)
    found = found[found["is_drug"].fillna(False) & (found["ships_from"] == "BE")]
    assert len(found) == pages["belgium"]["drugs_only"]["pages"] == 59
    assert found["vendor"].nunique() == pages["belgium"]["drugs_only"]["vendors"] == 6


def test_no_origin_of_the_first_snapshot_names_belgium_among_others(database, pages):
    assert pages["belgium"]["inclusive_definition_gives_the_same"]
    assert len(belgian(database, FIRST)) == len(belgian(database, FIRST, strict=True))


def test_prices_of_pages_are_converted_at_the_rate_of_the_page(database):
    listing = listings(database, FIRST)
    assert set(listing["btc_usd_source"]) == {"page"}
    assert listing["btc_usd"].between(431.01, 465.00).all()
