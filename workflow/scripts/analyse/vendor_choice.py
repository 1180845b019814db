"""What respondents look at when they choose a vendor, and what keeps them from buying more."""

import pandas as pd
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import statements_table
from cryptodrug.survey.statements import has, says

CHOICES = ("rate", "qual", "price", "sales", "known", "advice", "ctry", "speed", "stealth", "comm")
BARRIERS = ("police", "seize", "scam", "tech", "wait", "coin", "glut", "source", "none")


def ticked_table(
    name: str, stem: str, items: tuple[str, ...], unit: str, respondent: pd.DataFrame, smallest: int, level: float
) -> ResultTable:
    """One row per item of a question with several answers."""
    ticked = {item: says(respondent, f"{stem}_{item}") for item in items if has(respondent, f"{stem}_{item}")}
    return statements_table(name, Column("answer", "text", unit), ticked, len(respondent), smallest, level)


def vendor_choice_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """Criteria for a vendor."""
    return ticked_table("vendor-choice", "vc", CHOICES, "vendor_criterion", respondent, smallest, level)


def barriers_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """What keeps from buying more."""
    return ticked_table("barriers", "bar", BARRIERS, "barrier", respondent, smallest, level)


def vendor_choice(
    respondent: str,
    vendor_choice: str,
    vendor_choice_description: str,
    barriers: str,
    barriers_description: str,
    smallest: int,
    level: float,
) -> None:
    """Count ticks of two questions; who ticks nothing has not answered."""
    answers = pd.read_parquet(respondent)
    write_result(vendor_choice_table(answers, smallest, level), vendor_choice, vendor_choice_description)
    write_result(barriers_table(answers, smallest, level), barriers, barriers_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, vendor_choice)
