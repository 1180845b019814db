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
        ("link_words", "Seeds+and%20Clones", "Seeds and Clones"),
        ("upper_case", "btc, xmr", "BTC, XMR"),
        ("after_slash", "485.00 USD/112g", "112g"),
        ("after_slash", "650.00 USD/1/4pound", "1/4pound"),
        ("after_slash", "5 USD", None),
        ("plain_number", "9,478.97", "9478.97"),
        ("comma_number", "9.478,97", "9478.97"),
        ("currency_code", "$50.96", "USD"),
        ("currency_code", "A$5", "AUD"),
        ("currency_code", "EUR 108.00", "EUR"),
        ("currency_code", "0.5 ฿", "BTC"),
        ("currency_code", "5 apples", None),
        ("day_first", "19/11/2018 (today)", "2018-11-19"),
        ("day_first", "11/19/2018", None),
        ("day_first", "1.2.2019", "2019-02-01"),
        ("month_first", "11/19/2018", "2018-11-19"),
        ("month_in_words", "Member since: April 19, 2019", "2019-04-19"),
        ("month_in_words", "Sep 27, 2019 20:49", "2019-09-27 20:49"),
        ("month_in_words", "Thursday, Nov 7, 2019 01:57:11", "2019-11-07 01:57:11"),
        ("month_in_words", "3rd of May", None),
        ("month_in_words", "3rd May 2019", "2019-05-03"),
        ("month_in_words", "Feb 30, 2019", None),
        ("mend_encoding", "QualitÃ¤t", "Qualität"),
        ("mend_encoding", "Qualität £5 Ã", "Qualität £5 Ã"),
        ("mend_encoding", "â˜…", "★"),
        ("mend_encoding", "Qualität → QualitÃ¤t", "Qualität → Qualität"),
        ("mend_encoding", "ð\x9f\x94¥ Ã?", "🔥 Ã?"),
        ("mend_encoding", "IÂ\x92m", "I’m"),
        ("openpgp_fingerprint", "no key", None),
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
