"""Precautions and risks that are a habit, before the first purchase and now."""

import pandas as pd
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import counted, share_row, shares_table
from cryptodrug.survey.statements import has, says

PRACTICES = {
    "hr": ("test", "low", "weigh", "read", "space"),
    "rk": ("high", "mix", "alc", "alone", "unk"),
}
PERIODS = {"before": "bf", "now": "nw"}
OFTEN_OR_ALWAYS = (2, 3)


def practice_levels_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per practice and period."""
    rows = [
        share_row(
            f"{stem}-{name}-{period}",
            {"practice": f"{stem}-{name}", "period": period},
            counted(says(respondent, f"{stem}_{short}_{name}", OFTEN_OR_ALWAYS)),
            smallest,
            level,
        )
        for stem, names in PRACTICES.items()
        for name in names
        for period, short in PERIODS.items()
        if has(respondent, f"{stem}_{short}_{name}")
    ]
    words = [Column("practice", "text", "practice"), Column("period", "text", "period")]
    return shares_table("practice-levels", words, rows, len(respondent), level)


def practice_levels(
    respondent: str, practice_levels: str, practice_levels_description: str, smallest: int, level: float
) -> None:
    """Count those who do something often or always; the four answers were merged before the data were seen.

    Both periods are margins: who changed, and in which direction, stands in the table of changes.
    """
    table = practice_levels_table(pd.read_parquet(respondent), smallest, level)
    write_result(table, practice_levels, practice_levels_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, practice_levels)
