"""Other definitions of the career variables, and other respondents: does a finding hold with them too?

One answer per respondent, `na` and `mis` kept apart as in the core definitions (`careers.md`, section 2).
"""

from collections.abc import Callable

from cryptodrug.careers.dependence import CUTOFFS, scale_total
from cryptodrug.careers.drugs import (
    AFTER,
    DRUGS,
    MIS,
    NA,
    OTHER_DRUG,
    Answers,
    direction,
    eligible,
    frequency_change,
    intensity_change,
    known,
    moved,
    state,
    use_of,
)
from cryptodrug.careers.respondents import (
    Uses,
    could_be_ceased,
    deescalation,
    escalation,
    frequency,
    highest,
    onset,
    recovery,
    substitution,
)

WITH_A_PURCHASE = 2  # code of use1_order: first use was with drugs of the first purchase
FAR = 2  # classes
SERIOUS = 3  # code of prob_nw
OFTEN = 4  # class of several days a week
# days a month of each class: middle of its range
DAYS = {0: 0.0, 1: 0.5, 2: 2.0, 3: 4.3, 4: 15.0, 5: 28.0}


def onset_strict(answers: Answers, uses: Uses) -> str:
    """First use with drugs from a cryptomarket; a later one does not count."""
    begun = onset(answers, uses)
    return begun if begun != "1" else "1" if known(answers, "use1_order") == WITH_A_PURCHASE else "0"


def frequency_far(answers: Answers, uses: Uses) -> str:
    """A change of two classes or more of the highest frequency; less counts as the same."""
    found = frequency(answers, uses)
    if found in (NA, MIS):
        return found
    before, now = highest(uses)
    return found if abs(now - before) >= FAR else "same"


def frequency_days(answers: Answers, uses: Uses) -> str:
    """Change in the days of use a month, over all drugs: the highest class hides what changes below it."""
    begun = onset(answers, uses)
    if begun != "0":
        return MIS if begun == MIS else NA
    periods = [[use.before for use in uses.values()], [use.now for use in uses.values()]]
    if any(None in classes for classes in periods):
        return MIS
    before, now = (sum(DAYS[code] for code in classes) for classes in periods)
    return NA if before == now == 0 else direction(before, now)


def intensity_with_ceased(answers: Answers, uses: Uses) -> str:
    """A drug that was left counts as one used in smaller amounts: else only those who went on are seen."""
    changes = {"down" if state(use) == "ceased" else intensity_change(use) for use in uses.values()}
    if {"up", "down"} <= changes:
        return "mixed"
    return next((one for one in (MIS, "up", "down", "same") if one in changes), NA)


def escalation_often(answers: Answers, uses: Uses) -> str:
    """A rise to use of several days a week or more."""
    risen = {drug: moved(use, "up") for drug, use in uses.items()}
    values = {"0" if one == "1" and uses[drug].now < OFTEN else one for drug, one in risen.items()}
    return next(value for value in ("1", MIS, "0", NA) if value in values)


def escalation_far(answers: Answers, uses: Uses) -> str:
    """A rise of two classes or more: one class can be noise."""
    values = set()
    for use in uses.values():
        fits = eligible(use)
        if fits is not True:
            values.add(NA if fits is False else MIS)
        elif use.now - use.before >= FAR:
            values.add("1")
        elif use.amount_before is None or use.amount_now is None:
            values.add(MIS)
        else:
            values.add("1" if use.amount_now - use.amount_before >= FAR else "0")
    return next(value for value in ("1", MIS, "0", NA) if value in values)


def escalation_net(answers: Answers, uses: Uses) -> str:
    """Some drug up and none down."""
    up, down = escalation(answers, uses), deescalation(answers, uses)
    if up in ("0", NA) or down == "1":
        return up if up != "1" else "0"
    return MIS if MIS in (up, down) else "1"


def switching_by_use(answers: Answers, uses: Uses) -> str:
    """The drug used most often is another one; equals count as kept. Nobody's word for it is needed."""
    before = {name: use.before for name, use in uses.items()}
    now = {name: use.now for name, use in uses.items()}
    if None in before.values() or None in now.values():
        return MIS
    if not any(before.values()) or not any(now.values()):
        return NA
    tops = [{name for name, one in period.items() if one == max(period.values())} for period in (before, now)]
    return "0" if tops[0] & tops[1] else "1"


def expansion_any_new(answers: Answers, uses: Uses) -> str:
    """A drug tried once and left widens the range too."""
    begun = onset(answers, uses)
    if begun != "0":
        return MIS if begun == MIS else NA
    if "ceased" in {state(use) for use in uses.values()}:
        return "0"
    if not any(use.ever == AFTER for use in uses.values()):
        return MIS if any(use.ever is None for use in uses.values()) else "0"
    return MIS if any(could_be_ceased(use) for use in uses.values()) else "1"


def substitution_any_source(answers: Answers, uses: Uses) -> str:
    """The drug that took the place may come from anywhere."""
    found = substitution(answers, uses)
    return "1" if found == "0" and known(answers, "sub_any") == 1 else found


def substitution_corroborated(answers: Answers, uses: Uses) -> str:
    """The drug that was replaced is used less often, the one in its place more often; both must be in the list."""
    found = substitution(answers, uses)
    if found != "1":
        return found
    sides = []
    for variable, ways in (("sub_from", ("down",)), ("sub_to", ("up",))):
        code = known(answers, variable)
        if code == OTHER_DRUG:
            return "0"
        change = frequency_change(uses[DRUGS[code - 1]])
        sides.append(MIS if change == MIS else "1" if change in ways else "0")
    return "0" if "0" in sides else MIS if MIS in sides else "1"


def recovery_by_scale(answers: Answers, uses: Uses) -> str:
    """Use now below the cut-off for dependence, in place of at most slight problems by their own word.

    Of those alone whose main drug is still the one that caused problems, and has a cut-off.
    """
    code, main, total = known(answers, "prob_drug"), known(answers, "main_nw"), scale_total(answers)
    if recovery(answers, uses) == NA:
        return NA
    if code is None or main is None:
        return MIS
    if main != code or code not in CUTOFFS:
        return NA
    problems = None if total is None else SERIOUS if total >= CUTOFFS[code] else 0
    return recovery({**answers, "prob_nw": problems}, uses)


# variable -> variant -> its decision
VARIANTS: dict[str, dict[str, Callable[[Answers, Uses], str]]] = {
    "onset": {"strict": onset_strict},
    "frequency": {"two-classes": frequency_far, "days": frequency_days},
    "intensity": {"with-ceased": intensity_with_ceased},
    "escalation": {"two-classes": escalation_far, "net": escalation_net, "often": escalation_often},
    "switching": {"by-use": switching_by_use},
    "expansion": {"any-new": expansion_any_new},
    "substitution": {"any-source": substitution_any_source, "corroborated": substitution_corroborated},
    "recovery": {"by-scale": recovery_by_scale},
}


def variants_of(answers: Answers) -> dict[tuple[str, str], str]:
    """Every variant of one respondent."""
    uses = {drug: use_of(answers, drug) for drug in DRUGS}
    return {(name, variant): decide(answers, uses) for name, of in VARIANTS.items() for variant, decide in of.items()}
