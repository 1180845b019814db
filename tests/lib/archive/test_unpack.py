"""Packed bytes come out as they went in, in whatever portions they are asked for."""

import gzip
import io
import zipfile
import zlib
from base64 import b64encode
from collections import Counter
from unittest import mock

import pytest
from archive_files import PACKERS, damage, noise
from cryptodrug.archive import Report, pages, seen
from cryptodrug.archive.limits import Budget, Limits
from cryptodrug.archive.seen import Names, Places
from cryptodrug.archive.unpack import Forward, Unpacked
from cryptodrug.errors import InputError
from hypothesis import example, given, settings
from hypothesis import strategies as st
from isal import igzip_lib

KINDS = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd"}
TEXT = noise(1, 90_000) + bytes(200_000) + noise(2, 5_000)
PACKED = {kind: PACKERS[end](TEXT) for end, kind in KINDS.items()}


def forward(data, kind):
    """A stream of packed bytes."""
    return Forward(io.BytesIO(data), kind, Budget(Limits(), len(data)))


@given(st.sampled_from(sorted(KINDS.values())), st.lists(st.integers(0, 120_000), max_size=12), st.booleans())
def test_any_portions_give_the_same_bytes(kind, portions, skipped):
    stream, place = forward(PACKED[kind], kind), 0
    for portion in portions:
        if skipped and portion % 3 == 0:
            assert stream.skip_to(place + portion) == (place + portion <= len(TEXT))
            place = min(place + portion, len(TEXT))
        else:
            assert stream.peek(portion) == TEXT[place : place + portion]
            assert stream.take(portion) == TEXT[place : place + portion]
            place = min(place + portion, len(TEXT))
        assert stream.tell() == place
    assert stream.damage is None


SOURCES = {"short": b"<html>page</html>", "words": b"<p>a page of words</p>\n" * 4000, "noise": TEXT, "empty": b""}
SOURCES["letters"] = b64encode(noise(3, 6_000)) + SOURCES["words"]
STREAMS = {
    f"{name}-{level}": gzip.compress(source, level, mtime=0) for name, source in SOURCES.items() for level in (0, 1, 9)
}
STREAMS["words-named"] = (
    STREAMS["words-9"][:3] + b"\x08" + STREAMS["words-9"][4:10] + b"name\0" + STREAMS["words-9"][10:]
)
MEMBERS = st.lists(st.sampled_from(sorted(STREAMS)), min_size=1, max_size=4)
ENDS = st.sampled_from([b"", bytes(700), b"else", b"\x1f", b"\x1f\x8b\x08\xe0"])
# most bytes of a head stand at the begin of a stream; what is wrong there, ISA-L sees late or never
PLACES = st.one_of(st.integers(0, 120), st.integers(0, 200_000), st.integers(-120, -1))
FLIPS = st.lists(st.tuples(PLACES, st.integers(0, 7)), max_size=3)


def flipped(names, end, flips, cut):
    """Packed streams one behind the other, with bits turned over, cut off."""
    data = bytearray(b"".join(STREAMS[name] for name in names) + end)
    for place, bit in flips:
        data[place % len(data)] ^= 1 << bit
    return bytes(data[: len(data) - cut])


def pieces(stream, portions):
    """What comes out in some portions and then to the end."""
    out = [stream.take(portion) for portion in portions]
    while piece := stream.take(1 << 16):
        out.append(piece)
    return b"".join(out)


@settings(max_examples=400)
@given(MEMBERS, ENDS, FLIPS, st.integers(0, 60), st.lists(st.integers(0, 90_000), max_size=4))
@example(["short-9"], b"", [(3, 5)], 0, [])  # a mark in the head that has no meaning
@example(["words-9"] * 2, b"", [(200, 3)], 0, [7])
def test_the_fast_reading_of_gzip_is_that_of_zlib(names, end, flips, cut, portions):
    data = flipped(names, end, flips, cut)
    slow, fast = forward(data, "gzip"), Forward(io.BytesIO(data), "gzip", Budget(Limits(), len(data)), fast=True)
    expected, found = pieces(slow, portions), pieces(fast, portions)
    if fast.damage is None and slow.damage is not None:  # bits on which no byte depends: the checksums were right
        assert found == b"".join(SOURCES[name.rpartition("-")[0] or "words"] for name in names)
        return
    if fast.damage is None:
        assert fast.position == slow.position
    assert (type(fast.damage), str(fast.damage)) == (type(slow.damage), str(slow.damage))
    if slow.damage is None:
        assert found == expected
    else:  # it may be met too late, which is why it is asked only where nothing is kept after a damage
        assert found.startswith(expected)


def test_where_the_rest_of_a_damaged_archive_is_kept_zlib_alone_reads(tmp_path, monkeypatch):
    path = tmp_path / "page.html.gz"
    path.write_bytes(damage(STREAMS["letters-9"], 3000))
    expected = pieces(forward(path.read_bytes(), "gzip"), [])
    with pytest.raises(InputError, match=r"Error -3|packed bytes"):
        list(pages(path))
    monkeypatch.setattr(igzip_lib, "IgzipDecompressor", lambda **_: pytest.fail("read by ISA-L"))
    assert b"".join(page for _, page in pages(path, Report(), Limits(keep_damaged=True))) == expected
    inside = tmp_path / "inside.zip"
    with zipfile.ZipFile(inside, "w") as archive:
        archive.write(path, "page.html.gz")
    report = Report()
    assert [page for _, page in pages(inside, report)] == [expected]
    assert report.cut == 1


def test_a_stream_that_is_whole_is_not_read_twice(monkeypatch):
    monkeypatch.setattr(Unpacked, "_by_zlib", lambda _self: pytest.fail("a whole stream was in doubt"))
    for name, data in STREAMS.items():
        stream = Forward(io.BytesIO(data * 3), "gzip", Budget(Limits(), len(data)), fast=True)
        assert pieces(stream, []) == zlib.decompress(data, 31) * 3, name


@pytest.mark.parametrize("kind", PACKED)
def test_the_place_in_the_packed_file_depends_on_the_place_only(kind):
    one, other = forward(PACKED[kind], kind), forward(PACKED[kind], kind)
    for place in range(0, len(TEXT) - 1000, 7777):
        one.skip_to(place)
        other.take(place - other.tell())
        assert (one.tell(), one.position) == (other.tell(), other.position)


@pytest.mark.parametrize("kind", PACKED)
def test_packed_files_behind_each_other_and_zeros_that_fill_a_block(kind):
    stream = forward(PACKED[kind] * 2 + bytes(700), kind)
    assert stream.take(3 * len(TEXT)) == TEXT * 2
    assert stream.damage is None


@pytest.mark.parametrize("kind", PACKED)
def test_what_is_cut_gives_its_begin_and_says_so(kind):
    stream = forward(PACKED[kind][:-3], kind)
    assert TEXT.startswith(stream.take(len(TEXT) + 1))
    assert isinstance(stream.damage, EOFError)
    stream = forward(PACKED[kind] + b"else", kind)
    assert stream.take(len(TEXT) + 1) == TEXT
    assert stream.damage is not None


def test_in_front_of_a_damage_of_gzip_no_byte_is_lost():
    packed = PACKERS[".gz"](TEXT)
    stream = forward(packed[:-8] + bytes(8), "gzip")
    assert stream.take(len(TEXT) + 1) == TEXT
    assert stream.damage is not None
    stream = forward(damage(packed, 40_000), "gzip")
    assert len(stream.take(len(TEXT))) >= 40_000 - 100
    assert stream.damage is not None or len(TEXT) == stream.tell()


def test_names_are_counted():
    names = Names()
    assert [names.come(name) for name in ("p", "q", "p", "p")] == [(1, False), (1, False), (2, True), (3, True)]
    assert [names.come(name) for name in ("p.1", "r.2", "r", "s.x")] == [(1, True), (1, False), (1, True), (1, False)]


@given(
    st.lists(st.sampled_from(["p", "q", "p.1", "p.2", "q.1.1", *map(str, range(40))]), max_size=60), st.integers(1, 5)
)
def test_names_are_counted_like_in_a_dictionary(names, waiting):
    """With a filter of so few marks that most names seem to be known, and names that wait to be put down."""
    with mock.patch.multiple(seen, _MARKS=64, _WAITING=waiting):
        known, times, again = Names(), Counter(), Counter()
        for name in names:
            times[name] += 1
            second = times[name] > 1 or again[name] > 0
            if name[-2:] in (".1", ".2"):
                again[name[:-2]] += 1
                second |= times[name[:-2]] > 0
            assert known.come(name) == (times[name], second)


def test_the_first_place_of_a_text_stays():
    places = Places()
    places.put("a\udce9", 5)
    places.put("a\udce9", 6)
    assert (places.get("a\udce9"), places.get("b")) == (5, None)
