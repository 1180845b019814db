"""Bytes of a page become UTF-8, whatever was done to them."""

import pytest
from cryptodrug.reading.encoding import as_utf8, without_broken_end
from hypothesis import given
from hypothesis import strategies as st


def done(page, encoding="utf-8"):
    notes = set()
    return as_utf8(page, encoding, notes).decode(), notes


@pytest.mark.parametrize(
    ("page", "text", "notes"),
    [
        (b"plain", "plain", set()),
        ("Thé".encode(), "Thé", set()),
        ("Thés".encode("cp1252"), "Thés", {"encoding"}),
        (b'<meta charset="iso-8859-2">' + "Łódź".encode("iso-8859-2"), '<meta charset="iso-8859-2">Łódź', {"encoding"}),
        (b"<meta charset=utf-16>\xe9s", "<meta charset=utf-16>és", {"encoding"}),
        ("Thé".encode("utf-16"), "\ufeffThé".lstrip("\ufeff"), {"encoding"}),
        ("é".encode() * 20 + b"\xff", "é" * 20 + "\ufffd", {"encoding"}),
        (("é".encode() + "€".encode())[:-1], "é\ufffd", {"encoding"}),
        (b"b'<p>It\\'s\\n5 \\xe2\\x82\\xac</p>'\n", "<p>It's\n5 €</p>", {"python-literal"}),
        (b'b"half', 'b"half', set()),
        (b"b'bad \\x \\q'", "bad \\x \\q", {"python-literal"}),
    ],
)
def test_page(page, text, notes):
    assert done(page) == (text, notes)


def test_the_encoding_of_the_market_file():
    assert done(b"\xa45", "iso-8859-15") == ("€5", set())


@given(st.binary(max_size=200))
def test_any_bytes_become_text(page):
    assert isinstance(done(page)[0], str)


def test_behind_the_last_tag_of_a_cut_page_nothing_is_read():
    assert without_broken_end(b"<p>12</p><b>3") == b"<p>12</p><b>"
    assert without_broken_end(b"no tag") == b"no tag"
