"""Zip files as many programs write them."""

import struct
import zipfile

import pytest
from archive_files import noise, zip_bytes
from cryptodrug.archive import Report, pages
from cryptodrug.archive import zip_entries as entries
from hypothesis import given, settings
from hypothesis import strategies as st

names = st.text(st.characters(codec="utf-8", exclude_characters="/\\\0"), min_size=1, max_size=20)
members = st.dictionaries(names, st.binary(max_size=300), max_size=8)


@settings(deadline=None)
@given(members, st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2]), st.booleans())
def test_the_directory_is_read_as_zipfile_reads_it(tmp_path_factory, held, method, stream):
    path = tmp_path_factory.getbasetemp() / "a.zip"
    path.write_bytes(zip_bytes(held.items(), method, stream))
    with path.open("rb") as file, zipfile.ZipFile(path) as archive:
        directory = entries.find_directory(file, path.stat().st_size)
        found = list(entries.directory_entries(file, directory))
        assert [(one.name, one.size, one.packed, one.crc, one.head) for one in found] == [
            (one.filename, one.file_size, one.compress_size, one.CRC, one.header_offset) for one in archive.infolist()
        ]


@settings(deadline=None)
@given(members.filter(bool), st.booleans())
def test_heads_of_members_say_what_the_directory_says(tmp_path_factory, held, stream):
    path = tmp_path_factory.getbasetemp() / "b.zip"
    path.write_bytes(zip_bytes(held.items(), stream=stream))
    with path.open("rb") as file:
        local = list(entries.local_entries(file, 0))
    assert [(one.name, one.size) for one in local] == [(name, len(data)) for name, data in held.items()]


def test_bytes_in_front_of_the_archive_do_not_matter(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zip_bytes([("p/1", b"1"), ("p/2", noise(2))]))
    plain = list(pages(path))
    path.write_bytes(b"PK\x03\x04" + b"#! unpacks itself" + path.read_bytes())
    assert list(pages(path)) == plain == [("p/1", b"1"), ("p/2", noise(2))]


def test_large_archives_have_larger_numbers(tmp_path, monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 2)
    path = tmp_path / "a.zip"
    held = [(f"p/{number}", noise(number)) for number in range(5)]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in held:
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(data)
    assert b"PK\x06\x06" in path.read_bytes()
    assert list(pages(path)) == held


def _renamed(data, old, new):
    """The same archive with other bytes for a name of the same length, and without the mark of UTF-8."""
    data = bytearray(data.replace(old, new))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        flags = data.index(mark) + place
        struct.pack_into("<H", data, flags, struct.unpack_from("<H", data, flags)[0] & ~entries.UTF8)
    return bytes(data)


@pytest.mark.parametrize(("raw", "name"), [("té-".encode(), "té-"), (b"caf\x82", "café")])
def test_names_without_a_mark_are_utf8_where_they_can_be(tmp_path, raw, name):
    path = tmp_path / "a.zip"
    path.write_bytes(_renamed(zip_bytes([("name", b"x")]), b"name", raw))
    assert list(pages(path)) == [(name, b"x")]


def test_packing_that_is_not_known_is_counted(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zip_bytes([("p/1", b"x" * 99)], zipfile.ZIP_LZMA))
    report = Report()
    assert list(pages(path, report)) == []
    assert report.refused == {"packed in an unknown way": 1}
