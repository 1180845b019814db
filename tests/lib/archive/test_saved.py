"""What programs save of a site: WACZ files of a crawler, files of a browser that hold a page and its pictures."""

import gzip

import pytest
from archive_files import zip_bytes
from cryptodrug.archive import Limits, Report, pages
from cryptodrug.errors import InputError
from warc_files import Record, warc_bytes

SITE = "http://" + "a2" * 28 + ".onion"
MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: {SITE}/p/1?x=2
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="--x"

----x
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable
Content-Location: {SITE}/p/1?x=2

<html><a href=3D"{SITE}/cat/1">caf=C3=A9</a></html>
----x
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: {SITE}/box.png

iVBORw==
----x--
"""


def test_a_page_in_one_file_with_its_pictures_is_read_as_it_was_served(tmp_path):
    path, report = tmp_path / "Kiosk.mhtml", Report()
    path.write_bytes(MHTML.replace("\n", "\r\n").encode())
    (page,) = pages(path, report)
    assert page == ("/p/1?x=2", '<html><a href="/cat/1">café</a></html>'.encode())
    assert page.charset == "utf-8"
    assert SITE.encode() in page.received
    assert report.refused == {"picture, sound, font, style or script": 1}
    assert report.unaccounted == 0


def test_parts_inside_too_many_parts_are_a_damage(tmp_path):
    path = tmp_path / "a.mhtml"
    begin = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(1500))
    path.write_bytes(b"From: <Saved by Blink>\n" + begin.encode())
    report = Report()
    assert list(pages(path, report, Limits(keep_damaged=True))) == []
    assert list(report.damages) == ["parts inside too many parts"]
    with pytest.raises(InputError, match="parts inside too many parts"):
        list(pages(path))


@pytest.mark.parametrize("name", ["crawl.wacz", "crawl.zip"])
def test_of_a_wacz_the_records_are_read_and_the_indexes_counted(tmp_path, name):
    crawl = warc_bytes([Record("/p/1", b"<html>1"), Record("/p/2", b"<html>2")])
    held = [
        ("archive/data.warc.gz", crawl),
        ("indexes/index.cdx", b"x"),
        ("pages/pages.jsonl", b"{}"),
        ("datapackage.json", b"{}"),
    ]
    path, report = tmp_path / name, Report()
    path.write_bytes(zip_bytes(held))
    found = list(pages(path, report))
    assert found == [("/p/1", b"<html>1"), ("/p/2", b"<html>2")]
    assert found[0].place == "archive/data.warc.gz!/p/1"
    assert report.refused == {"index of a WACZ": 3}
    assert report.unaccounted == 0


def test_a_crawl_that_is_packed_as_one_is_read_like_others(tmp_path):
    crawl = warc_bytes([Record("/p/1", b"<html>1"), Record("/p/2", b"<html>2")], gzip=False)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(crawl, mtime=0))
    assert list(pages(path)) == [("/p/1", b"<html>1"), ("/p/2", b"<html>2")]
