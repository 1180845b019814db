"""A WARC file gives its pages as they were served, and says what else it holds."""

import gzip
import zlib
from base64 import b32encode
from hashlib import sha1

import pytest
from cryptodrug.archive import Limits, Report, pages
from cryptodrug.archive.page import path_of
from cryptodrug.archive.warc import charset_of
from cryptodrug.errors import InputError
from warc_files import DATE, SITE, Record, warc_bytes

PAGE = b"<html>kiosk</html>"
DIGEST = "sha1:" + b32encode(sha1(PAGE).digest()).decode()


@pytest.fixture
def read(tmp_path):
    def read(records, gzip=True, report=None, limits=None):
        path = tmp_path / ("a.warc.gz" if gzip else "a.warc")
        path.write_bytes(warc_bytes(records, gzip))
        return list(pages(path, report, limits))

    return read


@pytest.mark.parametrize("packed", [True, False])
def test_a_response_is_a_page_with_status_encoding_and_time(read, packed):
    shown = Record("/cat/tea?page=2#top", PAGE, headers={"Content-Type": "text/html; charset=ISO-8859-1"})
    page, missing = read([shown, Record("/gone", b"nothing here", status="404 Not Found")], packed)
    assert page == ("/cat/tea?page=2", PAGE)
    assert (page.status, page.charset, page.captured_at) == (200, "cp1252", DATE)
    assert (missing.status, missing.charset) == (404, None)


def test_what_is_no_page_is_counted_by_reason(read):
    report = Report()
    found = read(
        [
            Record("", type="warcinfo", status=None, site="urn:note"),
            Record("/", type="request", status="GET / HTTP/1.1"),
            Record("/", status="301 Moved", headers={"Location": "/home"}),
            Record("/home", PAGE),
            Record("/box.png", b"\x89PNG", headers={"Content-Type": "image/png"}),
            Record("/look.css", b"p {}", headers={"Content-Type": "text/css; charset=utf-8"}),
            Record("", b"x", type="metadata", status=None, site="urn:note"),
            Record("", b"10 in a", status=None, site="dns:market.example"),
        ],
        report=report,
    )
    assert found == [("/home", PAGE)]
    assert report.refused == {
        "record of the crawler: warcinfo": 1,
        "record of the crawler: request": 1,
        "record of the crawler: metadata": 1,
        "record of the crawler: no page of the web": 1,
        "redirect": 1,
        "picture, sound, font, style or script": 2,
    }


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize(
    "reference",
    [
        {"WARC-Refers-To": "<urn:uuid:0>"},
        {"WARC-Refers-To-Target-URI": f"{SITE}/p/1", "WARC-Refers-To-Date": DATE},
        {"WARC-Payload-Digest": DIGEST},
    ],
)
def test_a_revisit_shows_what_was_captured_before(read, packed, reference):
    first = Record("/p/1", PAGE, headers={"Content-Type": "text/html; charset=utf-8"})
    later = {"WARC-Date": "2019-02-28T12:00:00Z"}
    again = Record("/p/1?again", type="revisit", status="304 Not Modified", headers={}, warc=reference | later)
    report = Report()
    found = read([first, again, Record("/p/2", b"other")], packed, report)
    assert found == [("/p/1", PAGE), ("/p/1?again", PAGE), ("/p/2", b"other")]
    assert (found[1].status, found[1].captured_at) == (200, "2019-02-28T12:00:00Z")
    assert report.refused == {}


def test_a_revisit_of_another_file_is_counted(read):
    report = Report()
    alone = Record("/p/1", type="revisit", warc={"WARC-Refers-To": "<urn:uuid:elsewhere>"})
    assert read([alone, Record("/p/2", PAGE)], report=report) == [("/p/2", PAGE)]
    assert report.refused == {"revisit without its earlier capture": 1}


def test_bodies_are_unpacked_and_chunks_joined(read):
    chunked = b"6\r\n<html>\r\n5\r\nkiosk\r\n7\r\n</html>\r\n0\r\n\r\n"
    report = Report()
    found = read(
        [
            Record("/gzip", gzip.compress(PAGE, mtime=0), headers={"Content-Encoding": "gzip"}),
            Record("/deflate", zlib.compress(PAGE), headers={"Content-Encoding": "deflate"}),
            Record("/chunked", chunked, headers={"Transfer-Encoding": "chunked"}),
            Record("/unknown", b"\x0b\x02", headers={"Content-Encoding": "br"}),
            Record("/last", PAGE),
        ],
        report=report,
    )
    assert [data for _, data in found] == [PAGE] * 4
    assert [path for path, _ in found] == ["/gzip", "/deflate", "/chunked", "/last"]
    assert report.refused == {"packed in an unknown way": 1}


@pytest.mark.parametrize("packed", [True, False])
def test_no_cut_of_a_file_passes_for_its_end(tmp_path, packed):
    records = [Record(f"/p/{number}", bytes(range(256)) * 4) for number in range(3)]
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    whole = warc_bytes(records, packed)
    ends = [len(warc_bytes(records[:count], packed)) for count in range(1, 4)]
    # the four bytes behind a plain record belong to none: without them it is whole
    undamaged = {end - blank for end in ends for blank in range(1 if packed else 5)}
    for cut in sorted(set(range(60, len(whole), 37)) - undamaged):
        path.write_bytes(whole[:cut])
        given = []
        with pytest.raises(InputError, match="damaged or cut off"):
            given.extend(pages(path))
        assert given == [(record.path, record.body) for record in records[: len(given)]]
        # the bytes of a record may all be there although its checksum is cut off
        assert 0 <= len(given) - sum(end <= cut for end in ends) <= 1


def test_a_body_larger_than_any_page_is_refused(read):
    report = Report()
    bomb = Record("/bomb", gzip.compress(b"\0" * 10_000, mtime=0), headers={"Content-Encoding": "gzip"})
    assert read([bomb, Record("/p/1", PAGE)], report=report, limits=Limits(largest_page=100)) == [("/p/1", PAGE)]
    assert report.refused == {"larger than any page": 1}


def test_no_name_of_a_hidden_service_is_kept():
    host = "b3" * 28 + ".onion"
    assert path_of(f"http://{host}/out?to=http%3A%2F%2F{host}%2Fx") == "/out?to=http%3A%2F%2Fonion%2Fx"
    assert path_of(f"{SITE}") == "/"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("text/html; charset=utf-8", "utf-8"),
        ("text/html;charset = 'windows-1251'", "cp1251"),
        ("text/html; charset=us-ascii", "cp1252"),
        ("text/html", None),
        ("text/html; charset=none-such", None),
        ("text/html; charset=base64", None),
        ("text/html; charset=unicode_escape", None),
    ],
)
def test_encodings_are_those_that_python_knows(given, expected):
    assert charset_of(given) == expected
