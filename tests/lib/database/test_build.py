"""The database for people: a comment everywhere, the declared types, the same content each time."""

import duckdb
import pandas as pd
import pytest
from cryptodrug.database.build import SQL_TYPES, build, content_hash
from cryptodrug.database.schema import TABLES
from cryptodrug.database.validate import typed

MARKET_TABLES = [name for name in TABLES if name != "respondent"]
FILLED = {
    "vendor": [
        {"market": "toy", "snapshot_date": "2019-01-30", "vendor": "vb", "page_id": "p2", "rating": 0.5},
        {"market": "toy", "snapshot_date": "2019-01-01", "vendor": "va", "page_id": "p1", "pgp_present": True},
    ]
}


@pytest.fixture
def parquet(tmp_path):
    paths = {}
    for name in MARKET_TABLES:
        paths[name] = str(tmp_path / f"{name}.parquet")
        table = pd.DataFrame(FILLED.get(name, []), columns=TABLES[name].names())
        typed(table, TABLES[name]).to_parquet(paths[name], index=False)
    return paths


@pytest.fixture
def database(parquet, tmp_path):
    build(parquet, tmp_path / "markets.duckdb", "Study toy. It's invented.")
    with duckdb.connect(str(tmp_path / "markets.duckdb"), read_only=True) as connection:
        yield connection


def test_every_table_has_its_meaning_as_comment(database):
    found = dict(database.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
    assert set(found) == {*MARKET_TABLES, "about"}
    assert found.pop("about")
    assert found == {name: TABLES[name].about for name in MARKET_TABLES}


@pytest.mark.parametrize("name", MARKET_TABLES)
def test_every_column_has_its_meaning_and_type(database, name):
    sql = "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index"
    declared = [(column.name, SQL_TYPES[column.type], column.about) for column in TABLES[name].columns]
    assert database.execute(sql, [name]).fetchall() == declared


def test_rows_stand_in_the_order_of_the_key(database):
    rows = database.execute("SELECT snapshot_date::text, vendor, rating, pgp_present FROM vendor").fetchall()
    assert rows == [("2019-01-01", "va", None, True), ("2019-01-30", "vb", 0.5, None)]


def test_the_database_says_what_it_is(database):
    assert database.execute("SELECT text FROM about").fetchall() == [("Study toy. It's invented.",)]


def test_two_builds_have_the_same_content(parquet, tmp_path):
    for name in ("one", "two"):
        build(parquet, tmp_path / f"{name}.duckdb", "x")
    assert content_hash(tmp_path / "one.duckdb") == content_hash(tmp_path / "two.duckdb")


def test_one_changed_value_changes_the_hash_of_the_content(parquet, tmp_path):
    build(parquet, tmp_path / "one.duckdb", "x")
    table = pd.read_parquet(parquet["vendor"])
    table.loc[0, "rating"] = 0.6
    table.to_parquet(parquet["vendor"], index=False)
    build(parquet, tmp_path / "two.duckdb", "x")
    assert content_hash(tmp_path / "one.duckdb") != content_hash(tmp_path / "two.duckdb")


def test_a_failed_build_leaves_the_database_before_it(parquet, tmp_path):
    path = tmp_path / "markets.duckdb"
    build(parquet, path, "x")
    before = content_hash(path)
    with pytest.raises(duckdb.Error):
        build(parquet | {"page": str(tmp_path / "gone.parquet")}, path, "x")
    assert content_hash(path) == before
    assert [entry.name for entry in tmp_path.iterdir() if "duckdb" in entry.name] == ["markets.duckdb"]
