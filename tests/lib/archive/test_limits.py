"""Archives that are attacks on memory, disk or time are refused or survived."""

import io
import struct
import tarfile
import tracemalloc
import zipfile

import pytest
from archive_files import PACKERS, deflate, noise, seven_zip_bytes, tar_bytes, zip_bytes
from cryptodrug.archive import Limits, Report, pages
from cryptodrug.archive.limits import Budget, TooMuch
from cryptodrug.errors import InputError
from warc_files import Record, warc_bytes

MANY = 1 << 21
LOW = Limits(largest_ratio=20, largest_page=1 << 16)


@pytest.fixture
def low_floor(monkeypatch):
    """The limit of the ratio counts from the first byte."""
    monkeypatch.setattr("cryptodrug.archive.limits.ALWAYS_ALLOWED", 0)


def zeros(count=MANY):
    """A member that packs to almost nothing."""
    return [("page", b"<html>"), ("zeros", bytes(count))]


@pytest.mark.parametrize("end", list(PACKERS)[1:])
def test_a_packed_bomb_is_refused_before_it_is_unpacked(tmp_path, low_floor, end):
    path = tmp_path / f"bomb.tar{end}"
    path.write_bytes(PACKERS[end](tar_bytes(zeros(1 << 25))))
    tracemalloc.start()
    with pytest.raises(InputError, match=r"unpacks to more than is allowed .*`archives: largest_ratio`"):
        list(pages(path, None, LOW))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 24


@pytest.mark.parametrize("pack", [zip_bytes, seven_zip_bytes])
def test_a_bomb_of_many_members_is_refused(tmp_path, low_floor, pack):
    path = tmp_path / "bomb"
    path.write_bytes(pack([(f"{number}", bytes(1 << 16)) for number in range(64)]))
    with pytest.raises(InputError, match="unpacks to more than is allowed"):
        list(pages(path, None, LOW))


def test_the_limit_in_bytes_holds_whatever_the_ratio(tmp_path):
    path = tmp_path / "a.tar.gz"
    path.write_bytes(PACKERS[".gz"](tar_bytes([(f"p/{number}", noise(number, 60_000)) for number in range(3)])))
    with pytest.raises(InputError, match=r"`archives: largest_unpacked`.*\n.*after 1 whole pages"):
        list(pages(path, None, Limits(largest_unpacked=100_000)))


def test_members_that_share_their_bytes_are_counted_each_time(tmp_path, low_floor):
    """A zip of 4 kilobytes whose directory names the same stored bytes a thousand times."""
    whole = zip_bytes([("page", noise(1))], zipfile.ZIP_STORED)
    begin = whole.index(b"PK\x01\x02")
    entry, end = whole[begin : whole.index(b"PK\x05\x06")], bytearray(whole[whole.index(b"PK\x05\x06") :])
    struct.pack_into("<2H2L", end, 8, 1000, 1000, len(entry) * 1000, begin)
    path = tmp_path / "a.zip"
    path.write_bytes(whole[:begin] + entry * 1000 + bytes(end))
    report = Report()
    with pytest.raises(InputError, match="unpacks to more than is allowed"):
        list(pages(path, report, LOW))
    assert report.pages < 1000


def test_a_bomb_inside_an_archive_is_refused_and_the_rest_read(tmp_path, low_floor):
    bomb = PACKERS[".xz"](tar_bytes(zeros()))
    path = tmp_path / "a.tar"
    path.write_bytes(tar_bytes([("p/1", noise(1, 60_000)), ("bomb.tar.xz", bomb), ("p/2", noise(2))]))
    report = Report()
    found = [page[0] for page in pages(path, report, Limits(largest_ratio=30, keep_damaged=True))]
    assert found == ["p/1", "p/2"]
    assert report.unaccounted == 0
    assert any("largest_ratio" in reason for reason in report.damages)
    with pytest.raises(InputError, match="unpacks to more than is allowed"):
        list(pages(path, None, Limits(largest_ratio=30)))


def test_a_page_that_is_a_bomb_is_no_page(tmp_path):
    path = tmp_path / "a.tar"
    path.write_bytes(tar_bytes([("p/1.gz", PACKERS[".gz"](bytes(MANY))), ("p/2", b"x")]))
    report = Report()
    assert list(pages(path, report, LOW)) == [("p/2", b"x")]
    assert report.refused == {"larger than any page": 1}


def test_a_body_that_is_a_bomb_is_no_page(tmp_path):
    path = tmp_path / "a.warc.gz"
    packed = PACKERS[".gz"](bytes(MANY))
    path.write_bytes(warc_bytes([Record("/p/1", packed, headers={"Content-Encoding": "gzip"}), Record("/p/2", b"x")]))
    report = Report()
    assert list(pages(path, report, LOW)) == [("/p/2", b"x")]
    assert report.refused == {"larger than any page": 1}


def test_what_is_inside_counts_for_what_is_around_it():
    outer = Budget(Limits(largest_unpacked=100), 1)
    inner = Budget(Limits(largest_unpacked=100), 1, outer)
    inner.take(60)
    outer.take(40)
    with pytest.raises(TooMuch):
        inner.take(1)


def test_a_packed_file_that_packs_itself_is_opened_only_so_often(tmp_path):
    data = b"<html>"
    for _ in range(8):
        data = PACKERS[".gz"](data)
    path = tmp_path / "a.gz"
    path.write_bytes(data)
    with pytest.raises(InputError, match="archives of this kind are not read"):
        list(pages(path))


def test_a_head_of_gigabytes_is_not_read_into_memory(tmp_path):
    head = tarfile.TarInfo("././@LongLink")
    head.type, head.size = tarfile.GNUTYPE_LONGNAME, 1 << 33
    path = tmp_path / "a.tar"
    path.write_bytes(head.tobuf(tarfile.GNU_FORMAT) + tar_bytes([("p/1", b"1")]))
    report = Report()
    assert list(pages(path, report, Limits(keep_damaged=True))) == [("p/1", b"1")]
    assert {key: one.number for key, one in report.damages.items()} == {"a head that is none": 1}


def test_a_7z_that_asks_for_gigabytes_of_memory_is_not_unpacked(tmp_path):
    filters = [{"id": 0x21, "dict_size": 1 << 29}]
    path = tmp_path / "a.7z"
    path.write_bytes(seven_zip_bytes([("p/1", b"1")], filters=filters))
    report = Report()
    assert list(pages(path, report)) == []
    assert report.refused == {"packed in an unknown way": 1}


def test_encrypted_members_are_refused_and_counted(tmp_path):
    locked = bytearray(zip_bytes([("locked", b"x"), ("page", b"y")]))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    for name, data in (("a.zip", bytes(locked)), ("a.7z", seven_zip_bytes([("locked", b"x")], password="tea"))):
        (tmp_path / name).write_bytes(data)
        report = Report()
        assert list(pages(tmp_path / name, report)) == ([("page", b"y")] if name == "a.zip" else [])
        assert report.refused == {"encrypted": 1}


def test_a_7z_whose_list_is_encrypted_is_an_input_error(tmp_path):
    path = tmp_path / "a.7z"
    path.write_bytes(seven_zip_bytes([("locked", b"x")], password="tea", header_encryption=True))
    with pytest.raises(InputError, match="the list of members is encrypted"):
        list(pages(path))


def test_a_size_that_lies_gives_no_more_than_it_says(tmp_path):
    """A directory that promises five bytes of what would be two megabytes."""
    honest = zip_bytes([("p", bytes(MANY))])
    lying = bytearray(honest)
    struct.pack_into("<L", lying, lying.index(b"PK\x01\x02") + 24, 5)
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(lying))
    with pytest.raises(InputError, match="the checksum of a member differs"):
        list(pages(path))
    assert len(deflate(bytes(MANY))) < 3000


NAMES_OUT = ["../outside", "/absolute", "p/../../outside", "..\\outside", "C:\\outside", "\\outside"]


@pytest.mark.parametrize("pack", [tar_bytes, zip_bytes])
def test_members_that_lead_out_of_the_archive_are_refused_and_counted(tmp_path, pack):
    path = tmp_path / "a"
    path.write_bytes(pack([*((name, b"x") for name in NAMES_OUT), ("p/a..b", b"y")]))
    report = Report()
    assert list(pages(path, report)) == [("p/a..b", b"y")]
    assert report.refused == {"path leads out of the archive": len(NAMES_OUT)}


def test_links_are_refused_and_counted(tmp_path):
    link = zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    forms = {
        "a.tar": tar_bytes([("a", "soft"), ("b", "hard"), ("c", "pipe"), ("page", b"5")]),
        "a.zip": zip_bytes([(link, "/etc/hostname"), ("page", b"5")]),
    }
    for (name, data), links in zip(forms.items(), (3, 1), strict=True):
        (tmp_path / name).write_bytes(data)
        report = Report()
        assert list(pages(tmp_path / name, report)) == [("page", b"5")]
        assert report.refused == {"link or special file": links}
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path / "a.tar")
    (folder / "round").symlink_to(folder)
    (folder / "page").write_bytes(b"5")
    report = Report()
    assert list(pages(folder, report)) == [("page", b"5")]
    assert report.refused == {"link or special file": 2}


def _tar_of(count):
    """A tar archive of many small pages."""
    buffer = io.BytesIO()
    for number in range(count):
        head = tarfile.TarInfo(f"market/p/{number}")
        head.size = 100
        buffer.write(head.tobuf() + b"<html>".ljust(512, b" "))
    buffer.write(bytes(1024))
    return buffer.getvalue()


def _peak(path):
    """Most memory that Python holds in a pass, bytes."""
    tracemalloc.start()
    count = sum(1 for _ in pages(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return count, peak


@pytest.mark.parametrize("pack", [tar_bytes, zip_bytes], ids=["tar.gz", "zip"])
def test_memory_does_not_grow_with_the_number_of_members(tmp_path, pack):
    peaks = []
    for count in (500, 5_000):
        path = tmp_path / f"{count}"
        if pack is tar_bytes:
            path.write_bytes(PACKERS[".gz"](_tar_of(count)))
        else:
            path.write_bytes(zip_bytes([(f"market/p/{number}", b"<html>") for number in range(count)], 0))
        given, peak = _peak(path)
        assert given == count
        peaks.append(peak)
    assert peaks[1] < 1.2 * peaks[0] + 100_000
