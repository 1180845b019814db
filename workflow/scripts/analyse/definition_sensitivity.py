"""How much hangs on the definition of the focus population (typology, V4)."""

import pandas as pd
from cryptodrug.offer import fewest, guard_of_last, last_seen, mean_row, share_column
from cryptodrug.populations import DEFINITIONS, drug_offer, focus_listings, focus_vendors, offers
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.bootstrap import APPROXIMATE, EXACT, METHOD


def definition_sensitivity_table(
    listing: pd.DataFrame, focus: str, core: str, draws: int, seed: int, level: float
) -> ResultTable:
    """One row per definition."""
    rows = []
    last = last_seen(listing)
    groups = dict(list(listing.groupby(["market", "snapshot_date"], sort=True)))
    for definition in DEFINITIONS:
        part = focus_listings(listing, focus, definition)
        by_day = {
            f"{market}-{date}": focus_vendors(group, focus, definition, listing)
            for (market, date), group in groups.items()
        }
        window = len(set().union(*by_day.values()))
        days = {f"{market}-{date}" for market, date in listing.loc[last, ["market", "snapshot_date"]].to_numpy()}
        vendors = len(set().union(*(by_day[day] for day in days)))
        # by market: the numbers of each market are published too and could be subtracted
        behind = listing[part & last].groupby("market")["entity"].nunique()
        mean = mean_row(listing, part, by_day, draws, seed, level, window)
        rows.append(
            mean
            | {
                "row": definition,
                "definition": definition,
                "listings": offers(listing, part & last),
                "vendors": vendors,
                "support_vendors": fewest(window, listing.loc[part, "entity"].nunique()),
                "support_last": fewest(*(len(by_day[day]) for day in days), *behind),
            }
        )
    table = pd.DataFrame(rows)
    at_core = table.loc[table["row"] == core, "share_listings"].iloc[0]
    table["change"] = table["share_listings"] / at_core if at_core else float("nan")
    method = METHOD if window >= EXACT else APPROXIMATE
    guard_last = guard_of_last(listing)
    columns = [
        Column("definition", "text", "definition"),
        Column("listings", "count", "listing", guard_vendors=guard_last),
        Column("vendors", "count", "vendor", guard_vendors=guard_last),
        share_column("share_listings", None, level, method, "support_vendors"),
        share_column("share_vendors", None, level, method, "support_vendors"),
        Column("change", "ratio", digits=2, guard_vendors="support_vendors"),
    ]
    return ResultTable("definition-sensitivity", "public", columns, table)


def definition_sensitivity(
    listing: str,
    definition_sensitivity: str,
    definition_sensitivity_description: str,
    focus_country: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
) -> None:
    """Listings, vendors and shares under the strict, the inclusive and the ever definition.

    Counts are those of the last snapshot of each market, shares are means over snapshots.
    `ever` uses the future: never for trends.
    """
    table = definition_sensitivity_table(drug_offer(listing), focus_country, definition, draws, seed, level)
    write_result(table, definition_sensitivity, definition_sensitivity_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, definition_sensitivity)
