"""The commands for people who write market files."""

import json
from pathlib import Path

import pytest
import yaml
from archive_files import damage, tar_bytes
from cryptodrug.cli import main

MARKETS = Path(__file__).parents[3] / "workflow" / "markets"


@pytest.fixture
def sample():
    return yaml.safe_load((MARKETS / "agora.yaml").read_text(encoding="utf-8"))["samples"][0]


def test_check_prints_a_line_for_each_kind_and_field(capsys):
    assert main(["market", "check", "agora"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "listing/main" in lines
    assert "  listing.title                  2 values" in lines
    assert lines[-1].endswith("no fault")


def test_check_names_the_field_that_matches_nothing_and_ends_with_2(capsys, tmp_path):
    text = (MARKETS / "agora.yaml").read_text(encoding="utf-8").replace(".vendorbio-stats-online", ".vendorbio-online")
    path = tmp_path / "agora.yaml"
    path.write_text(text, encoding="utf-8")
    assert main(["market", "check", str(path)]) == 2
    said = capsys.readouterr()
    assert "vendor/main: vendor.last_seen_text matches nothing on its samples" in said.err
    assert str(path) in said.err
    assert "  vendor.last_seen_text          0 values" in said.out


def test_a_market_that_does_not_exist_is_answered_with_those_that_do(capsys):
    assert main(["market", "check", "none-such"]) == 2
    assert "name one of agora, agora-dump, " in capsys.readouterr().err


def test_a_slip_in_the_name_of_a_market_is_seen(capsys):
    assert main(["market", "check", "agorra"]) == 2
    assert "did you mean 'agora'?" in capsys.readouterr().err


def test_parse_prints_observed_rows_as_json_lines(capsys, tmp_path, sample):
    page = tmp_path / sample["path"]
    page.parent.mkdir(parents=True)
    page.write_text(sample["html"], encoding="utf-8")
    assert main(["market", "parse", "agora", str(tmp_path), "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["table"] for row in rows] == ["page", "listing", "feedback", "feedback"]
    assert rows[0]["kind"] == rows[1]["page_kind"] == "listing"
    assert len({row["page_id"] for row in rows}) == 1
    assert sample["rows"]["listing"][0].items() <= rows[1].items()


def test_what_a_page_does_not_show_is_null(capsys, tmp_path, sample):
    (tmp_path / "page").write_text(sample["html"], encoding="utf-8")
    assert main(["market", "parse", "agora", str(tmp_path / "page"), "--json"]) == 0
    listing = json.loads(capsys.readouterr().out.splitlines()[1])
    assert listing["native_id"] is None  # the id stands in the path, and this path has none


def test_parse_prints_only_json_and_ends_with_1_when_it_knows_no_page(capsys, tmp_path):
    (tmp_path / "page").write_text("<p>Sample</p></html>", encoding="utf-8")
    assert main(["market", "parse", "agora", str(tmp_path), "--json"]) == 1
    said = capsys.readouterr()
    assert [json.loads(line)["kind"] for line in said.out.splitlines()] == ["unknown"]
    assert "no page is of a kind that agora knows (1 unknown)" in said.err


def test_parse_reads_a_table_that_others_made(capsys, tmp_path):
    columns = yaml.safe_load((MARKETS / "agora-dump.yaml").read_text(encoding="utf-8"))["tables"][0]["columns"]
    (tmp_path / "sample.csv").write_text(",".join(columns) + "\n" + ",".join("x" for _ in columns) + "\n")
    assert main(["market", "parse", "agora-dump", str(tmp_path / "sample.csv"), "--json"]) == 0
    assert {"page", "listing"} >= {json.loads(line)["table"] for line in capsys.readouterr().out.splitlines()}


def test_parse_without_json_prints_the_same_for_the_eye(capsys, tmp_path, sample):
    page = tmp_path / "page"
    page.write_text(sample["html"], encoding="utf-8")
    assert main(["market", "parse", "agora", str(page)]) == 0
    assert "ships_from_text=Belgium" in capsys.readouterr().out


def test_parse_of_a_path_that_is_not_there_says_so(capsys, tmp_path):
    assert main(["market", "parse", "agora", str(tmp_path / "none")]) == 2
    assert "there is no such page, folder or archive" in capsys.readouterr().err


def test_of_a_damaged_archive_all_that_is_whole_is_printed_and_the_damage_told(capsys, tmp_path, sample):
    whole = tar_bytes([(f"p/{number}", sample["html"].encode()) for number in range(3)])
    path = tmp_path / "a.tar"
    path.write_bytes(damage(whole, whole.index(b"p/1")))
    assert main(["market", "parse", "agora", str(path), "--json"]) == 2
    said = capsys.readouterr()
    rows = [json.loads(line) for line in said.out.splitlines()]
    assert [row["path"] for row in rows if row["table"] == "page"] == ["p/0", "p/2"]
    assert "damaged or cut off (a head that is none)" in said.err
    assert "2 pages were read" in said.err


def test_a_table_of_any_form_is_read_by_its_columns(capsys, tmp_path):
    columns = "number,name,price,from,to,vendor,cat_hash,cat,date".split(",")
    row = dict(
        zip(columns, ["0", "Sample tea", "0.1", "Utopia", "", "sample-one", "x", "Drugs/Tea", "2014"], strict=True)
    )
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    assert main(["market", "parse", "agora-dump", str(path), "--json"]) == 0
    listing, page = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (listing["title"], listing["ships_to_text"], page["kind"]) == ("Sample tea", None, "list")
