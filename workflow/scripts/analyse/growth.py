"""Does the offer from the focus country grow otherwise than the rest? (typology, V2)"""

import numpy as np
import pandas as pd
from cryptodrug.offer import counts_by_vendor, ends, markets_of, snapshot_times
from cryptodrug.populations import drug_offer, focus_listings, number_of
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.bootstrap import APPROXIMATE, EXACT, FEWEST, METHOD, draw_vendors
from cryptodrug.statistics.growth import FEWEST_MONTHS, odds_slope

OUTCOMES = ("listings", "vendors")


def growth_table(
    listing: pd.DataFrame, focus: str, definition: str, draws: int, seed: int, level: float
) -> ResultTable:
    """`growth-models`: the monthly ratio of the odds, for listings and for vendors."""
    part = focus_listings(listing, focus, definition)
    keys = listing[["market", "snapshot_date"]].astype(str)
    of_day, months, market = snapshot_times(listing)
    # a vendor belongs to the part in a snapshot where any of its listings does
    vendor_day = listing["entity"] + "|" + keys["market"] + "|" + keys["snapshot_date"]
    first, first_of_part = ~vendor_day.duplicated(), part & ~vendor_day.where(part, "").duplicated()
    window = listing.loc[part, "entity"].nunique()
    enough = keys["snapshot_date"].str[:7].nunique() >= FEWEST_MONTHS and window >= FEWEST
    rows = []
    for name, of_part, of_all in (("listings", part, True), ("vendors", first_of_part, first)):
        row = {"row": name, "outcome": name, "snapshots": len(of_day), "support_vendors": window}
        row |= dict.fromkeys(("ratio", "ratio_low", "ratio_high"))
        if enough:
            masks = [mask & of_part for mask in of_day] + [mask & of_all for mask in of_day]
            entities, counts = counts_by_vendor(listing, masks, number_of(listing) if name == "listings" else None)

            def ratio(sums: np.ndarray) -> np.ndarray:
                return np.exp(odds_slope(sums[:, : len(months)], sums[:, len(months) :], months, market))

            drawn = draw_vendors(counts, ratio, draws, seed, markets_of(listing, entities))
            row["ratio"] = float(drawn.point[0])
            row["ratio_low"], row["ratio_high"] = ends(drawn.interval(0, level, window))
        rows.append(row)
    columns = [
        Column("outcome", "text", "outcome"),
        Column("snapshots", "count", "snapshot"),
        Column(
            "ratio", "ratio", digits=2, low="ratio_low", high="ratio_high", level=level,
            method=METHOD if window >= EXACT else APPROXIMATE, guard_vendors="support_vendors",
        ),
    ]  # fmt: skip
    table = pd.DataFrame(rows).astype(dict.fromkeys(("ratio", "ratio_low", "ratio_high"), float))
    return ResultTable("growth-models", "public", columns, table)


def growth(
    listing: str,
    growth_models: str,
    growth_models_description: str,
    focus_country: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
) -> None:
    """Growth of the offer from the focus country against that of the rest.

    1. The ratio of the odds per month that a listing (a vendor) is of the country; one is the same growth as the rest.
       Market growth, closures and incomplete snapshots cancel as long as they hit both alike.
    2. Interval by bootstrap over vendors, each with its whole trajectory: repeated counts of one vendor are not
       independent, and an interval from the counts alone would be far too narrow.
    3. From four months and ten vendors of the country; else nothing is said of growth.
    """
    table = growth_table(drug_offer(listing), focus_country, definition, draws, seed, level)
    write_result(table, growth_models, growth_models_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, growth)
