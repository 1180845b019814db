"""Countries with their prepositions: nothing is pasted together."""

from pathlib import Path

import pytest
from cryptodrug.errors import TranslationError
from cryptodrug.words.places import PREPOSITIONS, country_name, place

PLACES = Path(__file__).parents[3] / "reports" / "translations" / "places.yaml"
EU = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()
OTHERS = "GB NO CH US CA AU NZ CN HK IN TH PH ZA BR MX CO RU UA TR RS JP SG MY PK IL AL MK MA".split()

# in, from, out of (sending), to
FORMS = {
    ("nl", "BE"): ("in België", "uit België", "vanuit België", "in België"),
    ("nl", "NL"): ("in Nederland", "uit Nederland", "vanuit Nederland", "in Nederland"),
    ("nl", "DE"): ("in Duitsland", "uit Duitsland", "vanuit Duitsland", "in Duitsland"),
    ("nl", "LU"): ("in Luxemburg", "uit Luxemburg", "vanuit Luxemburg", "in Luxemburg"),
    ("nl", "GB"): ("in het Verenigd Koninkrijk", "uit het Verenigd Koninkrijk", "vanuit het Verenigd Koninkrijk",
                   "in het Verenigd Koninkrijk"),
    ("nl", "US"): ("in de Verenigde Staten", "uit de Verenigde Staten", "vanuit de Verenigde Staten",
                   "in de Verenigde Staten"),
    ("fr", "BE"): ("en Belgique", "de Belgique", "depuis la Belgique", "en Belgique"),
    ("fr", "NL"): ("aux Pays-Bas", "des Pays-Bas", "depuis les Pays-Bas", "aux Pays-Bas"),
    ("fr", "DE"): ("en Allemagne", "d’Allemagne", "depuis l’Allemagne", "en Allemagne"),
    ("fr", "GB"): ("au Royaume-Uni", "du Royaume-Uni", "depuis le Royaume-Uni", "au Royaume-Uni"),
    ("fr", "US"): ("aux États-Unis", "des États-Unis", "depuis les États-Unis", "aux États-Unis"),
    ("fr", "LU"): ("au Luxembourg", "du Luxembourg", "depuis le Luxembourg", "au Luxembourg"),
    ("fr", "MT"): ("à Malte", "de Malte", "depuis Malte", "à Malte"),
    ("fr", "CY"): ("à Chypre", "de Chypre", "depuis Chypre", "à Chypre"),
    ("fr", "IE"): ("en Irlande", "d’Irlande", "depuis l’Irlande", "en Irlande"),
    ("fr", "HU"): ("en Hongrie", "de Hongrie", "depuis la Hongrie", "en Hongrie"),
    ("fr", "IL"): ("en Israël", "d’Israël", "depuis Israël", "en Israël"),
    ("en", "GB"): ("in the United Kingdom", "from the United Kingdom", "from the United Kingdom",
                   "to the United Kingdom"),
    ("en", "BE"): ("in Belgium", "from Belgium", "from Belgium", "to Belgium"),
}  # fmt: skip


@pytest.mark.parametrize(("language", "code"), sorted(FORMS))
def test_country_has_the_forms_of_the_language(language, code):
    assert tuple(place(preposition, code, language, PLACES) for preposition in PREPOSITIONS) == FORMS[language, code]


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
@pytest.mark.parametrize("code", EU + OTHERS)
def test_every_country_that_is_likely_to_occur_has_all_forms(language, code):
    name = country_name(code, language, PLACES)
    for preposition in PREPOSITIONS:
        text = place(preposition, code, language, PLACES)
        assert text.endswith(name)
        assert text != name


@pytest.mark.parametrize("code", EU + OTHERS)
def test_french_elides_before_a_vowel_and_only_there(code):
    name, text = country_name(code, "fr", PLACES), place("from", code, "fr", PLACES)
    plural = text.startswith("des ")
    assert text.startswith("d’") == (name[0] in "AÉEIOU" and not plural)


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
def test_country_that_does_not_exist_is_named_with_the_file_to_mend(language):
    with pytest.raises(TranslationError) as error:
        place("in", "QQ", language, PLACES)
    assert f"there is no name for the country QQ in the language {language}" in str(error.value)
    assert "places.yaml" in error.value.where
    assert error.value.not_done == f"the documents in {language} were not made"


def test_french_country_without_a_class_is_refused_and_not_guessed():
    with pytest.raises(TranslationError) as error:
        place("in", "AQ", "fr", PLACES)
    assert "there is no article for the country AQ in the language fr" in str(error.value)
    assert error.value.do == "add the country to the classes of this language"


def test_no_country_has_two_classes():
    import yaml

    for language, rules in yaml.safe_load(PLACES.read_text(encoding="utf-8")).items():
        codes = [code for codes in rules["countries"].values() for code in codes.split()]
        assert len(codes) == len(set(codes)), language
        assert set(rules["countries"]) <= set(rules["classes"]), language
