"""The stated policy, relative to the origin of the listing itself."""

import pytest
from cryptodrug.harmonise.destinations import ALL_POLICIES, policy_of, read_destination
from hypothesis import given, settings
from hypothesis import strategies as st

NEIGHBOURS = ("DE", "FR", "LU", "NL")


def policy(text, places, origin=("BE",)):
    return policy_of(read_destination(text, places), origin, "BE", NEIGHBOURS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Worldwide", "worldwide"),
        ("W O R L D W I D E", "worldwide"),
        ("Worldwide except: Australia, USA", "worldwide-except"),
        ("worldwide -AUS", "worldwide-except"),
        ("not to USA", "worldwide-except"),
        ("USA", "other-countries"),
        ("USA, Canada", "other-countries"),
        ("Europe and USA", "other-countries"),
        ("EU - Asia", "other-countries"),
        ("Asia", "other-countries"),
        ("EU", "europe"),
        ("France, Spain", "europe"),
        ("NL / Belgium", "neighbours"),
        ("Germany", "neighbours"),
        ("Belgium", "domestic"),
        ("Belgium only", "domestic"),
        ("Domestic", "domestic"),
        ("", "not-stated"),
        (None, "not-stated"),
        ("Narnia", "unparsed"),
        ("Netherlands, Narnia", "unparsed"),  # the part that was not understood may be a "not to"
        ("Worldwide, Narnia", "worldwide"),
    ],
)
def test_policies_of_a_listing_from_belgium(places, text, expected):
    assert policy(text, places) == expected


def test_the_same_destination_is_domestic_from_there_and_not_from_here(places):
    assert policy("USA", places, ("US",)) == "domestic"
    assert policy("Belgium", places, ("NL",)) == "neighbours"
    assert policy("USA", places, ()) == "other-countries"


def test_a_listing_from_two_countries_that_sends_to_one_of_them_is_domestic(places):
    assert policy("Netherlands", places, ("BE", "NL")) == "domestic"


def test_exclusions_are_kept_groups_and_all(places):
    found = read_destination("Worldwide except: Australia, USA, Scandinavia and New Zealand", places)
    assert found == ((), "world", ("AU", "DK", "NO", "NZ", "SE", "US"), True)


def test_what_is_excluded_is_no_destination(places):
    assert read_destination("EU except Germany", places) == ((), "europe", ("DE",), True)


@given(text=st.text(max_size=60), origin=st.sampled_from([(), ("BE",), ("BE", "NL"), ("US",)]))
@settings(max_examples=100, deadline=None)
def test_any_text_gets_one_of_the_declared_policies(places, text, origin):
    assert policy(text, places, origin) in ALL_POLICIES
