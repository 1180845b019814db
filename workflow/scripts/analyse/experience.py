"""Satisfaction with quality, price and safety: buying offline against buying on cryptomarkets."""

import pandas as pd
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.paired import class_of, holm, sign_test, tango
from cryptodrug.survey.shares import counted, difference_column, frame_of, share_row, shares_table
from cryptodrug.survey.statements import codes, has, says

ASPECTS = {"quality": "qual", "price": "price", "safety": "safe"}
PLACES = {"offline": "sat_off", "online": "sat_on"}
SATISFIED = (4, 5)
DIRECTIONS = ("offline_better", "same", "online_better")
FEWEST_TESTED = 20  # as for a percentage


def experience_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per aspect and place: those who are satisfied."""
    rows = [
        share_row(
            f"{aspect}-{place}",
            {"aspect": aspect, "place": place},
            counted(says(respondent, f"{stem}_{name}", SATISFIED)),
            smallest,
            level,
        )
        for aspect, name in ASPECTS.items()
        for place, stem in PLACES.items()
        if has(respondent, f"{stem}_{name}")
    ]
    words = [Column("aspect", "text", "experience_aspect"), Column("place", "text", "buying_place")]
    return shares_table("experience", words, rows, len(respondent), level, notes=["bases"])


def compared(respondent: pd.DataFrame, name: str) -> dict[str, int]:
    """Respondents who judged both places, by the place that they judge better, in five classes."""
    pair = pd.DataFrame({place: codes(respondent, f"{stem}_{name}") for place, stem in PLACES.items()})
    step = (pair["online"] - pair["offline"])[(pair >= 0).all(axis="columns")]
    return dict(zip(DIRECTIONS, (int((step < 0).sum()), int((step == 0).sum()), int((step > 0).sum())), strict=True))


def experience_comparison_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per aspect: the same respondents on both places."""
    asked = {
        aspect: name
        for aspect, name in ASPECTS.items()
        if has(respondent, *(f"{stem}_{name}" for stem in PLACES.values()))
    }
    counts = {aspect: compared(respondent, name) for aspect, name in asked.items()}
    tests = {
        aspect: sign_test(one["online_better"], one["offline_better"]) if sum(one.values()) >= FEWEST_TESTED else None
        for aspect, one in counts.items()
    }
    adjusted, rows = holm(tests), []
    for aspect, one in counts.items():
        base, row = sum(one.values()), {"row": aspect, "aspect": aspect, "p": class_of(adjusted[aspect])}
        row["p_alone"] = class_of(tests[aspect])
        if base:
            low, high = tango(one["online_better"], one["offline_better"], base, level)
            balance = (one["online_better"] - one["offline_better"]) / base
            row |= {"difference": balance, "difference_low": low, "difference_high": high}
        rows.append(row | one | {"base": base})
    columns = [
        Column("aspect", "text", "experience_aspect"),
        *(Column(name, "count", "respondent") for name in (*DIRECTIONS, "base")),
        difference_column(level),
        Column("p_alone", "text", "p_class"),
        Column("p", "text", "p_class"),
    ]
    return ResultTable(
        "experience-comparison",
        "respondents",
        columns,
        frame_of(rows, columns),
        column_sums=[{"parts": list(DIRECTIONS), "total": "base"}],
        notes=["holm"],
    )


def experience(
    respondent: str,
    experience: str,
    experience_description: str,
    experience_comparison: str,
    experience_comparison_description: str,
    smallest: int,
    level: float,
) -> None:
    """Compare what respondents say of buying offline and of buying on cryptomarkets.

    1. Satisfied: the two upper of five answers. Offline is asked of those who ever bought offline.
    2. The comparison is within those who judged both, by all five answers: exact sign tests (Dixon & Mood 1946),
       adjusted for the aspects together (Holm 1979), and the balance with its score interval (Tango 1998).
    3. Nothing is tested on a base too small for a percentage.
    """
    answers = pd.read_parquet(respondent)
    write_result(experience_table(answers, smallest, level), experience, experience_description)
    comparison = experience_comparison_table(answers, smallest, level)
    write_result(comparison, experience_comparison, experience_comparison_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, experience)
