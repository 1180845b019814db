"""Purchases of one simulated respondent: how many, how recently, the last one, offline ones."""

from cryptodrug.careers.drugs import DRUGS
from cryptodrug.simulate.draws import Draws
from cryptodrug.simulate.survey.careers import OFFLINE
from cryptodrug.simulate.survey.models import STAYS, Survey

BELGIUM, LONG_AGO, MOST_A_YEAR = 1, 4, 4  # codes of lp_origin, lp_when, n_buy12
LAST_BY_SINCE = {1: 2, 2: 3}  # code of cm1_since -> longest time since the last purchase
GRAM, PIECES, MILLILITRE = 1, 2, 3
UNITS = dict.fromkeys(DRUGS, GRAM) | dict.fromkeys(("mdm", "lsd", "opi", "ben", "med"), PIECES) | {"ghb": MILLILITRE}
EURO_STEP = 5
NO_CHANGE = 3  # code of kn_chg and off_chg
Answers = dict[str, int]


def _up_to(weights: dict[int, int], most: int) -> dict[int, int]:
    return {code: weight for code, weight in weights.items() if code <= most}


def purchases(survey: Survey, answers: Answers, draws: Draws) -> Answers:
    """Numbers and times of purchases that fit the time since the first one."""
    weights, since = survey.answers, answers["cm1_since"]
    when = draws.weighted(_up_to(weights["lp_when"], LAST_BY_SINCE.get(since, LONG_AGO)))
    number = draws.weighted(weights["n_buy"])
    year = min(number, MOST_A_YEAR)
    if since not in LAST_BY_SINCE:
        year = 0 if when == LONG_AGO else draws.between(1, year)
    return {
        "n_buy": number,
        "n_buy12": year,
        "n_mkt": draws.weighted(_up_to(weights["n_mkt"], number)),
        "lp_when": when,
    }


def last_purchase(survey: Survey, answers: Answers, draws: Draws) -> dict[str, int | str]:
    """The last purchase: a drug ever bought there, its unit, a quantity as typed, an amount paid."""
    drug = draws.one([drug for drug in DRUGS if answers[f"cm_{drug}"]])
    unit, euro = UNITS[drug], survey.last_purchase.euro
    origin = draws.weighted(survey.answers["lp_origin"])
    return {
        "lp_drug": DRUGS.index(drug) + 1,
        "lp_unit": unit,
        "lp_qty": draws.one(survey.last_purchase.quantities[unit]),
        "lp_eur": EURO_STEP * draws.between(euro["least"] // EURO_STEP, euro["most"] // EURO_STEP),
        "lp_origin": origin,
        "be_bought": 1 if origin == BELGIUM else draws.weighted(survey.answers["be_bought"]),
    }


def offline(answers: Answers) -> Answers:
    """Bought offline before and now: where a main source of a drug in use was a person or a shop."""
    return {
        f"off_{period}": int(
            any(answers[f"{period}_freq_{drug}"] and answers[f"{period}_src_{drug}"] in OFFLINE for drug in DRUGS)
        )
        for period in ("bf", "nw")
    }


def said_changes(survey: Survey, draws: Draws) -> Answers:
    """Direct questions about change; with `stays` the answer is that nothing changed."""
    return {
        name: NO_CHANGE if weights == STAYS else draws.weighted(weights)
        for name, weights in survey.said_changes.items()
    }
