"""Precautions, risks and knowledge: less, as much or more than before."""

import pandas as pd
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.paired import FELL, OPEN, ROSE, SIGNIFICANT, class_of, holm, sign_test, tango
from cryptodrug.survey.shares import difference_column, frame_of, interval_of, share_column
from cryptodrug.survey.statements import codes, has

ITEMS = {
    **{f"hr-{name}": (f"hr_bf_{name}", f"hr_nw_{name}") for name in ("test", "low", "weigh", "read", "space")},
    **{f"rk-{name}": (f"rk_bf_{name}", f"rk_nw_{name}") for name in ("high", "mix", "alc", "alone", "unk")},
    "knowledge": ("kn_bf", "kn_nw"),
}
DIRECTIONS = ("less", "same", "more")
FEWEST_TESTED = 20  # as for a percentage


def moves(respondent: pd.DataFrame, before: str, now: str) -> dict[str, int]:
    """Respondents with both answers, by the direction of the step between them."""
    pair = pd.DataFrame({"before": codes(respondent, before), "now": codes(respondent, now)})
    step = (pair["now"] - pair["before"])[(pair >= 0).all(axis="columns")]
    return {"less": int((step < 0).sum()), "same": int((step == 0).sum()), "more": int((step > 0).sum())}


def practice_row(name: str, one: dict[str, int], p: float | None, level: float) -> dict:
    """Counts, the share of more, and the balance of more and less with its verdict."""
    base = sum(one.values())
    row = {"row": name, "practice": name, "base": base} | one | interval_of(one["more"], base, level)
    if not base:
        return row
    low, high = tango(one["more"], one["less"], base, level)
    row |= {"difference": (one["more"] - one["less"]) / base, "difference_low": low, "difference_high": high}
    if p is None:
        return row
    changed = ROSE if one["more"] > one["less"] else FELL
    return row | {"p": class_of(p), "verdict": changed if p < SIGNIFICANT else OPEN}


def practice_change_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per item that was asked for both times."""
    counts = {name: moves(respondent, *pair) for name, pair in ITEMS.items() if has(respondent, *pair)}
    tests = {
        name: sign_test(one["more"], one["less"]) if sum(one.values()) >= FEWEST_TESTED else None
        for name, one in counts.items()
    }
    adjusted = holm(tests)
    rows = [practice_row(name, one, adjusted[name], level) for name, one in counts.items()]
    for row in rows:
        row["p_alone"] = class_of(tests[row["row"]])
    columns = [
        Column("practice", "text", "practice"),
        *(Column(name, "count", "respondent") for name in (*DIRECTIONS, "base")),
        share_column(level),
        difference_column(level),
        Column("p_alone", "text", "p_class"),
        Column("p", "text", "p_class"),
        Column("verdict", "text", "change_verdict"),
    ]
    sums = [{"parts": list(DIRECTIONS), "total": "base"}]
    return ResultTable(
        "practice-change", "respondents", columns, frame_of(rows, columns), column_sums=sums, notes=["holm"]
    )


def practice_change(
    respondent: str, practice_change: str, practice_change_description: str, smallest: int, level: float
) -> None:
    """Count steps on scales asked for before and now.

    1. Base: both answers known. The share is that of those who do it more often now, with a Wilson interval.
    2. Exact sign tests of more against less, adjusted for all items together (Holm 1979); p stands in classes, never
       without the balance of more and less and its score interval (Tango 1998). A verdict needs p below 0.05.
    3. Nothing is tested on a base too small for a percentage.
    """
    table = practice_change_table(pd.read_parquet(respondent), smallest, level)
    write_result(table, practice_change, practice_change_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, practice_change)
