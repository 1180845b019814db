"""Words for places: countries, groups, regions, the world, exclusions."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel import Locale

from cryptodrug.errors import InputError

LANGUAGES = ("en", "nl", "fr", "de")
KINDS = ("country", "group", "region", "world", "except", "only", "domestic", "connector", "filler", "undeclared")
_PIECES = re.compile(r"[,;:/&+*()\[\]|!?~=<>\"'._\-–—]+")


def letters(text: str) -> str:
    """Lower case letters only, without accents and blanks: `"Hong Kong"` and `"HongKong"` are the same."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if character.isalpha())


@dataclass(frozen=True)
class Token:
    """One known word or name."""

    kind: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Places:
    """All known words, by their letters."""

    tokens: dict[str, Token]
    longest: int

    def segment(self, piece: str) -> tuple[Token, ...] | None:
        """Known words that make up the piece wholly, as few as possible; None when they do not.

        Wholly, because a name inside another word is not that name: "Niger" stands in "Nigeria".
        """
        text = letters(piece)
        best: list[tuple[Token, ...] | None] = [()] + [None] * len(text)
        for end in range(1, len(text) + 1):
            for start in range(max(0, end - self.longest), end):
                before = best[start]
                token = self.tokens.get(text[start:end])
                if before is None or token is None:
                    continue
                current = best[end]
                if current is None or len(before) + 1 < len(current):
                    best[end] = (*before, token)
        return best[len(text)]

    def read(self, text: str) -> tuple[list[Token], bool]:
        """Tokens of a whole text, in order, and whether every piece of it was understood."""
        whole = self.segment(text)
        if whole is not None:
            return list(whole), True
        found: list[Token] = []
        understood = True
        for piece in _PIECES.split(text):
            if not letters(piece):
                continue
            tokens = self.segment(piece)
            if tokens is None:
                understood = False
            else:
                found.extend(tokens)
        return found, understood


def _cldr_names() -> dict[str, Token]:
    """Names of all countries in the languages of the study and its neighbours."""
    names = {}
    for language in LANGUAGES:
        for code, name in sorted(Locale(language).territories.items()):
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"):
                names.setdefault(letters(name), Token("country", (code,)))
    return names


@lru_cache(maxsize=4)
def read_places(path: str | Path) -> Places:
    """Read `places.csv` on top of the country names of CLDR.

    Raises
    ------
    InputError : a row is of an unknown kind, has no reason, or a country has no code.
    """
    tokens = _cldr_names()
    with Path(path).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        for row in reader:
            fault = None
            codes = tuple(code for code in row["codes"].split("|") if code)
            if row["kind"] not in KINDS:
                fault = f"`kind` is none of {', '.join(KINDS)}: {row['kind']!r}"
            elif not row["why"]:
                fault = "a judgement without a reason (`why`)"
            elif row["kind"] in ("country", "group", "region") and not codes:
                fault = "no `codes`"
            if fault:
                raise InputError(
                    fault,
                    where=f"{path}, line {reader.line_num}",
                    not_done="no snapshot was harmonised",
                    do="mend the row",
                )
            tokens[letters(row["text"])] = Token(row["kind"], codes)
    tokens.pop("", None)
    return Places(tokens, max(map(len, tokens)))
