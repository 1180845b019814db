"""Which career variables hold together: every pair."""

from itertools import combinations

import pandas as pd
from cryptodrug.careers.table import STATEMENTS
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import counted, frame_of, is_small

VARIABLES = tuple(name for name in STATEMENTS if name != "deescalation")
# onset leaves no use before, which the others need; frequency or amount up for a drug is escalation
EXCLUDED = frozenset({("onset", name) for name in ("frequency", "intensity", "escalation", "expansion")})
CONTAINED = frozenset({("intensity", "escalation")})


def kind_of(pair: tuple[str, str]) -> str:
    """Whether the definitions decide the overlap, or the respondents."""
    return "excluded" if pair in EXCLUDED else "contained" if pair in CONTAINED else "empirical"


def overlap_row(career: pd.DataFrame, pair: tuple[str, str], smallest: int) -> tuple[dict, list[dict]]:
    """A row, and what the summary of careers says about its cells."""
    values = [career[STATEMENTS[name][0]] for name in pair]
    holds = [one == STATEMENTS[name][1] for one, name in zip(values, pair, strict=True)]
    known = ~values[0].isin(["na", "mis"]) & ~values[1].isin(["na", "mis"])
    both, key = int((holds[0] & holds[1]).sum()), "-".join(pair)
    row = {
        "row": key,
        "first": pair[0],
        "second": pair[1],
        "kind": kind_of(pair),
        "both": both,
        "base": int(known.sum()),
    }
    sums = []
    for column, name, one in zip(("first_only", "second_only"), pair, values, strict=True):
        alone = counted(one, [STATEMENTS[name][1]])
        if not is_small(alone.yes, smallest) and not is_small(alone.others, smallest):
            row[column] = alone.yes - both
            sums.append({"parts": [[key, "both"], [key, column]], "value": alone.yes})
    return row, sums


def career_overlap_table(career: pd.DataFrame, smallest: int) -> ResultTable:
    """One row per pair of variables that the survey allows."""
    asked = [name for name in VARIABLES if STATEMENTS[name][0] in career]
    made = [overlap_row(career, pair, smallest) for pair in combinations(asked, 2)]
    columns = [
        Column("first", "text", "career_statement"),
        Column("second", "text", "career_statement"),
        *(Column(name, "count", "respondent") for name in ("both", "first_only", "second_only", "base")),
        Column("kind", "text", "overlap_kind"),
    ]
    sums = [one for _, known in made for one in known]
    table = frame_of([row for row, _ in made], columns)
    return ResultTable("career-overlap", "respondents", columns, table, cell_sums=sums, notes=["kinds"])


def career_overlap(career: str, career_overlap: str, career_overlap_description: str, smallest: int) -> None:
    """Count respondents of whom two variables hold.

    1. Base: both are known. Those of whom only one holds are all others of the summary, known or not.
    2. The single counts are printed in the summary: who knows them and both knows the rest, so the rest is a cell here.
    3. Overlaps that follow from the definitions are marked, not hidden.
    """
    write_result(career_overlap_table(pd.read_parquet(career), smallest), career_overlap, career_overlap_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, career_overlap)
