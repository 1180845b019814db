"""What a document is rendered from: released values and tables, findings, labels, one language."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from cryptodrug.errors import TranslationError
from cryptodrug.release import ReleasedTable, Value
from cryptodrug.results import POINT
from cryptodrug.words.catalogue import Catalogue, gaps
from cryptodrug.words.checks import refuse_foreign_calls
from cryptodrug.words.formatting import Formatter
from cryptodrug.words.messages import Message
from cryptodrug.words.places import country_name, place

HIDDEN = {0: "interviews", 3: "three", 5: "five", 10: "ten", 11: "eleven"}
COUNTRY_VOCABULARIES = frozenset({"country", "origin"})


class Translator:
    """Labels and terms of one language.

    Parameters
    ----------
    labels : English labels by message id (exhibits and vocabulary together).
    draft : print the English label, marked, instead of stopping.
    markets : names of markets by id; proper names are data of the study and the same in all languages.
    """

    def __init__(
        self,
        language: str,
        catalogue: Catalogue,
        labels: Mapping[str, Message],
        places: Path,
        draft: bool = False,
        markets: Mapping[str, str] | None = None,
    ) -> None:
        self.language = language
        self.formatter = Formatter(language)
        self._markets = markets or {}
        self._catalogue, self._labels, self._places, self._draft = catalogue, labels, places, draft

    def has(self, message_id: str) -> bool:
        """Whether there is such a label."""
        return message_id in self._labels

    def text(self, message_id: str) -> str:
        """The label in this language.

        Raises
        ------
        TranslationError : there is no such label, or no translation of it.
        """
        message = self._labels.get(message_id)
        if message is None:
            near = difflib.get_close_matches(message_id, self._labels, n=3)
            raise TranslationError(
                f"there is no message {message_id!r}",
                where="reports/templates/exhibits.yaml and vocabulary.yaml",
                not_done=f"nothing in {self.language} was made from it",
                do=f"add it{'; near it are ' + ', '.join(near) if near else ''}",
            )
        return self.translate(message)

    def translate(self, message: Message) -> str:
        """A message in this language."""
        if self.language == "en":
            return message.text
        found = self._catalogue.get(message)
        if found is not None:
            if "{" in message.text + found:
                refuse_foreign_calls(message, found, self._catalogue.file)
            return found
        if self._draft:
            return f"[en] {message.text}"
        raise TranslationError(
            f"a message is not translated into {self.language}: {'; '.join(gaps(self._catalogue, [message]))}",
            where=self._catalogue.file,
            not_done=f"nothing in {self.language} was made from it",
            do="translate it (cryptodrug translations update renews the catalogue)",
        )

    def term(self, vocabulary: str, code: str) -> str:
        """A code of a vocabulary in words; countries from CLDR."""
        own = f"vocabulary.{vocabulary}.{code}"
        if vocabulary == "market" and code in self._markets:
            return self._markets[code]
        if self.has(own):
            return self.text(own)
        if vocabulary in COUNTRY_VOCABULARIES:
            return country_name(code, self.language, self._places)
        return self.text(own)

    def noun(self, noun: str, number: int | None) -> str:
        """A noun in the form that fits the number; the plural for a hidden number (a singular would give it away)."""
        form = "other" if number is None else self.formatter.plural(number)
        return self.text(f"vocabulary.noun.{noun}.{form}")

    def spelled(self, number: int) -> str:
        """A number of people up to ten as a word; nought and one need sentences of their own."""
        name = f"vocabulary.spelled.{number}"
        return self.text(name) if self.has(name) else self.formatter.number(number)

    def place(self, preposition: str, code: str) -> str:
        """A country with its preposition."""
        return place(preposition, code, self.language, self._places)

    def hidden(self, threshold: int) -> str:
        """`fewer than five`."""
        return self.text(f"vocabulary.hidden.{HIDDEN.get(threshold, threshold)}")

    def value(self, value: Value, threshold: int) -> str:
        """A released value as it is printed; of a hidden one only a count says more than that it is hidden."""
        if value.hidden:
            return self.hidden(threshold) if value.kind == "count" else self.text("vocabulary.hidden.amount")
        return self.plain(value.kind, value.value, value.unit, value.digits)

    def plain(self, kind: str, value: Any, unit: str | None, digits: int | None, with_unit: bool = True) -> str:
        """A shown value by its kind."""
        if kind == "count":
            return self.formatter.number(int(value))
        if kind == "share" and unit == POINT:
            text = self.formatter.number(Decimal(repr(float(value))) * 100, digits or 0)
            return self.text(f"vocabulary.per.{POINT}").format(amount=text) if with_unit else text
        if kind == "share":
            return self.formatter.percent(value, digits or 0)
        if kind == "money":
            currency, _, per = (unit or "").partition("/")
            text = self.formatter.money(value, currency, digits or 0)
            return self.text(f"vocabulary.per.{per}").format(amount=text) if per and with_unit else text
        if kind in ("ratio", "number"):
            return self.formatter.number(value, digits or 0)
        if kind == "date":
            return self.formatter.date(value)
        if kind == "list":
            return self.formatter.listing([self.term(unit or "", code) for code in value.split("|")])
        return self.term(unit or "", value)


@dataclass
class DocumentContext:
    """Everything a template may read. `exhibit` turns an exhibit id and its form into Markdown.

    `quotations`: state and approved words of each quotation by id, as the release gate has let them pass.
    """

    values: Mapping[str, Value]
    tables: Mapping[str, ReleasedTable]
    findings: Mapping[str, Any]
    study: SimpleNamespace
    parts: frozenset[str]
    thresholds: Mapping[str, int]
    translator: Translator
    exhibit: Callable[[str, str], str]
    quotations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def threshold(self, value: Value) -> int:
        """Smallest count that is shown in the domain of a value."""
        return self.thresholds[self.tables[value.table].domain]
