"""A damaged archive stops the reading, or gives all its whole members and says what is lost."""

import zipfile

import pytest
from archive_files import PACKERS, damage, noise, seven_zip_bytes, tar_bytes, zip_bytes
from cryptodrug.archive import Limits, Report, pages
from cryptodrug.errors import InputError
from hypothesis import given, settings
from hypothesis import strategies as st
from warc_files import Record, warc_bytes

KEEP = Limits(keep_damaged=True)
MEMBERS = [(f"p/{number}", b"<html>" + noise(number, 2000)) for number in range(12)]


def stored(members):
    """A zip file that packs nothing."""
    return zip_bytes(members, zipfile.ZIP_STORED)


def streamed(members):
    """A zip file in which sizes stand behind the bytes."""
    return zip_bytes(members, stream=True)


def crawl(members, gzip=True):
    """A WARC file."""
    return warc_bytes([Record(f"/{name}", data) for name, data in members], gzip)


def plain_crawl(members):
    """A WARC file that is not packed."""
    return crawl(members, gzip=False)


def solid(members):
    """A 7z file of one block."""
    return seven_zip_bytes(members)


FORMS = {f"a.tar{end}": lambda members, end=end: PACKERS[end](tar_bytes(members)) for end in PACKERS}
FORMS |= {"b.zip": stored, "c.zip": zip_bytes, "d.zip": streamed, "e.warc.gz": crawl, "f.warc": plain_crawl}
FORMS |= {"g.7z": solid}
PACKED = {name: pack(MEMBERS) for name, pack in FORMS.items()}


def kept(path):
    """Pages and report of an archive that the study keeps however damaged."""
    report = Report()
    found = list(pages(path, report, KEEP))
    assert report.unaccounted == 0
    return found, report


def whole(found):
    """Pages that are not cut, without the slash in front of addresses."""
    return [(page[0].lstrip("/"), page[1]) for page in found if not page.cut]


@pytest.fixture
def written(tmp_path):
    def written(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return written


@pytest.mark.parametrize("name", FORMS)
def test_a_cut_archive_stops_the_run_and_says_what_to_do(written, name):
    data = PACKED[name]
    path = written(name, data[: len(data) * 6 // 10])
    given = []
    with pytest.raises(InputError) as caught:
        given.extend(pages(path))
    # extend keeps what came before the error
    assert whole(given) == MEMBERS[: len(given)]
    assert f"{name}, after {len(given)} whole pages" in str(caught.value)
    assert "fetch the archive again" in str(caught.value)
    assert "damaged: keep" in str(caught.value)


@pytest.mark.parametrize("name", [name for name in FORMS if name not in ("a.tar.xz", "a.tar.bz2", "a.tar.zst", "g.7z")])
def test_a_cut_archive_that_is_kept_gives_every_whole_member_and_the_begin_of_the_cut_one(written, name):
    data = PACKED[name]
    found, report = kept(written(name, data[: len(data) * 6 // 10]))
    assert len(found) >= 6
    assert whole(found) == MEMBERS[: len(whole(found))]
    assert len(found) - len(whole(found)) == report.cut <= 1
    if report.cut:
        path, begin = found[-1]
        assert MEMBERS[len(whole(found))][0] == path.lstrip("/")
        assert MEMBERS[len(whole(found))][1].startswith(begin)
    assert sum(one.number for one in report.damages.values()) == 1


@pytest.mark.parametrize("cut", range(512, 8 * 512, 256))
def test_no_cut_of_a_tar_passes_for_its_end(written, cut):
    """Also a cut just between two members, or inside a head, is noticed."""
    path = written("cut.tar", tar_bytes([(f"{number}", b"x" * 512) for number in range(4)])[:cut])
    with pytest.raises(InputError, match=f"after {cut // 1024} whole pages"):
        list(pages(path))
    assert len(whole(kept(path)[0])) == cut // 1024


@pytest.mark.parametrize("name", ["a.tar", "b.zip", "c.zip", "d.zip", "e.warc.gz", "f.warc"])
@pytest.mark.parametrize("lost", [0, 5, 11])
def test_what_stands_behind_a_damage_is_read(written, name, lost):
    data = PACKED[name]
    # in the head of a member of a tar archive, in the bytes of a member of the others
    begin = {
        "a.tar": data.find(f"p/{lost}".encode()),
        "e.warc.gz": len(crawl(MEMBERS[:lost])) + 300,
        "f.warc": data.find(MEMBERS[lost][1]) + 300,
    }.get(name, data.find(f"p/{lost}".encode()) + 300)
    found, report = kept(written(name, damage(data, begin)))
    assert whole(found) == MEMBERS[:lost] + MEMBERS[lost + 1 :]
    assert report.damages or report.unreadable or report.cut


@pytest.mark.parametrize("lost", [0, 5])
def test_a_record_without_a_head_is_passed_over(written, lost):
    data = plain_crawl(MEMBERS)
    found, report = kept(written("a.warc", damage(data, len(plain_crawl(MEMBERS[:lost])), 4)))
    assert whole(found) == MEMBERS[:lost] + MEMBERS[lost + 1 :]
    assert {key: one.number for key, one in report.damages.items()} == {"a record has no whole head": 1}


def test_of_a_7z_file_what_has_its_checksum_is_read(written):
    found, report = kept(written("a.7z", damage(solid(MEMBERS), 2500)))
    assert 0 < len(whole(found)) < len(MEMBERS)
    assert [one for one in MEMBERS if one in whole(found)] == whole(found)
    assert sum(one.number for one in report.unreadable.values()) + report.pages == len(MEMBERS)


def test_a_checksum_that_differs_is_found(written):
    data = stored(MEMBERS)
    path = written("a.zip", damage(data, data.index(MEMBERS[3][1]) + 100, 1))
    with pytest.raises(InputError, match=r"the checksum of a member differs\)\n.*after 3 whole pages"):
        list(pages(path))
    found, report = kept(path)
    assert whole(found) == MEMBERS[:3] + MEMBERS[4:]
    assert {key: one.number for key, one in report.unreadable.items()} == {"the checksum of a member differs": 1}


def test_a_wrong_byte_in_a_packed_tar_is_found_at_its_end(written):
    packed = bytearray(PACKERS[".gz"](tar_bytes(MEMBERS)))
    packed[-6] ^= 1  # the checksum of all bytes
    path = written("a.tar.gz", bytes(packed))
    with pytest.raises(InputError, match="after 12 whole pages"):
        list(pages(path))
    found, report = kept(path)
    assert (found, len(report.damages)) == (MEMBERS, 1)


def test_bytes_behind_the_end_of_an_archive_are_no_end(written):
    for name, data in (("a.tar", tar_bytes(MEMBERS)), ("a.tar.gz", PACKED["a.tar.gz"])):
        path = written(name, data + b"something else" * 100)
        with pytest.raises(InputError, match="after 12 whole pages"):
            list(pages(path))
        assert kept(path)[0] == MEMBERS


def test_a_damaged_archive_inside_a_whole_one_loses_only_its_own_members(written):
    inner = tar_bytes(MEMBERS)[:9000]
    path = written("a.zip", zip_bytes([("1", b"1"), ("inner.tar", inner), ("2", b"2")]))
    with pytest.raises(InputError, match=r"a.zip, after 4 whole pages"):
        list(pages(path))
    found, report = kept(path)
    assert whole(found) == [("1", b"1"), *MEMBERS[:3], ("2", b"2")]
    assert (report.cut, len(report.damages)) == (1, 1)


def test_a_page_whose_own_packing_is_cut_is_a_cut_page_and_no_damage(written):
    packed = PACKERS[".gz"](noise(1, 20_000))
    found, report = kept(written("a.tar", tar_bytes([("p/1.gz", packed[:5000]), ("p/2", b"x")])))
    assert [(page[0], page.cut) for page in found] == [("p/1", True), ("p/2", False)]
    assert noise(1, 20_000).startswith(found[0][1])
    assert (report.damages, report.cut) == ({}, 1)
    (page,) = pages(written("a.tar", tar_bytes([("p/1.gz", packed[:5000])])))
    assert page.cut


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.data())
def test_no_damage_passes_unnoticed_and_none_is_a_bug(tmp_path_factory, name, data):
    """Bytes turned over anywhere: every page is whole as it was, or the report says that something is lost."""
    packed = PACKED[name]
    place = data.draw(st.integers(0, len(packed) - 1))
    hurt = damage(packed, place, data.draw(st.integers(1, 200)))
    path = tmp_path_factory.mktemp("hurt") / name
    path.write_bytes(hurt)
    found, report = kept(path)
    # turned bytes may lie where nothing is read: owners in heads, dates, the name itself
    names_hurt = len({page[0] for page in found} - {name for name, _ in MEMBERS} - {f"/{name}" for name, _ in MEMBERS})
    right = {data for _, data in MEMBERS}
    wrong = [page for page in found if page[1] not in right and not page.cut]
    told = bool(report.damages or report.unreadable or report.cut or report.not_read)
    complete = len(found) == len(MEMBERS) and not wrong
    assert told or complete or names_hurt or name in ("a.tar", "f.warc")
