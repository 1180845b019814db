"""Vendors who declare another origin than before (typology, V12)."""

import pandas as pd
from cryptodrug.populations import drug_offer, ever_vendors
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.bootstrap import FEWEST
from cryptodrug.statistics.intervals import wilson
from cryptodrug.trajectories import SEVERAL, STAYS, UNKNOWN, moves_of

MOVED = "moved"
ROWS = (STAYS, SEVERAL, MOVED)


def origin_moves_table(listing: pd.DataFrame, focus: str, level: float) -> ResultTable:
    """One row per class, and one of the vendors who could not be followed."""
    found = moves_of(listing, ever_vendors(listing, focus), focus)
    classes = found.where(found.isin([STAYS, SEVERAL, UNKNOWN]), MOVED)
    followed = int((classes != UNKNOWN).sum())
    rows = []
    for name in (*ROWS, UNKNOWN):
        count = int((classes == name).sum())
        row = {"row": name, "move": name, "vendors": count, "support_vendors": count}
        row |= dict.fromkeys(("share", "share_low", "share_high"))
        if name != UNKNOWN and followed >= FEWEST:
            low, high = wilson(count, followed, level)
            row |= {"share": count / followed, "share_low": low, "share_high": high}
        rows.append(row)
    total = {"row": "followed", "move": "followed", "vendors": followed, "support_vendors": followed}
    rows.append(total | dict.fromkeys(("share", "share_low", "share_high")))
    columns = [
        Column("move", "text", "move"),
        Column("vendors", "count", "vendor", guard_vendors="support_vendors"),
        Column(
            "share", "share", digits=1, low="share_low", high="share_high", level=level, method="wilson",
            guard_vendors="support_vendors",
        ),
    ]  # fmt: skip
    sums = [
        {"total": "followed", "parts": list(ROWS), "columns": ["vendors"]},
        # how many vendors declared the country in any snapshot is published elsewhere
        {"total": None, "value": len(classes), "parts": ["followed", UNKNOWN], "columns": ["vendors"]},
    ]
    table = pd.DataFrame(rows).astype(dict.fromkeys(("share", "share_low", "share_high"), float))
    return ResultTable("origin-moves", "public", columns, table, row_sums=sums)


def origin_moves(
    listing: str, origin_moves: str, origin_moves_description: str, focus_country: str, level: float
) -> None:
    """Origins of vendors who ever declared the focus country, followed from month to month over all their accounts.

    1. The origin of a vendor in a month is the union of what its drug listings declare; months without a known origin
       are left out. With fewer than two known months it cannot be followed.
    2. Same origin throughout: only the country, or several from the start. Anything else is a move of the declared
       origin, in either direction; directions are not published, they rest on too few vendors.
    3. Shares are of those who could be followed, with Wilson's interval, from ten of them.
    """
    write_result(origin_moves_table(drug_offer(listing), focus_country, level), origin_moves, origin_moves_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, origin_moves)
