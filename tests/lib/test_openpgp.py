"""Fingerprints of published keys, in the state in which pages show them."""

import pytest
from cryptodrug.openpgp import fingerprint
from hypothesis import given
from hypothesis import strategies as st

# made for this test, its secret half was thrown away
KEY = """-----BEGIN PGP PUBLIC KEY BLOCK-----

xjMEawWt1RYJKwYBBAHaRw8BAQdAiRcQ1U1Ic7qHsbFVpBzbVfvPmN4WLcr2eJkZ
4s2+f2U=
=AAAA
-----END PGP PUBLIC KEY BLOCK-----"""
EXPECTED = "3625C332B0EE314C83C9201033F357895B425F30"


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        f"My key:\n{KEY}\nbye",
        KEY.replace("\n", "\r\n"),
        " ".join(KEY.split("\n")),
        KEY.replace("\n", "\n  "),
        KEY.replace("BLOCK-----\n", "BLOCK-----\nVersion: Sample v1.0\n", 1),
        KEY + KEY,
    ],
)
def test_fingerprint(text):
    assert fingerprint(text) == EXPECTED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no key",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----",
        "-----BEGIN PGP MESSAGE-----\n\n" + "A" * 60,
    ],
)
def test_no_key_or_a_broken_one(text):
    assert fingerprint(text) is None


@given(place=st.integers(0, len(KEY) - 1), letter=st.characters(codec="ascii"))
def test_damage_never_stops_the_reading(place, letter):
    found = fingerprint(KEY[:place] + letter + KEY[place + 1 :])
    assert found is None or len(found) == len(EXPECTED)
    assert fingerprint(KEY[:place]) in (None, EXPECTED)
