"""Facts of the study that the text names: how many snapshots, from when to when, which country."""

import pandas as pd
from cryptodrug.results import Column, ResultTable, write_result


def study_facts_table(
    snapshot: pd.DataFrame,
    focus_country: str,
    level: float,
    draws: int,
    coverage_minimum: float,
    closed: dict[str, str] | None = None,
    link_by: str = "account",
) -> ResultTable:
    """One row `all`. `closed`: day (ISO) on which a market closed, by market; `link_by`: what links accounts."""
    last = str(snapshot["snapshot_date"].max())
    gone = {name: day for name, day in sorted((closed or {}).items()) if day <= last}
    row = {
        "row": "all",
        "snapshots": len(snapshot),
        "markets": snapshot["market"].nunique(),
        "market": "|".join(sorted(snapshot["market"].unique())),
        "pages": int(snapshot["pages_read"].sum()),
        "first": str(snapshot["snapshot_date"].min()),
        "last": last,
        "closed": "|".join(gone) or None,
        "closed_on": next(iter(gone.values())) if len(gone) == 1 else None,
        "link_by": link_by,
        "focus": focus_country,
        "level": level,
        "draws": draws,
        "coverage_minimum": coverage_minimum,
    }
    columns = [
        Column("snapshots", "count", "snapshot"),
        Column("markets", "count", "market"),
        Column("market", "list", "market"),
        Column("pages", "count", "page"),
        Column("first", "date", "day"),
        Column("last", "date", "day"),
        Column("closed", "list", "market"),
        Column("closed_on", "date", "day"),
        Column("link_by", "text", "link_by"),
        Column("focus", "text", "country"),
        Column("level", "share", digits=0),
        Column("draws", "count", "draw"),
        Column("coverage_minimum", "share", digits=0),
    ]
    return ResultTable("study-facts", "public", columns, pd.DataFrame([row]))


def study_facts(
    snapshot: str,
    study_facts: str,
    study_facts_description: str,
    focus_country: str,
    level: float,
    draws: int,
    coverage_minimum: float,
    closed: dict[str, str],
    link_by: str,
) -> None:
    """Write the facts; nothing is judged here. A market that closed behind the last snapshot is not named as closed."""
    table = study_facts_table(pd.read_parquet(snapshot), focus_country, level, draws, coverage_minimum, closed, link_by)
    write_result(table, study_facts, study_facts_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, study_facts)
