"""What is true of simulated interviews: what was said, what each coder marked, how far the two agree."""

from fractions import Fraction

import pandas as pd

from cryptodrug.simulate.interviews.coding import marks
from cryptodrug.simulate.interviews.scenario import InterviewScenario
from cryptodrug.simulate.interviews.transcripts import transcripts

MARK_COLUMNS = ["interview", "coder", "code", "direction", "start", "end"]


def planted_marks(scenario: InterviewScenario) -> pd.DataFrame:
    """One row per coding of either coder and of the consensus: interview, coder, code, direction, start, end."""
    rows = [vars(mark) for mark in marks(scenario, transcripts(scenario))]
    return pd.DataFrame(rows, columns=MARK_COLUMNS)


def _yes(scenario: InterviewScenario, coder: str) -> set[tuple[str, str]]:
    """(code, interview) that a coder says yes to: a passage of direction yes or both."""
    table = planted_marks(scenario)
    table = table[(table["coder"] == coder) & (table["direction"] != "no")]
    return set(zip(table["code"], table["interview"], strict=True))


def planted_codes(scenario: InterviewScenario, codes: list[str]) -> pd.DataFrame:
    """One row per code of the code book, in its order: code, interviews (in how many it was so, by the consensus)."""
    said = _yes(scenario, scenario.consensus)
    return pd.DataFrame({"code": codes, "interviews": [sum(code == one for one, _ in said) for code in codes]})


def planted_agreement(scenario: InterviewScenario, codes: list[str]) -> pd.DataFrame:
    """Per code, in how many interviews both coders say yes, only the first, only the second, neither.

    Columns: code, both, only_first, only_second, neither.
    """
    first, second = (_yes(scenario, coder) for coder in scenario.coders)
    rows = []
    for code in codes:
        pairs = [((code, one.id) in first, (code, one.id) in second) for one in scenario.interviews]
        counts = {name: pairs.count(pair) for name, pair in _CELLS.items()}
        rows.append({"code": code} | counts)
    return pd.DataFrame(rows)


_CELLS = {"both": (True, True), "only_first": (True, False), "only_second": (False, True), "neither": (False, False)}


def planted_alpha(scenario: InterviewScenario, codes: list[str]) -> float:
    """Krippendorff's nominal alpha (2004) of two coders without gaps, over all codes x interviews.

    `1 - (1 - po) / De` with `De = 2 y (N - y) / (N (N - 1))`, N ratings, y of them yes.
    """
    cells = planted_agreement(scenario, codes)[list(_CELLS)].sum()
    units, agreed = int(cells.sum()), int(cells["both"] + cells["neither"])
    ratings, yes = 2 * units, int(2 * cells["both"] + cells["only_first"] + cells["only_second"])
    expected = Fraction(2 * yes * (ratings - yes), ratings * (ratings - 1))
    return float(1 - (1 - Fraction(agreed, units)) / expected)
