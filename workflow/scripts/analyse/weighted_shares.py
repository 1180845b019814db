"""Shares in the population for which the respondents of a weighted survey stand."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from cryptodrug.errors import InputError
from cryptodrug.offer import slug
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.weighted import weighted_share
from cryptodrug.survey.profile import item_rows
from cryptodrug.survey.shares import frame_of

METHOD = "taylor-linearisation"


def weights_of(respondent: pd.DataFrame, weight: str) -> np.ndarray:
    """The weight of each respondent.

    Raises
    ------
    InputError : there is no such variable, or a weight is absent or negative.
    """
    if f"{weight}_code" not in respondent:
        raise InputError(
            f"variable `{weight}` is not in the survey",
            where="`survey.public_file.weight` of the configuration",
            not_done="no weighted share was computed",
            do="name the variable with the weights, or give null",
        )
    weights = respondent[f"{weight}_code"].astype("float64").to_numpy()
    if absent := int((~(weights >= 0)).sum()):
        raise InputError(
            f"{absent} respondents have no weight",
            where=f"variable `{weight}` of the survey",
            not_done="no weighted share was computed",
            do="leave these records out by a rule (`survey.exclusions`), or name the right variable",
        )
    return weights


def share_rows(
    respondent: pd.DataFrame, among: np.ndarray, items: dict[str, list[str]], weights: np.ndarray, level: float
) -> Iterator[dict]:
    """Weighted shares of each category of each item among some respondents; the whole sample gives intervals."""
    for item, categories in items.items():
        answers = respondent[item]
        # a category that nobody planned is refused there
        counted = item_rows(answers[among], item, categories, level)
        given = (among & ~answers.astype(str).str.startswith("missing").to_numpy()) & answers.notna().to_numpy()
        for row in counted[:-1]:
            found = weighted_share((answers == row["category"]).fillna(False).to_numpy(bool), given, weights, level)
            made = {name: row[name] for name in ("row", "item", "category", "n", "base")}
            if found:
                made |= {"weighted": round(found.weight), "effective": found.effective}
                made |= {"share": found.share, "share_low": found.low, "share_high": found.high}
            yield made


def weighted_tables(
    respondent: pd.DataFrame, items: dict[str, list[str]], weight: str, by: list[str], level: float
) -> tuple[ResultTable, ResultTable]:
    """All respondents together; and by each category of the items `by`."""
    weights = weights_of(respondent, weight)
    columns = [
        Column("item", "text", "item"),
        Column("category", "text", "answer"),
        Column("n", "count", "respondent"),
        Column("base", "count", "respondent"),
        Column("weighted", "count", "person"),
        Column("effective", "number", "respondent", digits=0),
        Column("share", "share", digits=1, base="base", low="share_low", high="share_high", level=level, method=METHOD),
    ]
    rows = list(share_rows(respondent, np.ones(len(respondent), bool), items, weights, level))
    together = ResultTable("weighted-shares", "public-survey", columns, frame_of(rows, columns), notes=["design"])
    grouped = []
    for name in by:
        for group in items[name]:
            among = (respondent[name] == group).fillna(False).to_numpy(bool)
            others = {item: categories for item, categories in items.items() if item != name}
            for row in share_rows(respondent, among, others, weights, level):
                grouped.append(row | {"row": f"{slug(name)}-{slug(group)}.{row['row']}", "of": name, "group": group})
    columns = [Column("of", "text", "item"), Column("group", "text", "answer"), *columns]
    return together, ResultTable(
        "weighted-shares-by", "public-survey", columns, frame_of(grouped, columns), notes=["design"]
    )


def weighted_shares(
    respondent: str,
    weighted_shares: str,
    weighted_shares_description: str,
    weighted_shares_by: str,
    weighted_shares_by_description: str,
    categories: dict[str, list[str]],
    weight: str,
    by: list[str],
    level: float,
) -> None:
    """Weighted shares.

    1. The base is those who were asked and answered; whoever was not asked (a valid skip) is outside it.
    2. A share is the sum of the weights of those who give the answer, over that of the base.
    3. Intervals follow from the weights (Taylor linearisation); strata and clusters are not in a public file, so that
       the true ones can be wider or narrower.
    4. Only for public files: sums of weights are not among what the disclosure rules for respondents judge.
    """
    together, grouped = weighted_tables(pd.read_parquet(respondent), categories, weight, by, level)
    write_result(together, weighted_shares, weighted_shares_description)
    write_result(grouped, weighted_shares_by, weighted_shares_by_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, weighted_shares)
