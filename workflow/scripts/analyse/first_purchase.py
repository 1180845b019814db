"""The first purchase on a cryptomarket: when, at what age, and whether drugs were bought offline before."""

import pandas as pd
from cryptodrug.files import read_json
from cryptodrug.results import ResultTable, write_result
from cryptodrug.survey.profile import asked_items, respondent_profile_table

ITEMS = ("cm1_since", "cm1_age", "off_bf")


def first_purchase_table(respondent: pd.DataFrame, codebook: dict, level: float) -> ResultTable:
    """One row per item and category, in the order and the categories of the code book."""
    return respondent_profile_table(respondent, asked_items(codebook, ITEMS), level, "first-purchase")


def first_purchase(
    respondent: str, codebook: str, first_purchase: str, first_purchase_description: str, level: float
) -> None:
    """Respondents by what they say of their first purchase.

    1. Categories are those of the mapping, merged before the data were seen.
    2. The base of a share is those who answered; missing answers stand in a row of their own.
    """
    table = first_purchase_table(pd.read_parquet(respondent), read_json(codebook), level)
    write_result(table, first_purchase, first_purchase_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, first_purchase)
