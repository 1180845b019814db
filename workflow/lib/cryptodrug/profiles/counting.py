"""Codes of profiles in numbers: those of the country against the others matched to them, and agreement of coders."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cryptodrug.profiles.sample import GROUPS
from cryptodrug.profiles.sheets import is_yes
from cryptodrug.statistics.agreement import cohen_kappa
from cryptodrug.statistics.paired import SIGNIFICANT


@dataclass(frozen=True)
class Pairs:
    """A code in matched pairs: in both profiles, in that of the country alone, in the other alone, in none."""

    both: int
    focus_alone: int
    other_alone: int
    neither: int

    @property
    def pairs(self) -> int:
        """Pairs of which both profiles are decided."""
        return self.both + self.focus_alone + self.other_alone + self.neither


def paired_profiles(sample: pd.DataFrame) -> pd.DataFrame:
    """Profiles in pairs, both there: `focus` and `other`."""
    return sample.pivot(index="pair", columns="group", values="profile").reindex(columns=list(GROUPS)).dropna()


def decided(yes: pd.Series, pairs: pd.DataFrame) -> pd.DataFrame:
    """Whether a code is present (0, 1) in both profiles of the pairs in which it is decided for both; as `pairs`."""
    return pairs.apply(lambda profiles: profiles.map(yes)).dropna()


def paired_counts(settled: pd.DataFrame, sample: pd.DataFrame) -> dict[str, Pairs]:
    """The four counts of each code; a pair counts where the code is decided for both of its profiles."""
    yes, pairs = is_yes(settled), paired_profiles(sample)
    found = {}
    for code in settled.columns:
        one, other = (part.to_numpy() == 1 for _, part in decided(yes[code], pairs).items())
        found[code] = Pairs(*(int(part.sum()) for part in (one & other, one & ~other, ~one & other, ~one & ~other)))
    return found


def exact_difference(counts: Pairs, level: float) -> tuple[float, float] | None:
    """Exact interval of the difference of shares, given the number of pairs that differ.

    The share of the country among these is binomial (Clopper & Pearson 1934); it leaves out one half, and the interval
    zero, exactly when the exact test of McNemar (1947) is significant. None where no pair differs.
    """
    from scipy.stats import beta

    differ, ours = counts.focus_alone + counts.other_alone, counts.focus_alone
    if not differ:
        return None
    tail = (1 - level) / 2
    low = beta.ppf(tail, ours, differ - ours + 1) if ours else 0.0
    high = beta.ppf(1 - tail, ours + 1, differ - ours) if ours < differ else 1.0
    return tuple((2 * float(end) - 1) * differ / counts.pairs for end in (low, high))


def verdict(more: bool, alone: float | None, adjusted: float | None) -> str:
    """Whether a code is more or less usual in a group, judged by the p that is adjusted for all codes (Holm 1979).

    `more-alone`, `less-alone`: shown only when the code is judged by itself, which of many codes one in twenty would be
    by chance; `neither`: not even then.
    """
    way = "more" if more else "less"
    if adjusted is not None and adjusted < SIGNIFICANT:
        return way
    return f"{way}-alone" if alone is not None and alone < SIGNIFICANT else "neither"


@dataclass(frozen=True)
class CodeAgreement:
    """Two coders on one code: decisions, the same ones, kappa (Cohen 1960) and its like for rare codes.

    `kappa` is None where a coder gave the code to fewer than three profiles or to all but two: prevalence would decide
    it (Feinstein & Cicchetti 1990). `pabak` stands beside: twice the agreed share less one (Byrt, Bishop & Carlin
    1993).
    """

    decisions: int
    agreed: int
    kappa: float | None
    pabak: float | None


FEWEST_YES = 3


def code_agreement(first: pd.Series, second: pd.Series) -> CodeAgreement:
    """Agreement on one code; `first`, `second`: 1, 0 and NaN by profile."""
    known = first.notna() & second.notna()
    one, other = first[known] == 1, second[known] == 1
    cells = [int(part.sum()) for part in (one & other, one & ~other, ~one & other, ~one & ~other)]
    n, agreed = sum(cells), cells[0] + cells[3]
    telling = all(FEWEST_YES <= yes <= n - FEWEST_YES for yes in (int(one.sum()), int(other.sum())))
    kappa = cohen_kappa(*cells) if n and telling else None
    return CodeAgreement(n, agreed, kappa, 2 * agreed / n - 1 if n else None)


def ratings(sheets: Sequence[pd.DataFrame]) -> tuple[np.ndarray, np.ndarray]:
    """(coders, units) of 1, 0 and NaN, and the profile of each unit: a unit is one code of one profile."""
    made = np.stack([is_yes(sheet).to_numpy().ravel() for sheet in sheets])
    profiles = np.repeat(np.asarray(sheets[0].index, dtype=str), sheets[0].shape[1])
    return made, profiles
