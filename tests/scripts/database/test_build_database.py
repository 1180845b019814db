"""Harmonised snapshots become the tables of the database: complete, ordered, validated, flagged."""

import json

import pandas as pd
import pytest
from cryptodrug.database.join import HARMONISED, printed_total
from cryptodrug.database.schema import TABLES
from cryptodrug.errors import InputError
from cryptodrug.files import sha256_of
from database.build_database import build_database
from database.build_duckdb import build_duckdb

DATES = ("2019-01-01", "2019-01-30")
# tables that are made of no snapshot
APART = {"respondent", "respondent_drug", "interview", "interview_code", "quotation"}


def snapshot(date, price):
    """Harmonised rows of one invented snapshot; `price` is that of one of its two listings."""
    common = {"market": "toy", "snapshot_date": date}
    drug = {"ships_from_status": "country", "ships_to_policy": "europe", "quantity_status": "grams", "quantity_g": 10.0}
    page = f"page-{date}"
    listings = [
        {"listing_id": "toy:b", "vendor": "vb", "price_eur": 80.0, "is_drug": True, "drug_class": "cannabis"},
        {"listing_id": "toy:a", "vendor": "Va", "price_eur": price, "is_drug": True, "drug_class": "mdma"},
        {"listing_id": "toy:c", "vendor": "vc", "price_eur": 5.0, "is_drug": False, "drug_class": None},
    ]
    rows = [common | {"page_id": page, "numbered": True} | drug | one for one in listings]
    pages = [
        {"page_id": page, "kind": "list", "printed": None, "day": date},
        {"page_id": f"front-{date}", "day": None, "kind": "front", "printed": '{"Drugs":"1,200+","Tobacco":"9"}'},
    ]
    pages = [common | {"path": "x", "sha256": "0" * 64, "bytes": 1} | one for one in pages]
    link = {"page_id": page, "page_kind": "list"}
    return {
        "page": pages,
        "listing": [row | {"price_eur_per_g": row["price_eur"] / 10, "quantity_units": None} for row in rows],
        "vendor": [common | {"vendor": "Va", "page_id": page, "pgp_fingerprint": None}] if date == DATES[0] else [],
        "feedback": [],
        "listing_page": [
            common | link | {"listing_id": row["listing_id"], "position": n} for n, row in enumerate(rows)
        ],
        "price": [],
        "shipping": [common | {"page_id": page, "position": 0, "ships_to_policy": "europe", "further_orders": False}],
        "reference": [common | {"page_id": page, "position": 0, "vendor": "vA", "other_market": "hansa"}],
        "score": [],
        "rate": [
            common | {"base": "BTC", "quote": "USD", "source": "page", "rate": 400.0, "pages": 1, "rate_date": date}
        ],
    }


@pytest.fixture
def build(tmp_path):
    """A function that builds the database of two invented snapshots, after a change of their rows."""

    def run(name="database", change=lambda tables: None, languages=()):
        inputs = {f"snapshot_{table}": [] for table in (*HARMONISED, "quality")}
        for date, price in zip(DATES, (50.0, 50_000.0), strict=True):
            tables = snapshot(date, price)
            change(tables)
            folder = tmp_path / name / date
            folder.mkdir(parents=True)
            for table, rows in tables.items():
                path = folder / f"{table}.parquet"
                pd.DataFrame(rows, columns=None if rows else TABLES[table].names()).to_parquet(path, index=False)
                inputs[f"snapshot_{table}"].append(str(path))
            quality = folder / "quality.json"
            quality.write_text(json.dumps([{"rule": "price-untyped", "table": "listing", "rows": 2}]))
            inputs["snapshot_quality"].append(str(quality))
        out = tmp_path / name / "out"
        outputs = {table: str(out / f"{table}.parquet") for table in TABLES if table not in APART}
        build_database(
            **inputs,
            holding_own=5,
            holding_by_class=10,
            holding_cap=10_000,
            link_by="account",
            title_similarity=70,
            snapshot_gap=1,
            **outputs,
            quality=str(out / "quality.json"),
            study="toy (simulated)",
            languages=languages,
        )
        return out

    return run


def read(folder, table):
    return pd.read_parquet(folder / f"{table}.parquet")


def test_every_table_is_written_with_its_declared_columns_in_the_order_of_its_key(build):
    folder = build()
    for name, table in TABLES.items():
        if name in APART:
            continue
        found = read(folder, name)
        assert list(found) == table.names()
        keys = found[list(table.key)].values.tolist()
        assert keys == sorted(keys)


def test_all_rows_of_all_snapshots_are_there_and_the_holding_price_only_flagged(build):
    found = read(build(), "listing")
    assert len(found) == 6
    flagged = found[found[["holding_own_history", "holding_class", "holding_cap"]].any(axis=1)]
    assert flagged[["listing_id", "snapshot_date", "price_eur"]].values.tolist() == [["toy:a", DATES[1], 50_000.0]]


def test_snapshots_count_pages_drug_listings_and_what_the_front_page_prints(build):
    found = read(build(), "snapshot").set_index("snapshot_date").loc[DATES[0]]
    assert (found["pages_read"], found["pages_list"], found["pages_front"], found["pages_vendor"]) == (2, 1, 1, 0)
    assert (found["listings_found"], found["vendors_found"]) == (2, 2)
    assert found["listings_printed"] == 1200 and found["printed_at_least"]
    assert (found["first_day"], found["last_day"]) == (DATES[0], DATES[0])


def test_each_account_is_its_own_entity_from_its_first_day(build):
    found = read(build(), "vendor_entity")
    assert found["vendor"].tolist() == ["Va", "vb", "vc"]
    assert found["entity_id"].tolist() == ["toy:va", "toy:vb", "toy:vc"]
    assert set(found["from_date"]) == {DATES[0]}


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (['{"Drugs":"12900+"}'], (12900, True)),
        (['{"Drugs":"900"}', None, '{"Drugs":"1,100"}'], (1100, False)),
        (['{"Tobacco":"9"}'], (None, None)),
        (['{"Drugs":"many"}'], (None, None)),
        ([None], (None, None)),
    ],
)
def test_printed_totals(printed, expected):
    assert printed_total(pd.Series(printed, dtype=object)) == expected


def test_counts_of_the_snapshots_are_added_up_and_holding_prices_join_them(build):
    entries = json.loads((build() / "quality.json").read_text())
    assert entries == [
        {"rule": "holding-own", "table": "listing", "rows": 1},
        {"rule": "price-untyped", "table": "listing", "rows": 4},
    ]


def test_a_bad_row_stops_the_step_with_its_page_and_not_its_value(build):
    def spoil(tables):
        tables["listing"][0]["ships_to_policy"] = "secret-policy"
        tables["listing"][1]["price_eur"] = -1.0

    with pytest.raises(InputError) as caught:
        build(change=spoil)
    text = str(caught.value)
    assert f"ships_to_policy: none of the listed values: 2 rows, pages page-{DATES[0]}, page-{DATES[1]}" in text
    assert "price_eur: less than 0: 2 rows" in text
    assert "secret" not in text


def test_two_builds_give_the_same_bytes_and_the_same_database(build, tmp_path):
    hashes = []
    for name in ("one", "two"):
        folder = build(name)
        tables = {table: str(folder / f"{table}.parquet") for table in TABLES if table not in APART}
        path = str(tmp_path / f"{name}.duckdb")
        made = build_duckdb(**tables, study="toy", simulated=True, duckdb=path)
        hashes.append([sha256_of(file) for file in sorted(tables.values())] + [made[path]])
    assert hashes[0] == hashes[1]


def test_feedback_has_the_language_of_its_text_where_one_is_known(build, tmp_path):
    def with_feedback(tables):
        page = tables["page"][0]
        common = {name: page[name] for name in ("market", "snapshot_date", "page_id")}
        keys = enumerate(("k1", "k2", None))
        empty = dict.fromkeys(TABLES["feedback"].names())
        tables["feedback"] = [empty | common | {"position": place, "text_key": key} for place, key in keys]

    files = []
    for market, known in (("one", {"k1": "nl"}), ("two", {"k3": "fr"})):
        files.append(str(tmp_path / f"{market}.parquet"))
        pd.DataFrame({"text_key": list(known), "language": list(known.values())}).to_parquet(files[-1])
    found = read(build(change=with_feedback, languages=files), "feedback")
    assert found["language"].where(found["language"].notna(), None).tolist() == ["nl", None, None] * 2
    assert read(build("none", with_feedback), "feedback")["language"].isna().all()
