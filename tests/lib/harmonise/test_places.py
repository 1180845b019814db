"""A name counts only as a whole; every judgement has a reason."""

import pytest
from cryptodrug.errors import InputError
from cryptodrug.harmonise.places import letters, read_places
from hypothesis import given, settings
from hypothesis import strategies as st

HEAD = "text,kind,codes,why\n"


def codes(places, text):
    tokens, understood = places.read(text)
    return [code for token in tokens for code in token.codes], understood


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nigeria", ["NG"]),  # "Niger" stands in it
        ("Niger", ["NE"]),
        ("Guinea-Bissau", ["GW"]),  # "Guinea" stands in it
        ("HongKong", ["HK"]),
        ("hong  kong", ["HK"]),
        ("UKandIreland", ["GB", "IE"]),
        ("UK and Ireland", ["GB", "IE"]),
        ("TheUnitedSnakesofCaptivity", ["US"]),
        ("België", ["BE"]),
        ("Belgique / Pays-Bas", ["BE", "NL"]),
        ("Allemagne", ["DE"]),
        ("Oostenrijk", ["AT"]),
    ],
)
def test_known_names_are_read_whole(places, text, expected):
    assert codes(places, text) == (expected, True)


@pytest.mark.parametrize("text", ["Nigeriax", "xBelgium", "Belgiumland", "Atlantis"])
def test_a_name_inside_another_word_is_no_name(places, text):
    assert codes(places, text) == ([], False)


def test_an_unknown_piece_does_not_hide_the_known_ones_but_is_told(places):
    assert codes(places, "Belgium, Atlantis") == (["BE"], False)


def test_accents_case_blanks_and_marks_do_not_matter():
    assert letters(" Belgi\u00eb! ") == letters("BELGIE") == "belgie"


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_without_error_and_gives_country_codes_only(places, text):
    tokens, _ = places.read(text)
    countries = [code for token in tokens if token.kind in ("country", "group") for code in token.codes]
    assert all(len(code) == 2 and code.isupper() for code in countries)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("x,land,,reason", "`kind` is none of country, group"),
        ("x,world,,", "a judgement without a reason"),
        ("x,country,,reason", "no `codes`"),
    ],
)
def test_a_faulty_row_is_refused_with_its_line(tmp_path, row, fault):
    path = tmp_path / "places.csv"
    path.write_text(HEAD + "ww,world,,everywhere\n" + row + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=fault) as caught:
        read_places(path)
    assert f"{path}, line 3" in str(caught.value)


def test_a_row_of_the_file_wins_over_the_name_of_cldr(tmp_path):
    path = tmp_path / "places.csv"
    path.write_text(HEAD + "Georgia,country,US,the state is meant\n", encoding="utf-8")
    assert codes(read_places(path), "Georgia") == (["US"], True)
