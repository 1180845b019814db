"""True interviews: what was said, and on how much the coders agree."""

from pathlib import Path

import pandas as pd

from cryptodrug.interviews.codebook import read_codebook
from cryptodrug.simulate.interviews.scenario import InterviewScenario, read_interview_scenario
from cryptodrug.simulate.interviews.truth import planted_marks
from cryptodrug.truth.offers import Table

Pairs = set[tuple[str, str]]  # code, interview


def _yes(scenario: InterviewScenario, who: str) -> Pairs:
    marks = planted_marks(scenario)
    marks = marks[(marks["coder"] == who) & (marks["direction"] != "no")]
    return set(zip(marks["code"], marks["interview"], strict=True))


def _agreement(first: Pairs, second: Pairs, units: list[tuple[str, str]]) -> dict:
    """Decisions, those that agree, Krippendorff's nominal alpha (2004) and Gwet's AC1 (2008) of two coders."""
    agreed = sum((unit in first) == (unit in second) for unit in units)
    yes = sum((unit in first) + (unit in second) for unit in units)
    n, seen = 2 * len(units), agreed / len(units)
    by_chance = 2 * yes * (n - yes) / (n * (n - 1))
    gwet = 2 * (yes / n) * (1 - yes / n)
    row = {"decisions": len(units), "agreed": agreed, "differed": len(units) - agreed}
    return row | {"alpha": 1 - (1 - seen) / by_chance, "ac1": (seen - gwet) / (1 - gwet)}


def interview_tables(interviews: str | Path, codebook: str | Path, themes: str | Path) -> dict[str, Table]:
    """All truth about interviews, from their scenario."""
    scenario = read_interview_scenario(interviews)
    codes = [one.code for one in read_codebook(codebook) if one.kind == "code"]
    told, names = _yes(scenario, scenario.consensus), [one.id for one in scenario.interviews]
    first, second = (_yes(scenario, coder) for coder in scenario.coders)
    unions = pd.read_csv(themes).set_index("theme")["codes"].str.split("|")
    bases = {"all": names, "without-training": [one.id for one in scenario.interviews if not one.training]}
    rows = []
    for basis, of in bases.items():
        units = [(code, name) for code in codes for name in of]
        row = {"row": basis, "interviews": len(of), "codes": len(codes)}
        rows.append(row | _agreement(first, second, units))
    return {
        "interview-codes": pd.DataFrame(
            {"row": code, "n": sum((code, name) in told for name in names), "of": len(names)} for code in codes
        ),
        "interview-themes": pd.DataFrame(
            {"row": theme, "n": sum(any((code, name) in told for code in of) for name in names), "of": len(names)}
            for theme, of in unions.items()
        ),
        "interview-coding": pd.DataFrame(rows),
        "interview-coding-codes": pd.DataFrame(
            {"row": code, "agreed": sum(((code, n) in first) == ((code, n) in second) for n in names), "of": len(names)}
            for code in codes
        ),
    }
