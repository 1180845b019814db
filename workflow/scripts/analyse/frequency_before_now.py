"""How often each group of drugs is used, before the first purchase and now: margins."""

import pandas as pd
from cryptodrug.careers.table import groups_shown
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import frame_of, is_small

CLASSES = {"none": (0,), "less_than_monthly": (1,), "monthly_or_weekly": (2, 3), "more_often": (4, 5)}
COARSE = {"none": (0,), "up_to_weekly": (1, 2, 3), "more_often": (4, 5)}
COARSEST = {"none": (0,), "used": (1, 2, 3, 4, 5)}
COLUMNS = ("none", "less_than_monthly", "monthly_or_weekly", "up_to_weekly", "more_often", "used")
PERIODS = ("before", "now")


def counts_of(known: pd.DataFrame, smallest: int) -> dict[str, dict[str, int]]:
    """Respondents by class, for both periods: the finest classes of which none is that of too few in either."""
    for classes in (CLASSES, COARSE, COARSEST):
        counts = {
            period: {name: int(known[period].isin(codes).sum()) for name, codes in classes.items()}
            for period in PERIODS
        }
        if not any(is_small(number, smallest) for of in counts.values() for number in of.values()):
            break
    return counts


def frequency_before_now_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per group and period."""
    rows, sums = [], []
    for group, of_group in groups_shown(respondent, smallest).groupby("group", sort=False):
        known = of_group.dropna(subset=list(PERIODS))
        for period, of in counts_of(known, smallest).items():
            row = f"{group}-{period}"
            rows.append({"row": row, "drug": group, "period": period, "base": len(known)} | of)
            sums.append({"parts": [[row, name] for name in of], "total": [row, "base"]})
    columns = [
        Column("drug", "text", "drug_group"),
        Column("period", "text", "period"),
        *(Column(name, "count", "respondent") for name in (*COLUMNS, "base")),
    ]
    return ResultTable(
        "frequency-before-now", "respondents", columns, frame_of(rows, columns), cell_sums=sums, notes=["groups"]
    )


def frequency_before_now(
    respondent: str, frequency_before_now: str, frequency_before_now_description: str, smallest: int, level: float
) -> None:
    """Count respondents by how often they use a group of drugs.

    1. A group is used as often as its most used drug. Base: known for both periods; those who never used it are in it.
    2. Where a class is that of too few in either period, the two classes up to weekly are one in both; then all use.
    3. Margins only: who moved from which class to which is not published.
    """
    table = frequency_before_now_table(pd.read_parquet(respondent), smallest, level)
    write_result(table, frequency_before_now, frequency_before_now_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, frequency_before_now)
