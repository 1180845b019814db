"""An origin is a country only when the text says so wholly."""

import pytest
from cryptodrug.harmonise.origins import read_origin


@pytest.mark.parametrize(
    ("text", "codes", "status"),
    [
        ("Belgium", ("BE",), "country"),
        ("Belguim", ("BE",), "country"),
        ("NL / Belgium", ("BE", "NL"), "several"),
        ("Benelux", ("BE", "LU", "NL"), "several"),
        ("NL / EU", ("NL",), "several"),  # one possibility among others
        ("EU", (), "region"),
        ("Worldwide", (), "region"),
        ("Torland", (), "none"),
        ("rland", (), "none"),  # what tables without the letters "To" make of it
        ("Undeclared", (), "none"),
        ("", (), "none"),
        (None, (), "none"),
        ("Atlantis", (), "unparsed"),
    ],
)
def test_origins(places, text, codes, status):
    assert read_origin(text, places) == (codes, status)


@pytest.mark.parametrize("text", ["USAonly", "Belgium only", "WorldwideexceptAustralia,USA", "not Belgium", "domestic"])
def test_a_destination_in_the_wrong_column_gives_no_country(places, text):
    assert read_origin(text, places) == ((), "none")


def test_a_half_understood_origin_is_not_one_country(places):
    assert read_origin("Belgium, Atlantis", places) == (("BE",), "several")
