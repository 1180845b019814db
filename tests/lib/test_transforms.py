"""Clean-up steps trim and split; they never fail and never invent."""

import pytest
from cryptodrug.transforms import NOTES, TRANSFORMS
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("step", "text", "expected"),
    [
        ("collapse", "  a \n\t b\xa0c ", "a b c"),
        ("collapse", " \n ", None),
        ("unescape_again", "Coca&iuml;ne &amp; Co", "Cocaïne & Co"),
        ("unescape_again", "plain", "plain"),
        ("unescape_again", "R&D", "R&D"),
        ("first_word", "1.6198 BTC", "1.6198"),
        ("first_word", "  ", None),
        ("last_word", "1.6198 BTC", "BTC"),
        ("last_word", "1.6198", None),
        ("number_text", "about 1,200 deals", "1,200"),
        ("number_text", "4.98/5", "4.98"),
        ("number_text", "none", None),
        ("url_unquote", "Some%21Name", "Some!Name"),
        ("before_comma", "4.98/5, 55~70 deals", "4.98/5"),
        ("before_comma", "4.98/5", None),
        ("after_comma", "4.98/5, 55~70 deals", "55~70 deals"),
        ("after_comma", "4.98/5", None),
        ("without_brackets", " [0 deals] ", "0 deals"),
        ("without_brackets", "()", None),
    ],
)
def test_step(step, text, expected):
    assert TRANSFORMS[step](text) == expected


@pytest.mark.parametrize("name", sorted(TRANSFORMS))
@given(text=st.text())
@settings(max_examples=100, deadline=None)
def test_a_step_gives_text_or_nothing_whatever_it_gets(name, text):
    done = TRANSFORMS[name](text)
    assert done is None or isinstance(done, str)


@given(text=st.text())
@settings(max_examples=100, deadline=None)
def test_collapsing_twice_changes_nothing_more(text):
    once = TRANSFORMS["collapse"](text)
    assert once is None or TRANSFORMS["collapse"](once) == once


def test_notes_speak_of_steps_that_exist():
    assert set(NOTES) <= set(TRANSFORMS)
