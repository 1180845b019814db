"""A first market file from a folder of pages reads something at once."""

import json
import random

import pytest
from cryptodrug.cli import main
from cryptodrug.markets.draft import drafts, market_text
from cryptodrug.markets.sampled import SampledPage, sample_pages
from cryptodrug.reading.adapter import read_adapter
from invented_market import NAMES, PLACES, VENDORS, pages, write


@pytest.fixture
def crawl(tmp_path):
    return write(tmp_path / "crawl")


def draft(folder, tmp_path, capsys, name="sample"):
    """The rows that the drafted file reads from the pages it was made of."""
    file = tmp_path / f"{name}.yaml"
    assert main(["market", "new", str(file), "--pages", str(folder)]) == 0
    capsys.readouterr()
    assert main(["market", "parse", str(file), str(folder), "--json"]) == 0
    return file, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def of(rows, table, kind=None):
    return [row for row in rows if row["table"] == table and kind in (None, row.get("page_kind"))]


def test_kinds_of_a_small_market_are_proposed(crawl, tmp_path, capsys):
    _, rows = draft(crawl, tmp_path, capsys)
    kinds = {row["path"].split("/")[0]: row["kind"] for row in of(rows, "page") if row["path"] != "item/1007.html"}
    assert kinds == {"list": "list", "item": "listing", "user": "vendor", "index.html": "login"}
    assert {row["kind"] for row in of(rows, "page") if row["path"] == "item/1007.html"} == {"limit"}


def test_rows_of_lists_are_read_and_the_head_of_the_table_is_none(crawl, tmp_path, capsys):
    _, rows = draft(crawl, tmp_path, capsys)
    found = of(rows, "listing", "list")
    assert len(found) == 15
    assert found[0] | {"page_id": ""} == {
        "table": "listing",
        "page_id": "",
        "position": 0,
        "page_kind": "list",
        "native_id": "1000",
        "title": "Sample tea 0",
        "vendor": "sample-one",
        "price_text": "5.50",
        "price_currency": "EUR",
        "ships_from_text": "Utopia",
    }


@pytest.mark.parametrize("words", ["en", "nl", "de", "fr"])
def test_labels_are_known_in_several_languages(tmp_path, capsys, words):
    _, rows = draft(write(tmp_path / "crawl", words), tmp_path, capsys)
    found = sorted(of(rows, "listing", "listing"), key=lambda row: row["native_id"])
    assert [row["title"] for row in found] == [f"{NAMES[number]} {number}" for number in range(6)]
    assert [row["vendor"] for row in found] == VENDORS * 2
    assert [row["ships_from_text"] for row in found] == PLACES * 2
    assert [row["ships_to_text"] for row in found] == ["Utopia", "Atlantis"] * 3
    assert [row["stock_text"] for row in found] == ["3", "4", "5", "6", "7", "8"]
    assert {(row["price_text"], row["price_currency"]) for row in found} >= {("5.50", "EUR"), ("10.50", "EUR")}
    assert {row["native_id"] for row in found} == {str(1000 + number) for number in range(6)}
    assert {row["vendor"]: row["pgp_present"] for row in of(rows, "vendor")} == dict.fromkeys(VENDORS, True)
    assert all(row["registered_text"].startswith("2019-0") for row in of(rows, "vendor"))


def test_the_draft_does_not_depend_on_the_order_of_the_pages():
    texts = set()
    for seed in range(3):
        mixed = list(pages().items())
        random.Random(seed).shuffle(mixed)
        found = sorted((SampledPage(path, text.encode()) for path, text in mixed), key=lambda page: page.path)
        texts.add(market_text("sample", found, *drafts(found)))
    assert len(texts) == 1


def test_a_draft_never_overwrites_a_file(crawl, tmp_path, capsys):
    file = tmp_path / "sample.yaml"
    file.write_text("mine")
    assert main(["market", "new", str(file), "--pages", str(crawl)]) == 2
    assert "never overwrites" in capsys.readouterr().err
    assert file.read_text() == "mine"


@pytest.mark.parametrize("name", ["../Sample", "Sample", "a_b", "-a"])
def test_a_name_that_cannot_be_one_is_refused(crawl, tmp_path, capsys, name):
    assert main(["market", "new", str(tmp_path / f"{name}.yaml"), "--pages", str(crawl)]) == 2
    assert "cannot be the name of a market" in capsys.readouterr().err


def test_a_folder_without_a_page_is_refused(tmp_path, capsys):
    (tmp_path / "notes.txt").write_text("no page")
    assert main(["market", "new", str(tmp_path / "a.yaml"), "--pages", str(tmp_path)]) == 2
    assert "no kind of page was found among 0 pages" in capsys.readouterr().err
    assert not (tmp_path / "a.yaml").exists()


def test_hostile_names_of_pages_cannot_leave_their_comment(tmp_path, capsys):
    folder = write(tmp_path / "crawl")
    (folder / "list" / "0.html").rename(folder / "list" / "0\nmarket: other\x85.html")
    file, _ = draft(folder, tmp_path, capsys)
    assert read_adapter(file).market == "sample"


def test_a_sample_of_a_large_archive_is_the_same_every_time(crawl):
    paths = [page.path for page in sample_pages(crawl, 4)]
    assert len(paths) == 4
    assert paths == [page.path for page in sample_pages(crawl, 4)] == sorted(paths)


def test_pages_nested_very_deeply_are_drafted_too(tmp_path, capsys):
    folder = write(tmp_path / "crawl")
    (folder / "deep.html").write_text("<div class=a>" * 10_000)
    _, rows = draft(folder, tmp_path, capsys)
    assert len(of(rows, "listing", "list")) == 15
