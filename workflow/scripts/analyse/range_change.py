"""Different drugs or a wider range: the union of expansion, exchange and switching, and its parts, on one base."""

import pandas as pd
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.survey.shares import counted, is_small, share_row, shares_table

EXPANSION, EXCHANGE, EITHER, ALONE, UNION = "expansion", "exchange", "either", "switching-alone", "range-change"
USED = ("expansion", "exchange", "switching", "range_change")


def parts_of(career: pd.DataFrame, smallest: int) -> dict[str, pd.Series]:
    """Parts of the union that exclude each other, as a text per respondent; `na` or `mis` wherever the union is.

    Where one of them is too small to show, the two that change the number of drugs are one; where that is too small
    too, there are none: the union is what is asked for, and hiding a part would hide it.
    """
    union = career["range_change"]
    known = union.isin(["0", "1"])
    expansion, exchange = career["expansion"] == "1", career["exchange"] == "1"
    alone = (career["switching"] == "1") & ~expansion & ~exchange
    for parts in (
        {EXPANSION: expansion, EXCHANGE: exchange, ALONE: alone},
        {EITHER: expansion | exchange, ALONE: alone},
    ):
        if not any(is_small(int((one & known).sum()), smallest) for one in parts.values()):
            return {name: one.map({True: "1", False: "0"}).where(known, union) for name, one in parts.items()}
    return {}


def range_change_table(career: pd.DataFrame, smallest: int, level: float) -> ResultTable:
    """One row per part and one for the union; nothing where the survey did not ask for all three."""
    words, asked = [Column("part", "text", "range_part")], set(USED) <= set(career)
    parts = parts_of(career, smallest) if asked else {}
    statements = parts | ({UNION: career["range_change"]} if asked else {})
    rows = [share_row(row, {"part": row}, counted(one), smallest, level) for row, one in statements.items()]
    made = shares_table("range-change", words, rows, len(career), level, notes=["one"])
    made.row_sums = [{"parts": list(parts), "total": UNION, "columns": ["n"]}] if parts else []
    return made


def range_change(career: str, range_change: str, range_change_description: str, smallest: int, level: float) -> None:
    """Count who uses different drugs or a wider range.

    1. Base: had used before the first purchase, and expansion, exchange and switching are all known.
    2. Expansion (a new drug, none dropped) and exchange (a new one and a dropped one) exclude each other; a new main
       drug is counted where neither holds, so that the parts add up to the union. Parts too small to show are merged.
    3. Published accounts of "different drugs or a wider range" are compared with the union only.
    """
    table = range_change_table(pd.read_parquet(career), smallest, level)
    write_result(table, range_change, range_change_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, range_change)
