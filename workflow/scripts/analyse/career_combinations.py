"""Which career variables hold together: every combination of enough respondents, the rest in one."""

from itertools import combinations

import pandas as pd
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import frame_of, interval_of, is_small, share_column

# rises of frequency and amounts are escalation, and onset excludes most others by definition
VARIABLES = ("escalation", "switching", "expansion", "substitution", "recovery")
NONE, OTHERS, OTHER = "none", "other-combinations", "other"
MOST_SHOWN = 12
Combination = tuple[str, ...]


def combinations_of(career: pd.DataFrame) -> dict[Combination, int]:
    """Respondents by the variables that hold for them; one that is not known does not hold."""
    asked = [name for name in VARIABLES if name in career]
    held = (career[asked] == "1").to_numpy()
    found: dict[Combination, int] = {}
    for row in held:
        combination = tuple(name for name, holds in zip(asked, row, strict=True) if holds)
        found[combination] = found.get(combination, 0) + 1
    return found


def _tells_few(counts: dict[Combination, int], shown: tuple[Combination, ...], smallest: int) -> bool:
    """Whether too few among the other combinations hold a variable, or two, of which more hold it in all."""
    asked = sorted({name for one in counts for name in one})
    for held in [set(), *({name} for name in asked), *(set(pair) for pair in combinations(asked, 2))]:
        numbers = [(number, one in shown) for one, number in counts.items() if held <= set(one)]
        rest = sum(number for number, is_shown in numbers if not is_shown)
        if is_small(rest, smallest) and any(is_shown for _, is_shown in numbers):
            return True
    return False


def shown_combinations(counts: dict[Combination, int], smallest: int) -> list[Combination]:
    """Combinations that stand by themselves, the most frequent first.

    The table of careers prints how many hold each variable, that of overlaps how many hold two: less the combinations
    that are shown, these tell how many among the others hold them. Of all choices in which none of these numbers is
    that of too few, the one that shows most respondents.
    """
    enough = sorted((one for one in counts if counts[one] >= smallest), key=lambda one: (-counts[one], one))[
        :MOST_SHOWN
    ]
    choices = (choice for length in range(len(enough) + 1) for choice in combinations(enough, length))
    safe = [choice for choice in choices if not _tells_few(counts, choice, smallest)]
    return list(max(safe, key=lambda choice: sum(counts[one] for one in choice)))


def career_combinations_table(career: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per combination, and one for all others."""
    counts = combinations_of(career) if set(VARIABLES) <= set(career) else {}
    shown = shown_combinations(counts, smallest)
    total = sum(counts.values())
    numbers = {one: counts[one] for one in shown} | {(OTHERS,): total - sum(counts[one] for one in shown)}
    rows = [
        {"row": "-".join(one) or NONE, "n": number, "base": total}
        | {name: OTHER if one == (OTHERS,) else "yes" if name in one else "no" for name in VARIABLES}
        | interval_of(number, total, level)
        for one, number in (numbers.items() if total else ())
    ]
    columns = [
        *(Column(name, "text", "held") for name in VARIABLES),
        Column("n", "count", "respondent"),
        Column("base", "count", "respondent"),
        share_column(level),
    ]
    sums = [{"parts": [[row["row"], "n"] for row in rows], "value": total}] if rows else []
    return ResultTable(
        "career-combinations", "respondents", columns, frame_of(rows, columns), cell_sums=sums, notes=["exclusive"]
    )


def career_combinations(
    career: str, career_combinations: str, career_combinations_description: str, smallest: int, level: float
) -> None:
    """Count combinations of career variables that hold for the same respondent.

    1. Base: all respondents. A variable holds when its value is 1; outside its base, or not known, it does not.
    2. A combination of too few joins the others, and so do as many more as it takes that no number printed elsewhere,
       less these, tells of too few among the others.
    """
    table = career_combinations_table(pd.read_parquet(career), smallest, level)
    write_result(table, career_combinations, career_combinations_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, career_combinations)
