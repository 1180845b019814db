"""The eight career variables on one page, and the mirror of escalation."""

import pandas as pd
from cryptodrug.careers.table import STATEMENTS
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import counted, share_row, shares_table


def career_summary_table(career: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per statement that the survey allows."""
    rows = [
        share_row(row, {"statement": row}, counted(career[variable], [value]), smallest, level)
        for row, (variable, value) in STATEMENTS.items()
        if variable in career
    ]
    words = [Column("statement", "text", "career_statement")]
    return shares_table("career-summary", words, rows, len(career), level, why_outside=True, notes=["wilson"])


def career_summary(
    career: str, career_summary: str, career_summary_description: str, smallest: int, level: float
) -> None:
    """Count the career variables.

    1. The base are those of whom the variable is known; outside it by design and not known stand beside it. Where
       either is too small to show, both stand in one number.
    2. Shares with Wilson intervals; the gate shows none on a base that is too small. The interval shows the noise of
       numbers, not the bias of recruitment.
    3. Frequency and intensity stand here with those who rose; the table of changes has all directions.
    """
    table = career_summary_table(pd.read_parquet(career), smallest, level)
    write_result(table, career_summary, career_summary_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, career_summary)
