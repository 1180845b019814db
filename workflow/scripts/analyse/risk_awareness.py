"""How great respondents think the risks of buying are."""

import pandas as pd
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import statements_table
from cryptodrug.survey.statements import has, says

RISKS = {
    "vendor": "aw_vend",
    "administrators": "aw_admin",
    "parcel": "aw_parcel",
    "prosecution": "aw_police",
    "privacy": "aw_priv",
    "other-drug": "aw_drug",
    "exchange-rate": "aw_crypto",
}
MODERATE_OR_GREAT = (3, 4)


def risk_awareness_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per risk that was asked for."""
    risks = {name: says(respondent, one, MODERATE_OR_GREAT) for name, one in RISKS.items() if has(respondent, one)}
    column = Column("risk", "text", "buying_risk")
    return statements_table("risk-awareness", column, risks, len(respondent), smallest, level)


def risk_awareness(
    respondent: str, risk_awareness: str, risk_awareness_description: str, smallest: int, level: float
) -> None:
    """Count those who call a risk moderate or great; the four answers were merged before the data were seen."""
    table = risk_awareness_table(pd.read_parquet(respondent), smallest, level)
    write_result(table, risk_awareness, risk_awareness_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, risk_awareness)
