"""Careers by group of drugs: the groups of the plan, fixed before the data were seen.

A group is used as often as the drug of it that is used most often. Nothing is averaged over drugs.
"""

from collections.abc import Mapping, Sequence

from cryptodrug.careers.drugs import BEFORE, Answers, direction, use_of
from cryptodrug.careers.respondents import deescalation, escalation, highest, intensity

GROUPS = {
    "cannabis": ("can",),
    "mdma": ("mdm",),
    "cocaine": ("coc",),
    "amphetamines": ("amp", "met"),
    "psychedelics": ("lsd", "psy"),
    "ketamine-ghb": ("ket", "ghb"),
    "opioids-medicines": ("her", "opi", "ben", "med"),
    "nps": ("nps",),
}
# one group where either is that of too few
LAST, OTHER = ("opioids-medicines", "nps"), "other-drugs"
# groups of a question for one drug, by its codes, and what the plan says to take where one of them is that of too few
MAIN_DRUGS = {
    "cannabis": (1,),
    "mdma": (2,),
    "cocaine-or-amphetamines": (3, 4, 5),
    "psychedelics-or-dissociatives": (6, 7, 8),
    "other": (9, 10, 11, 12, 13, 14, 15),
}
FEWER_DRUGS = {
    "cannabis": (1,),
    "stimulants-or-mdma": (2, 3, 4, 5),
    "all-other-drugs": (6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
}
NEW, RETURNED, CEASED, NOT_USED, UNKNOWN = "new", "returned", "ceased", "not-used", "unknown"
Groups = Mapping[str, Sequence[str]]


def with_last_together() -> Groups:
    """The groups with the last two as one."""
    kept = {name: drugs for name, drugs in GROUPS.items() if name not in LAST}
    return kept | {OTHER: tuple(drug for name in LAST for drug in GROUPS[name])}


def group_career(answers: Answers, drugs: Sequence[str]) -> dict[str, str | int | None]:
    """Use of a group of drugs by one respondent.

    Returns
    -------
    dict : `before`, `now` (frequency class, None where not known), `change` (new, returned, ceased, up, same, down,
        not-used, unknown),
        `amount` (up, same, down, mixed, na, mis), `escalation`, `deescalation` (0, 1, na, mis).
    """
    uses = {drug: use_of(answers, drug) for drug in drugs}
    before, now = highest(uses)
    return {
        "before": before,
        "now": now,
        "change": _change(before, now, any(use.ever == BEFORE for use in uses.values())),
        "amount": intensity(answers, uses),
        "escalation": escalation(answers, uses),
        "deescalation": deescalation(answers, uses),
    }


def _change(before: int | None, now: int | None, ever_before: bool) -> str:
    if before is None or now is None:
        return UNKNOWN
    if before == now == 0:
        return NOT_USED
    if before == 0:
        return RETURNED if ever_before else NEW
    return CEASED if now == 0 else direction(before, now)
