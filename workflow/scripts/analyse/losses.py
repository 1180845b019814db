"""What was lost in buying on cryptomarkets: parcels, money, seizures."""

import pandas as pd
from cryptodrug.files import read_json
from cryptodrug.results import ResultTable, write_result
from cryptodrug.survey.profile import asked_items, respondent_profile_table, with_fallbacks

ITEMS = ("lost_n", "scam_n", "seized")
FALLBACKS = {item: {"any": ("one", "more")} for item in ("lost_n", "scam_n")}


def losses_table(respondent: pd.DataFrame, codebook: dict, smallest: int, level: float) -> ResultTable:
    """One row per item and category."""
    answers, items = with_fallbacks(respondent, asked_items(codebook, ITEMS), FALLBACKS, smallest)
    return respondent_profile_table(answers, items, level, "losses")


def losses(respondent: str, codebook: str, losses: str, losses_description: str, smallest: int, level: float) -> None:
    """Respondents by what they lost, ever.

    1. None, one, more; where one of these is the answer of too few: none, any.
    2. A parcel that did not arrive is not always lost by fraud, and word of a seizure is no proof of one.
    """
    table = losses_table(pd.read_parquet(respondent), read_json(codebook), smallest, level)
    write_result(table, losses, losses_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, losses)
