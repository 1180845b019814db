"""The main drug before the first purchase and now: margins, and whether they differ."""

import pandas as pd
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.paired import class_of, marginal_homogeneity
from cryptodrug.survey.shares import frame_of
from cryptodrug.survey.statements import codes, has

GROUPS = {
    "cannabis": (1,),
    "mdma": (2,),
    "cocaine-or-amphetamines": (3, 4, 5),
    "psychedelics-or-dissociatives": (6, 7, 8),
    "other": (9, 10, 11, 12, 13, 14, 15),
}
ALL = "all-main-drugs"
FEWEST_TESTED = 20


def flow_pairs(respondent: pd.DataFrame) -> list[tuple[str, str]]:
    """Group before and now of everybody who had a main drug in both periods."""
    group_of = {float(code): group for group, members in GROUPS.items() for code in members}
    before, now = (codes(respondent, name).map(group_of) for name in ("main_bf", "main_nw"))
    known = before.notna() & now.notna()
    return list(zip(before[known], now[known], strict=True))


def main_drug_flow_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per group of main drugs, and one for all."""
    asked = has(respondent, "main_bf", "main_nw")
    pairs = flow_pairs(respondent) if asked else []
    rows = [
        {
            "row": group,
            "group": group,
            "before": sum(one == group for one, _ in pairs),
            "now": sum(one == group for _, one in pairs),
        }
        for group in (GROUPS if asked else ())
    ]
    if asked:
        p = marginal_homogeneity(pairs) if len(pairs) >= FEWEST_TESTED else None
        rows.append({"row": ALL, "group": ALL, "before": len(pairs), "now": len(pairs), "p": class_of(p)})
    columns = [
        Column("group", "text", "main_drug"),
        Column("before", "count", "respondent"),
        Column("now", "count", "respondent"),
        Column("p", "text", "p_class"),
    ]
    sums = [{"parts": list(GROUPS), "total": ALL, "columns": ["before", "now"]}] if asked else []
    return ResultTable(
        "main-drug-flow", "respondents", columns, frame_of(rows, columns), row_sums=sums, notes=["margins"]
    )


def main_drug_flow(
    respondent: str, main_drug_flow: str, main_drug_flow_description: str, smallest: int, level: float
) -> None:
    """Count main drugs before and now.

    1. Base: a main drug in both periods, both known. Groups of the plan.
    2. Stuart-Maxwell test of equal margins, groups in which nobody moved taken out first; p stands in classes.
    3. Margins only: opposite moves cancel in them, so the share that switched is the finding and this the footnote.
    """
    table = main_drug_flow_table(pd.read_parquet(respondent), smallest, level)
    write_result(table, main_drug_flow, main_drug_flow_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, main_drug_flow)
