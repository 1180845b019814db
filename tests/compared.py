"""What the comparisons with real pages came to, gathered while they run: the page docs/compared-pages.md.

A comparison notes its outcome where it has asserted it, so that the page can say nothing that no test has shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

HEADING = """# Compared with others

Renewed by `make compared` beside the real data; `.ci/run` fails where it differs. Each row is a comparison that the
tests in `tests/real` make with what others read on the same pages: by hand, with regular expressions, or with a parser
of their own. The pages are not part of the repository. A field counts once for each kind of page on which it stands.

| Market | Compared | Pages or files | Kinds | Fields | Equal values | Different |
|---|---|---:|---:|---:|---:|---:|
"""
REASONS = """
## Why values differ, or are not compared

Ours are kept where they differ.

"""


@dataclass(frozen=True)
class Outcome:
    """One comparison: numbers of pages, kinds of pages and fields, equal values, and how many differ for which reason.

    `left_out`: reasons for which fields of theirs are not compared at all.
    """

    market: str
    what: str
    pages: int
    kinds: int
    fields: int
    equal: int
    reasons: Mapping[str, int] = field(default_factory=dict)
    left_out: Iterable[str] = ()


OUTCOMES: list[Outcome] = []


def note(outcome: Outcome) -> None:
    """Keep the outcome of a comparison."""
    OUTCOMES.append(outcome)


def page(outcomes: Iterable[Outcome]) -> str:
    """The page: a table, and the reasons below it."""
    outcomes = sorted(outcomes, key=lambda one: (one.market, one.what))
    rows, reasons = [], []
    for one in outcomes:
        differ = sum(one.reasons.values())
        cells = [one.market, one.what, *(f"{number:,}" for number in (one.pages, one.kinds, one.fields, one.equal))]
        rows.append(f"| {' | '.join(cells)} | {differ:,} |\n")
        reasons += [f"* {one.market}, {one.what}: {count:,} differ: {why}.\n" for why, count in one.reasons.items()]
        reasons += [f"* {one.market}, {one.what}: not compared: {why}.\n" for why in one.left_out]
    return HEADING + "".join(rows) + REASONS + "".join(reasons)
