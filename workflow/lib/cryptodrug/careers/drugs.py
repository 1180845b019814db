"""One drug of one respondent: when first used, how often before and now, and what changed.

`before` is the 12 months before the first cryptomarket purchase; `now` the last 12 months, or since that purchase if it
is more recent. Values are texts: `0`, `1`, `up`, `same`, `down`; `na` (outside the base, not asked by design) and `mis`
(inside the base, not known) are never merged.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# suffixes of the variables, in the order of the drug codes 1 to 14; 15 is another drug
DRUGS = ("can", "mdm", "coc", "amp", "met", "lsd", "psy", "ket", "ghb", "her", "opi", "ben", "med", "nps")
OTHER_DRUG = 15
STATES = ("never", "new", "tried", "returned", "past", "ceased", "continued", "unknown")
NA, MIS = "na", "mis"
NEVER, BEFORE, AFTER = 0, 1, 2  # codes of ever_<drug>

Answers = Mapping[str, int | None]


def known(answers: Answers, variable: str) -> int | None:
    """The answer, or None when it is missing for any reason: a negative code, nothing at all."""
    code = answers.get(variable)
    return None if code is None or code < 0 else code


@dataclass(frozen=True)
class Use:
    """Use of one drug: E, B and N of the definitions, and the amounts; None is not known."""

    ever: int | None
    before: int | None
    now: int | None
    amount_before: int | None
    amount_now: int | None


def use_of(answers: Answers, drug: str) -> Use:
    """Use of a drug. A frequency that was not asked is 0 only where the routing makes it certain."""
    ever = known(answers, f"ever_{drug}")
    before = known(answers, f"bf_freq_{drug}") if ever == BEFORE else 0 if ever in (NEVER, AFTER) else None
    now = known(answers, f"nw_freq_{drug}") if ever in (BEFORE, AFTER) else 0 if ever == NEVER else None
    return Use(ever, before, now, known(answers, f"bf_amt_{drug}"), known(answers, f"nw_amt_{drug}"))


def state(use: Use) -> str:
    """One of `STATES`."""
    if use.ever == NEVER:
        return "never"
    if use.ever is None or use.now is None or use.before is None:
        return "unknown"
    if use.ever == AFTER:
        return "new" if use.now else "tried"
    if use.before:
        return "continued" if use.now else "ceased"
    return "returned" if use.now else "past"


def eligible(use: Use) -> bool | None:
    """Whether a drug was used in both periods; None when that cannot be told."""
    if use.ever is None:
        return None
    if use.ever != BEFORE or 0 in (use.before, use.now):
        return False
    return None if None in (use.before, use.now) else True


def direction(before: int, now: int) -> str:
    """`up`, `same` or `down`."""
    return "up" if now > before else "down" if now < before else "same"


def frequency_change(use: Use) -> str:
    """Change in how often the drug is used: E >= 1, both periods known and not both 0."""
    if use.ever == NEVER or (use.before == 0 and use.now == 0):
        return NA
    if use.ever is None or use.before is None or use.now is None:
        return MIS
    return direction(use.before, use.now)


def intensity_change(use: Use) -> str:
    """Change in the usual amount of a drug used in both periods."""
    fits = eligible(use)
    if fits is False:
        return NA
    if fits is None or use.amount_before is None or use.amount_now is None:
        return MIS
    return direction(use.amount_before, use.amount_now)


def moved(use: Use, way: str) -> str:
    """`1` when a drug used in both periods is used more often or in larger amounts (`way` = up), or the reverse (down).

    Up is escalation, down its mirror.
    """
    fits = eligible(use)
    if fits is not True:
        return NA if fits is False else MIS
    amount = intensity_change(use)
    if way in (frequency_change(use), amount):
        return "1"
    return MIS if amount == MIS else "0"
