"""Archives whose bytes depend on no compression library."""

import gzip
import io
import tarfile
from hashlib import sha256

import pytest
from cryptodrug.simulate.packing import LARGEST_BLOCK, gzip_stored, tar_gz


@pytest.mark.parametrize("size", [0, 1, LARGEST_BLOCK, LARGEST_BLOCK + 1, 3 * LARGEST_BLOCK])
def test_python_reads_what_was_packed(size):
    data = bytes(number % 251 for number in range(size))
    assert gzip.decompress(gzip_stored(data)) == data


def test_an_archive_has_exactly_these_bytes():
    packed = tar_gz([("a/b.html", b"<html>"), ("c.html", b"")])
    assert sha256(packed).hexdigest() == "8d97c6fa5bc629ba5ecdf6bdb17a8afeb8d75f1b4476284d3c0bdb7862e935aa"


def test_members_carry_no_time_and_no_owner():
    packed = tar_gz([("page.html", b"x")])
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as archive:
        (member,) = archive.getmembers()
    assert (member.mtime, member.uid, member.gid, member.uname, member.gname, member.mode) == (0, 0, 0, "", "", 0o644)
