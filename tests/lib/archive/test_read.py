"""Archives are read as they are, page by page, in the order of the archive."""

import tarfile
import zipfile

import pytest
from archive_files import PACKERS, noise, seven_zip_bytes, tar_bytes, zip_bytes
from cryptodrug.archive import Limits, Report, pages
from cryptodrug.errors import InputError
from warc_files import Record, warc_bytes

MEMBERS = [("p/b", b"<html>2"), ("p/a", b"<html>1"), ("p/c", b"")]


@pytest.fixture
def written(tmp_path):
    def written(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return written


def read(path, limits=None):
    """Pages and the report; no member is unaccounted for."""
    report = Report()
    found = list(pages(path, report, limits))
    assert report.unaccounted == 0
    assert report.pages == len(found)
    assert report.given.bytes == sum(len(page.received or page[1]) for page in found)
    return found, report


@pytest.mark.parametrize("end", PACKERS)
def test_pages_of_a_tar_come_in_its_order_however_it_is_packed(written, end):
    assert read(written(f"a.tar{end}", PACKERS[end](tar_bytes(MEMBERS))))[0] == MEMBERS


@pytest.mark.parametrize("end", PACKERS)
def test_what_an_archive_is_shows_in_its_bytes_and_not_in_its_name(written, end):
    assert read(written("snapshot", PACKERS[end](tar_bytes(MEMBERS))))[0] == MEMBERS
    assert read(written("snapshot.tar", PACKERS[end](zip_bytes(MEMBERS))))[0] == MEMBERS


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_long_names_and_names_that_are_no_utf8_are_kept(written, form):
    members = [("long/" + "x" * 90 + "/" + "y" * 90, b"1"), ("caf\udce9", b"2"), ("tee-€", b"3")]
    assert read(written("a.tar", tar_bytes(members, form)))[0] == members


def test_tar_archives_behind_each_other_are_one(written):
    both = tar_bytes(MEMBERS[:1]) + tar_bytes(MEMBERS[1:])
    assert read(written("a.tar", both))[0] == MEMBERS
    apart = PACKERS[".gz"](tar_bytes(MEMBERS[:1])) + PACKERS[".gz"](tar_bytes(MEMBERS[1:]))
    assert read(written("a.tar.gz", apart))[0] == MEMBERS


def test_folder_zip_and_single_page_give_the_same_bytes(tmp_path, written):
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "page").write_bytes(b"\x00\xff")
    packed = written("a.zip", zip_bytes([("sub/", b""), ("sub/page", b"\x00\xff")]))
    assert read(folder)[0] == read(packed)[0] == [("sub/page", b"\x00\xff")]
    assert read(folder / "sub" / "page")[0] == [("page", b"\x00\xff")]


def test_files_of_a_folder_are_sorted_by_the_parts_of_their_paths(tmp_path):
    for name in ("b", "a.b", "a/z", "a/y/x", "A"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    assert [path for path, _ in read(tmp_path)[0]] == ["A", "a/y/x", "a/z", "a.b", "b"]


@pytest.mark.parametrize("end", list(PACKERS)[1:])
def test_a_packed_page_is_unpacked(written, end):
    page = PACKERS[end](b"<html>kiosk")
    assert read(written(f"page.html{end}", page))[0] == [("page.html", b"<html>kiosk")]
    found, _ = read(written("a.tar", tar_bytes([(f"p/1{end}", page), ("p/2", page)])))
    assert found == [("p/1", b"<html>kiosk"), ("p/2", b"<html>kiosk")]
    assert [page.place for page in found] == [f"p/1{end}", "p/2"]


INNER = {
    "inner.tar": tar_bytes(MEMBERS),
    "inner.tar.xz": PACKERS[".xz"](tar_bytes(MEMBERS)),
    "inner.zip": zip_bytes(MEMBERS),
    "inner.7z": seven_zip_bytes(MEMBERS),
    "inner.zip.gz": PACKERS[".gz"](zip_bytes(MEMBERS)),
}


@pytest.mark.parametrize("name", INNER)
@pytest.mark.parametrize("pack", [tar_bytes, zip_bytes, seven_zip_bytes])
def test_an_archive_inside_an_archive_is_opened_in_its_place(written, name, pack):
    found, report = read(written("outer", pack([("first", b"0"), (f"d/{name}", INNER[name]), ("last", b"9")])))
    assert found == [("first", b"0"), *MEMBERS, ("last", b"9")]
    assert [page.place for page in found[1:-1]] == [f"d/{name}!/{path}" for path, _ in MEMBERS]
    kind = {"inner.tar.xz": "tar", "inner.zip.gz": "zip"}.get(name, name.rpartition(".")[2])
    assert (report.members, {key: one.number for key, one in report.opened.items()}) == (6, {kind: 1})


def test_a_crawl_inside_an_archive_keeps_its_addresses(written):
    found, report = read(written("a.zip", zip_bytes([("crawl.warc.gz", warc_bytes([Record("/p/1", b"<html>")]))])))
    assert (found, found[0].place) == ([("/p/1", b"<html>")], "crawl.warc.gz!/p/1")
    assert report.opened["warc"].number == 1


def test_archives_are_opened_only_so_deep(written):
    data = tar_bytes([("page", b"1")])
    for _ in range(4):
        data = tar_bytes([("page", b"1"), ("inner.tar", data)])
    found, report = read(written("a.tar", data), Limits(deepest=2))
    assert [page.place for page in found] == ["page", "inner.tar!/page", "inner.tar!/inner.tar!/page"]
    assert report.refused == {"archive inside too many archives": 1}


def test_an_archive_of_a_kind_that_is_not_read_is_never_taken_for_a_page(written):
    rar = b"Rar!\x1a\x07\x01\x00" + noise(1)
    with pytest.raises(InputError, match=r"archives of this kind are not read \(rar\)"):
        read(written("a.rar", rar))
    found, report = read(written("a.tar", tar_bytes([("p/a.rar", rar), ("p/1", b"1")])))
    assert (found, report.refused) == ([("p/1", b"1")], {"archive of a kind that is not read": 1})


def test_the_second_member_of_a_name_has_a_place_of_its_own(written):
    twice = tar_bytes([("p/1", b"old"), ("p/2", b"x"), ("p/1", b"new")])
    found, report = read(written("a.tar", twice))
    assert found == [("p/1", b"old"), ("p/2", b"x"), ("p/1", b"new")]
    assert [(page.place, page.again) for page in found] == [("p/1", False), ("p/2", False), ("p/1#2", True)]
    assert report.again == 1


@pytest.mark.parametrize("names", [["p/1", "p/1.1", "p/1.2"], ["p/1.2", "p/1.1", "p/1"]])
def test_what_wget_fetched_again_is_a_second_capture(written, names):
    found, report = read(written("a.tar", tar_bytes([(name, b"x") for name in names])))
    assert [page.place for page in found] == names
    assert report.again == (2 if names[0] == "p/1" else 1)


def test_pictures_styles_and_files_of_the_system_are_no_pages(written):
    strange = [("look.css", b"p {}"), ("box.jpg", b"\xff\xd8\xff\xe0"), ("._p", b"x"), ("p/.DS_Store", b"x")]
    found, report = read(written("a.tar", tar_bytes([*strange, ("p/a.js", b"\n<!doctype html>")])))
    assert found == [("p/a.js", b"\n<!doctype html>")]
    assert report.refused == {"picture, sound, font, style or script": 2, "left by an operating system": 2}


def test_a_page_that_a_browser_saved_is_read_as_it_was_served(written):
    site = b"http://" + b"a2" * 28 + b".onion"
    saved = b"<!DOCTYPE html>\n<!-- saved from url=(0078)%s/p/1?x=2 -->\n<a href='%s/cat/1'>" % (site, site)
    found, _ = read(written("Kiosk.html", saved))
    assert found == [("/p/1?x=2", saved.replace(site, b""))]
    assert found[0].received == saved
    assert found[0].place == "Kiosk.html"


def test_no_name_of_a_hidden_service_is_kept(written):
    host = "b3" * 28 + ".onion"
    found, _ = read(written("a.tar", tar_bytes([(f"{host}/p/1", b"x")])))
    assert [(page[0], page.place) for page in found] == [("onion/p/1", "onion/p/1")]


def test_a_member_larger_than_any_page_is_refused_unread(written):
    for pack in (tar_bytes, zip_bytes, seven_zip_bytes):
        path = written("a", pack([("large", b"x" * 11), ("page", b"x" * 10)]))
        found, report = read(path, Limits(largest_page=10))
        assert [name for name, _ in found] == ["page"]
        assert report.refused == {"larger than any page": 1}
        assert report.not_read["larger than any page"].bytes == 11


def test_an_archive_larger_than_any_page_is_opened(written):
    inner = zip_bytes([("1", noise(1)), ("2", noise(2))], zipfile.ZIP_STORED)
    found, _ = read(written("a.tar", tar_bytes([("inner.zip", inner)])), Limits(largest_page=4000))
    assert found == [("1", noise(1)), ("2", noise(2))]
