"""Answers that raise a doubt: none of them alone leaves a record out."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from cryptodrug.careers.contradictions import KINDS, contradictions
from cryptodrug.careers.table import NEEDS, answers_of, asked
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import statements_table
from cryptodrug.survey.speeders import HALF, THIRD, hurried
from cryptodrug.survey.statements import codes, has, says

# word for too fast, by the rule
HURRIED = {THIRD: "hurried", HALF: "hurried-half"}


def doubts_of(respondent: pd.DataFrame, speeders: Mapping[str, Any] | None) -> dict[str, pd.Series]:
    """Doubts by their name, of those that the survey can raise; `speeders`: what is too fast, where they are kept."""
    found = {}
    if has(respondent, "ever_dum"):
        found["invented-drug"] = says(respondent, "ever_dum", (1, 2))
    if has(respondent, "att_check"):
        found["inattentive"] = says(respondent, "att_check")
    if speeders and not speeders["exclude"] and has(respondent, speeders["variable"]):
        found[HURRIED[speeders["below"]]] = hurried(codes(respondent, speeders["variable"]), speeders["below"])
    kinds = [kind for kind in KINDS if asked(respondent, NEEDS[kind])]
    if kinds:
        made = pd.DataFrame(
            [contradictions(one) for one in answers_of(respondent)], columns=list(KINDS), dtype="object"
        )
        for kind in kinds:
            said = made[kind].map({True: "1", False: "0"}).astype("object")
            found[f"contradiction-{kind}"] = said.set_axis(respondent.index)
    return found


def answer_quality_table(
    respondent: pd.DataFrame, smallest: int, level: float, speeders: Mapping[str, Any] | None = None
) -> ResultTable:
    """One row per doubt."""
    column = Column("doubt", "text", "doubt")
    doubts = doubts_of(respondent, speeders)
    return statements_table("answer-quality", column, doubts, len(respondent), smallest, level, notes=["kept"])


def answer_quality(
    respondent: str,
    answer_quality: str,
    answer_quality_description: str,
    smallest: int,
    level: float,
    speeders: Mapping[str, Any] | None = None,
) -> None:
    """Count answers that raise a doubt.

    1. A drug that does not exist was used; the question that asks for one answer has another; less time than
       the rule for speeders allows, where they are kept.
    2. Answers on careers that contradict each other: the variable is then not known.
    3. Nobody is left out for these; the variants of the careers without some of them stand in the annex.
    """
    table = answer_quality_table(pd.read_parquet(respondent), smallest, level, speeders)
    write_result(table, answer_quality, answer_quality_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, answer_quality)
