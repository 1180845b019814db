"""More, as much or less than before: frequency, amount, and escalation against its mirror."""

import pandas as pd
from cryptodrug.careers.table import STEP
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.paired import class_of, holm, sign_test, signed_rank, tango, verdict
from cryptodrug.survey.shares import counted, difference_column, frame_of, is_small

DIRECTIONS = ("up", "same", "down")
FEWEST_TESTED = 20  # as for a percentage


def _net(career: pd.DataFrame) -> pd.Series:
    """Escalation without its mirror is up, the mirror alone is down, both or neither is the same."""
    pair = career["escalation"] + career["deescalation"]
    known = {"10": "up", "01": "down", "11": "same", "00": "same"}
    return pair.map(lambda both: known.get(both, "mis" if "mis" in both else "na"))


def change_row(row: str, values: pd.Series, steps: list[int], level: float) -> dict:
    """A row of the table. `steps`: classes moved, for a signed-rank test; none where only the direction is known."""
    counts = {name: int((values == name).sum()) for name in DIRECTIONS}
    base, mixed = sum(counts.values()), int((values == "mixed").sum()) if row == "intensity" else None
    made = {"row": row, "change": row} | counts | {"mixed": mixed, "base": base}
    if not base:
        return made
    low, high = tango(counts["up"], counts["down"], base, level)
    made |= {"difference": (counts["up"] - counts["down"]) / base, "difference_low": low, "difference_high": high}
    ranked, p_sign = signed_rank(steps), sign_test(counts["up"], counts["down"])
    p, rose = (ranked.p, ranked.z > 0) if ranked else (p_sign, counts["up"] > counts["down"])
    if ranked:
        made |= {"z": ranked.z, "effect": ranked.effect}
    if base >= FEWEST_TESTED:
        made |= {"p_ranks": class_of(ranked.p) if ranked else None, "p_sign": class_of(p_sign)}
        made |= {"tested": p, "rose": rose}
    return made


def conclude(rows: list[dict], margin: float) -> None:
    """Adjust the tests of all rows together (Holm 1979) and say in words what follows; in place."""
    adjusted = holm({row["row"]: row.get("tested") for row in rows})
    for row in rows:
        if "tested" in row:
            p, ends = adjusted[row["row"]], (row["difference_low"], row["difference_high"])
            row |= {"p": class_of(p), "verdict": verdict(row["rose"], p, ends, margin)}


def _known_elsewhere(career: pd.DataFrame, row: str, smallest: int) -> list[dict]:
    """Those who rose and all others are printed in the summary of careers too, when both may be shown."""
    counts = counted(career[row], ["up"])
    if is_small(counts.yes, smallest) or is_small(counts.others, smallest):
        return []
    mixed = [[row, "mixed"]] if row == "intensity" else []
    return [
        {"parts": [[row, "same"], [row, "down"], *mixed], "value": counts.others},
        {"parts": [[row, "base"], *mixed], "value": counts.base},
    ]


def frequency_change_table(career: pd.DataFrame, margin: float, smallest: int, level: float) -> ResultTable:
    """One row per kind of change that the survey allows."""
    rows, sums = [], []
    for name in [name for name in ("frequency", "intensity") if name in career]:
        steps = [int(step) for step in career[STEP].dropna()] if name == "frequency" else []
        rows.append(change_row(name, career[name], steps, level))
        sums += _known_elsewhere(career, name, smallest)
    if {"escalation", "deescalation"} <= set(career):
        rows.append(change_row("escalation", _net(career), [], level))
    conclude(rows, margin)
    columns = [
        Column("change", "text", "career_change"),
        *(Column(name, "count", "respondent") for name in (*DIRECTIONS, "mixed", "base")),
        difference_column(level),
        Column("z", "number", digits=2, base="base"),
        Column("effect", "number", digits=2, base="base"),
        Column("p_ranks", "text", "p_class"),
        Column("p_sign", "text", "p_class"),
        Column("p", "text", "p_class"),
        Column("verdict", "text", "change_verdict"),
    ]
    return ResultTable(
        "frequency-change",
        "respondents",
        columns,
        frame_of(rows, columns),
        column_sums=[{"parts": list(DIRECTIONS), "total": "base"}],
        cell_sums=sums,
        notes=["directions", "verdict"],
    )


def frequency_change(
    career: str,
    frequency_change: str,
    frequency_change_description: str,
    margin: float,
    smallest: int,
    level: float,
) -> None:
    """Test changes within respondents.

    1. Frequency is the highest class over all drugs. Wilcoxon's signed ranks with the zeros of Pratt, and the exact
       sign test; amounts have a direction only, so the sign test alone. Both up and down (mixed) is left out of it.
    2. The third row sets escalation against its mirror: exact McNemar, which is the sign test of those with one alone.
    3. The difference is that of rises and falls by all, with the score interval of Tango (1998).
    4. Nothing is tested on a base too small for a percentage. p stands in classes. The verdict rests on p adjusted for
       the three rows together (Holm 1979): signed ranks where there are steps, else the sign test.
    5. "Did not change" needs the whole interval inside the margin of the configuration.
    """
    table = frequency_change_table(pd.read_parquet(career), margin, smallest, level)
    write_result(table, frequency_change, frequency_change_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, frequency_change)
