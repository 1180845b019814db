"""What is looked for in the words of the documents."""

import re
from pathlib import Path

import pytest
from cryptodrug.words.checks import (
    call_faults,
    claim_faults,
    digit_faults,
    glossary_faults,
    read_allowed,
    read_glossary,
    value_ids,
)
from cryptodrug.words.commands import english_faults
from cryptodrug.words.messages import Message

ROOT = Path(__file__).parents[3]
YEARS = [(re.compile(r"\((?:19|20)\d\d\)"), "year of a source")]


def message(text: str = "Text.") -> Message:
    return Message("small", text, "small.md.j2", 7)


def faults_of(text: str, allowed=()) -> list[str]:
    return digit_faults([(message(text), text)], list(allowed))


def test_ids_of_all_five_functions_are_found():
    text = "{{ v('a.b') }} {{ interval('c') }} {{ count('d', 'vendor') }} {{ list('e') }} {{ place('in', 'f') }}"
    assert value_ids(text) == {"a.b", "c", "d", "e", "f"}


def test_order_of_values_may_differ_in_a_translation():
    assert call_faults([(message("{{ v('a') }} of {{ v('b') }}"), "sur {{ v('b') }}, {{ v('a') }}")]) == []


def test_every_fault_of_a_call_names_its_place():
    pairs = [(message("{{ v('a') }}"), "{{ v('b') }}"), (message("{low}"), "low")]
    assert call_faults(pairs) == [
        "small.md.j2, line 7 (small): the translation leaves out a; adds b",
        "small.md.j2, line 7 (small): the translation has other placeholders in braces",
    ]


@pytest.mark.parametrize("text", ["There were 99 buyers.", "About 60% of them.", "In 2014, more."])
def test_typed_in_number_is_found(text):
    (fault,) = faults_of(text)
    assert fault.startswith("small.md.j2, line 7 (small): a typed-in number: ")


def test_digit_in_the_id_of_a_value_is_no_typed_in_number():
    assert faults_of("So {{ v('share-2014.top10.n') }}.") == []


def test_allowed_digits_pass_and_others_beside_them_do_not():
    assert faults_of("As found before (2014).", YEARS) == []
    assert "'99'" in faults_of("As found before (2014) for 99", YEARS)[0]


def test_each_allowed_pattern_has_a_reason():
    allowed = read_allowed(ROOT / "reports" / "templates" / "allowed-digits.yaml")
    assert allowed
    assert all(why.strip() for _, why in allowed)


@pytest.mark.parametrize("text", ["99 buyers", "59.6% of listings", "12,600 euro", "from 3 to 7 vendors", "n = 20"])
def test_allowed_patterns_of_the_project_let_no_result_through(text):
    assert faults_of(text, read_allowed(ROOT / "reports" / "templates" / "allowed-digits.yaml"))


@pytest.mark.parametrize("text", ["(Kruithof et al. 2016)", "contract DR/00/82", "as of 2015, more"])
def test_allowed_patterns_of_the_project_let_sources_and_years_through(text):
    assert faults_of(text, read_allowed(ROOT / "reports" / "templates" / "allowed-digits.yaml")) == []


def test_claim_that_goes_too_far_is_found_in_every_language():
    path = ROOT / "reports" / "templates" / "claims.yaml"
    for text in (
        "The market led to more use.",
        "Belgian users pay more.",
        "De markt leidde tot meer.",
        "Ceci a conduit à",
    ):
        (fault,) = claim_faults([(message(text), text)], path)
        assert fault.startswith("small.md.j2, line 7 (small): ")
    assert claim_faults([(message(), "Belgian vendors sold more.")], path) == []


GLOSSARY = [
    {"en": "vendor", "nl": "verkoper", "fr": "vendeur", "avoid_nl": "dealer; leverancier (of goods)", "avoid_fr": ""}
]


def glossary(english: str, dutch: str, language: str = "nl") -> list[str]:
    return glossary_faults([(message(english), dutch)], GLOSSARY, language)


def test_word_to_avoid_is_found_where_the_english_uses_the_term():
    assert glossary("Most Vendors sell", "De meeste Dealer verkopen") == [
        "small.md.j2, line 7 (small): 'dealer' for 'vendor'; the glossary has 'verkoper'"
    ]


def test_word_to_avoid_passes_as_a_part_of_the_term():
    entry = {"en": "wholesale", "nl": "groothandel", "fr": "vente en gros", "avoid_nl": "bulk", "avoid_fr": "gros"}
    check = [(message("Share of wholesale"), text) for text in ("Part de la vente en gros", "Part du gros")]
    assert len(glossary_faults(check, [entry], "fr")) == 1


def test_word_to_avoid_passes_where_the_english_has_another_term():
    assert glossary("Most shops sell", "De meeste dealer") == []


def test_word_is_avoided_as_a_whole_word_only():
    assert glossary("vendors", "dealerschap") == []


def test_word_with_a_condition_is_left_to_the_reader():
    assert glossary("vendors", "leverancier") == []


def test_id_of_a_value_is_no_word():
    assert glossary("{{ v('vendor.dealer') }} vendors", "{{ v('vendor.dealer') }} verkopers") == []
    assert glossary("{{ v('vendor.n') }}", "dealer") == []


def test_empty_list_of_words_to_avoid_finds_nothing():
    assert glossary("vendors", "dealer", language="fr") == []


def test_glossary_of_the_project_never_avoids_its_own_term():
    for entry in read_glossary(ROOT / "reports" / "translations" / "glossary.csv"):
        for language in ("nl", "fr"):
            assert entry[language].strip(), entry["term_id"]
            assert entry[language] not in [word.strip() for word in entry[f"avoid_{language}"].split(";")]


def test_english_texts_have_no_typed_in_results_and_no_claim_that_goes_too_far():
    assert english_faults(ROOT) == []
