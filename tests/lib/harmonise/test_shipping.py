"""Names of ways of sending: destination, tracked or not, for further orders only."""

import pytest
from cryptodrug.errors import InputError
from cryptodrug.harmonise.shipping import read_days, read_way
from cryptodrug.harmonise.shipping_words import SAYS, read_shipping_words
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("name", "scope", "codes", "tracked", "further"),
    [
        ("EXPRESS TRACKED TO EUROPE", "europe", (), True, False),
        ("Worldwide Letter no tracking", "world", (), False, False),
        ("POSTAL SERVICES FROM GERMANY TO GERMANY WITHOUT TRACK", "countries", ("DE",), False, False),
        ("Belgium (2-3 working days)", "countries", ("BE",), None, False),
        ("Combined", "none", (), None, True),
        ("priority", "none", (), None, False),
        (None, "none", (), None, False),
    ],
)
def test_names(name, scope, codes, tracked, further, places, shipping_words):
    way = read_way(name, shipping_words, places)
    assert (way.destination.scope, way.destination.codes, way.tracked, way.further) == (scope, codes, tracked, further)
    assert way.destination.understood


def test_a_name_with_an_unknown_word_is_not_understood(places, shipping_words):
    assert not read_way("Pigeon to Belgium", shipping_words, places).destination.understood


def test_a_country_of_origin_is_no_destination(places, shipping_words):
    assert read_way("Registered mail from Belgium", shipping_words, places).destination.codes == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("7", (7, 7)),
        ("10-14 days", (10, 14)),
        ("5 to 3", (3, 5)),
        ("soon", (None, None)),
        ("0x7", (None, None)),
        (None, (None, None)),
    ],
)
def test_days(text, days):
    assert read_days(text) == days


@given(st.text(max_size=60))
def test_any_name_is_read(places, shipping_words, text):
    way = read_way(text, shipping_words, places)
    assert way.tracked in (None, True, False)
    low, high = read_days(text)
    assert (low is None) == (high is None) and (low is None or 0 <= low <= high)


def test_every_pattern_is_there_and_a_row_without_reason_is_refused(tmp_path, shipping_words):
    assert set(shipping_words.patterns) == set(SAYS)
    path = tmp_path / "shipping_words.csv"
    path.write_text("says,words,why\ntracked,traced,\n")
    with pytest.raises(InputError, match="`why` is empty") as caught:
        read_shipping_words(path)
    assert "line 2" in str(caught.value)
