"""The words of docs/recovery.md around its tables."""

from collections.abc import Container, Mapping

import pandas as pd

from cryptodrug.provenance.records import PROJECT
from cryptodrug.recovery.cases import CASES, Case
from cryptodrug.recovery.estimators import Drawing
from cryptodrug.recovery.page import APPROXIMATE, UNMARKED, Note, misses, table_of

TEMPLATE = PROJECT / "benchmarks" / "recovery.md"


def case_line(case: Case, scores: pd.DataFrame, run: Container[str]) -> str:
    """One line of the list of cases; it says of fewer replicates than the case asks for, and of an earlier run."""
    made = int(scores.loc[scores["case"] == case.name, "replicates"].max())
    number = str(made) if made == case.replicates else f"{made} (of the {case.replicates} that it asks for)"
    parts = ", ".join(f"{100 - missed / 10:.0f} %" for missed in case.missed)
    scenario = case.path.relative_to(PROJECT).as_posix()
    earlier = "" if case.name in run else "; of an earlier run, in which estimators that came later are missing"
    return (
        f"  * `{case.name}`: {number} replicates of `{scenario}`, {case.vendors} vendors, {parts} of the pages{earlier}"
    )


def _missed(scores: pd.DataFrame, notes: Mapping[str, Note]) -> str:
    found = misses(scores)
    lines = []
    for name, note in notes.items():
        rows = found[found["estimator"] == name]
        if len(rows):
            numbers = ", ".join(
                f"{one.case} {100 - one.missed / 10:.0f} %: {one.coverage:.3f}" for one in rows.itertuples()
            )
            lines.append(f"* **{note.name}** ({numbers}). {note.why}")
    return "\n".join(lines) or "None."


def _ratios(scores: pd.DataFrame, notes: Mapping[str, Note]) -> str:
    names = [name for name in notes if scores.loc[scores["estimator"] == name, "of_true"].notna().any()]
    return table_of(scores, notes, names, "of_true", 3, None)


def page_text(scores: pd.DataFrame, notes: Mapping[str, Note], how: Drawing, compared: int, run: Container[str]) -> str:
    """The whole page; `run`: cases of this run, the others were run before."""
    known = [name for name in notes if (scores["estimator"] == name).any()]
    has = [name for name in known if scores.loc[scores["estimator"] == name, "intervals"].sum()]
    return TEMPLATE.read_text(encoding="utf-8").format(
        cases="\n".join(case_line(case, scores, run) for case in CASES),
        compared=compared,
        draws=how.draws,
        level=how.level,
        low=UNMARKED[0],
        high=UNMARKED[1],
        approximate=APPROXIMATE,
        coverage=table_of(scores, notes, has, "coverage", 3, "coverage_error"),
        missed=_missed(scores, notes),
        bias=table_of(scores, notes, known, "bias", 2, None),
        width=table_of(scores, notes, has, "width", 3, None),
        ratios=_ratios(scores, notes),
    )
