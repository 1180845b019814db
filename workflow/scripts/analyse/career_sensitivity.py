"""The career variables under other definitions and without some of the respondents."""

import pandas as pd
from cryptodrug.careers.dependence import ITEMS
from cryptodrug.careers.drugs import MIS
from cryptodrug.careers.table import STATEMENTS, answers_of
from cryptodrug.careers.variants import variants_of
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import Counted, counted, frame_of, interval_of, is_small, share_column
from cryptodrug.survey.statements import codes, has

BY_SCALE = ("recovery", "by-scale")  # needs the items of the scale too
COMPLETE = "complete-cases"
FEWEST_JUDGED = 20  # as for a percentage
# variant -> variable and the codes of those who are left out
WITHOUT = {
    "without-short-exposure": ("cm1_since", (1, 2)),
    "without-former-buyers": ("lp_when", (4,)),
    "without-invented-drug": ("ever_dum", (1, 2)),
    "without-inattentive": ("att_check", (1,)),
}


def others_of(respondent: pd.DataFrame, career: pd.DataFrame) -> dict[tuple[str, str], pd.Series]:
    """Texts per respondent by variable and variant."""
    made = pd.DataFrame([variants_of(one) for one in answers_of(respondent)])
    scale = has(respondent, "main_nw", *ITEMS)
    found = {key: made[key] for key in made if key[0] in career and (scale or key != BY_SCALE)}
    for variant, (variable, left) in WITHOUT.items():
        if has(respondent, variable):
            kept = ~codes(respondent, variable).isin(list(left))
            found |= {(row, variant): career.loc[kept, name] for row, (name, _) in STATEMENTS.items() if name in career}
    asked = [name for name, _ in STATEMENTS.values() if name in career]
    complete = ~(career[asked] == MIS).any(axis="columns")
    return found | {
        (row, COMPLETE): career.loc[complete, name] for row, (name, _) in STATEMENTS.items() if name in career
    }


def sensitivity_row(
    variable: str, variant: str, core: Counted, other: Counted, smallest: int, level: float
) -> dict[str, object]:
    """A row: its numbers only where nobody can tell few respondents apart by taking it from the core definition."""
    apart = (core.yes - other.yes, core.others - other.others, core.yes, core.others)
    row = {"row": f"{variable}-{variant}", "variable": variable, "variant": variant, "wording": "not-judged"}
    interval = interval_of(other.yes, other.base, level)
    if min(core.base, other.base) >= FEWEST_JUDGED:
        inside = interval["share_low"] <= core.yes / core.base <= interval["share_high"]
        row["wording"] = "no" if inside else "yes"
    if any(is_small(abs(count), smallest) for count in apart):
        return row
    return row | {"n": other.yes, "others": other.others, "base": other.base} | interval


def career_sensitivity_table(
    respondent: pd.DataFrame, career: pd.DataFrame, smallest: int, level: float
) -> ResultTable:
    """One row per variable and variant."""
    rows = []
    for (variable, variant), values in others_of(respondent, career).items():
        name, wanted = STATEMENTS[variable]
        pair = counted(career[name], [wanted]), counted(values, [wanted])
        rows.append(sensitivity_row(variable, variant, *pair, smallest, level))
    columns = [
        Column("variable", "text", "career_statement"),
        Column("variant", "text", "career_variant"),
        *(Column(name, "count", "respondent") for name in ("n", "others", "base")),
        share_column(level),
        Column("wording", "text", "outside_interval"),
    ]
    sums = [{"parts": ["n", "others"], "total": "base"}]
    table = frame_of(rows, columns)
    return ResultTable("career-sensitivity", "respondents", columns, table, column_sums=sums, notes=["wording"])


def career_sensitivity(
    respondent: str,
    career: str,
    career_sensitivity: str,
    career_sensitivity_description: str,
    smallest: int,
    level: float,
) -> None:
    """Count the variables again.

    1. Other definitions: `cryptodrug/careers/variants.py`. Other respondents: without those of short exposure, who
       bought last a year ago or more, who say to have used a drug that does not exist, who did not read; those alone
       of whom every variable is known, or certainly does not apply (complete cases), where the core takes for each
       variable all of whom it is known (available cases).
    2. A definition matters when the share of the core lies outside the interval of the variant.
    3. A variant and the core can be subtracted: where they differ by few respondents, the numbers are left out.
    """
    table = career_sensitivity_table(pd.read_parquet(respondent), pd.read_parquet(career), smallest, level)
    write_result(table, career_sensitivity, career_sensitivity_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, career_sensitivity)
