"""Country names with their prepositions; a preposition and a name are never pasted together by a template."""

from functools import lru_cache
from pathlib import Path

import yaml
from babel import Locale

from cryptodrug.errors import TranslationError
from cryptodrug.words.formatting import LOCALES

PREPOSITIONS = ("in", "from", "out-of", "to")


@lru_cache(maxsize=2)
def _rules(path: str) -> dict:
    return yaml.safe_load(Path(path).read_text(encoding="utf-8"))


def country_name(code: str, language: str, path: str | Path) -> str:
    """Bare name of a country; ours where CLDR's is not what the field writes."""
    own = _rules(str(path))[language]["names"].get(code)
    name = own or Locale.parse(LOCALES[language]).territories.get(code)
    if name is None:
        raise _missing(code, language, "name", path)
    return name


def _missing(code: str, language: str, what: str, path: str | Path) -> TranslationError:
    return TranslationError(
        f"there is no {what} for the country {code} in the language {language}",
        where=str(path),
        not_done=f"the documents in {language} were not made",
        do="add the country to the classes of this language",
    )


def place(preposition: str, code: str, language: str, path: str | Path) -> str:
    """`in`, `from`, `out-of` (sending) or `to` a country: `aux Pays-Bas`, `depuis la Belgique`, `in het ...`.

    The class of a country (its article) is data; English and Dutch have a default class, French has none.
    """
    rules = _rules(str(path))[language]
    name = country_name(code, language, path)
    kind = next((kind for kind, codes in rules["countries"].items() if code in codes.split()), rules.get("default"))
    if kind is None:
        raise _missing(code, language, "article", path)
    return rules["classes"][kind][preposition].format(name=name)
