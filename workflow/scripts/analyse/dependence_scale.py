"""How dependent respondents feel on their main drug now: the Severity of Dependence Scale."""

import pandas as pd
from cryptodrug.careers.dependence import ITEMS, scale_total
from cryptodrug.careers.groups import MAIN_DRUGS
from cryptodrug.careers.table import answers_of
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import frame_of, is_small
from cryptodrug.survey.statements import codes, has

ALL = "all-main-drugs"
FEWEST = 20  # base of the plan for a median of this scale


def scale_row(name: str, totals: pd.Series, respondents: int) -> dict:
    """Quartiles of the totals (Hyndman and Fan 1996, type 7)."""
    low, middle, high = (float(totals.quantile(part)) for part in (0.25, 0.5, 0.75))
    row = {"row": name, "group": name, "quartile_low": low, "median": middle, "quartile_high": high}
    return row | {"base": len(totals), "outside": respondents - len(totals)}


def dependence_scale_table(respondent: pd.DataFrame, smallest: int) -> ResultTable:
    """One row for all, and one per group of main drugs of which enough respondents answer; none below that base."""
    rows = []
    if has(respondent, "main_nw", *ITEMS):
        totals = pd.Series([scale_total(one) for one in answers_of(respondent)], dtype="Float64").astype("float64")
        main = codes(respondent, "main_nw").reset_index(drop=True)
        totals = totals[totals.notna() & (main >= 1)]
        by_group = {name: totals[main[totals.index].isin(members)] for name, members in MAIN_DRUGS.items()}
        shown = {name: of for name, of in by_group.items() if len(of) >= FEWEST}
        if is_small(len(totals) - sum(len(of) for of in shown.values()), smallest):
            shown = {}  # what all have less what the groups have would be that of too few
        found = shown | {ALL: totals} if len(totals) >= FEWEST else {}
        rows = [scale_row(name, of, len(respondent)) for name, of in found.items()]
    names = ("quartile_low", "median", "quartile_high")
    columns = [
        Column("group", "text", "main_drug"),
        *(Column(name, "number", digits=1, base="base") for name in names),
        Column("base", "count", "respondent"),
        Column("outside", "count", "respondent"),
    ]
    everybody = [{"parts": [[row["row"], "base"], [row["row"], "outside"]], "value": len(respondent)} for row in rows]
    return ResultTable(
        "dependence-scale",
        "respondents",
        columns,
        frame_of(rows, columns),
        cell_sums=everybody,
        open_columns=["outside"],
        notes=["scale", "cutoffs"],
    )


def dependence_scale(respondent: str, dependence_scale: str, dependence_scale_description: str, smallest: int) -> None:
    """Describe the Severity of Dependence Scale (Gossop et al. 1995).

    1. Base: a main drug now, and an answer to each of the five items; an incomplete scale is not filled up.
    2. Median and quartiles, from twenty respondents on; no share above a cut-off, since most main drugs have none. The
       variant of recovery by cut-offs stands in the table of definitions (`careers/dependence.py`).
    """
    table = dependence_scale_table(pd.read_parquet(respondent), smallest)
    write_result(table, dependence_scale, dependence_scale_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, dependence_scale)
