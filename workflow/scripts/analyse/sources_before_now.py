"""Where respondents got their drugs before the first purchase, and now."""

import pandas as pd
from cryptodrug.careers.drugs import DRUGS
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import counted, share_row, shares_table
from cryptodrug.survey.statements import has, says, says_any

GROUPS = {
    "cryptomarket": (1,),
    "friend-or-relative": (2,),
    "dealer": (3, 4),
    "other-online": (6, 7),
    "shop-own-or-other": (5, 8, 9),
}
PERIODS = {"before": "bf_src", "now": "nw_src"}


def sources_of(respondent: pd.DataFrame) -> dict[tuple[str, str], pd.Series]:
    """Whether the main source of any drug used in a period is in a group; nobody had a cryptomarket before."""
    found = {}
    for group, sources in GROUPS.items():
        for period, stem in PERIODS.items():
            names = [f"{stem}_{drug}" for drug in DRUGS]
            if has(respondent, *names) and (group, period) != ("cryptomarket", "before"):
                found[group, period] = says_any([says(respondent, name, sources) for name in names])
    return found


def sources_before_now_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per group of sources and period."""
    rows = [
        share_row(f"{group}-{period}", {"source": group, "period": period}, counted(one), smallest, level)
        for (group, period), one in sources_of(respondent).items()
    ]
    words = [Column("source", "text", "drug_source"), Column("period", "text", "period")]
    return shares_table("sources-before-now", words, rows, len(respondent), level, notes=["margins"])


def sources_before_now(
    respondent: str, sources_before_now: str, sources_before_now_description: str, smallest: int, level: float
) -> None:
    """Count sources.

    1. A respondent counts in a group when it is the main source of any drug used in that period; several can hold.
    2. Base: used a drug in the period, and known. Margins only: no cell says who went from which source to which.
    """
    table = sources_before_now_table(pd.read_parquet(respondent), smallest, level)
    write_result(table, sources_before_now, sources_before_now_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, sources_before_now)
