"""Where respondents learn about drugs: the same respondents before the first purchase and now."""

import pandas as pd
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.intervals import wilson
from cryptodrug.statistics.paired import class_of, holm, sign_test, tango
from cryptodrug.survey.shares import difference_column, frame_of, is_small
from cryptodrug.survey.statements import has, says, says_any

# source -> the items of which any one says it
SOURCES = {
    "forum-or-feedback": ("forum", "feed"),
    "vendors": ("vend",),
    "organisations": ("org",),
    "friends": ("frnd",),
    "science": ("sci",),
}
PAIRS = {"both": "11", "before_only": "10", "now_only": "01", "neither": "00"}
ALONE = ("before_only", "now_only")
FEWEST_TESTED = 20  # as for a percentage


def pairs_of(respondent: pd.DataFrame, before: list[str], now: list[str]) -> dict[str, int]:
    """Respondents by what they say of both periods; those of whom one is not known are left out."""
    said = [says_any([says(respondent, name) for name in names]) for names in (before, now)]
    both = said[0] + said[1]
    return {name: int((both == pair).sum()) for name, pair in PAIRS.items()}


def source_row(source: str, counts: dict[str, int], p: float | None, smallest: int, level: float) -> dict:
    """Margins of both periods; who changed, only where none of the four cells is of too few.

    With the margins any cell gives back all others, and so does the interval of the difference.
    """
    base = sum(counts.values())
    before, now = counts["both"] + counts["before_only"], counts["both"] + counts["now_only"]
    row = {"row": source, "source": source, "before": before, "now": now, "base": base}
    if not base:
        return row
    for period, yes in (("before", before), ("now", now)):
        low, high = wilson(yes, base, level)
        row |= {f"share_{period}": yes / base, f"share_{period}_low": low, f"share_{period}_high": high}
    if any(is_small(count, smallest) for count in counts.values()):
        return row
    low, high = tango(counts["now_only"], counts["before_only"], base, level)
    row |= {"difference": (now - before) / base, "difference_low": low, "difference_high": high, "p": class_of(p)}
    return row | {name: counts[name] for name in ALONE}


def information_sources_table(respondent: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per source that was asked for both times."""
    asked = {
        source: [[f"inf_{period}_{item}" for item in items] for period in ("bf", "nw")]
        for source, items in SOURCES.items()
    }
    counts = {
        source: pairs_of(respondent, before, now)
        for source, (before, now) in asked.items()
        if has(respondent, *before, *now)
    }
    tested = {
        source: sign_test(one["now_only"], one["before_only"]) if sum(one.values()) >= FEWEST_TESTED else None
        for source, one in counts.items()
    }
    adjusted = holm(tested)
    rows = [source_row(source, one, adjusted[source], smallest, level) for source, one in counts.items()]
    for row in rows:
        row["p_alone"] = class_of(tested[row["row"]]) if row.get("p") else None

    def share(name: str) -> Column:
        ends = {"low": f"{name}_low", "high": f"{name}_high"}
        return Column(name, "share", digits=1, base="base", level=level, method="wilson", **ends)

    columns = [
        Column("source", "text", "information_source"),
        *(Column(name, "count", "respondent") for name in ("before", "now", "base")),
        share("share_before"),
        share("share_now"),
        *(Column(name, "count", "respondent") for name in ALONE),
        difference_column(level),
        Column("p_alone", "text", "p_class"),
        Column("p", "text", "p_class"),
    ]
    return ResultTable(
        "information-sources",
        "respondents",
        columns,
        frame_of(rows, columns),
        notes=["mcnemar"],
    )


def information_sources(
    respondent: str, information_sources: str, information_sources_description: str, smallest: int, level: float
) -> None:
    """Set two answers of the same respondents beside each other.

    1. Base: both answers known. Forums and feedback on vendors are one source.
    2. Exact McNemar (1947) tests, adjusted for all rows together (Holm 1979); p stands in classes, never without the
       difference and its score interval (Tango 1998).
    3. Nothing is tested on a base too small for a percentage.
    """
    table = information_sources_table(pd.read_parquet(respondent), smallest, level)
    write_result(table, information_sources, information_sources_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, information_sources)
