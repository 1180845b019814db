"""Archives are read as they are, page by page, and damage is named."""

import io
import tarfile
import zipfile

import pytest
from cryptodrug.archive import Limits, Report, pages
from cryptodrug.errors import InputError

# kinds of members that are no pages
SPECIAL = {"soft": tarfile.SYMTYPE, "hard": tarfile.LNKTYPE, "pipe": tarfile.FIFOTYPE}


def tar_bytes(members, mode="w:gz"):
    """A tar archive of pairs of name and bytes, or name and a key of SPECIAL."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            if isinstance(content, bytes):
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
            else:
                info.type, info.linkname = SPECIAL[content], "/etc/hostname"
                archive.addfile(info)
    return buffer.getvalue()


def noise(number, size=4000):
    """Bytes that do not compress, the same in every run."""
    return bytes((number * 7919 + i * i * 31 + (i >> 3) * 17) % 256 for i in range(size))


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz", "w:bz2"])
def test_pages_come_in_the_order_of_the_archive(tmp_path, mode):
    path = tmp_path / f"a.tar.{mode[2:]}".rstrip(".")
    path.write_bytes(tar_bytes([("b", b"2"), ("a", b"1"), ("c", b"")], mode))
    assert list(pages(path)) == [("b", b"2"), ("a", b"1"), ("c", b"")]


def test_folder_zip_and_single_page_give_the_same_bytes(tmp_path):
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "page").write_bytes(b"\x00\xff")
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("sub/", b"")
        archive.writestr("sub/page", b"\x00\xff")
    assert list(pages(folder)) == list(pages(packed)) == [("sub/page", b"\x00\xff")]
    assert list(pages(folder / "sub" / "page")) == [("page", b"\x00\xff")]


def test_truncated_archive_gives_its_whole_pages_and_then_names_how_many(tmp_path):
    members = [(f"p/{number}", noise(number)) for number in range(20)]
    whole = tar_bytes(members)
    path = tmp_path / "cut.tar.gz"
    path.write_bytes(whole[: len(whole) * 6 // 10])
    given = []
    with pytest.raises(InputError) as caught:
        given.extend(pages(path))
    # extend keeps what came before the error
    assert 0 < len(given) < 20
    assert given == members[: len(given)]
    assert f"after {len(given)} whole pages" in str(caught.value)
    assert "fetch the archive again" in str(caught.value)


@pytest.mark.parametrize("cut", range(512, 8 * 512, 256))
def test_no_cut_of_a_tar_passes_for_its_end(tmp_path, cut):
    """Also a cut just between two members, or inside a head, is noticed."""
    whole = tar_bytes([(f"{number}", b"x" * 512) for number in range(4)], "w")
    path = tmp_path / "cut.tar"
    path.write_bytes(whole[:cut])
    with pytest.raises(InputError, match=f"after {cut // 1024} whole pages"):
        list(pages(path))


def test_damage_inside_a_zip_is_an_input_error(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"a" * 100)
        archive.writestr("b", bytes(range(256)) * 40)
    data = bytearray(path.read_bytes())
    begin = data.find(b"b", data.find(b"PK\x03\x04", 4) + 30) + 1
    data[begin : begin + 60] = b"\xff" * 60
    path.write_bytes(data)
    with pytest.raises(InputError, match="damaged or cut off") as caught:
        list(pages(path))
    assert "after 1 whole pages" in str(caught.value)


def test_members_that_lead_out_of_the_archive_are_refused_and_counted(tmp_path):
    path = tmp_path / "a.tar.gz"
    path.write_bytes(
        tar_bytes(
            [
                ("../outside", b"1"),
                ("/absolute", b"2"),
                ("p/../../outside", b"3"),
                ("a", "soft"),
                ("b", "hard"),
                ("c", "pipe"),
                ("p/page", b"4"),
            ]
        )
    )
    report = Report()
    assert list(pages(path, report)) == [("p/page", b"4")]
    assert report.pages == 1
    assert report.refused == {"path leads out of the archive": 3, "link or special file": 3}


def test_a_zip_that_is_cut_off_is_not_taken_for_a_page(tmp_path):
    whole, cut = tmp_path / "a.zip", tmp_path / "cut.zip"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("p/1", "<html>" * 1000)
        archive.writestr("p/2", "<html>" * 1000)
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 6 // 10])
    with pytest.raises(InputError, match=r"damaged or cut off[^\n]*\n[^\n]*cut.zip, after 0 whole pages"):
        list(pages(cut))


def test_links_in_a_zip_and_in_a_folder_are_refused_and_counted(tmp_path):
    packed = tmp_path / "a.zip"
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(link, "/etc/hostname")
        archive.writestr("../outside", "1")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to(packed)
    (folder / "page").write_bytes(b"5")
    zipped, plain = Report(), Report()
    assert list(pages(packed, zipped)) == []
    assert list(pages(folder, plain)) == [("page", b"5")]
    assert zipped.refused == {"link or special file": 1, "path leads out of the archive": 1}
    assert plain.refused == {"link or special file": 1}


def test_a_member_larger_than_any_page_is_refused_unread(tmp_path):
    path = tmp_path / "a.tar"
    path.write_bytes(tar_bytes([("large", b"x" * 11), ("page", b"x" * 10)], "w"))
    report = Report()
    assert [name for name, _ in pages(path, report, Limits(largest_page=10))] == ["page"]
    assert report.refused == {"larger than any page": 1}
