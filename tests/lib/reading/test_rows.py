"""Rows inside the offers of a list, and rows inside a text."""

import pytest
from cryptodrug.reading.adapter import Adapter
from cryptodrug.reading.reader import Reader
from pydantic import ValidationError

PAGE = b"""<div class="offer" id="a"><p>EUR 72.08 GBP 65.66</p><p>AUD 9</p></div>
<div class="offer" id="b"><p>no price</p></div><div class="offer"><p>USD 1</p></div><p>CAD 3</p>"""
FIELDS = {
    "native_id": {"select": ".offer", "attribute": "id", "of_block": True},
    "price_currency": {"match": 1},
    "price_text": {"match": 2},
    "basis_text": {"constant": "converted"},
}
PRICES = {"table": "price", "within": ".offer", "select": "p", "matches": "([A-Z]{3}) ([0-9.]+)?", "fields": FIELDS}


def reader(rule):
    page = {"kind": "list", "when": {"contains": ["offer"]}, "rows": [rule]}
    return Reader(Adapter.model_validate({"market": "sample", "description": "x", "pages": [page]}))


def rows(rule, page=PAGE):
    return reader(rule).read("x", page).rows[0][1]


def test_each_place_in_the_text_of_each_offer_is_a_row_of_that_offer():
    assert rows(PRICES) == [
        ["a", "EUR", "72.08", "converted"],
        ["a", "GBP", "65.66", "converted"],
        ["a", "AUD", "9", "converted"],
        [None, "USD", "1", "converted"],
    ]


def test_a_group_that_takes_no_part_is_missing():
    assert rows(PRICES, b'<div class="offer"><p>EUR </p></div>') == [[None, "EUR", None, "converted"]]


def test_without_a_pattern_each_element_in_each_offer_is_a_row():
    fields = {"native_id": FIELDS["native_id"], "price_text": {"select": "p"}}
    rule = {key: value for key, value in PRICES.items() if key != "matches"} | {"fields": fields}
    assert rows(rule) == [["a", "EUR 72.08 GBP 65.66"], ["a", "AUD 9"], ["b", "no price"], [None, "USD 1"]]


def test_places_in_the_text_of_the_whole_page():
    rule = {"table": "price", "matches": "[A-Z]{3} [0-9.]+", "fields": {"price_text": {"match": 0}}}
    assert [row[0] for row in rows(rule)] == ["EUR 72.08", "GBP 65.66", "AUD 9", "USD 1", "CAD 3"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"matches": "[A-Z]+"}, "price_currency: `match: 1` names no group of a pattern `matches`"),
        ({"matches": None}, "names no group"),
        ({"within": None}, "native_id: `of_block` needs `within`"),
    ],
)
def test_a_group_or_a_block_that_does_not_exist_is_refused(change, words):
    with pytest.raises(ValidationError, match=words):
        reader(PRICES | change)
