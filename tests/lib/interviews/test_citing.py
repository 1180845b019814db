"""Quotations behind the gate: words of approved ones alone, and in a document nothing but the words."""

import dataclasses
import re
from pathlib import Path

import pytest
from cryptodrug.errors import TranslationError
from cryptodrug.interviews.citing import released_quotations
from cryptodrug.words.messages import parse_template
from cryptodrug.words.render import Functions
from words_small import context, value

ENTRIES = {
    "yes": {"state": "approved", "text": {"en": "Slow *down* [now].", "fr": "Doucement."}},
    "printed": {"state": "released", "text": {"en": "Words."}},
    "gone": {"state": "withdrawn", "text": {"en": "Words that were taken back."}},
    "new": {"state": "candidate", "text": {"en": "Words that nobody checked."}},
}


def functions(language="en", **values):
    given = context(language)
    numbers = {name: value(name, number, base="of") for name, number in values.items()}
    words = dataclasses.replace(given, quotations=released_quotations(ENTRIES), values=dict(given.values) | numbers)
    return Functions(words, "small.md.j2")


def test_words_of_others_do_not_pass_and_their_state_does():
    released = released_quotations(ENTRIES)
    assert {name: bool(one["text"]) for name, one in released.items()} == {
        "gone": False, "new": False, "printed": True, "yes": True,
    }  # fmt: skip
    assert released["gone"]["state"] == "withdrawn"


def test_a_quotation_is_a_block_of_its_words_and_nothing_in_them_is_markup():
    assert functions().quotation("yes") == "> “Slow \\*down\\* \\[now\\].”"
    assert functions("fr").quotation("yes") == "> «\u00a0Doucement.\u00a0»"


@pytest.mark.parametrize(
    ("language", "name", "fault"),
    [
        ("en", "gone", "may not be printed: it is withdrawn"),
        ("en", "new", "may not be printed: it is candidate"),
        ("en", "other", "there is no quotation 'other'"),
        ("fr", "printed", "has no words in fr"),
    ],
)
def test_a_document_that_cites_what_it_may_not_stops(language, name, fault):
    with pytest.raises(TranslationError, match=fault):
        functions(language).quotation(name)


def test_a_register_knows_its_quotations_in_every_state():
    known = functions()
    assert [known.has_quotation(name) for name in ("yes", "gone", "other")] == [True, True, False]


def test_a_quotation_in_a_template_is_no_message():
    blocks = parse_template("{{ quotation('yes') }}\n\nText.\n", "small", "small.md.j2")
    assert [block.message.text if block.message else None for block in blocks] == [None, "Text."]


def test_numbers_of_people_are_words_and_nought_and_one_need_their_own_sentence():
    given = functions(n=4, one=1, many=12, of=12)
    given._translator._labels["vocabulary.spelled.4"] = dataclasses.replace(
        next(iter(given._translator._labels.values())), text="four"
    )
    assert (given.spelled("n"), given.spelled("many")) == ("four", "12")
    with pytest.raises(TranslationError, match="no form for that number"):
        given.spelled("one")
    assert (given.is_all("many"), given.is_all("n")) == (True, False)


def test_every_quotation_that_a_template_cites_is_asked_for_first():
    folder = Path(__file__).resolve().parents[3] / "reports/templates"
    for template in folder.rglob("*.md.j2"):
        text = template.read_text(encoding="utf-8")
        for block in parse_template(text, "x", template.name):
            if block.source.startswith("{{ quotation("):
                name = block.source.split("'")[1]
                assert f"{{% if has_quotation('{name}') %}}" in text


def test_a_hidden_number_of_interviews_has_no_sentence_in_the_documents():
    folder = Path(__file__).resolve().parents[3] / "reports/templates"
    for template in folder.rglob("*.md.j2"):
        text = template.read_text(encoding="utf-8")
        for name in set(re.findall(r"spelled\('(interview-themes\.[a-z]+\.n)'\)", text)):
            assert f"{{% if value('{name}') is not none %}}" in text
