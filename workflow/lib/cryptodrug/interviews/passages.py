"""Agreement of two coders on passages: whether they mark the same words, not only the same interview."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

HALF = 0.5
FEWEST = 10

Place = tuple[int, int]


@dataclass(frozen=True)
class Found:
    """Passages of one code: marked by both, by the first coder only, by the second only. `f1` is None for a few."""

    both: int
    only_first: int
    only_second: int

    @property
    def f1(self) -> float | None:
        """2 both / (2 both + the rest); no kappa, since passages that nobody marked cannot be counted."""
        marked = 2 * self.both + self.only_first + self.only_second
        return 2 * self.both / marked if self.both + self.only_first + self.only_second >= FEWEST else None


def overlap(one: Place, other: Place) -> float:
    """Shared characters as a share of the shorter passage."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    shorter = min(one[1] - one[0], other[1] - other[0])
    return shared / shorter if shorter > 0 and shared > 0 else 0.0


def matched(first: Sequence[Place], second: Sequence[Place]) -> int:
    """Pairs of passages that share half of the shorter one or more; each passage once, the closest pairs first."""
    pairs = [
        (-overlap(one, other), row, column) for row, one in enumerate(first) for column, other in enumerate(second)
    ]
    rows: set[int] = set()
    columns: set[int] = set()
    for negative, row, column in sorted(pairs):
        if -negative >= HALF and row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
    return len(rows)


def _places(codings: pd.DataFrame, coder: str, code: str, interview: str) -> list[Place]:
    rows = codings[
        (codings["coder"] == coder) & (codings["code"] == code) & (codings["interview"] == interview)
    ].dropna(subset=["begins"])
    return sorted(zip(rows["begins"].astype(int), rows["ends"].astype(int), strict=True))


def found(codings: pd.DataFrame, first: str, second: str, code: str, interviews: Sequence[str]) -> Found:
    """Passages of a code in all interviews (Hripcsak & Rothschild 2005 for the measure)."""
    both, one_alone, other_alone = 0, 0, 0
    for interview in interviews:
        ours, theirs = (_places(codings, coder, code, interview) for coder in (first, second))
        pairs = matched(ours, theirs)
        both, one_alone, other_alone = both + pairs, one_alone + len(ours) - pairs, other_alone + len(theirs) - pairs
    return Found(both, one_alone, other_alone)
