"""The eight career variables of one respondent, each a decision table read from the top: the first line that fits.

Onset and seven more are named on the pages of the project DR/82; the definitions are those of this compendium
(`workflow/questionnaires/cryptodrug/careers.md`).
"""

from cryptodrug.careers.drugs import (
    AFTER,
    BEFORE,
    DRUGS,
    MIS,
    NA,
    NEVER,
    OTHER_DRUG,
    Answers,
    Use,
    direction,
    frequency_change,
    intensity_change,
    known,
    moved,
    state,
    use_of,
)

VARIABLES = ("onset", "frequency", "intensity", "escalation", "switching", "expansion", "substitution", "recovery")
ALSO = ("deescalation", "gained", "dropped", "repertoire", "exchange", "range_change")
FIRST_USE_AFTER, NEVER_USED = (2, 3), 4  # codes of use1_order
HIGHEST_CLASS = 5
CRYPTOMARKET = 1  # code of a source
PROBLEM, STOPPED_OR_REDUCED = (2, 3), (1, 2)  # codes of prob_bf and prob_nw; of red_any

Uses = dict[str, Use]


def onset(answers: Answers, uses: Uses) -> str:
    """First use of any illicit drug came with or after the first purchase."""
    order, before = known(answers, "use1_order"), any(use.ever == BEFORE for use in uses.values())
    if order == 1:
        return "0"
    if order in FIRST_USE_AFTER:
        return MIS if before else "1"
    if order == NEVER_USED:
        return MIS if any(use.ever in (BEFORE, AFTER) for use in uses.values()) else NA
    return "0" if before else MIS


def _maximum(classes: list[int | None]) -> int | None:
    """The highest class; None when an unknown one could be higher."""
    given = [one for one in classes if one is not None]
    highest = max(given, default=0)
    return highest if len(given) == len(classes) or highest == HIGHEST_CLASS else None


def highest(uses: Uses) -> tuple[int | None, int | None]:
    """The highest frequency class before and now; None when an unknown one could be higher."""
    return _maximum([use.before for use in uses.values()]), _maximum([use.now for use in uses.values()])


def frequency(answers: Answers, uses: Uses) -> str:
    """Change in the highest frequency class over all drugs."""
    begun = onset(answers, uses)
    if begun != "0":
        return MIS if begun == MIS else NA
    before, now = highest(uses)
    if before is None or now is None:
        return MIS
    return NA if before == now == 0 else direction(before, now)


def frequency_step(answers: Answers) -> int | None:
    """Classes by which the highest frequency rose; None where `frequency` has no direction."""
    uses = {drug: use_of(answers, drug) for drug in DRUGS}
    if frequency(answers, uses) in (NA, MIS):
        return None
    before, now = highest(uses)
    return now - before


def intensity(answers: Answers, uses: Uses) -> str:
    """Change in the usual amount of drugs used in both periods."""
    changes = {intensity_change(use) for use in uses.values()}
    if {"up", "down"} <= changes:
        return "mixed"
    if MIS in changes:
        return MIS
    return next((way for way in ("up", "down", "same") if way in changes), NA)


def _any_moved(uses: Uses, way: str) -> str:
    values = {moved(use, way) for use in uses.values()}
    return next((value for value in ("1", MIS, "0") if value in values), NA)


def escalation(answers: Answers, uses: Uses) -> str:
    """At least one drug used in both periods is used more often or in larger amounts."""
    return _any_moved(uses, "up")


def deescalation(answers: Answers, uses: Uses) -> str:
    """The mirror of escalation; always printed beside it."""
    return _any_moved(uses, "down")


def switching(answers: Answers, uses: Uses) -> str:
    """The main drug now is another one than before."""
    before, now = known(answers, "main_bf"), known(answers, "main_nw")
    if before is None or now is None or _not_used(before, uses, "before") or _not_used(now, uses, "now"):
        return MIS
    if 0 in (before, now):
        return NA
    return MIS if before == now == OTHER_DRUG else "1" if before != now else "0"


def _not_used(code: int, uses: Uses, period: str) -> bool:
    """Whether a drug of the list was certainly not used in a period: a contradiction when it is the main one."""
    return 1 <= code <= len(DRUGS) and getattr(uses[DRUGS[code - 1]], period) == 0


def _could_be_new(use: Use) -> bool:
    return use.ever is None or (use.ever == AFTER and use.now is None)


def could_be_ceased(use: Use) -> bool:
    if use.ever is None:
        return True
    if use.ever != BEFORE:
        return False
    return not use.now if use.before is None else use.before >= 1 and use.now is None


def expansion(answers: Answers, uses: Uses) -> str:
    """At least one new drug is in use now and no drug used before has been dropped."""
    begun, states = onset(answers, uses), {state(use) for use in uses.values()}
    if begun != "0":
        return MIS if begun == MIS else NA
    if "ceased" in states:
        return "0"
    if "new" not in states:
        return MIS if any(_could_be_new(use) for use in uses.values()) else "0"
    return MIS if any(could_be_ceased(use) for use in uses.values()) else "1"


def exchange(answers: Answers, uses: Uses) -> str:
    """At least one new drug is in use now and at least one was dropped. Same base as expansion."""
    begun, states = onset(answers, uses), {state(use) for use in uses.values()}
    if begun != "0":
        return MIS if begun == MIS else NA
    sides = [("new", _could_be_new), ("ceased", could_be_ceased)]
    if all(name in states for name, _ in sides):
        return "1"
    open_ones = [name in states or any(could(use) for use in uses.values()) for name, could in sides]
    return MIS if all(open_ones) else "0"


def range_change(answers: Answers, uses: Uses) -> str:
    """Different drugs or a wider range: expansion, exchange or switching, where onset is 0 and all three are known."""
    begun = onset(answers, uses)
    if begun != "0":
        return MIS if begun == MIS else NA
    parts = [one(answers, uses) for one in (expansion, exchange, switching)]
    if MIS in parts:
        return MIS
    return NA if NA in parts else "1" if "1" in parts else "0"


def _count(uses: Uses, wanted: str) -> str:
    """Number of drugs in a state, or `mis` where one could be in it without our knowing."""
    could = {"new": _could_be_new, "ceased": could_be_ceased}[wanted]
    states = [state(use) for use in uses.values()]
    return MIS if any(could(use) for use in uses.values()) else str(states.count(wanted))


def repertoire(answers: Answers, uses: Uses) -> str:
    """Number of drugs in use now minus number in use before."""
    pairs = [(use.before, use.now) for use in uses.values()]
    if any(None in pair for pair in pairs):
        return MIS
    return str(sum(now >= 1 for _, now in pairs) - sum(before >= 1 for before, _ in pairs))


def substitution(answers: Answers, uses: Uses) -> str:
    """A drug was stopped or used less because another one, obtained mainly on a cryptomarket, took its place."""
    if onset(answers, uses) == NA:
        return NA
    asked = known(answers, "sub_any")
    if asked in (None, 0):
        return MIS if asked is None else "0"
    left, taken = known(answers, "sub_from"), known(answers, "sub_to")
    kind, source = known(answers, "sub_kind"), known(answers, "sub_src")
    if None in (left, taken, kind, source) or 0 in (left, taken) or left == taken:
        return MIS
    return "1" if source == CRYPTOMARKET else "0"


def _reduced(answers: Answers, code: int, use: Use | None) -> bool | None:
    """Whether the drug that caused most problems is used less often now; None when that cannot be told."""
    if use is not None:
        return None if use.before is None or use.now is None else use.now < use.before
    any_reduced, which = known(answers, "red_any"), known(answers, "red_drug")
    if any_reduced == 0:
        return False
    return None if any_reduced is None or which is None else which == code


def recovery(answers: Answers, uses: Uses) -> str:
    """A drug that caused problems is stopped or used less often, and use now causes at most slight ones."""
    if onset(answers, uses) == NA:
        return NA
    before, now, code = known(answers, "prob_bf"), known(answers, "prob_nw"), known(answers, "prob_drug")
    if before not in PROBLEM:
        return MIS if before is None else NA
    use = uses[DRUGS[code - 1]] if code and code != OTHER_DRUG else None
    if not code or (use and use.ever in (NEVER, AFTER)):
        return MIS
    if use and use.ever == BEFORE and use.before == 0:
        return NA
    reduced = _reduced(answers, code, use)
    if reduced is False or now in PROBLEM:
        return "0"
    return MIS if reduced is None or now is None else "1"


def career(answers: Answers) -> dict[str, str]:
    """All variables of one respondent.

    Parameters
    ----------
    answers : code by variable name; a negative code and None are missing.

    Returns
    -------
    dict : value of each of `VARIABLES` and `ALSO`; counts are texts too, since `na` and `mis` stand beside them.
    """
    uses = {drug: use_of(answers, drug) for drug in DRUGS}
    functions = (onset, frequency, intensity, escalation, switching, expansion, substitution, recovery)
    found = dict(zip(VARIABLES, (one(answers, uses) for one in functions), strict=True))
    return found | {
        "deescalation": deescalation(answers, uses),
        "gained": _count(uses, "new"),
        "dropped": _count(uses, "ceased"),
        "repertoire": repertoire(answers, uses),
        "exchange": exchange(answers, uses),
        "range_change": range_change(answers, uses),
    }


def drug_careers(answers: Answers) -> dict[str, dict[str, str]]:
    """By drug: its state, the changes in frequency and amount, escalation and its mirror."""
    uses = {drug: use_of(answers, drug) for drug in DRUGS}
    return {
        drug: {
            "state": state(use),
            "frequency": frequency_change(use),
            "intensity": intensity_change(use),
            "escalation": moved(use, "up"),
            "deescalation": moved(use, "down"),
        }
        for drug, use in uses.items()
    }
