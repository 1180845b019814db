"""The words about tables come from their declarations, and the documentation does not drift from them."""

from pathlib import Path

import duckdb
import pytest
from cryptodrug.cli import main
from cryptodrug.database import commands
from cryptodrug.database.describe import documentation, limits
from cryptodrug.database.schema import TABLES, DatabaseColumn

ROOT = Path(__file__).parents[3]


def test_documentation_is_what_the_declarations_say():
    written = (ROOT / "docs" / "database.md").read_text(encoding="utf-8")
    assert written == documentation(), "run `cryptodrug database document`"


def test_every_table_and_column_is_documented_and_no_row_of_the_tables_is_broken():
    text = documentation()
    for table in TABLES.values():
        section = text.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        rows = [line for line in section.splitlines() if line.startswith("| `")]
        assert [row.split("`")[1] for row in rows] == table.names()
        assert {row.replace(r"\|", "").count("|") for row in rows} == {5}


def test_limits_name_the_list_and_the_minimum():
    column = DatabaseColumn("a", "number", "x", required=True, values=("p", "q"), minimum=0)
    assert limits(column) == "always there; one of p, q; at least 0"
    assert limits(DatabaseColumn("a", "text", "x")) == ""


def test_keys_and_columns_of_every_table_are_declared_once():
    for table in TABLES.values():
        assert set(table.key) <= set(table.names())
        assert len(set(table.names())) == len(table.names())
        assert all(column.about for column in table.columns) and table.about


def test_describe_prints_one_table_with_its_key_and_meaning(capsys):
    assert main(["database", "describe", "listing_page"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "listing_page"
    assert "  key: listing_id, page_id, position" in lines
    assert "  position       integer  row on the page, from 0 [always there; at least 0]" in lines


def test_describe_prints_all_tables_and_what_the_questionnaire_adds(capsys):
    assert main(["database", "describe"]) == 0
    text = capsys.readouterr().out
    assert all(f"\n{name}\n" in f"\n{text}" for name in TABLES)
    assert "`<variable>_code`" in text


def test_an_unknown_table_is_answered_with_the_known_ones(capsys):
    assert main(["database", "describe", "lisitng"]) == 2
    assert "name one of snapshot, page, listing" in capsys.readouterr().err


@pytest.fixture
def results(tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "PROJECT", tmp_path)
    folder = tmp_path / "results" / "small" / "database"
    folder.mkdir(parents=True)
    return folder


def test_rows_of_a_study_are_printed(results, capsys):
    with duckdb.connect(str(results / "markets.duckdb")) as connection:
        connection.execute("CREATE TABLE vendor AS SELECT * FROM range(3)")
    assert main(["database", "describe", "--study", "small", "vendor"]) == 0
    assert capsys.readouterr().out.startswith("vendor  (3 rows)\n")


def test_a_study_without_database_is_described_without_rows(results, capsys):
    assert main(["database", "describe", "vendor", "--study", "small"]) == 0
    assert "markets.duckdb is not made yet: no numbers of rows\n\nvendor\n" in capsys.readouterr().out


def test_a_study_that_was_never_made_is_refused(results, capsys):
    assert main(["database", "describe", "--study", "other"]) == 2
    assert "name a study that was made (small)" in capsys.readouterr().err


def test_document_writes_the_file(results, tmp_path):
    assert main(["database", "document"]) == 0
    assert (tmp_path / "docs" / "database.md").read_text(encoding="utf-8") == documentation()
