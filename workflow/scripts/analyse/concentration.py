"""Do few vendors sell most? (typology, V9)"""

import numpy as np
import pandas as pd
from cryptodrug.populations import drug_listings, focus_listings
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.sales import WINDOW_DAYS
from cryptodrug.statistics.bootstrap import FEWEST, percentile_interval
from cryptodrug.statistics.concentration import gini, herfindahl, herfindahl_normalised, lorenz, top_share

FLAGS = ("holding_own_history", "holding_class", "holding_cap")
TENTH_FROM = 20  # below this a tenth is one vendor
STEPS = 20
MEASURES = ("hhi", "hhi_normalised", "gini", "top_tenth")


def recent_feedback(feedback: pd.DataFrame) -> pd.DataFrame:
    """Dated feedback of the 29 days before the last snapshot of each market that shows any."""
    dated = feedback[feedback["posted_high"].notna()]
    last = dated[dated["snapshot_date"] == dated.groupby("market")["snapshot_date"].transform("max")]
    ends = pd.to_datetime(last["snapshot_date"])
    recent = pd.to_datetime(last["posted_high"]) > ends - pd.Timedelta(days=WINDOW_DAYS)
    return last[recent]


def amounts_of_vendors(listing: pd.DataFrame, feedback: pd.DataFrame) -> tuple[pd.Series, str]:
    """Visible sales of each vendor in euro (feedback x unflagged price), or its listings where no feedback is dated.

    Vendors without a visible sale count with zero.
    """
    recent = recent_feedback(feedback)
    if recent.empty:
        last = listing["snapshot_date"] == listing.groupby("market")["snapshot_date"].transform("max")
        return listing[last].groupby("entity").size().astype(float), "listings"
    days = recent[["market", "snapshot_date"]].drop_duplicates()
    of_days = listing.merge(days, on=["market", "snapshot_date"])
    prices = of_days["price_eur"].astype(float).mask(of_days[list(FLAGS)].any(axis=1)).fillna(0.0)
    sold = of_days["listing_id"].map(recent.groupby("listing_id").size()).fillna(0)
    return (prices * sold).groupby(of_days["entity"]).sum(), "sales"


def measures(amounts: np.ndarray) -> dict[str, float]:
    """All measures of one group of vendors."""
    return {
        "hhi": herfindahl(amounts),
        "hhi_normalised": herfindahl_normalised(amounts),
        "gini": gini(amounts, corrected=True),
        "top_tenth": top_share(amounts, 0.1) if len(amounts) >= TENTH_FROM else float("nan"),
    }


def _intervals(amounts: np.ndarray, draws: int, seed: int, level: float) -> dict[str, float]:
    generator = np.random.Generator(np.random.PCG64(seed))
    drawn = [amounts[generator.integers(0, len(amounts), len(amounts))] for _ in range(draws)]
    estimates = pd.DataFrame([measures(draw) for draw in drawn if draw.sum() > 0])
    found = {}
    for name in MEASURES:
        interval = percentile_interval(estimates[name].to_numpy(), level, len(amounts))
        if interval:
            found |= {f"{name}_low": interval.low, f"{name}_high": interval.high}
    return found


def _group_row(name: str, amounts: pd.Series, unit: str, draws: int, seed: int, level: float) -> dict:
    """Measures of one group; only its number of vendors where they are too few."""
    largest = amounts.nlargest(2).sum() / amounts.sum() if amounts.sum() > 0 else 1.0
    row: dict = {"row": name, "group": name, "measure": unit, "vendors": len(amounts), "support_vendors": len(amounts)}
    row["support_top2"] = largest
    row |= dict.fromkeys([name + end for name in MEASURES for end in ("", "_low", "_high")], float("nan"))
    if len(amounts) >= FEWEST and amounts.sum() > 0:
        row |= measures(amounts.to_numpy()) | _intervals(amounts.to_numpy(), draws, seed, level)
    return row


def concentration_tables(
    listing: pd.DataFrame, feedback: pd.DataFrame, focus: str, definition: str, draws: int, seed: int, level: float
) -> tuple[ResultTable, ResultTable]:
    """`concentration` and the points of the curve."""
    amounts, unit = amounts_of_vendors(listing, feedback)
    here = set(listing.loc[focus_listings(listing, focus, definition), "entity"])
    groups = {"focus": amounts[amounts.index.isin(here)], "all": amounts}
    rows = [_group_row(name, group, unit, draws, seed, level) for name, group in groups.items() if len(group)]
    guards = {"guard_vendors": "support_vendors", "guard_top2": "support_top2"}
    columns = [
        Column("group", "text", "group"),
        Column("measure", "text", "concentration_measure"),
        Column("vendors", "count", "vendor", guard_vendors="support_vendors"),
        *(
            Column(
                name, "share" if name == "top_tenth" else "number", digits=1 if name == "top_tenth" else 3,
                low=f"{name}_low", high=f"{name}_high", level=level, method="bootstrap-vendors", **guards,
            )
            for name in MEASURES
        ),
    ]  # fmt: skip
    table = ResultTable("concentration", "revenue", columns, pd.DataFrame(rows))
    return table, _curve({name: group for name, group in groups.items() if len(group) >= FEWEST})


def _curve(groups: dict[str, pd.Series]) -> ResultTable:
    """Lorenz curve in steps of at least three vendors, so that no step is the share of one account."""
    rows = []
    for name, amounts in groups.items():
        if amounts.sum() <= 0:
            continue
        steps = min(STEPS, len(amounts) // 3)
        top2 = amounts.nlargest(2).sum() / amounts.sum()
        for number, (x, y) in enumerate(lorenz(amounts.to_numpy(), steps + 1)):
            row = {"row": f"{name}-{number:02d}", "group": name, "vendors_share": x, "amount_share": y}
            rows.append(row | {"support_vendors": len(amounts), "support_top2": top2})
    names = ["row", "group", "vendors_share", "amount_share", "support_vendors", "support_top2"]
    guards = {"guard_vendors": "support_vendors", "guard_top2": "support_top2"}
    columns = [
        Column("group", "text", "group"),
        Column("vendors_share", "share", digits=1),
        Column("amount_share", "share", digits=1, **guards),
    ]
    return ResultTable("concentration-curve", "revenue", columns, pd.DataFrame(rows, columns=names))


def concentration(
    listing: str,
    feedback: str,
    concentration: str,
    concentration_description: str,
    concentration_curve: str,
    concentration_curve_description: str,
    focus_country: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
) -> None:
    """Concentration of visible sales, or of listings where the market shows no dated feedback.

    1. Sales are the feedback of the 29 days before the last snapshot, times the price of the listing; holding prices
       are left out. Where a page shows only its latest feedback this flattens the curve.
    2. Vendors without a visible sale count with zero.
    3. Nothing but the number of vendors under ten; the top tenth from twenty. Percentile intervals are too narrow
       for heavy tails (Davidson & Flachaire 2007).
    """
    offer = drug_listings(listing, ["price_eur", *FLAGS])
    shown = pd.read_parquet(feedback, columns=["market", "snapshot_date", "listing_id", "posted_high"])
    table, curve = concentration_tables(offer, shown, focus_country, definition, draws, seed, level)
    write_result(table, concentration, concentration_description)
    write_result(curve, concentration_curve, concentration_curve_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, concentration)
