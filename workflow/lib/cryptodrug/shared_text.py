"""Texts that resemble each other, told by codes of their words: the texts themselves are not kept.

A text becomes the set of all runs of four words in it (Broder 1997), each run a code; of a long text the smallest codes
alone, which are a random sample of them all. The likeness of two texts is the share of runs they have in common
(Jaccard), as estimated from these samples.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations, product
from typing import NamedTuple

RUN = 4  # words
KEPT = 64  # codes of a text; the error of a likeness of one half is then 0.06
CODE = 4  # bytes
COMMON = 4  # accounts; what more of them write is a phrase of the market or of the trade
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class SharedText:
    """From which likeness (0 to 1), and from how many runs of words on, two texts are one."""

    likeness: float = 0.5
    fewest: int = 20


def sketch(text: str) -> str | None:
    """Codes of the runs of words of a text, sorted, joined by blanks; None for a text without any."""
    words = _WORD.findall(text.casefold())
    runs = {" ".join(words[place : place + RUN]) for place in range(len(words) - RUN + 1)}
    codes = {blake2b(run.encode("utf-8", "replace"), digest_size=CODE).hexdigest() for run in runs}
    return " ".join(sorted(codes)[:KEPT]) or None


class Codes(NamedTuple):
    """Codes of one text; `bound`: the largest that was kept, where there were more of them."""

    own: frozenset[str]
    bound: str | None

    @classmethod
    def of(cls, text: str) -> "Codes":
        """From a sketch."""
        codes = text.split()
        return cls(frozenset(codes), codes[-1] if len(codes) == KEPT else None)

    def without(self, common: Collection[str]) -> "Codes":
        """The codes that are not common."""
        return Codes(self.own - set(common), self.bound)


def likeness(one: Codes, other: Codes) -> float:
    """Share of runs in common: among the codes that would have been kept of both texts, those of both."""
    bounds = [text.bound for text in (one, other) if text.bound is not None]
    seen = {code for code in one.own | other.own if not bounds or code <= min(bounds)}
    return len(one.own & other.own & seen) / len(seen) if seen else 0.0


Account = tuple[str, str]


def alike(sketches: Mapping[Account, Collection[str]], rules: SharedText) -> Iterator[tuple[Account, Account]]:
    """Pairs of accounts of different markets that have had one text.

    `sketches`: of every text that an account has had. What more than `COMMON` accounts write does not count, on either
    side; a text with too few runs left says nothing.
    """
    texts = {account: [Codes.of(text) for text in sorted(set(own))] for account, own in sorted(sketches.items())}
    counted = Counter(code for own in texts.values() for code in frozenset().union(*(one.own for one in own)))
    common = {code for code, accounts in counted.items() if accounts > COMMON}
    left = {account: [one.without(common) for one in own] for account, own in texts.items()}
    holders: dict[str, list[Account]] = {}
    for account, own in left.items():
        for code in sorted(frozenset().union(*(one.own for one in own))):
            holders.setdefault(code, []).append(account)
    met = sorted({pair for same in holders.values() for pair in combinations(same, 2) if pair[0][0] != pair[1][0]})
    for one, other in met:
        pairs = product(left[one], left[other])
        long = ((first, second) for first, second in pairs if min(len(first.own), len(second.own)) >= rules.fewest)
        if any(likeness(first, second) >= rules.likeness for first, second in long):
            yield one, other
