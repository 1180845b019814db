"""Which drugs respondents have ever bought on a cryptomarket."""

import pandas as pd
from cryptodrug.careers.drugs import DRUGS
from cryptodrug.careers.groups import GROUPS, LAST, OTHER
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import counted, is_small, share_row, shares_table
from cryptodrug.survey.statements import has, says, says_any


def groups_of(respondent: pd.DataFrame, smallest: int) -> dict[str, pd.Series]:
    """Whether any drug of a group was bought."""
    if not has(respondent, *(f"cm_{drug}" for drug in DRUGS)):
        return {}
    bought = {name: says_any([says(respondent, f"cm_{drug}") for drug in drugs]) for name, drugs in GROUPS.items()}
    if any(is_small(counted(bought[name]).yes, smallest) for name in LAST):
        bought[OTHER] = says_any([bought.pop(name) for name in LAST])
    return bought


def drugs_bought_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per group of drugs."""
    rows = [
        share_row(name, {"drug": name}, counted(one), smallest, level)
        for name, one in groups_of(respondent, smallest).items()
    ]
    return shares_table("drugs-bought", [Column("drug", "text", "drug_group")], rows, len(respondent), level)


def drugs_bought(
    respondent: str, drugs_bought: str, drugs_bought_description: str, smallest: int, level: float
) -> None:
    """Count buyers by group of drugs.

    1. A group counts when any of its drugs was ever bought on a cryptomarket; it is known when one was, or when all are
       known.
    2. Several groups can hold for one respondent.
    """
    table = drugs_bought_table(pd.read_parquet(respondent), smallest, level)
    write_result(table, drugs_bought, drugs_bought_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, drugs_bought)
