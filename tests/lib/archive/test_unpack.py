"""Packed bytes come out as they went in, in whatever portions they are asked for."""

import io

import pytest
from archive_files import PACKERS, damage, noise
from cryptodrug.archive.limits import Budget, Limits
from cryptodrug.archive.seen import Names, Places
from cryptodrug.archive.unpack import Forward
from hypothesis import given
from hypothesis import strategies as st

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


def test_the_first_place_of_a_text_stays():
    places = Places()
    places.put("a\udce9", 5)
    places.put("a\udce9", 6)
    assert (places.get("a\udce9"), places.get("b")) == (5, None)
