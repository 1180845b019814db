"""The language of a text: a code where it is long enough and clear, nothing elsewhere; alone as among others."""

import subprocess
import sys

import numpy as np
import pytest
from cryptodrug.simulate.market.sales import NOTHING_CAME, opinion_text
from cryptodrug.simulate.market.words import DESCRIPTIONS, OPINIONS
from cryptodrug.text_language import FIELD, LEAST_SURE, LONGEST, SHORTEST, language_of, languages, probabilities
from hypothesis import given, settings
from hypothesis import strategies as st

SENTENCES = {
    "da": "Varen kom hurtigt frem, og jeg er meget tilfreds med købet.",
    "de": "Die Ware kam schnell an und ich bin sehr zufrieden damit.",
    "en": "The goods arrived quickly and I am very happy with them.",
    "es": "El pedido llegó muy rápido y estoy muy contento con la compra.",
    "fi": "Tavara saapui nopeasti ja olen erittäin tyytyväinen siihen.",
    "fr": "La marchandise est arrivée rapidement et j'en suis très content.",
    "it": "La merce è arrivata velocemente e ne sono molto soddisfatto.",
    "nl": "De bestelling kwam snel aan en ik ben er erg tevreden over.",
    "no": "Varene kom raskt fram, og jeg er veldig fornøyd med kjøpet.",
    "pl": "Towar dotarł szybko i jestem z niego bardzo zadowolony.",
    "pt": "A encomenda chegou depressa e estou muito satisfeito com ela.",
    "ru": "Товар пришёл быстро, и я им очень доволен.",
    "sv": "Varorna kom snabbt fram och jag är mycket nöjd med köpet.",
}
KEY = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n" + "mQENBFMES3ABCADQQxnU\n" * 40 + "-----END PGP PUBLIC KEY BLOCK-----\n"


@pytest.mark.parametrize("code", FIELD)
def test_a_plain_sentence_has_its_language(code):
    assert language_of(SENTENCES[code]) == code
    assert language_of(SENTENCES[code].upper()) == code


@pytest.mark.parametrize("text", ["", "Danke", "5/5 10/10 100 %", "5/5 " * 30, "😀" * 50, "A+ vendor.", KEY])
def test_a_text_with_few_letters_has_none(text):
    assert language_of(text) is None


def test_letters_count_and_not_signs():
    short = "dankjewel, top!"
    assert sum(map(str.isalpha, short)) < SHORTEST <= len(short)
    assert language_of(short) is None


def test_a_key_does_not_hide_the_words_beside_it():
    assert language_of(KEY + SENTENCES["nl"]) == "nl"


def test_what_is_not_clear_has_none():
    praise = "super top perfect super"
    (shares,) = probabilities([praise])
    assert shares.max() < LEAST_SURE and language_of(praise) is None


def test_only_the_beginning_of_an_endless_text_is_read():
    french, russian = SENTENCES["fr"] * (LONGEST // 40), SENTENCES["ru"] * 100_000
    assert language_of(french + russian) == "fr"


def test_what_the_simulated_buyers_wrote_is_never_taken_for_another_language():
    """The truth is known: the words of each opinion, with and without a number and a mark."""
    truth = {
        opinion_text(code, place, number, edited): code
        for code, texts in OPINIONS.items()
        for place in range(len(texts))
        for number in (0, *range(100, 1000, 9))
        for edited in (False, True)
    }
    truth |= {opinion_text("nl", NOTHING_CAME, number, False): "en" for number in range(100, 1000, 9)}
    truth |= {text: code for code, text in DESCRIPTIONS.items()}
    found = languages(truth)
    assert {text: code for text, code in found.items() if code not in (None, truth[text])} == {}
    known = {code: np.mean([found[text] == code for text in truth if truth[text] == code]) for code in OPINIONS}
    # "Simulierter Dank", "Merci simulé" and their like are short or the same in two languages: nobody guesses them
    assert min(known.values()) > 0.3 and np.mean([found[text] == code for text, code in truth.items()]) > 0.6


def _by_the_package(texts):
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(FIELD)
    return [dict(identifier.rank(text)) for text in texts]


def test_probabilities_are_those_of_the_package_that_judges_one_text_at_a_time():
    texts = [*SENTENCES.values(), "", "?", "\ud800 lone", "Ça va: l'e\u0301te\u0301", "LOUD AND CLEAR", "a" * 300]
    shares = probabilities(texts)
    for row, expected in zip(shares, _by_the_package(texts), strict=True):
        assert row == pytest.approx([expected[code] for code in FIELD], abs=2e-4)


TEXTS = st.lists(st.one_of(st.text(max_size=80), st.sampled_from(list(SENTENCES.values()))), max_size=12)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_each_text_is_judged_alone_and_gets_a_known_code_or_none(texts):
    found = languages(texts)
    assert list(found) == list(dict.fromkeys(texts))
    assert set(found.values()) <= {*FIELD, None}
    assert found == {text: language_of(text) for text in found}
    assert languages(reversed(texts)) == found
    assert all(sum(map(str.isalpha, text)) >= SHORTEST for text, code in found.items() if code)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=8))
def test_probabilities_of_each_text_add_up_to_one(texts):
    shares = probabilities(texts)
    assert shares.shape == (len(texts), len(FIELD))
    assert shares.sum(axis=1) == pytest.approx(1) and (shares >= 0).all()


def test_the_model_is_loaded_by_the_first_text_that_needs_it():
    program = (
        "import sys; from cryptodrug.text_language import language_of; language_of('Danke'); "
        "print('py3langid' in sys.modules); language_of('The first text that is long enough'); "
        "print('py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
