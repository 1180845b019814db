"""Observed rows of an invented snapshot become typed rows; hand corrections flow into what is made from the text."""

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from cryptodrug.database.join import HARMONISED
from cryptodrug.database.schema import TABLES
from cryptodrug.database.validate import validate
from cryptodrug.errors import CorrectionError
from cryptodrug.files import sha256_of
from cryptodrug.reading.schemas import SCHEMAS
from harmonise.harmonise_snapshot import harmonise_snapshot

JUDGEMENTS = sorted(map(str, (Path(__file__).parents[3] / "workflow" / "judgements").glob("*.csv")))
MADE = HARMONISED
DATE = "2019-01-30"
PAGES = [
    {"page_id": "p1", "kind": "listing", "rate_text": "3,400.00", "rate_pair": "BTC/USD"},
    {"page_id": "p2", "kind": "list", "note": "cut;duplicate-capture", "clock_text": "2019-02-01 00:30 +01:00"},
    {"page_id": "p3", "kind": "vendor", "captured_at": "2019-01-29T10:00:00Z", "clock_text": "2019-01-28 10:00"},
]
LISTINGS = [
    ("p1", 0, "listing", "a", "Blue tea 10g", "va", "0.1", "BTC", "Drugs/Cannabis", "Belgium", "EU"),
    ("p2", 0, "list", "a", "Blue tea 10g", "va", "0.2", "BTC", "Drugs/Cannabis", None, None),
    ("p2", 1, "list", "b", "Red tea 50 pills", "vb", "abc", "BTC", "Drugs/Ecstasy/Pills", "NL / Belgium", "Narnia"),
    ("p2", 2, "list", "c", "Ten lessons", "vb", "0.1", "BTC", "Services", None, None),
    ("p2", 3, "list", "d", "White tea", "va", "0.1", "BTC", None, "EU", None),
]
VENDORS = [
    {"page_id": "p3", "position": 0, "vendor": "va", "sales_text": "100~150", "rating_text": "4.5/5"},
    {"page_id": "p4", "position": 0, "vendor": "va", "sales_text": "500+", "rating_text": None},
]
FEEDBACK = [
    {"page_id": "p1", "position": 0, "native_id": "a", "score_text": "5/5", "posted_text": "5 days ago"},
    {"page_id": "p1", "position": 1, "native_id": None, "score_text": None, "posted_text": "soon"},
    {"page_id": "p1", "position": 2, "native_id": "a", "score_text": "1/5", "part_text": "latest"},
]
PRICES = [
    {"page_id": "p2", "position": 0, "native_id": "a", "price_text": "9", "price_currency": "EUR"},
    {"page_id": "p1", "position": 0, "native_id": "a", "price_text": "1.5", "price_currency": "EUR",
     "quantity_low_text": "1,000", "unit_text": "5g", "discount_text": "38% OFF"},
    {"page_id": "p1", "position": 1, "native_id": None, "price_text": None, "basis_text": "converted"},
]  # fmt: skip
SHIPPING = [
    {"page_id": "p1", "position": 0, "native_id": "a", "name_text": "Tracked to Belgium", "price_text": "0.00",
     "price_currency": "EUR", "days_text": "2-3"},
    {"page_id": "p1", "position": 1, "native_id": "a", "name_text": "Pigeon"},
]  # fmt: skip
REFERENCES = [
    {"page_id": "p2", "position": 0, "vendor": "va", "market_text": "Hansa", "claim_text": "x"},
    {"page_id": "p3", "position": 0, "vendor": "va", "market_text": "middleEarth", "sales_text": "200~500"},
    {"page_id": "p3", "position": 1, "vendor": "va", "market_text": "Narnia", "positive_text": "7"},
]
SCORES = [{"page_id": "p3", "position": 0, "vendor": "va", "period_text": "Older", "score_text": "4 Stars"}]
COLUMNS = ("page_id", "position", "page_kind", "native_id", "title", "vendor", "price_text", "price_currency",
           "category_path", "ships_from_text", "ships_to_text")  # fmt: skip


def write(folder, table, rows):
    schema = SCHEMAS[table]
    common = {"market": "toy", "snapshot_date": DATE, "path": "x", "sha256": "0" * 64, "bytes": 1}
    rows = [{name: (common | row).get(name) for name in schema.names} for row in rows]
    path = folder / f"{table}.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    return [str(path)]


@pytest.fixture
def harmonise(tmp_path):
    """A function that harmonises the invented snapshot with some corrections into a folder."""
    rates = tmp_path / "rates.csv"
    rates.write_text(f"date,price_usd\n{DATE},3000\n")
    source = tmp_path / "observed"
    source.mkdir()
    observed = {
        "page": write(source, "page", PAGES),
        "listing": write(source, "listing", [dict(zip(COLUMNS, row, strict=True)) for row in LISTINGS]),
        "vendor": write(source, "vendor", VENDORS),
        "feedback": write(source, "feedback", FEEDBACK),
        "price": write(source, "price", PRICES),
        "shipping": write(source, "shipping", SHIPPING),
        "reference": write(source, "reference", REFERENCES),
        "score": write(source, "score", SCORES),
    }

    def run(name="out", corrections=(), **changes):
        folder = tmp_path / name
        folder.mkdir()
        hand = tmp_path / f"{name}.yaml"
        hand.write_text(yaml.safe_dump(list(corrections)), encoding="utf-8")
        arguments = observed | {
            "rates": [str(rates)],
            "corrections": [str(hand)] if corrections else [],
            "judgements": JUDGEMENTS,
            "market": "toy",
            "snapshot_date": DATE,
            "focus_country": "BE",
            "neighbours": ["DE", "FR", "LU", "NL"],
            "widest_gap": 7,
            "feedback_maximum": 2,
            "shown": {field: ["list", "listing", "vendor"] for field in ("ships_from_text", "ships_to_text")},
            "snapshots": [f"toy/{DATE}"],
        }
        arguments |= {f"snapshot_{table}": str(folder / f"{table}.parquet") for table in MADE}
        harmonise_snapshot(**arguments | {"quality": str(folder / "quality.json")} | changes)
        return folder

    return run


def rows_of(folder, table, key):
    found = pd.read_parquet(folder / f"{table}.parquet").astype(object)
    return found.where(found.notna(), None).set_index(key, drop=False).to_dict("index")


def counts_of(folder):
    return {
        (entry["rule"], entry["table"]): entry["rows"] for entry in json.loads((folder / "quality.json").read_text())
    }


def test_typed_values_stand_beside_the_text(harmonise):
    found = rows_of(harmonise(), "listing", "listing_id")
    assert list(found) == ["toy:a", "toy:b", "toy:c", "toy:d"]
    own = found["toy:a"]
    assert (own["page_id"], own["ships_from"], own["ships_to_policy"], own["drug_class"]) == (
        "p1", "BE", "europe", "cannabis",
    )  # fmt: skip
    assert (own["quantity_g"], own["btc_usd"], own["btc_usd_source"]) == (10, 3400, "page")
    assert own["price_eur"] == pytest.approx(0.1 * 3400 * own["usd_eur"])
    assert own["price_eur_per_g"] == pytest.approx(own["price_eur"] / 10)
    listed = found["toy:b"]
    assert (listed["ships_from"], listed["ships_from_status"], listed["ships_to_policy"]) == (
        "BE|NL", "several", "unparsed",
    )  # fmt: skip
    assert (listed["price_text"], listed["price_amount"], listed["quantity_units"]) == ("abc", None, 50)
    assert (found["toy:c"]["is_drug"], found["toy:c"]["drug_class"]) == (False, None)
    assert (found["toy:d"]["is_drug"], found["toy:d"]["btc_usd"], found["toy:d"]["eur_rate_source"]) == (
        None, 3400, "snapshot",
    )  # fmt: skip


def test_what_the_rules_did_is_counted(harmonise):
    assert counts_of(harmonise()) == {
        ("listing-repeated", "listing"): 1,
        ("listing-differs", "listing"): 1,
        ("category-unknown", "listing"): 1,
        ("origin-several", "listing"): 1,
        ("destination-unparsed", "listing"): 1,
        ("price-untyped", "listing"): 1,
        ("price-rate-snapshot", "listing"): 3,
        ("page-cut", "page"): 1,
        ("page-duplicate-capture", "page"): 1,
        ("destination-unparsed", "shipping"): 1,
        ("market-unknown", "reference"): 1,
    }


def test_the_later_page_of_a_vendor_wins_and_shows_the_origins_of_its_listings(harmonise):
    found = rows_of(harmonise(), "vendor", "vendor")
    assert list(found) == ["va"]
    assert (found["va"]["page_id"], found["va"]["sales_low"], found["va"]["sales_high"]) == ("p4", 500, None)
    assert found["va"]["ships_from"] == "BE"


def test_feedback_gets_days_score_and_the_mark_of_a_full_page(harmonise):
    first, second = rows_of(harmonise(), "feedback", "position").values()
    assert (first["posted_low"], first["posted_high"], first["score"]) == ("2019-01-24", "2019-01-25", 1)
    assert (second["posted_low"], second["score"], second["posted_text"]) == (None, None, "soon")
    assert (first["listing_id"], second["listing_id"]) == ("toy:a", None)
    assert first["truncated"] and first["feedback_shown"] == 2
    third, _ = rows_of(harmonise("other", feedback_maximum=None), "feedback", "position").values()
    assert third["truncated"] is False


def test_further_prices_are_those_of_the_best_page_and_nothing_is_filled_in(harmonise):
    tier, converted = rows_of(harmonise(), "price", "position").values()
    assert (tier["listing_id"], tier["page_id"], tier["basis"], tier["pieces_low"], tier["pieces_high"]) == (
        "toy:a", "p1", "quantity", 1000, None,
    )  # fmt: skip
    assert (tier["piece_g"], tier["piece_from"], tier["quantity_low_g"], tier["discount_percent"]) == (
        5, "unit", 5000, 38,
    )  # fmt: skip
    assert tier["price_eur_per_g"] == pytest.approx(0.3)
    # a row without a number belongs to the one listing of its page, whose title says what a piece holds
    assert (converted["listing_id"], converted["basis"], converted["piece_g"], converted["piece_from"]) == (
        "toy:a", "converted", 10, "title",
    )  # fmt: skip
    assert (converted["price_amount"], converted["price_eur"], converted["quantity_low_g"]) == (None, None, None)


def test_ways_of_sending_have_a_policy_and_a_price_of_zero_only_where_it_is_printed(harmonise):
    post, pigeon = rows_of(harmonise(), "shipping", "position").values()
    assert (post["ships_to"], post["ships_to_policy"], post["tracked"], post["days_low"], post["days_high"]) == (
        "BE", "domestic", True, 2, 3,
    )  # fmt: skip
    assert (post["price_amount"], post["price_eur"]) == (0, 0)
    assert (pigeon["ships_to_policy"], pigeon["tracked"], pigeon["price_amount"], pigeon["days_low"]) == (
        "unparsed", None, None, None,
    )  # fmt: skip


def test_records_elsewhere_name_a_known_market_only_and_keep_no_claim(harmonise):
    known, unknown = rows_of(harmonise(), "reference", "position").values()
    assert (known["other_market"], known["sales_low"], known["sales_high"]) == ("middle-earth", 200, 500)
    assert (unknown["other_market"], unknown["positive"], unknown["negative"]) == (None, 7, None)
    assert "claim_text" not in known
    (score,) = rows_of(harmonise("scores"), "score", "position").values()
    assert (score["score_scale"], score["score"], score["count"], score["period_side"]) == ("stars", 0.8, None, "older")


def test_days_of_pages_by_the_archive_and_else_by_their_clock(harmonise):
    found = rows_of(harmonise(), "page", "page_id")
    assert {name: page["day"] for name, page in found.items()} == {"p1": None, "p2": "2019-01-31", "p3": "2019-01-29"}


def test_an_age_counts_from_the_day_of_its_page(harmonise, tmp_path):
    shown = [{"page_id": page, "position": 0, "posted_text": "today"} for page in ("p1", "p2", "p3")]
    (tmp_path / "ages").mkdir()
    folder = harmonise(feedback=write(tmp_path / "ages", "feedback", shown))
    found = rows_of(folder, "feedback", "page_id")
    assert [found[page]["posted_low"] for page in ("p1", "p2", "p3")] == [DATE, "2019-01-31", "2019-01-29"]


def test_every_appearance_is_in_the_link_table(harmonise):
    links = pd.read_parquet(harmonise() / "listing_page.parquet")
    assert len(links) == len(LISTINGS)
    assert links["listing_id"].value_counts()["toy:a"] == 2


def test_the_same_rows_give_the_same_bytes(harmonise):
    one, two = harmonise("one"), harmonise("two")
    for name in [*(f"{table}.parquet" for table in MADE), "quality.json"]:
        assert sha256_of(one / name) == sha256_of(two / name)


def test_tables_are_valid_before_they_are_joined(harmonise):
    folder = harmonise()
    for table in ("page", "vendor", "feedback", "listing_page"):
        assert len(validate(pd.read_parquet(folder / f"{table}.parquet"), TABLES[table]))


def correction(number, **changes):
    plain = {"market": "toy", "snapshot_date": DATE, "table": "listing", "why": "seen on the page", "who": "team"}
    return {"id": f"c{number}", "date": "2024-03-01"} | plain | changes


RAW = [
    correction(1, rows=["toy:b"], column="price_text", expect="abc", value="0.5"),
    correction(2, rows=["toy:b"], column="ships_from_text", expect="NL / Belgium", value="Belgium"),
    correction(3, rows=["toy:b"], column="ships_to_text", expect="Narnia", value="Worldwide"),
    correction(4, rows=["toy:b"], column="title", expect="Red tea 50 pills", value="Red tea 25 pills"),
    correction(5, rows=["toy:d"], column="category_path", expect=None, value="Drugs/Psychedelics/LSD"),
    correction(6, rows=["toy:d"], column="vendor", expect="va", value="vb"),
    correction(7, rows=["p4"], table="vendor", column="sales_text", expect="500+", value="10~20"),
]


def test_corrected_text_flows_into_everything_made_from_it(harmonise):
    folder = harmonise(corrections=RAW)
    found = rows_of(folder, "listing", "listing_id")
    mended = found["toy:b"]
    assert (mended["ships_from"], mended["ships_from_status"], mended["ships_to_policy"]) == (
        "BE",
        "country",
        "worldwide",
    )
    assert (mended["price_amount"], mended["quantity_units"]) == (0.5, 25)
    assert mended["price_eur_per_unit"] == pytest.approx(0.5 * 3400 * mended["usd_eur"] / 25)
    assert (found["toy:d"]["is_drug"], found["toy:d"]["drug_class"], found["toy:d"]["vendor"]) == (True, "lsd", "vb")
    vendor = rows_of(folder, "vendor", "vendor")["va"]
    assert (vendor["sales_text"], vendor["sales_low"], vendor["sales_high"]) == ("10~20", 10, 20)
    counts = counts_of(folder)
    assert counts["correction", "listing"] == 6 and counts["correction", "vendor"] == 1
    assert ("price-untyped", "listing") not in counts


def test_a_corrected_typed_value_changes_itself_and_prices_per_gram_only(harmonise):
    hand = [correction(1, rows=["toy:a"], column="quantity_g", expect=10, value=20)]
    before = rows_of(harmonise("before"), "listing", "listing_id")["toy:a"]
    after = rows_of(harmonise("after", corrections=hand), "listing", "listing_id")["toy:a"]
    assert {name for name in before if before[name] != after[name]} == {"quantity_g", "price_eur_per_g"}
    assert after["price_eur_per_g"] == pytest.approx(before["price_eur_per_g"] / 2)


def test_a_correction_that_no_longer_fits_leaves_no_table(harmonise, tmp_path):
    hand = [correction(9, rows=["toy:a"], column="drug_class", expect="mdma", value="lsd")]
    with pytest.raises(CorrectionError, match="`expect: 'mdma'` no longer holds for toy:a"):
        harmonise(corrections=hand)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_correction_of_a_date_that_is_not_in_the_study_stops_every_snapshot(harmonise):
    hand = [correction(1, snapshot_date="2019-01-29", rows=["toy:a"], column="title", expect="x", value="y")]
    with pytest.raises(CorrectionError, match=r"does not have: c1 \(toy/2019-01-29\)"):
        harmonise(corrections=hand)


def test_a_correction_of_another_snapshot_of_the_study_is_left_to_that_snapshot(harmonise):
    hand = [correction(1, snapshot_date="2019-01-01", rows=["toy:a"], column="title", expect="x", value="y")]
    folder = harmonise(corrections=hand, snapshots=["toy/2019-01-01", f"toy/{DATE}"])
    assert ("correction", "listing") not in counts_of(folder)
