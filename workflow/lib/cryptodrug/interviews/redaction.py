"""Words that must not stand in a quotation: listed ones, numbers that are too fine, runs of other passages."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

import pandas as pd

from cryptodrug.interviews.quotations import Quotation, Register

NUMBER = re.compile(r"\d+(?:[.,\u202f\u00a0 ]\d+)*")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")


def plain_words(text: str) -> list[str]:
    """Words in lower case without accents: `Privé` and `prive` are the same."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(one))
    return WORD.findall(bare.replace("’", "'"))


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[place : place + length]) for place in range(len(words) - length + 1)}


def listed_words(text: str, redaction: Iterable[str]) -> list[str]:
    """Entries of the redaction list that stand in the text, as whole words."""
    words = plain_words(text)
    entries = {entry: tuple(plain_words(entry)) for entry in redaction}
    return [entry for entry, wanted in entries.items() if wanted and wanted in _runs(words, len(wanted))]


def fine_numbers(text: str, step: int) -> int:
    """How many numbers are not multiples of `step`; a number with decimals never is."""
    numbers = (re.sub(r"[\u202f\u00a0 ]", "", one) for one in NUMBER.findall(text))
    return sum(not one.isdigit() or int(one) % step != 0 for one in numbers)


def passages_of(codings: pd.DataFrame, texts: dict[str, str | None]) -> dict[str, list[str]]:
    """Words of every passage that anybody marked, by interview."""
    rows = codings.dropna(subset=["begins"])[["interview", "begins", "ends"]].drop_duplicates()
    found: dict[str, list[str]] = {}
    for row in rows.itertuples():
        text = texts.get(row.interview)
        if text is not None:
            found.setdefault(row.interview, []).append(text[int(row.begins) : int(row.ends)])
    return found


def shares_too_much(text: str, passages: Iterable[str], most: int) -> bool:
    """Whether more than `most` words in a row stand in one of the passages too."""
    runs = _runs(plain_words(text), most + 1)
    return any(runs & _runs(plain_words(passage), most + 1) for passage in passages)


def _allowed(one: Quotation, passage: str) -> bool:
    """A verbatim quotation may share words with the passage that it is taken from: the one that holds all of it."""
    said = plain_words(one.text.get(one.language, ""))
    return one.form == "verbatim" and tuple(said) in _runs(plain_words(passage), len(said))


def faults_of(register: Register, passages: dict[str, list[str]]) -> Iterator[str]:
    """What stands against the words of quotations that may be printed; the words themselves are never shown."""
    rules = register.rules
    for one in (quotation for quotation in register.quotations if quotation.citable):
        for language, text in one.text.items():
            if count := len(listed_words(text, rules.redaction)):
                yield f"{one.id} ({language}): {count} of its words stand in the redaction list"
            if count := fine_numbers(text, rules.number_step):
                yield f"{one.id} ({language}): {count} of its numbers are no multiple of {rules.number_step}"
            others = [passage for of_one in passages.values() for passage in of_one if not _allowed(one, passage)]
            if shares_too_much(text, others, rules.words_in_common):
                most = rules.words_in_common
                yield f"{one.id} ({language}): more than {most} words in a row stand in a passage that is not approved"
