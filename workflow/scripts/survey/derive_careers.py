"""Work out the career variables of each respondent."""

import pandas as pd
from cryptodrug.careers.table import career_table
from cryptodrug.database.parquet import write_table


def derive_careers(respondent: str, career: str, study: str) -> None:
    """One row per respondent, by the decision tables of the questionnaire.

    1. A variable that the survey does not allow, because it asked too little, has no column.
    2. `na` (outside the base by design) and `mis` (not known) are never merged here.
    """
    table = career_table(pd.read_parquet(respondent))
    write_table(table, career, study)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, derive_careers)
