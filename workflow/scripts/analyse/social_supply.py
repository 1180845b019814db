"""For whom respondents buy: for themselves alone, also for others, also for profit."""

import pandas as pd
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import counted, share_row, shares_table
from cryptodrug.survey.statements import has, says, says_any

PURPOSES = ("ss_own", "ss_share", "ss_cost", "ss_sell")
OWN, SHARED, OTHERS, PROFIT, NOT_PROFIT = "own-use-only", "shared", "also-for-others", "for-profit", "not-for-profit"
TRUTH = {True: "1", False: "0"}


def purposes_of(respondent: pd.DataFrame, smallest: int) -> dict[str, pd.Series]:
    """Purposes that exclude each other.

    Profit is a sensitive answer: where it is that of too few, or of nobody, it is not told apart from sharing.
    """
    own, *others = (says(respondent, name) for name in PURPOSES)
    gives = says_any(others)
    known = (gives != "mis") & (own != "mis") & (gives != "na") & ((own == "1") | (gives == "1"))
    sells = others[-1] == "1"
    outside = gives.where(gives == "na", "mis")
    found = {OWN: gives == "0"}
    if int((sells & known).sum()) >= smallest:
        found |= {SHARED: (gives == "1") & ~sells, PROFIT: sells, NOT_PROFIT: ~sells}
    else:
        found |= {OTHERS: gives == "1"}
    return {name: one.map(TRUTH).where(known, outside) for name, one in found.items()}


def social_supply_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per purpose; the last one is the sum of those without profit."""
    purposes = purposes_of(respondent, smallest) if has(respondent, *PURPOSES) else {}
    rows = [share_row(name, {"purpose": name}, counted(one), smallest, level) for name, one in purposes.items()]
    made = shares_table("social-supply", [Column("purpose", "text", "purpose")], rows, len(respondent), level)
    if NOT_PROFIT in purposes:
        made.row_sums = [{"parts": [OWN, SHARED], "total": NOT_PROFIT, "columns": ["n"]}]
        made.cell_sums.append({"parts": [[PROFIT, "n"], [NOT_PROFIT, "n"]], "total": [PROFIT, "base"]})
    elif purposes:
        made.cell_sums.append({"parts": [[OWN, "n"], [OTHERS, "n"]], "total": [OWN, "base"]})
    return made


def social_supply(
    respondent: str, social_supply: str, social_supply_description: str, smallest: int, level: float
) -> None:
    """Count purposes.

    1. Base: all purposes known, at least one ticked.
    2. Selling with profit is shown only when it is the answer of enough; otherwise it stands with sharing.
    """
    table = social_supply_table(pd.read_parquet(respondent), smallest, level)
    write_result(table, social_supply, social_supply_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, social_supply)
