"""Every page gives rows, or a kind and a note: a short run of what `make fuzz` does with real pages.

The cases below the run were found by the long one, on real pages, and are made here of invented ones, each so large
that a reader whose time grows with the square is seen to stand still.
"""

from pathlib import Path

import pytest
from cryptodrug.reading.adapter import Adapter, read_adapter
from cryptodrug.reading.reader import Reader
from mutations import MUTATIONS, deeply_nested, mutated
from page_property import faults

FILES = sorted((Path(__file__).parents[3] / "workflow" / "markets").glob("*.yaml"))
READERS = [Reader(adapter) for adapter in map(read_adapter, FILES) if adapter.pages]
PAGES = 250  # of each market file


def faults_of(reader, path, page):
    read = reader.read(path, page)
    rule = next((one for one in reader.adapter.pages if (one.kind, one.layout) == (read.kind, read.layout)), None)
    return faults(read, rule is not None and bool(rule.rows))


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.adapter.market)
def test_broken_samples_give_rows_or_a_kind_and_a_note(reader):
    samples = [(one.path, one.html.encode()) for one in reader.adapter.samples if one.html is not None]
    for number in range(PAGES):
        path, page = samples[number % len(samples)]
        broken, names = mutated(page, f"{reader.adapter.market}-{number}", rare=False)
        assert faults_of(reader, path, broken) == [], f"{number}: {names}"


def test_the_same_seed_breaks_a_page_in_the_same_way_and_all_ways_come_up():
    page = b"<html><p class='a b' id=c>text</p> more <b>1</b></html>"
    cases = [mutated(page, str(seed), rare=False) for seed in range(100)]
    assert cases == [mutated(page, str(seed), rare=False) for seed in range(100)]
    assert {name for _, names in cases for name in names.split("+")} == {one.__name__ for one in MUTATIONS}
    assert len({broken for broken, _ in cases}) > 50


FIELDS = {
    "title": {"select": "a", "join": " "},
    "vendor": {"select": ".by", "regex": r"([\w]+)\s*deals"},
    "sales_text": {"select": ".sold", "regex": r"^(.*?)\s*\(\d+\)"},
    "stock_text": {"select": "td:nth-child(n+2)", "count": True},
    "price_currency": {"constant": "BTC"},
}
RULE = {
    "kind": "list",
    "when": {"contains": ["row"]},
    "printed": {"select": "li", "nested": True, "name": {"select": "b"}, "number": {"select": "em"}},
    "rows": [{"table": "listing", "select": ".row", "fields": FIELDS}],
}
LIST = Reader(Adapter.model_validate({"market": "sample", "description": "x", "pages": [RULE]}))
ROW = b'<div class="row"><a>Sample tea</a><i class="by">one deals</i><i class="sold">few (3)</i></div>'
FOUND = {
    "a row of which only the constant is left": b'<div class="row"></div>',
    "a text of control characters only": b'<div class="row"><a>\xc2\x80</a></div>',
    "blanks without end in front of what a pattern looks for": ROW.replace(b"few", b"few" + b" " * 200_000),
    "a word without end": ROW.replace(b"one deals", b"x" * 200_000),
    "rows inside each other": ROW[:-6] * 2_000,
    "rows inside each other, closed": ROW[:-6] * 10_000 + b"</div>" * 10_000,
    "choices without end": b'<div class="row"><select>'
    + b"<option>Utopia</option>" * 25_000
    + b"</select></div>"
    + ROW,
    "paragraphs that open ever deeper": ROW + b"<div><p>" * 50_000,
    "attributes without end": b"<p " + b" ".join(b"a%d=1" % number for number in range(100_000)) + b">" + ROW,
    "tags whose names are nearly as long as a tag may be": ROW + (b"<x" + b"x" * 49_000 + b">") * 50,
    "categories inside each other": ROW + (b"<ul><li><b>a</b><em>1</em>" * 30 + b"</ul>" * 30) * 400,
    "categories whose names hold all that follow": ROW + b"<ul><li><b>" * 400 + b"long name " * 10_000,
    "choices that never end": ROW + b"<select>" + b"<option>Utopia</opton>long text " * 8_000,
    "ends with attributes in a long text": ROW + (b"long text " * 50 + b"</x a=1>") * 8_000,
    "cells without end": b'<div class="row"><a>Sample tea</a><table><tr>' + b"<td>1" * 45_000,
    "tables that open ever deeper behind wrong ends": (b"<table><tr><td></div></div>" + ROW) * 5_000,
    "a text that a thousand links show": b'<div class="row">' + b"<a><table>" * 1_000 + b"long text " * 20_000,
    "a page of fifty megabytes": ROW * (50_000_000 // len(ROW)),
    "an encoding that takes time without end": b'<meta charset="punycode">' + ROW + "é-".encode("cp1252") * 100_000,
    "a page in another encoding than any": ROW + b"\xff\xfe" + "é".encode("cp1252") * 500_000,
}


@pytest.mark.parametrize("page", FOUND.values(), ids=FOUND)
def test_cases_that_were_found(page):
    assert faults_of(LIST, "list/1", page) == []


def test_a_deeply_nested_list_keeps_the_rows_in_front():
    import random

    page, _ = ROW * 3, deeply_nested(ROW, random.Random(1))
    read = LIST.read("list/1", page + b"<div>" * 10_000)
    assert [row[0] for row in read.rows[0][1]] == ["Sample tea"] * 3
    assert "shortened" in read.notes


def test_a_tree_of_categories_has_each_name_once_in_its_place():
    page = ROW + b"<ul><li><b>a</b><em>9</em><ul><li><b>b</b><em>4</em></li><li><b>c</b><em>5</em></li></ul></li></ul>"
    assert LIST.read("list/1", page).values == {"printed": '{"a": "9", "a/b": "4", "a/c": "5"}'}


def test_rows_that_are_gone_are_noted():
    assert LIST.read("list/1", b"<p>row</p>").notes == {"no-rows"}
    assert LIST.read("list/1", b"<p>other</p>").notes == {"unrecognised"}
