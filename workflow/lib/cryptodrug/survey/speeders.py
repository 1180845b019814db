"""Questionnaires that were filled in too fast to have been read."""

import pandas as pd

THIRD, HALF = "third-of-median", "half-of-median"
DIVISORS = {THIRD: 3, HALF: 2}  # the median by this number


def hurried(minutes: pd.Series, below: str) -> pd.Series:
    """Whether a questionnaire took less than a part of the median of all: `1`, `0`, `mis` where the time is not known.

    Parameters
    ----------
    minutes : time of each record; NaN and negative codes are not known.
    below : one of `DIVISORS`.

    A part of the median and not a number of minutes: how long is too short depends on the questions. The third is that
    of the method (`careers.md`, section 4). Who left before the end is judged by the same time as all others.
    """
    given = minutes >= 0
    fast = minutes * DIVISORS[below] < minutes[given].median()
    return fast.map({True: "1", False: "0"}).where(given, "mis")
