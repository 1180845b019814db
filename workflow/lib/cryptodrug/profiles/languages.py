"""The language of a profile, as a program proposes it to coders, and how far they agree with it.

A proposal is no code: coders read and decide, and nothing of it is counted in a study.
"""

import textwrap
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cryptodrug.profiles.codebook import NO
from cryptodrug.text_language import LONGEST, languages

CODE = "p-lang"  # the code of the code book that says the same
SEVERAL = "several"
ENGLISH = "en"  # what the code book takes for granted: it codes other languages
ONE_OF_SEVERAL = 0.2  # share of the letters from which on a second language counts


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def proposed_language(text: str) -> str:
    """The language of a profile: its code (ISO 639-1), `several`, or nothing where no line is clear.

    Each line is judged by itself, a long one in pieces: the words of the market around a profile are short and few, and
    a profile that says all of it in two languages does so one after the other. Where a second language has a fifth of
    the letters that were told, there are several.
    """
    pieces = [piece for line in text.splitlines() for piece in textwrap.wrap(line, LONGEST)]
    judged, spoken = languages(pieces), Counter()
    for piece in pieces:
        if (language := judged[piece]) is not None:
            spoken[language] += _letters(piece)
    most = spoken.most_common()
    if len(most) > 1 and most[1][1] >= ONE_OF_SEVERAL * spoken.total():
        return SEVERAL
    return most[0][0] if most else ""


@dataclass(frozen=True)
class Followed:
    """How one coder decided where a language was proposed: profiles with both, the same in how many, others by pair."""

    both: int
    same: int
    others: Mapping[tuple[str, str], int]  # (proposed, coded) -> profiles


def followed(proposals: Mapping[str, str], coded: pd.Series) -> Followed:
    """Compare proposals with the decisions of a coder (values of `CODE` by profile, None where nothing was given).

    English is what the code book calls `no` (no other language).
    """
    pairs = Counter(
        (proposal, ENGLISH if value == NO else value)
        for profile, proposal in proposals.items()
        if proposal and isinstance(value := coded.get(profile), str)
    )
    others = {pair: count for pair, count in sorted(pairs.items()) if pair[0] != pair[1]}
    return Followed(pairs.total(), pairs.total() - sum(others.values()), others)
