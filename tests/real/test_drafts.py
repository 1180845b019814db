"""A market file drafted from real pages, as it is, against what others read from these pages by hand."""

import json
from collections import Counter

import pytest
from cryptodrug.cli import main
from real_data import shared_data

MARKETS = shared_data() / "markets"


def folder_of(market):
    inner = MARKETS / market / "html_files"
    return inner if inner.is_dir() else MARKETS / market


def draft(market, tmp_path, capsys):
    """Rows that an unchanged draft reads from the pages it was made of."""
    file = tmp_path / "draft.yaml"
    assert main(["market", "new", str(file), "--pages", str(folder_of(market))]) == 0
    capsys.readouterr()
    assert main(["market", "parse", str(file), str(folder_of(market)), "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("market", ["apollon", "dream", "empire", "white-house", "yellow-brick"])
def test_a_draft_reads_offers_with_title_and_vendor_at_once(market, tmp_path, capsys):
    rows = [row for row in draft(market, tmp_path, capsys) if row["table"] == "listing"]
    kinds = Counter(row["page_kind"] for row in rows)
    assert kinds["list"] >= 20
    named = sum(bool(row.get("title")) and bool(row.get("vendor")) for row in rows if row["page_kind"] == "list")
    assert named >= 0.85 * kinds["list"]


def test_a_draft_of_cryptonia_equals_the_values_that_were_read_by_hand(tmp_path, capsys):
    rows = draft("cryptonia", tmp_path, capsys)
    names = {row["page_id"]: row["path"].rpartition("/")[2] for row in rows if row["table"] == "page"}
    found = {}
    for row in rows:
        if row["table"] == "listing":
            found.setdefault(names[row["page_id"]], []).append(row)
    equal, all_of = Counter(), 0
    for path in sorted((MARKETS / "cryptonia" / "expected").rglob("*.json")):
        values = json.loads(path.read_text(encoding="utf-8"))["values"]
        expected = values.get("rows", [values] if "title" in values else [])
        for one, row in zip(expected, found.get(path.stem, []), strict=True) if "vendor" in str(expected) else ():
            all_of += 1
            equal["title"] += row["title"] == one["title"]
            equal["vendor"] += row["vendor"] == one["vendor"]
            equal["ships_from"] += row["ships_from_text"] == one["ships_from"]
            equal["ships_to"] += row["ships_to_text"] == (", ".join(one["ships_to"]) if one["ships_to"] else None)
    assert all_of == 83
    assert equal == {"title": 83, "vendor": 83, "ships_from": 83, "ships_to": 83}
