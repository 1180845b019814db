"""Careers by the time since the first purchase: recall, or exposure."""

import pandas as pd
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import Counted, counted, frame_of, interval_of, is_small, share_column

VARIABLES = {"frequency": "up", "expansion": "1", "range_change": "1"}
EXPOSURES = {"under-1-year": ("under-1-year",), "1-to-3-years": ("1-to-3-years",), "3-years-more": ("3-years-more",)}
COARSE = {"under-3-years": ("under-1-year", "1-to-3-years"), "3-years-more": ("3-years-more",)}
SINCE = "cm1_since"


def exposed(
    values: pd.Series, since: pd.Series, wanted: str, exposures: dict[str, tuple[str, ...]]
) -> dict[str, Counted]:
    """Counts of a variable by the time since the first purchase."""
    return {name: counted(values[since.isin(parts).to_numpy()], [wanted]) for name, parts in exposures.items()}


def careers_by_exposure_table(
    respondent: pd.DataFrame, career: pd.DataFrame, smallest: int, level: float
) -> ResultTable:
    """One row per variable and time since the first purchase; two times where three have too few."""
    rows, sums = [], []
    for name in [name for name in VARIABLES if name in career] if SINCE in respondent else []:
        counts = exposed(career[name], respondent[SINCE], VARIABLES[name], EXPOSURES)
        if any(is_small(one.yes, smallest) or is_small(one.others, smallest) for one in counts.values()):
            counts = exposed(career[name], respondent[SINCE], VARIABLES[name], COARSE)
        key, made = name.replace("_", "-"), []
        for exposure, one in counts.items():
            row = {"row": f"{key}-{exposure}", "statement": key, "exposure": exposure}
            row |= {"n": one.yes, "others": one.others, "base": one.base}
            made.append(row | interval_of(one.yes, one.base, level))
        rows += made
        # those of all, less the few who do not say when they first bought, stand in the other tables
        for column in ("n", "others", "base"):
            total = sum(row[column] for row in made)
            sums.append({"parts": [[row["row"], column] for row in made], "value": total})
    columns = [
        Column("statement", "text", "career_exposed"),
        Column("exposure", "text", "answer"),
        *(Column(name, "count", "respondent") for name in ("n", "others", "base")),
        share_column(level),
    ]
    return ResultTable(
        "careers-by-exposure",
        "respondents",
        columns,
        frame_of(rows, columns),
        column_sums=[{"parts": ["n", "others"], "total": "base"}],
        cell_sums=sums,
        notes=["recall"],
    )


def careers_by_exposure(
    respondent: str,
    career: str,
    careers_by_exposure: str,
    careers_by_exposure_description: str,
    smallest: int,
    level: float,
) -> None:
    """Count careers among those who bought first at about the same time.

    A trend is recall, or exposure: the longer ago the first purchase, the less is remembered, and the more has had the
    time to change. The two cannot be told apart, and nothing is tested.
    """
    table = careers_by_exposure_table(pd.read_parquet(respondent), pd.read_parquet(career), smallest, level)
    write_result(table, careers_by_exposure, careers_by_exposure_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, careers_by_exposure)
