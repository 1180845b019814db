"""Archives whose bytes depend on no compression library."""

import datetime
import gzip
import io
import tarfile
from hashlib import sha256

import pytest
from cryptodrug.simulate.packing import LARGEST_BLOCK, StoredGzip, write_tar_gz, write_warc
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker


@pytest.mark.parametrize("size", [0, 1, LARGEST_BLOCK, LARGEST_BLOCK + 1, 3 * LARGEST_BLOCK])
@pytest.mark.parametrize("piece", [1 << 10, 1 << 18])
def test_python_reads_what_was_packed(size, piece):
    data = bytes(number % 251 for number in range(size))
    stream = io.BytesIO()
    packed = StoredGzip(stream)
    for start in range(0, size, piece):
        packed.write(data[start : start + piece])
    packed.close()
    assert gzip.decompress(stream.getvalue()) == data


def test_an_archive_has_exactly_these_bytes(tmp_path):
    write_tar_gz(tmp_path / "a.tar.gz", [("a/b.html", b"<html>"), ("c.html", b"")])
    data = (tmp_path / "a.tar.gz").read_bytes()
    assert sha256(data).hexdigest() == "8d97c6fa5bc629ba5ecdf6bdb17a8afeb8d75f1b4476284d3c0bdb7862e935aa"


def test_members_carry_no_time_and_no_owner(tmp_path):
    write_tar_gz(tmp_path / "a.tar.gz", [("page.html", b"x")])
    with tarfile.open(tmp_path / "a.tar.gz", mode="r:gz") as archive:
        (member,) = archive.getmembers()
    assert (member.mtime, member.uid, member.gid, member.uname, member.gname, member.mode) == (0, 0, 0, "", "", 0o644)


def test_a_warc_holds_each_answer_with_its_status_and_a_clock_of_the_day(tmp_path):
    pages = [("/home", b"<html>", 200), ("/product/1", b"gone", 404)]
    for name in ("one.warc", "two.warc"):
        write_warc(tmp_path / name, pages, datetime.date(2019, 1, 18))
    assert (tmp_path / "one.warc").read_bytes() == (tmp_path / "two.warc").read_bytes()
    with (tmp_path / "one.warc").open("rb") as stream:
        found = [
            (
                record.rec_headers["WARC-Target-URI"],
                record.rec_headers["WARC-Date"],
                record.http_headers.get_statuscode(),
                record.content_stream().read(),
            )
            for record in ArchiveIterator(stream)
        ]
    host = "http://paper-lantern.example"
    assert found == [
        (f"{host}/home", "2019-01-18T12:00:00Z", "200", b"<html>"),
        (f"{host}/product/1", "2019-01-18T12:00:02Z", "404", b"gone"),
    ]


def test_the_checksums_inside_a_warc_hold(tmp_path, capsys):
    write_warc(tmp_path / "a.warc", [("/home", b"<html>", 200)], datetime.date(2019, 1, 18))
    options = type("Options", (), {"inputs": [str(tmp_path / "a.warc")], "verbose": True})
    checker = Checker(options)
    checker.process_all()
    assert checker.exit_value == 0
    assert "digest pass" in capsys.readouterr().out
