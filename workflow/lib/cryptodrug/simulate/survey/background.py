"""Ages and years of one simulated respondent, so that they fit each other."""

import datetime

from cryptodrug.simulate.draws import Draws

YEARS_OF_AGE = {1: (18, 20), 2: (21, 24), 3: (25, 29), 4: (30, 34), 5: (35, 44), 6: (45, 60)}  # code of age_band
YEARS_SINCE = {1: (0, 0), 2: (0, 1), 3: (1, 2), 4: (3, 4), 5: (5, 7)}  # code of cm1_since
YOUNGEST, MOST_YEARS_BEFORE = 12, 8
UPPER_AGES = (14, 17, 20, 24, 29)  # of the classes of age at first use
FIRST_WITH_MARKET, FIRST_LATER = 2, 3  # codes of use1_order
Answers = dict[str, int]


def age_class(years: int) -> int:
    """Code of `use1_age` and `cm1_age`."""
    return 1 + sum(years > most for most in UPPER_AGES)


def ages(answers: Answers, month: datetime.date, draws: Draws) -> Answers:
    """Year and age of the first purchase, age at first use.

    Parameters
    ----------
    answers : with `age_band`, `cm1_since` and `use1_order`.
    month : of filling in.
    """
    now = draws.between(*YEARS_OF_AGE[answers["age_band"]])
    since = draws.between(*YEARS_SINCE[answers["cm1_since"]])
    purchase, order = now - since, answers["use1_order"]
    first = max(YOUNGEST, purchase - draws.below(MOST_YEARS_BEFORE))
    if order == FIRST_WITH_MARKET:
        first = purchase
    elif order == FIRST_LATER:
        first = purchase + draws.between(0, since)
    return {"use1_age": age_class(min(first, now)), "cm1_year": month.year - since, "cm1_age": age_class(purchase)}
