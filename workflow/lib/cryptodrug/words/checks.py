"""Checks of wording: typed-in digits, foreign calls in a translation, terms of the glossary, claims that go too far."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

import yaml
from jinja2 import Environment, TemplateSyntaxError, nodes

from cryptodrug.errors import TranslationError
from cryptodrug.words.messages import Message

CALLS = frozenset({"v", "interval", "count", "place", "list", "spelled"})
ID_ARGUMENT = {"v": 0, "interval": 0, "count": 0, "list": 0, "spelled": 0, "place": 1}
ARGUMENTS = {"v": 1, "interval": 1, "count": 2, "list": 1, "spelled": 1, "place": 2}
NAMES = "v, interval, count, place, list and spelled"
_CALL = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def value_ids(text: str) -> set[str]:
    """Ids of the values that a message prints.

    Raises
    ------
    ValueError : the message calls anything else than these functions with constants.
    """
    ids = set()
    parsed = Environment().parse(text)
    for node in parsed.find_all(nodes.Output):
        for part in node.nodes:
            if isinstance(part, nodes.TemplateData):
                continue
            if not isinstance(part, nodes.Call) or not isinstance(part.node, nodes.Name) or part.node.name not in CALLS:
                raise ValueError(f"something else than {NAMES} is called")
            if part.kwargs or part.dyn_args or part.dyn_kwargs:
                raise ValueError("a call has a named or unpacked argument")
            if not all(isinstance(argument, nodes.Const) for argument in part.args):
                raise ValueError("a call has an argument that is no constant")
            if len(part.args) != ARGUMENTS[part.node.name]:
                raise ValueError(f"{part.node.name} has not {ARGUMENTS[part.node.name]} argument(s)")
            ids.add(str(part.args[ID_ARGUMENT[part.node.name]].value))
    for node in parsed.body:
        if not isinstance(node, nodes.Output):
            raise ValueError("a statement stands inside a message")
    return ids


def _placeholders(text: str) -> list[str]:
    """Words in single braces, outside calls."""
    return sorted(_PLACEHOLDER.findall(_CALL.sub("", text)))


def _fault(message: Message, translation: str) -> str | None:
    try:
        wanted, found = value_ids(message.text), value_ids(translation)
    except (ValueError, TemplateSyntaxError) as error:
        return f"cannot be used: {error}"
    missing, added = sorted(wanted - found), sorted(found - wanted)
    parts = ([f"leaves out {', '.join(missing)}"] if missing else []) + ([f"adds {', '.join(added)}"] if added else [])
    if _placeholders(message.text) != _placeholders(translation):
        parts.append("has other placeholders in braces")
    return "; ".join(parts) or None


def call_faults(pairs: Iterable[tuple[Message, str]]) -> list[str]:
    """Translations that call something else, or other values, than their source."""
    faults = []
    for message, translation in pairs:
        if fault := _fault(message, translation):
            faults.append(f"{message.file}, line {message.line} ({message.context}): the translation {fault}")
    return faults


def refuse_foreign_calls(message: Message, translation: str, file: str) -> None:
    """Stop on a translation that would print other values than the English."""
    if faults := call_faults([(message, translation)]):
        raise TranslationError(
            faults[0],
            where=file,
            not_done="the documents of this language were not made",
            do=f"use exactly the values of the English message, and only {NAMES}",
        )


def read_allowed(path: str | Path) -> list[tuple[re.Pattern, str]]:
    """Patterns of digits that may be typed, each with its reason."""
    entries = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    return [(re.compile(entry["pattern"]), entry["why"]) for entry in entries]


def digit_faults(texts: Iterable[tuple[Message, str]], allowed: list[tuple[re.Pattern, str]]) -> list[str]:
    """Messages with a digit that is neither a value nor of an allowed class."""
    faults = []
    for message, text in texts:
        rest = _CALL.sub("", text)
        for pattern, _ in allowed:
            rest = pattern.sub("", rest)
        if found := re.search(r"\S*\d\S*", rest):
            faults.append(
                f"{message.file}, line {message.line} ({message.context}): a typed-in number: {found.group()!r}"
            )
    return faults


def read_glossary(path: str | Path) -> list[dict[str, str]]:
    """Terms in three languages with the words to avoid."""
    with Path(path).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _avoided(entry: dict[str, str], language: str) -> list[str]:
    """Words to avoid that hold always; those with a condition in brackets are left to the reader."""
    words = [word.strip() for word in entry[f"avoid_{language}"].split(";")]
    return [word for word in words if word and "(" not in word]


def glossary_faults(pairs: Iterable[tuple[Message, str]], glossary: list[dict[str, str]], language: str) -> list[str]:
    """Translations with a word that the glossary avoids, where the English uses the term."""
    faults = []
    for message, translation in pairs:
        # value ids are no words
        source, text = _CALL.sub("", message.text), _CALL.sub("", translation)
        for entry in glossary:
            if not re.search(rf"\b{re.escape(entry['en'])}", source, re.IGNORECASE):
                continue
            # a word to avoid may be part of the right term ("gros" of "vente en gros")
            rest = re.sub(re.escape(entry[language]), "", text, flags=re.IGNORECASE)
            for word in _avoided(entry, language):
                if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", rest, re.IGNORECASE):
                    faults.append(
                        f"{message.file}, line {message.line} ({message.context}): {word!r} for {entry['en']!r}; "
                        f"the glossary has {entry[language]!r}"
                    )
    return faults


def claim_faults(texts: Iterable[tuple[Message, str]], path: str | Path) -> list[str]:
    """Messages with a phrase that claims more than the method can show."""
    refused = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    faults = []
    for message, text in texts:
        for entry in refused:
            if re.search(entry["pattern"], text, re.IGNORECASE):
                faults.append(f"{message.file}, line {message.line} ({message.context}): {entry['why']}: {text[:60]}")
    return faults


def refuse_digits(texts: Iterable[tuple[Message, str]], allowed: list[tuple[re.Pattern, str]], language: str) -> None:
    """Stop the documents of a language in whose texts a number is typed: it would not follow the data."""
    if faults := digit_faults(texts, allowed):
        raise TranslationError(
            f"{len(faults)} typed-in numbers:\n    " + "\n    ".join(faults),
            where=f"texts in {language}",
            not_done=f"the documents in {language} were not made",
            do="print the value by its id, or add a class of numbers with its reason to allowed-digits.yaml",
        )
