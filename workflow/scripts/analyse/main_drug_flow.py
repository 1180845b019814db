"""The main drug before the first purchase and now: margins, and whether they differ."""

import pandas as pd
from cryptodrug.careers.groups import MAIN_DRUGS as GROUPS
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.intervals import wilson
from cryptodrug.statistics.paired import class_of, marginal_homogeneity
from cryptodrug.survey.shares import frame_of
from cryptodrug.survey.statements import codes, has

ALL = "all-main-drugs"
# groups that are sold offline everywhere, together
OFFLINE_TOO, OFFLINE = "sold-offline-too", ("cannabis", "mdma", "cocaine-or-amphetamines")
FEWEST_TESTED = 20


def flow_pairs(respondent: pd.DataFrame) -> list[tuple[str, str]]:
    """Group before and now of everybody who had a main drug in both periods."""
    group_of = {float(code): group for group, members in GROUPS.items() for code in members}
    before, now = (codes(respondent, name).map(group_of) for name in ("main_bf", "main_nw"))
    known = before.notna() & now.notna()
    return list(zip(before[known], now[known], strict=True))


def flow_row(name: str, groups: tuple[str, ...], pairs: list[tuple[str, str]], level: float) -> dict:
    """How many had a main drug of the groups before, and have one now; the share of all only where it can differ."""
    row = {"row": name, "group": name, "base": len(pairs)}
    for place, period in enumerate(("before", "now")):
        row[period] = number = sum(pair[place] in groups for pair in pairs)
        if pairs and name != ALL:
            low, high = wilson(number, len(pairs), level)
            row |= {f"share_{period}": number / len(pairs), f"share_{period}_low": low, f"share_{period}_high": high}
    return row


def main_drug_flow_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per group of main drugs, and one for all."""
    asked = has(respondent, "main_bf", "main_nw")
    pairs = flow_pairs(respondent) if asked else []
    made = [(group, (group,)) for group in GROUPS] + [(OFFLINE_TOO, OFFLINE), (ALL, tuple(GROUPS))]
    rows = [flow_row(name, groups, pairs, level) for name, groups in (made if asked else ())]
    if asked:
        p = marginal_homogeneity(pairs) if len(pairs) >= FEWEST_TESTED else None
        rows[-1] |= {"p": class_of(p)}

    def share(name: str) -> Column:
        ends = {"low": f"{name}_low", "high": f"{name}_high"}
        return Column(name, "share", digits=1, base="base", level=level, method="wilson", **ends)

    columns = [
        Column("group", "text", "main_drug"),
        *(Column(name, "count", "respondent") for name in ("before", "now", "base")),
        share("share_before"),
        share("share_now"),
        Column("p", "text", "p_class"),
    ]
    counts = ["before", "now"]
    sums = [
        {"parts": list(OFFLINE), "total": OFFLINE_TOO, "columns": counts},
        {"parts": list(GROUPS), "total": ALL, "columns": counts},
    ]
    sums = sums if asked else []
    return ResultTable(
        "main-drug-flow", "respondents", columns, frame_of(rows, columns), row_sums=sums, notes=["margins"]
    )


def main_drug_flow(
    respondent: str, main_drug_flow: str, main_drug_flow_description: str, smallest: int, level: float
) -> None:
    """Count main drugs before and now.

    1. Base: a main drug in both periods, both known. Groups of the plan.
    2. Stuart-Maxwell test of equal margins, groups in which nobody moved taken out first; p stands in classes.
    3. Groups that are sold offline everywhere stand together too.
    4. Margins only: opposite moves cancel in them, so the share that switched is the finding and this the footnote.
    """
    table = main_drug_flow_table(pd.read_parquet(respondent), smallest, level)
    write_result(table, main_drug_flow, main_drug_flow_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, main_drug_flow)
