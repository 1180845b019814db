"""Why respondents buy on cryptomarkets: all reasons, and the main one."""

import pandas as pd
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import counted, is_small, share_row, shares_table
from cryptodrug.survey.statements import has, says, says_any

REASONS = ("offer", "cur", "price", "qual", "conv", "safe", "anon", "rate", "nodeal")
OTHER = "other"
MAIN = {"offer": (1,), "cur": (2,), "price-or-quality": (3, 4), OTHER: (5, 6, 7, 8, 9, 10)}


def reasons_of(respondent: pd.DataFrame, smallest: int) -> dict[str, pd.Series]:
    """Each reason ticked; those of too few join the other ones."""
    ticked = {name: says(respondent, f"mot_{name}") for name in REASONS if has(respondent, f"mot_{name}")}
    few = [name for name, one in ticked.items() if is_small(counted(one).yes, smallest)]
    rest = [*([says(respondent, "mot_oth")] if has(respondent, "mot_oth") else []), *(ticked.pop(name) for name in few)]
    return ticked | ({OTHER: says_any(rest)} if rest else {})


def motives_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per reason, then one per group of main reasons."""
    ticked = reasons_of(respondent, smallest)
    main = (
        {f"main-{name}": says(respondent, "mot_main", MAIN[name]) for name in MAIN}
        if has(respondent, "mot_main")
        else {}
    )
    rows = [
        share_row(row, {"asked": asked, "motive": row.removeprefix("main-")}, counted(one), smallest, level)
        for asked, statements in (("any", ticked), ("main", main))
        for row, one in statements.items()
    ]
    words = [Column("asked", "text", "motive_question"), Column("motive", "text", "motive")]
    made = shares_table("motives", words, rows, len(respondent), level)
    if main:
        base = counted(main[f"main-{OTHER}"]).base
        made.row_sums = [{"parts": list(main), "total": None, "value": base, "columns": ["n"]}]
    return made


def motives(respondent: str, motives: str, motives_description: str, smallest: int, level: float) -> None:
    """Count reasons.

    1. Several could be ticked; one that too few ticked joins the others.
    2. The main reason in the groups of the plan: the offer, curiosity, price or quality, another.
    """
    table = motives_table(pd.read_parquet(respondent), smallest, level)
    write_result(table, motives, motives_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, motives)
