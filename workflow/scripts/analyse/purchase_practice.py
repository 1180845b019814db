"""How respondents buy: how often, on how many markets, from where, and the last purchase."""

import pandas as pd
from cryptodrug.files import read_json
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.intervals import median_interval
from cryptodrug.survey.profile import asked_items, respondent_profile_table, with_fallbacks
from cryptodrug.survey.shares import frame_of
from cryptodrug.survey.statements import codes, has

ITEMS = ("n_buy12", "n_mkt", "off_nw", "dom_pref", "lp_origin", "lp_pay", "lp_enc", "lp_addr")
FALLBACKS = {
    "n_buy12": {"any": ("1-5", "6-more")},
    "n_mkt": {"2-more": ("2-5", "6-more")},
    "dom_pref": {"no-preference-or-avoids": ("no-preference", "avoids-belgium")},
    "lp_origin": {"elsewhere": ("netherlands", "other-europe", "outside-europe")},
}
PAID = "lp_eur"


def purchase_practice_table(respondent: pd.DataFrame, codebook: dict, smallest: int, level: float) -> ResultTable:
    """One row per item and category."""
    answers, items = with_fallbacks(respondent, asked_items(codebook, ITEMS), FALLBACKS, smallest)
    return respondent_profile_table(answers, items, level, "purchase-practice")


def amount_paid_table(respondent: pd.DataFrame, level: float) -> ResultTable:
    """One row: the median amount of the last purchase, of those who say it."""
    rows = []
    if has(respondent, PAID):
        paid = codes(respondent, PAID)
        paid = sorted(paid[paid >= 0])
        row = {"row": "all", "base": len(paid), "outside": len(respondent) - len(paid)}
        if paid:
            low, high = median_interval(paid, level) or (None, None)
            row |= {"median": float(pd.Series(paid).median()), "median_low": low, "median_high": high}
        rows.append(row)
    columns = [
        Column(
            "median", "money", "EUR", digits=0, base="base", low="median_low", high="median_high", level=level,
            method="order-statistic",
        ),
        Column("base", "count", "respondent"),
        Column("outside", "count", "respondent"),
    ]  # fmt: skip
    everybody = [{"parts": [[row["row"], "base"], [row["row"], "outside"]], "value": len(respondent)} for row in rows]
    return ResultTable(
        "amount-paid",
        "respondents",
        columns,
        frame_of(rows, columns),
        cell_sums=everybody,
        open_columns=["outside"],
    )


def purchase_practice(
    respondent: str,
    codebook: str,
    purchase_practice: str,
    purchase_practice_description: str,
    amount_paid: str,
    amount_paid_description: str,
    smallest: int,
    level: float,
) -> None:
    """Respondents by how they buy.

    1. Categories are those of the mapping. An item with a category of too few takes the coarser ones that were planned.
    2. The base of a share is those who answered; missing answers stand in a row of their own.
    3. The amount of the last purchase, postage included, as its median with an interval of order statistics: amounts
       are round and have a long tail, so that a mean says little.
    """
    answers = pd.read_parquet(respondent)
    table = purchase_practice_table(answers, read_json(codebook), smallest, level)
    write_result(table, purchase_practice, purchase_practice_description)
    write_result(amount_paid_table(answers, level), amount_paid, amount_paid_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, purchase_practice)
