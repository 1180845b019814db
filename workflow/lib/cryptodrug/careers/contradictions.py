"""Answers on careers that cannot both be true: the variable is then not known, and no rule picks a winner."""

from cryptodrug.careers.drugs import AFTER, BEFORE, DRUGS, NEVER, Answers, known, use_of
from cryptodrug.careers.respondents import FIRST_USE_AFTER, NEVER_USED, PROBLEM, Uses

KINDS = ("onset", "switching", "substitution", "recovery")


def _used(uses: Uses, code: int | None) -> list[int | None]:
    """When the drug of a code was first used; nothing for no drug, and for one that is not in the list."""
    return [uses[DRUGS[code - 1]].ever] if code and code <= len(DRUGS) else []


def _not_used(uses: Uses, code: int | None, period: str) -> bool:
    return bool(_used(uses, code)) and getattr(uses[DRUGS[code - 1]], period) == 0


def contradictions(answers: Answers) -> dict[str, bool]:
    """By variable, whether its answers contradict each other.

    Onset: first use after the first purchase, or none, but a drug used before it, or ever. Switching: a main drug that
    was not used in the period. Substitution: a drug that took its own place. Recovery: problems before with a drug that
    was not used before.
    """
    uses = {drug: use_of(answers, drug) for drug in DRUGS}
    order, ever = known(answers, "use1_order"), {use.ever for use in uses.values()}
    after = order in FIRST_USE_AFTER and BEFORE in ever
    replaced = known(answers, "sub_any") not in (None, 0)
    left, taken = known(answers, "sub_from"), known(answers, "sub_to")
    problem = known(answers, "prob_bf") in PROBLEM
    return {
        "onset": after or (order == NEVER_USED and bool(ever & {BEFORE, AFTER})),
        "switching": _not_used(uses, known(answers, "main_bf"), "before")
        or _not_used(uses, known(answers, "main_nw"), "now"),
        "substitution": replaced and left is not None and left == taken and left != 0,
        "recovery": problem and any(one in (NEVER, AFTER) for one in _used(uses, known(answers, "prob_drug"))),
    }
