"""The way of the records of the survey: from opened questionnaires to those that count."""

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from cryptodrug.files import read_json
from cryptodrug.results import Column, ResultTable, write_result

INVITED, STARTED, KEPT, COMPLETE, PARTIAL = "invited", "started", "kept", "complete", "partial"
MERGED = "merged"


@dataclass(frozen=True)
class Step:
    """Rules that are shown together: their ids, the words for their reasons, how many records they left out."""

    ids: tuple[str, ...]
    reasons: tuple[str, ...]
    n: int

    def with_next(self, other: "Step") -> "Step":
        """Both as one."""
        return Step(self.ids + other.ids, tuple(dict.fromkeys(self.reasons + other.reasons)), self.n + other.n)


def merged(steps: list[Step], smallest: int) -> list[Step]:
    """Steps with fewer than `smallest` records are merged with the next one; the last with the one before."""
    found: list[Step] = []
    pending: Step | None = None
    for step in steps:
        pending = pending.with_next(step) if pending else step
        if pending.n >= smallest:
            found.append(pending)
            pending = None
    if pending and found:
        return [*found[:-1], found[-1].with_next(pending)]
    return [*found, pending] if pending else found


def _sums(rows: list[dict]) -> list[dict]:
    """What anybody can compute: each step takes away what it leaves out; the kept ones came to the end or left."""
    way = [row["row"] for row in rows if row["row"] not in (INVITED, COMPLETE, PARTIAL)]
    sums = [
        {"parts": [[step, "left_out"], [step, "remaining"]], "total": [before, "remaining"]}
        for before, step in pairwise(way[:-1])
    ]
    sums.append({"parts": [[way[-2], "remaining"]], "total": [KEPT, "remaining"]})
    sums.append({"parts": [[COMPLETE, "remaining"], [PARTIAL, "remaining"]], "total": [KEPT, "remaining"]})
    return sums


def survey_flow_table(
    flow: dict, smallest: int, domain: str = "respondents", invited: int | None = None
) -> ResultTable:
    """One row per step.

    Parameters
    ----------
    flow : what reading the survey wrote: started, steps (id, reason, n), valid, complete.
    smallest : smallest number that may be shown.
    domain : of the table.
    invited : how many people were invited, where that is known.
    """
    before = [Step((one["id"],), (one["reason"],), one["n"]) for one in flow["steps"]]
    steps, remaining = merged(before, smallest), flow["started"]
    rows = [{"row": STARTED, "step": STARTED, "left_out": None, "remaining": remaining}]
    for step in steps:
        remaining -= step.n
        rows.append(
            {"row": ".".join(step.ids), "step": "|".join(step.reasons), "left_out": step.n, "remaining": remaining}
        )
    ends = {KEPT: flow["valid"], COMPLETE: flow["complete"], PARTIAL: flow["valid"] - flow["complete"]}
    rows += [{"row": name, "step": name, "left_out": None, "remaining": n} for name, n in ends.items()]
    if invited is not None:
        rows.insert(0, {"row": INVITED, "step": INVITED, "left_out": None, "remaining": invited})
    columns = [
        Column("step", "list", "exclusion"),
        Column("left_out", "count", "record"),
        Column("remaining", "count", "record"),
    ]
    table = pd.DataFrame(rows).astype({"left_out": "Int64", "remaining": "Int64"})
    notes = [MERGED] if len(steps) < len(before) else []
    return ResultTable("survey-flow", domain, columns, table, cell_sums=_sums(rows), notes=notes)


def survey_flow(
    flow: str,
    survey_flow: str,
    survey_flow_description: str,
    smallest: int,
    domain: str = "respondents",
    invited: int | None = None,
) -> None:
    """The flow of respondents.

    1. Rules stand in their order; each record is counted at the first rule that fits it.
    2. A step that leaves out fewer than may be shown is merged with the next one, the last one with that before it.
    3. How many were invited is said by the configuration, where it is known; without it there is no rate of response.
    4. The kept records are those that came to the end and those that left after the questions on drugs.
    """
    table = survey_flow_table(read_json(flow), smallest, domain, invited)
    write_result(table, survey_flow, survey_flow_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, survey_flow)
