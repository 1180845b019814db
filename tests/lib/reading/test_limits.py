"""Pages and texts beyond any real one are brought within what can be read; ordinary ones are not touched."""

import pytest
from cryptodrug.reading.encoding import as_utf8, is_encoding
from cryptodrug.reading.limits import (
    DEEPEST,
    LARGEST,
    LARGEST_TEXT,
    LONGEST_TEXT,
    MANY_OPEN,
    MANY_ROWS,
    MANY_TAGS,
    MOST_AROUND,
    MOST_CELLS,
    MOST_TAGS,
    apart_enough,
    enough,
    not_endless,
    short_enough,
    simple_enough,
    small_enough,
    without_runs,
)
from selectolax.lexbor import LexborHTMLParser


def depth_of(page):
    """How many elements stand inside each other, at most."""
    deepest, waiting = 0, [(LexborHTMLParser(page).root, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in node.iter())
    return deepest


@pytest.mark.parametrize(
    "row", [b"<p>open", b"<li>open", b"<table><tr><td>a</td></tr></table>", b"<div><b>a</b></div>", b"<br>"]
)
def test_a_long_flat_page_is_read_whole(row):
    page, notes = row * (MOST_TAGS // row.count(b"<")), set()
    assert simple_enough(page, notes) == page
    assert notes == set()


@pytest.mark.parametrize("close", [b"", b"</div>"])
@pytest.mark.parametrize("tag", [b"<div>", b"<div class=a>", b"<DIV>"])
def test_deep_tags_are_taken_away_and_what_they_hold_stays(tag, close):
    notes = set()
    left = simple_enough(b"before" + tag * 10_000 + b"deep" + close * 10_000 + b"<i>behind</i>", notes)
    assert notes == {"shortened"}
    assert depth_of(left) <= DEEPEST + 5  # html, body, and the like
    assert "beforedeepbehind" in LexborHTMLParser(left).text()


def test_ends_of_what_is_not_open_make_no_place_less_deep():
    notes = set()
    left = simple_enough(b"<table><tr><td></div></i></div>" * 5_000 + b"deep", notes)
    assert notes == {"shortened"}
    assert depth_of(left) <= 4 * DEEPEST + 5  # a table brings a body, a row and a cell


def test_an_end_closes_what_was_left_open_inside_it():
    page = b"<div><b><i>a</div>" * (MANY_TAGS // 2)
    assert simple_enough(page, set()) == page


def test_an_endless_row_keeps_the_texts_of_its_cells():
    notes = set()
    left = simple_enough(b"<table><tr>" + b"<td>a</td>" * 20_000 + b"<tr><td>b", notes)
    assert notes == {"shortened"}
    assert left.count(b"<td>") == MOST_CELLS + 1  # the next row is whole
    assert left.count(b"a") == 20_000 + 1  # that of the table


def test_ends_have_no_attributes():
    page = b"long text </b a=1>" * 5_000
    assert simple_enough(page, set()) == b"long text </b>" * 5_000
    assert simple_enough(b"text" * MANY_TAGS + b'</b\nclass="a"></B/></b>', set()).endswith(b"t</b></B></b>")


def test_cells_outside_a_table_are_left_out_as_the_parser_does():
    page = b"<p>" + b"text <td a=1></td><tr b=1>" * 5_000 + b"<table><tr><td>5</td></tr></table>"
    notes = set()
    left = simple_enough(page, notes)
    assert left == b"<p>" + b"text " * 5_000 + b"<table><tr><td>5</td></tr></table>"
    assert notes == set()
    assert LexborHTMLParser(left).html == LexborHTMLParser(page).html


def test_what_stands_behind_a_deep_place_that_is_closed_keeps_its_tags():
    left = simple_enough(b"<div>" * MANY_TAGS + b"</div>" * MANY_TAGS + b"<i>behind</i>", set())
    assert left.endswith(b"</div><i>behind</i>")


def test_a_page_of_endless_tags_ends_after_the_most():
    notes = set()
    assert simple_enough(b"<br>" * (MOST_TAGS + 5), notes) == b"<br>" * MOST_TAGS
    assert notes == {"shortened"}


def test_a_tag_with_a_picture_is_kept_and_one_with_endless_attributes_is_emptied():
    picture, notes = b'<img alt="a tree" src="data:' + b"x" * 90_000 + b'">', set()
    assert simple_enough(picture, notes) == picture
    assert notes == set()
    assert simple_enough(b"<p " + b"a1 " * 50_000 + b">text", notes) == b"<p>text"
    assert notes == {"shortened"}


def test_a_page_with_few_tags_is_not_looked_at():
    page = b"<div>" * MANY_OPEN
    assert simple_enough(page, set()) is page


@pytest.mark.parametrize("sign", ["a", "é", "€", "\U0001f468"])
@pytest.mark.parametrize("before", range(4))
def test_a_page_too_large_is_not_cut_inside_a_sign(sign, before):
    notes = set()
    left = small_enough(b"x" * before + sign.encode() * (LARGEST + 1), notes)
    assert LARGEST - 4 <= len(left) <= LARGEST
    assert left.decode().strip("x" + sign) == ""
    assert notes == {"shortened"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (" " * 5000, " " * 100),
        ("9" * 5000, "9" * 100),
        ("x" * 5000, "x" * 1000),
        ("a " * 1500, "a " * 1500),
        ("9" * 200 + "x" * 3000, "9" * 100 + "x" * 900),
        ("a" + " " * 5000 + "b" + " " * 99 + "c", "a" + " " * 100 + "b" + " " * 99 + "c"),
        ("ab " * LONGEST_TEXT, ("ab " * LONGEST_TEXT)[:LONGEST_TEXT]),
    ],
)
def test_endless_runs_in_a_text_are_shortened(text, left):
    notes = set()
    assert short_enough(text, notes) == left
    assert notes == (set() if text == left else {"shortened"})


def test_words_of_just_less_letters_than_too_many_stay():
    text, notes = ("x" * 999 + " ") * 5_000, set()
    assert without_runs(text, notes) is text
    assert notes == set()


def test_a_text_is_not_longer_than_any_that_a_page_shows():
    notes = set()
    assert not_endless("x" * LARGEST_TEXT, notes) == "x" * LARGEST_TEXT
    assert notes == set()
    assert not_endless("x" * LARGEST_TEXT + "y", notes) == "x" * LARGEST_TEXT
    assert notes == {"shortened"}


def test_texts_are_taken_until_there_are_enough():
    asked, notes = [], set()
    parts = (asked.append(part) or part for part in ["x" * LARGEST_TEXT, "y", "z"])
    assert list(enough(parts, len, notes)) == ["x" * LARGEST_TEXT, "y"]
    assert len(asked) == 2
    assert notes == {"shortened"}
    assert list(enough(["a", "b"], len, few := set())) == ["a", "b"]
    assert few == set()


def test_rows_deep_inside_each_other_are_left_out_when_there_are_very_many():
    nested, flat = LexborHTMLParser("<div>" * (MANY_ROWS + 1)), LexborHTMLParser("<div></div>" * (MANY_ROWS + 1))
    notes = set()
    assert len(apart_enough(flat.css("div"), notes)) == MANY_ROWS + 1
    assert notes == set()
    assert len(apart_enough(nested.css("div"), notes)) == MOST_AROUND + 1
    assert notes == {"shortened"}
    assert len(apart_enough(nested.css("div")[:MANY_ROWS], set())) == MANY_ROWS


@pytest.mark.parametrize(
    ("name", "known"),
    [("utf-8", True), ("Windows-1252", True), ("hex", False), ("punycode", False), ("none-such", False), ("", False)],
)
def test_encodings_that_no_page_is_in_are_not_tried(name, known):
    assert is_encoding(name) is known


@pytest.mark.parametrize("name", ["punycode", "unicode_escape", "undefined", "none-such", "zlib"])
def test_a_page_that_names_a_strange_encoding_is_read_as_it_can_be(name):
    page = f'<meta charset="{name}"><p>caf'.encode() + b"\xe9</p>" + b"\xff\xfe"
    assert "café" in as_utf8(page, "utf-8", set()).decode()
    assert as_utf8(page, name, set()).decode()
