"""The true drug-using career of one simulated respondent: drugs, frequencies, amounts, sources, and how it went."""

from dataclasses import dataclass

from cryptodrug.careers.drugs import AFTER, BEFORE, DRUGS, NEVER, OTHER_DRUG
from cryptodrug.simulate.draws import Draws
from cryptodrug.simulate.survey.models import STAYS, Careers, Moves, of

USED_BEFORE, NEVER_USED = 1, 4  # codes of use1_order
CRYPTOMARKET, OFFLINE = 1, (2, 3, 4, 5)  # codes of sources
SERIOUS = (2, 3)
Answers = dict[str, int]


def moved(moves: Moves, code: int, draws: Draws) -> int:
    """Where a code moves to; with `stays` it does not."""
    return code if moves == STAYS else draws.weighted(moves[code])


@dataclass(frozen=True)
class DrugCareer:
    """Use of one drug: when first used (code of `ever_`), classes of frequency before and now (0: none)."""

    ever: int
    before: int
    now: int

    @property
    def changed(self) -> int:
        """Steps up or down."""
        return self.now - self.before


def _first_uses(scenario: Careers, order: int, draws: Draws) -> dict[str, int]:
    """When each drug was first used. One drug at least is that of the first use, unless nothing ever was."""
    if order == NEVER_USED:
        return dict.fromkeys(DRUGS, NEVER)
    first, found = draws.weighted(scenario.first_drug), {}
    for drug in DRUGS:
        before = order == USED_BEFORE and draws.happens(of(scenario.used_before, drug))
        later = scenario.new_drug != "none" and draws.happens(of(scenario.new_drug, drug))
        found[drug] = BEFORE if before else AFTER if later else NEVER
    return found | {first: BEFORE if order == USED_BEFORE else AFTER}


def _use(scenario: Careers, drug: str, ever: int, draws: Draws) -> tuple[DrugCareer, Answers]:
    """One drug. Amounts and sources are drawn for both periods, also where the routing will not ask for them."""
    before = draws.weighted(of(scenario.frequency_before, drug)) if ever == BEFORE else 0
    now = 0
    if ever == BEFORE:
        now = moved(scenario.frequency_moves(drug), before, draws)
    elif ever == AFTER:
        now = draws.weighted(scenario.frequency_new)
    amount, source = draws.weighted(scenario.amount_before), draws.weighted(scenario.source_before)
    answers = {f"bf_freq_{drug}": before, f"bf_amt_{drug}": amount, f"bf_src_{drug}": source, f"nw_freq_{drug}": now}
    if before:
        later = moved(scenario.amount_now, amount, draws), moved(scenario.source_now, source, draws)
    else:
        later = draws.weighted(scenario.amount_new), draws.weighted(scenario.source_new)
    answers |= {f"ever_{drug}": ever, f"nw_amt_{drug}": later[0], f"nw_src_{drug}": later[1]}
    return DrugCareer(ever, before, now), answers


def _bought(scenario: Careers, drugs: dict[str, DrugCareer], answers: Answers, draws: Draws) -> Answers:
    """Drugs ever bought on a cryptomarket: those with that source, some others, one at least."""
    found = {}
    for drug, use in drugs.items():
        main = use.now > 0 and answers[f"nw_src_{drug}"] == CRYPTOMARKET
        also = use.ever != NEVER and draws.happens(scenario.also_bought)
        found[f"cm_{drug}"] = int(main or also)
    if not any(found.values()):
        used = [drug for drug, use in drugs.items() if use.ever != NEVER]
        found[f"cm_{draws.one(used or DRUGS)}"] = 1
    return found


def _code(drug: str) -> int:
    return DRUGS.index(drug) + 1


def _most_used(classes: dict[str, int], draws: Draws) -> int:
    """A drug in use, the more often used the more likely; 0 when there is none."""
    used = {drug: value**2 for drug, value in classes.items() if value}
    return _code(draws.weighted(used)) if used else 0


def _main_drugs(scenario: Careers, drugs: dict[str, DrugCareer], draws: Draws) -> Answers:
    before = _most_used({drug: use.before for drug, use in drugs.items()}, draws)
    if before and draws.happens(scenario.main_drug_other):
        before = OTHER_DRUG
    kept = draws.happens(scenario.main_drug_kept)
    still = before == OTHER_DRUG or (before > 0 and drugs[DRUGS[before - 1]].now > 0)
    now = before if still and kept else _most_used({drug: use.now for drug, use in drugs.items()}, draws)
    return {"main_bf": before, "main_nw": now}


def _substitution(scenario: Careers, drugs: dict[str, DrugCareer], answers: Answers, draws: Draws) -> Answers:
    fell = [drug for drug, use in drugs.items() if use.before and use.changed < 0]
    rose = [drug for drug, use in drugs.items() if use.changed > 0]
    if not fell or not rose or not draws.happens(scenario.substitution):
        return {"sub_any": 0}
    left, taken = draws.one(fell), draws.one(rose)
    kind = 2 if drugs[left].now else 1
    source = answers[f"nw_src_{taken}"]
    return {"sub_any": 1, "sub_kind": kind, "sub_from": _code(left), "sub_to": _code(taken), "sub_src": source}


def _problems(scenario: Careers, drugs: dict[str, DrugCareer], answers: Answers, draws: Draws) -> Answers:
    """Problems before, the drug that caused most of them, problems now, dependence on the main drug now."""
    drug = _most_used({name: use.before for name, use in drugs.items()}, draws) or OTHER_DRUG
    if answers["main_bf"] == OTHER_DRUG:
        drug = OTHER_DRUG
    left = answers["main_nw"] != answers["main_bf"]
    reduced = left if drug == OTHER_DRUG else drugs[DRUGS[drug - 1]].changed < 0
    before = draws.weighted(scenario.problems_before) if answers["main_bf"] else 0
    moves = scenario.problems_reduced if reduced else scenario.problems_kept
    now = moved(moves, before, draws) if answers["main_nw"] else 0
    weights = scenario.dependence.serious if now in SERIOUS else scenario.dependence.slight
    items = {f"sds_{item}": draws.weighted(weights) for item in range(1, 6)}
    return {"prob_bf": before, "prob_drug": drug, "prob_nw": now} | items


def _reduction(scenario: Careers, drugs: dict[str, DrugCareer], answers: Answers, draws: Draws) -> Answers:
    """What is told of stopping or reducing: the drug that fell most; a main drug outside the list always."""
    if answers["main_bf"] == OTHER_DRUG != answers["main_nw"]:
        return {"red_any": 2, "red_drug": OTHER_DRUG}
    fell = {drug: use.changed for drug, use in drugs.items() if use.before and use.changed < 0}
    if not fell or not draws.happens(scenario.reduction_told):
        return {"red_any": 0}
    drug = min(fell, key=lambda name: (fell[name], DRUGS.index(name)))
    return {"red_any": 1 if drugs[drug].now else 2, "red_drug": _code(drug)}


def draw_career(scenario: Careers, draws: Draws) -> Answers:
    """True answers to the drug block and the career block, also those that the routing will not ask for.

    Whoever was not asked has an answer all the same: one who misremembers may be asked for it.
    """
    order = draws.weighted(scenario.first_use)
    answers, drugs = {"use1_order": order}, {}
    for drug, ever in _first_uses(scenario, order, draws).items():
        drugs[drug], of_drug = _use(scenario, drug, ever, draws)
        answers |= of_drug
    answers |= _bought(scenario, drugs, answers, draws)
    answers |= _main_drugs(scenario, drugs, draws)
    for part in (_substitution, _problems, _reduction):
        answers |= part(scenario, drugs, answers, draws)
    return answers
