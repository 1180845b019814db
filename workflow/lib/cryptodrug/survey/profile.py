"""Tables of questions with exclusive answers: each category on the base of those who answered."""

from collections.abc import Mapping, Sequence

import pandas as pd

from cryptodrug.errors import InputError
from cryptodrug.offer import slug
from cryptodrug.results import Column, ResultTable
from cryptodrug.statistics.intervals import wilson
from cryptodrug.survey.shares import frame_of, is_small

MISSING = "missing"
# item -> coarse category -> the categories that it holds
Fallbacks = Mapping[str, Mapping[str, Sequence[str]]]


def asked_items(codebook: dict, items: Sequence[str]) -> dict[str, list[str]]:
    """Categories of each item that the survey asked, in the order of the code book."""
    return {
        item: list(dict.fromkeys(answer["category"] for answer in codebook["variables"][item]["answers"]))
        for item in items
        if item in codebook["variables"]
    }


def with_fallbacks(
    respondent: pd.DataFrame, items: dict[str, list[str]], fallbacks: Fallbacks, smallest: int
) -> tuple[pd.DataFrame, dict[str, list[str]]]:
    """Answers in coarser categories, for items with a category of too few; planned before the data were seen.

    One level only is used of an item: both could be subtracted.
    """
    answers, merged = respondent.copy(), dict(items)
    for item in [item for item in items if item in fallbacks]:
        counts = respondent[item].value_counts()
        if any(is_small(int(counts.get(category, 0)), smallest) for category in items[item]):
            coarse = {fine: name for name, parts in fallbacks[item].items() for fine in parts}
            answers[item] = respondent[item].replace(coarse)
            merged[item] = list(dict.fromkeys(coarse.get(category, category) for category in items[item]))
    return answers, merged


def item_rows(answers: pd.Series, item: str, categories: list[str], level: float) -> list[dict]:
    """Rows of one item: its categories on the base of those who answered, then the missing ones.

    Raises
    ------
    InputError : an answer outside the categories: a mistake in the mapping or in the configuration.
    """
    absent = answers.isna() | answers.astype(str).str.startswith(MISSING)
    given = answers[~absent]
    if strangers := sorted(set(given) - set(categories)):
        raise InputError(
            f"variable `{item}` has an answer that is none of its categories: {', '.join(map(repr, strangers))}",
            where=f"variable `{item}` of the survey; categories of the configuration: {', '.join(categories)}",
            not_done="no table of respondents was made",
            do="add the category to the configuration, or correct the answer in the mapping of the questionnaire",
        )
    rows = []
    for category in categories:
        count, base = int((given == category).sum()), len(given)
        low, high = wilson(count, base, level) if base else (None, None)
        share = count / base if base else None
        rows.append(
            {"category": category, "n": count, "base": base, "share": share, "share_low": low, "share_high": high}
        )
    rows.append({"category": MISSING, "n": int(absent.sum()), "base": len(answers)})
    return [{"row": f"{slug(item)}-{slug(row['category'])}", "item": item} | row for row in rows]


def respondent_profile_table(
    respondent: pd.DataFrame,
    items: dict[str, list[str]],
    level: float,
    name: str = "respondent-profile",
    domain: str = "respondents",
) -> ResultTable:
    """One row per item and category. `name`, `domain`: of the table."""
    rows, sums, bases, missing = [], [], [], []
    for item, categories in items.items():
        if item not in respondent.columns:
            raise InputError(
                f"variable `{item}` is not in the survey",
                where="items of the respondents' table in the configuration",
                not_done="no table of respondents was made",
                do="correct the name of the variable, or take it out of the configuration",
            )
        of_item = item_rows(respondent[item], item, categories, level)
        rows.extend(of_item)
        given, absent = [row["row"] for row in of_item[:-1]], of_item[-1]["row"]
        missing.append(absent)
        # the base of each share is the sum of the answers given: a hidden one could be subtracted from it
        bases += [{"parts": [[row, "n"] for row in given], "total": [row, "base"]} for row in given]
        sums.append(
            {"parts": [row["row"] for row in of_item], "total": None, "value": len(respondent), "columns": ["n"]}
        )
    columns = [
        Column("item", "text", "item"),
        Column("category", "text", "answer"),
        Column("n", "count", "respondent"),
        Column("base", "count", "respondent"),
        Column(
            "share", "share", digits=1, base="base", low="share_low", high="share_high", level=level, method="wilson"
        ),
    ]
    return ResultTable(
        name, domain, columns, frame_of(rows, columns), row_sums=sums, cell_sums=bases, open_rows=missing
    )
