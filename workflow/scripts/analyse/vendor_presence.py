"""In how many months vendors were seen, and how many came and went (typology, V10)."""

from itertools import pairwise

import numpy as np
import pandas as pd
from cryptodrug.offer import fewest
from cryptodrug.populations import drug_offer, focus_listings
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.bootstrap import FEWEST
from cryptodrug.statistics.intervals import wilson
from cryptodrug.trajectories import Presence, entry_and_exit, presence

CLASSES = ("once", "several", "every")
FLOWS = ("entered", "left", "back")
SHARES = ("share", "share_focus")


def presence_class(there: Presence) -> np.ndarray:
    """Whether each vendor was present in every month with a snapshot of one of its markets, in one month, or between.

    A vendor whose markets have a single month in the window was seen once: every month would say nothing.
    """
    months, watched = there.present.sum(axis=1), there.watched.sum(axis=1)
    found = np.where(months == watched, "every", "several").astype(object)
    found[months == 1] = "once"
    return found


def _share(count: int, base: int, level: float, name: str) -> dict:
    """A share of vendors with its interval, from ten vendors."""
    if base < FEWEST:
        return {name: None, f"{name}_low": None, f"{name}_high": None}
    low, high = wilson(count, base, level)
    return {name: count / base, f"{name}_low": low, f"{name}_high": high}


def _presence_table(classes: np.ndarray, in_focus: np.ndarray, level: float) -> ResultTable:
    rows = []
    for name in CLASSES:
        of_class = classes == name
        count, here = int(of_class.sum()), int((of_class & in_focus).sum())
        rows.append(
            {"row": name, "presence": name, "vendors": count, "vendors_focus": here, "support_vendors": here}
            | _share(count, len(classes), level, "share")
            | _share(here, int(in_focus.sum()), level, "share_focus")
        )
    columns = [
        Column("presence", "text", "presence"),
        Column("vendors", "count", "vendor"),
        Column("share", "share", digits=1, low="share_low", high="share_high", level=level, method="wilson"),
        Column("vendors_focus", "count", "vendor", guard_vendors="support_vendors"),
        Column(
            "share_focus", "share", digits=1, low="share_focus_low", high="share_focus_high", level=level,
            method="wilson", guard_vendors="support_vendors",
        ),
    ]  # fmt: skip
    ends = [f"{name}{end}" for name in SHARES for end in ("", "_low", "_high")]
    sums = [{"total": None, "value": int(in_focus.sum()), "parts": list(CLASSES), "columns": ["vendors_focus"]}]
    table = pd.DataFrame(rows).astype(dict.fromkeys(ends, float))
    return ResultTable("vendor-presence", "public", columns, table, row_sums=sums)


def _of_part(there: Presence, part: np.ndarray) -> Presence:
    return Presence(there.entities[part], there.months, there.seen[part], there.present[part], there.watched[part])


def _entry_exit_table(there: Presence, in_focus: np.ndarray) -> ResultTable:
    every, here = entry_and_exit(there), entry_and_exit(_of_part(there, in_focus))
    rows = every.join(here[["present", *FLOWS]].add_suffix("_focus"))
    rows.insert(0, "row", rows["month"])
    rows["support_present"] = rows["present_focus"]
    # the flows of a month explain each other: they stand or fall together
    flows = rows[[f"{name}_focus" for name in FLOWS]].fillna(0).astype(int)
    rows["support_flows"] = [fewest(*numbers) for numbers in flows.itertuples(index=False)]
    counts = [f"{name}{end}" for end in ("", "_focus") for name in ("present", *FLOWS)]
    # who is there is who was there before, those who came and those who did not leave; a closed market breaks the chain
    sums = []
    for before, row in pairwise(rows.to_dict("records")):
        if before["present"] + row["entered"] + row["back"] - row["left"] == row["present"]:
            month = row["row"]
            sums.append(
                {
                    "parts": [[before["row"], "present_focus"], [month, "entered_focus"], [month, "back_focus"]],
                    "less": [[month, "left_focus"]],
                    "total": [month, "present_focus"],
                }
            )
    columns = [
        Column("month", "date", "month"),
        *(Column(name, "count", "vendor") for name in ("present", *FLOWS)),
        Column("present_focus", "count", "vendor", guard_vendors="support_present"),
        *(Column(f"{name}_focus", "count", "vendor", guard_vendors="support_flows") for name in FLOWS),
    ]
    table = rows.astype(dict.fromkeys(counts, "Int64"))
    return ResultTable("vendor-entry-exit", "public", columns, table, cell_sums=sums)


def vendor_presence_tables(
    listing: pd.DataFrame, focus: str, definition: str, level: float
) -> tuple[ResultTable, ResultTable, ResultTable]:
    """`vendor-presence`, `vendor-entry-exit` and `vendor-presence-summary`."""
    there = presence(listing)
    entities = set(listing.loc[focus_listings(listing, focus, definition), "entity"])
    in_focus = there.entities.isin(entities)
    row = {"row": "all", "months": len(there.months), "bridged": there.bridged, "vendors": len(there.entities)}
    row |= {"vendors_focus": int(in_focus.sum()), "support_vendors": int(in_focus.sum())}
    columns = [
        Column("months", "count", "month"),
        Column("bridged", "count", "gap"),
        Column("vendors", "count", "vendor"),
        Column("vendors_focus", "count", "vendor", guard_vendors="support_vendors"),
    ]
    summary = ResultTable("vendor-presence-summary", "public", columns, pd.DataFrame([row]))
    return _presence_table(presence_class(there), in_focus, level), _entry_exit_table(there, in_focus), summary


def vendor_presence(
    listing: str,
    vendor_presence: str,
    vendor_presence_description: str,
    vendor_entry_exit: str,
    vendor_entry_exit_description: str,
    vendor_presence_summary: str,
    vendor_presence_summary_description: str,
    focus_country: str,
    definition: str,
    level: float,
) -> None:
    """Presence, entry and exit of vendors, by calendar month over all markets.

    1. A vendor is present in a month when a drug listing of it was seen, or when it was missed in that month alone
       between two in which it was seen: a missed page looks like an exit. Such gaps are counted.
    2. It left when it was not seen again although a market on which it had been was still downloaded; the closing of a
       market is no exit.
    3. Shares have Wilson's interval, one row a vendor; below ten vendors there is none, and no share.
    """
    tables = vendor_presence_tables(drug_offer(listing), focus_country, definition, level)
    paths = (
        (vendor_presence, vendor_presence_description),
        (vendor_entry_exit, vendor_entry_exit_description),
        (vendor_presence_summary, vendor_presence_summary_description),
    )
    for table, (rows, description) in zip(tables, paths, strict=True):
        write_result(table, rows, description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, vendor_presence)
