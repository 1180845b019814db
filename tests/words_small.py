"""Small values, labels and documents for the tests of words."""

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
from cryptodrug.release import ReleasedTable, Value
from cryptodrug.words.catalogue import Catalogue, english
from cryptodrug.words.context import DocumentContext, Translator
from cryptodrug.words.messages import Message

PLACES = Path(__file__).parents[1] / "reports" / "translations" / "places.yaml"
LABELS = {
    "vocabulary.noun.vendor.one": "vendor",
    "vocabulary.noun.vendor.other": "vendors",
    "vocabulary.hidden.five": "fewer than five",
    "vocabulary.hidden.amount": "not published",
    "vocabulary.interval.exact": "({level} interval: {low} to {high})",
    "vocabulary.interval.approximate": "(approximate {level} interval: {low} to {high})",
    "vocabulary.per.g": "{amount} per gram",
    "vocabulary.per.point": "{amount} percentage points",
    "vocabulary.drug_class.lsd": "LSD",
    "vocabulary.drug_class.mdma": "MDMA",
}
FRENCH = {
    "vendor": "vendeur",
    "vendors": "vendeurs",
    "fewer than five": "moins de cinq",
    "({level} interval: {low} to {high})": "(intervalle à {level} : de {low} à {high})",
    "(approximate {level} interval: {low} to {high})": "(intervalle approché à {level} : de {low} à {high})",
    "{amount} per gram": "{amount} le gramme",
    "{amount} percentage points": "{amount} points de pourcentage",
}


def labels() -> dict[str, Message]:
    return {name: Message(name, text, "vocabulary.yaml", 1) for name, text in LABELS.items()}


def catalogue(messages: dict[str, str] | None = None, language: str = "fr", context: str = "small") -> Catalogue:
    """A catalogue of the labels above and of messages of the template `small`."""
    known = {(name, text): FRENCH[text] for name, text in LABELS.items() if text in FRENCH}
    own = {(context, text): translation for text, translation in (messages or {}).items()}
    return Catalogue(language, known | own, frozenset(), f"{language}.po")


def value(name: str, number, kind: str = "count", **more) -> Value:
    known = {"unit": None, "digits": None, "base": None, "interval": None, "hidden": None} | more
    return Value(id=name, value=number, kind=kind, table="t", row="r", column="c", **known)


VALUES = [
    value("few.n", None, hidden="small"),
    value("few.share", None, "share", digits=1, hidden="small"),
    value("none.n", 0),
    value("one.n", 1),
    value("many.n", 1234),
    value("half.share", 0.5, "share", digits=1,
          interval={"low": 0.4, "high": 0.6, "level": 0.95, "method": "bootstrap-vendors"}),
    value("rough.share", 0.5, "share", digits=0,
          interval={"low": 0.4, "high": 0.6, "level": 0.95, "method": "approximate, few vendors"}),
    value("fell.difference", -0.269, "share", unit="point", digits=1,
          interval={"low": -0.424, "high": 0.03, "level": 0.95, "method": "tango"}),
    value("lsd.price", 7.5, "money", unit="EUR/g", digits=2),
    value("top.list", "mdma|lsd", "list", unit="drug_class"),
    value("where.focus", "NL", "text", unit="country"),
    value("first.day", "2014-04-01", "date"),
]  # fmt: skip


def context(language: str = "en", words: Catalogue | None = None, draft: bool = False) -> DocumentContext:
    words = words or (english() if language == "en" else catalogue(language=language))
    table = ReleasedTable("t", "respondents", [], frozenset(), [], {}, pd.DataFrame())
    return DocumentContext(
        values={one.id: one for one in VALUES},
        tables={"t": table},
        findings={"findings": {"f": {"state": "rise"}}, "recommendations": {"r": {"print": "full"}}},
        study=SimpleNamespace(nature="simulated"),
        parts=frozenset({"market"}),
        thresholds={"respondents": 5},
        translator=Translator(language, words, labels(), PLACES, draft),
        exhibit=lambda name, form: f"<{name} as {form}>",
    )
