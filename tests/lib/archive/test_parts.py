"""Jobs that share an archive read together what one job reads, each page once, in the order of the archive."""

import pytest
from archive_files import PACKERS, noise, seven_zip_bytes, tar_bytes, zip_bytes
from cryptodrug.archive import Limits, Report, pages
from cryptodrug.archive.account import account_of, join_accounts
from cryptodrug.errors import InputError
from warc_files import Record, warc_bytes

INNER = tar_bytes([("x", b"1"), ("y", b"2")])
MEMBERS = [(f"p/{number}", b"<html>" + noise(number, number * 61 % 3000)) for number in range(60)]
MEMBERS[7:7] = [("inner.tar", INNER), ("../out", b"x"), ("p/3", b"again"), ("look.css", b"p {}")]
MEMBERS += [("p/9", b"again"), ("p/20.1", b"again"), ("inner.tar", INNER)]
SITES = [(name, data) for name, data in MEMBERS if not name.startswith(("..", "inner"))]
FORMS = {f"a.tar{end}": PACKERS[end](tar_bytes(MEMBERS)) for end in PACKERS}
FORMS |= {
    "a.zip": zip_bytes(MEMBERS),
    "a.7z": seven_zip_bytes([one for one in MEMBERS if one[0][0] != "."]),
    "a.zip.gz": PACKERS[".gz"](zip_bytes(MEMBERS)),
}
FORMS |= {
    f"a.warc{end}": warc_bytes(
        [Record(f"/{name}", data) for name, data in SITES]
        + [Record("/p/0?again", type="revisit", warc={"WARC-Refers-To": "<urn:uuid:0>"})],
        gzip=bool(end),
    )
    for end in ("", ".gz")
}


def facts(page):
    """All that is known of a page."""
    return page[0], page[1], vars(page)


def read(path, part=0, parts=1, limits=None):
    """Pages and account of one job."""
    report = Report()
    found = [facts(page) for page in pages(path, report, limits, part, parts)]
    return found, account_of(report, {"unknown": report.pages}, 1)


def shared(path, parts, limits=None):
    """Pages of all jobs one behind the other, and their joint account; the number of pages of each."""
    jobs = [read(path, part, parts, limits) for part in range(parts)]
    joint = join_accounts(account for _, account in jobs)
    return [page for found, _ in jobs for page in found], joint, [len(found) for found, _ in jobs]


@pytest.mark.parametrize("parts", [2, 3, 7])
@pytest.mark.parametrize("name", FORMS)
def test_parts_are_together_the_whole(tmp_path, name, parts):
    path = tmp_path / name
    path.write_bytes(FORMS[name])
    found, account, numbers = shared(path, parts)
    assert (found, account) == read(path)
    # bzip2 and zstd pack so much at once that the place of small members is that of their block
    assert max(numbers) < len(found) or name in ("a.tar.bz2", "a.tar.zst")


def test_parts_of_a_folder_are_together_the_whole(tmp_path):
    for name, data in SITES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found, account, numbers = shared(tmp_path, 4)
    assert (found, account) == read(tmp_path)
    assert min(numbers) > 0


def test_a_single_page_belongs_to_the_first_part(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(b"<html>")
    assert shared(path, 3)[2] == [1, 0, 0]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("share", [0.3, 0.7])
def test_parts_of_a_cut_archive_are_together_what_one_job_reads_of_it(tmp_path, name, share):
    path = tmp_path / name
    path.write_bytes(FORMS[name][: int(len(FORMS[name]) * share)])
    keep = Limits(keep_damaged=True)
    assert shared(path, 3, keep)[:2] == read(path, limits=keep)
    with pytest.raises(InputError):
        shared(path, 3)
