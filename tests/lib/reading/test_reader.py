"""A page always gets exactly one kind, whatever state it is in; its defects are noted."""

from pathlib import Path

import pytest
from cryptodrug.reading.adapter import Adapter, read_adapter
from cryptodrug.reading.reader import Reader, page_id
from cryptodrug.reading.tables import PAGE_KINDS
from hypothesis import given, settings
from hypothesis import strategies as st

MARKETS = Path(__file__).parents[3] / "workflow" / "markets"
ADAPTER = read_adapter(MARKETS / "agora.yaml")
READER = Reader(ADAPTER)
SAMPLES = [(sample.path, sample.html.encode()) for sample in ADAPTER.samples]
OFFER_PATH, OFFER = SAMPLES[0]
STRAY = [b"\x00", b"\x1b\x07", b"<", b"&#0;", b"]]>"]


def read_rows(page, path=OFFER_PATH, table="listing"):
    """Kind and notes of a page, and its rows as dictionaries."""
    read = READER.read(path, page)
    found = [dict(zip(rows.names, row, strict=True)) for rows, all_ in read.rows if rows.table == table for row in all_]
    return read, found


def sound(read):
    """What holds for every page: one known kind, and every value text, number, flag or absent."""
    assert read.kind in PAGE_KINDS
    values = [value for _, rows in read.rows for row in rows for value in row]
    assert all(value is None or isinstance(value, str | int) for value in values)
    for text in (value for value in values if isinstance(value, str)):
        text.encode()
    return True


@given(sample=st.sampled_from(SAMPLES), where=st.floats(0, 1))
@settings(max_examples=100, deadline=None)
def test_a_page_cut_anywhere_is_read_as_far_as_it_goes(sample, where):
    path, page = sample
    assert sound(READER.read(path, page[: int(len(page) * where)]))


@given(sample=st.sampled_from(SAMPLES), data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_page_with_wrong_bytes_never_fails(sample, data):
    path, page = sample
    wrong = bytearray(page)
    places = st.tuples(st.integers(0, len(page) - 1), st.integers(0, 255))
    for place, value in data.draw(st.lists(places, max_size=40)):
        wrong[place] = value
    assert sound(READER.read(path, bytes(wrong)))


@given(sample=st.sampled_from(SAMPLES), data=st.data(), put=st.sampled_from(STRAY))
@settings(max_examples=100, deadline=None)
def test_a_page_with_controls_and_stray_marks_never_fails(sample, data, put):
    path, page = sample
    for place in sorted(data.draw(st.lists(st.integers(0, len(page)), max_size=10)), reverse=True):
        page = page[:place] + put + page[place:]
    assert sound(READER.read(path, page))


@given(path=st.text(), page=st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_have_a_kind(path, page):
    assert sound(READER.read(path, page))


@pytest.mark.parametrize("tag", [b"<div>", b"<table><tr><td>", b"<b>", b"<font><a>"])
def test_ten_thousand_nested_elements_are_read(tag):
    read, rows = read_rows(OFFER.replace(b"Words of the seller.", tag * 10_000))
    assert sound(read)
    assert rows[0]["title"] == "Sample Cocaïne 2 g"


@pytest.mark.parametrize(
    "charset", ["utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "hex", "none-such"]
)
def test_an_odd_declared_encoding_never_fails(charset):
    head = f'<meta charset="{charset}">'.encode()
    assert sound(READER.read(OFFER_PATH, head + OFFER + b"\\ud800 +2AA- \xff\xfe"))


@pytest.mark.parametrize("page", [b"", b" \r\n\t", b"\x00\x00"])
def test_an_empty_page_is_of_kind_empty(page):
    read = READER.read(OFFER_PATH, page)
    assert (read.kind, read.notes, read.rows) == ("empty", {"empty"}, [])


def test_a_page_that_no_rule_knows_is_unknown_when_whole_and_cut_when_not():
    assert READER.read("x", b"<html>what</html>").kind == "unknown"
    assert READER.read("x", b"<html>what").kind == "cut"


def test_another_encoding_than_the_market_file_says_is_noted_and_read():
    page = OFFER.replace(b"Words", b'<meta charset="iso-8859-1">').replace(b"sample!one</a>", b"Andr\xe9</a>")
    read, rows = read_rows(page)
    assert "encoding" in read.notes
    assert rows[0]["vendor"] == "André"


def test_a_title_escaped_twice_is_noted_and_read():
    read, rows = read_rows(OFFER)
    assert read.notes == {"double-escaped"}
    assert rows[0]["title"] == "Sample Cocaïne 2 g"


def test_a_title_escaped_once_is_not_noted():
    read, rows = read_rows(OFFER.replace(b"&amp;iuml;", b"&iuml;"))
    assert read.notes == set()
    assert rows[0]["title"] == "Sample Cocaïne 2 g"


def test_control_characters_in_a_field_are_taken_out_and_noted():
    read, rows = read_rows(OFFER.replace(b"sample!one</a>", b"sam\x01ple\x7f</a>"))
    assert "control-characters" in read.notes
    assert rows[0]["vendor"] == "sample"


def test_a_label_reads_its_own_line_only():
    _, rows = read_rows(OFFER)
    assert (rows[0]["ships_from_text"], rows[0]["ships_to_text"]) == ("Belgium", "Worldwide except Utopia")
    only_to = OFFER.replace(b'From: <img src="/images/flag/w13/BEL.png" /> Belgium<br/>', b"")
    _, rows = read_rows(only_to)
    assert (rows[0]["ships_from_text"], rows[0]["ships_to_text"]) == (None, "Worldwide except Utopia")
    _, rows = read_rows(OFFER.replace(b" Belgium<br/>", b"<br/>"))
    assert (rows[0]["ships_from_text"], rows[0]["ships_to_text"]) == (None, "Worldwide except Utopia")


def test_what_is_not_on_the_page_is_missing_and_never_zero_or_empty():
    _, rows = read_rows(OFFER.replace(b"4.98/5, 55~70 deals", b"[new]").replace(b"0.25000000 BTC", b" "))
    assert [rows[0][name] for name in ("rating_text", "sales_text", "price_text", "price_currency")] == [None] * 4


def test_feedback_text_is_kept_as_length_and_key_only():
    _, rows = read_rows(OFFER, table="feedback")
    assert [row["text_length"] for row in rows] == [4, 5]
    assert len({row["text_key"] for row in rows}) == 2
    assert not any("Good" in str(value) for row in rows for value in row.values())


def test_the_name_of_a_page_depends_on_market_date_and_path_alone():
    assert page_id("a", "2019-01-01", "p/1") == page_id("a", "2019-01-01", "p/1")
    assert len({page_id("a", "2019-01-01", "p/1"), page_id("b", "2019-01-01", "p/1"), page_id("a", "x", "p/1")}) == 3
    assert len(page_id("a", "b", "\udcff")) == 16


@given(where=st.floats(0, 1))
@settings(max_examples=200, deadline=None)
def test_what_a_cut_page_says_the_whole_page_says_too(where):
    whole = {value for row in read_rows(OFFER)[1] for value in row.values()}
    _, rows = read_rows(OFFER[: int(len(OFFER) * where)])
    assert {value for row in rows for value in row.values()} <= whole | {None}


def test_what_the_server_gave_as_an_error_is_one_whatever_it_shows():
    read = READER.read(OFFER_PATH, OFFER, status=404)
    assert (read.kind, read.rows, "http-404" in read.notes) == ("error", [], True)
    path, blocked = next((one.path, one.html.encode()) for one in ADAPTER.samples if one.kind == "limit")
    assert READER.read(path, blocked, status=503).kind == "limit"


def test_the_encoding_that_the_server_named_goes_first():
    page = OFFER.decode().replace("<h1>", "<h1>Чай ").encode("cp1251", "replace")
    read = READER.read(OFFER_PATH, page, status=200, charset="cp1251")
    titles = [row[rows.names.index("title")] for rows, values in read.rows for row in values if rows.table == "listing"]
    assert titles[0].startswith("Чай ")
    assert "encoding" not in read.notes


def test_a_piece_without_an_end_stops_before_the_next_one():
    page = b"<b>one</b><i>a</i><b>two</b><i>b</i>"
    regions = [{"from": "<b>one", "to": "<hr>"}, {"from": "<b>two"}]
    rows = [{"table": "listing", "select": "b", "fields": {"title": {"select": "b"}}}]
    kind = {"kind": "list", "when": {"contains": ["<b>"]}, "regions": regions, "rows": rows}
    read = Reader(Adapter.model_validate({"market": "sample", "description": "x", "pages": [kind]})).read("x", page)
    assert read.rows[0][1] == [["one"], ["two"]]
