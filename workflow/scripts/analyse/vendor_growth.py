"""Which vendors grow and which shrink; groups of vendors who go alike (typology, V10)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from cryptodrug.populations import focus_listings, number_of
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.statistics.bootstrap import FEWEST
from cryptodrug.statistics.trajectory_groups import Trajectories, best_trajectories, slopes, trajectory_groups
from cryptodrug.trajectories import month_numbers, month_of
from cryptodrug.vendor_features import sales_by_interval
from cryptodrug.vendor_sales import of_intervals, vendor_sales

FEWEST_POINTS = 4
LEVEL = 0.9  # of the interval of a slope: by chance one in twenty seems to grow, one in twenty to shrink
FEWEST_GROUPED = 200
MOST_GROUPS = 6
SMALLEST_GROUP = 0.05
DEGREE = 2
HALF = 0.5  # added before the logarithm: a vendor without a sale has one too
DIRECTIONS = ("up", "down", "unclear", "short")


@dataclass(frozen=True)
class Series:
    """Amounts of vendors (rows, sorted) in months (columns): `values` of the logarithm, NaN where not there.

    `measure`: visible sales a month (lower bound), or listings where no market shows sales often enough.
    """

    entities: pd.Index
    months: list[str]
    values: np.ndarray
    amounts: np.ndarray
    measure: str

    @property
    def assessed(self) -> np.ndarray:
        """Who has points enough."""
        return np.isfinite(self.values).sum(axis=1) >= FEWEST_POINTS


def series_of(listing: pd.DataFrame, feedback: pd.DataFrame | None, sold: pd.DataFrame | None = None) -> Series:
    """Sales where the markets show them over four intervals between snapshots or more, else listings.

    `sold`: what `sales_between_snapshots` gives of both, also added up by vendor, where it is known.
    """
    sold = sales_by_interval(listing, feedback, sold)
    sold = sold.assign(month=sold["snapshot_date"].astype(str).str[:7], amount=sold["low"]).dropna(subset=["amount"])
    measure = "sales"
    if sold["month"].nunique() < FEWEST_POINTS:
        days = [listing["entity"], listing["market"], month_of(listing).rename("month"), listing["snapshot_date"]]
        sold = number_of(listing).groupby(days).sum()
        sold = sold.groupby(["entity", "market", "month"]).mean().reset_index(name="amount")
        measure = "listings"
    table = sold.groupby(["entity", "month"])["amount"].sum().unstack("month")
    table = table.reindex(sorted(listing["entity"].unique())).astype(float)
    amounts = table.to_numpy()
    return Series(table.index, list(table.columns), np.log(amounts + HALF), amounts, measure)


def directions(series: Series) -> np.ndarray:
    """Direction of each vendor: up or down when the interval of its slope leaves out zero (`DIRECTIONS`)."""
    found = np.full(len(series.entities), "short", dtype=object)
    if series.assessed.any():
        times = month_numbers(series.months).astype(float)
        _, low, high = slopes(series.values[series.assessed], times, LEVEL)
        found[series.assessed] = np.where(low > 0, "up", np.where(high < 0, "down", "unclear"))
    return found


def _direction_table(found: np.ndarray, in_focus: np.ndarray) -> ResultTable:
    assessed = found != "short"
    bases = {"share": int(assessed.sum()), "share_focus": int((assessed & in_focus).sum())}
    rows = []
    for name in DIRECTIONS:
        count, here = int((found == name).sum()), int(((found == name) & in_focus).sum())
        row: dict = {"row": name, "direction": name, "vendors": count, "vendors_focus": here, "support_vendors": here}
        for column, number in (("share", count), ("share_focus", here)):
            enough = name != "short" and bases[column] >= FEWEST
            row[column] = number / bases[column] if enough else None
        rows.append(row)
    columns = [
        Column("direction", "text", "direction"),
        Column("vendors", "count", "vendor"),
        Column("share", "share", digits=1),
        Column("vendors_focus", "count", "vendor", guard_vendors="support_vendors"),
        Column("share_focus", "share", digits=1, guard_vendors="support_vendors"),
    ]
    sums = [{"total": None, "value": int(in_focus.sum()), "parts": list(DIRECTIONS), "columns": ["vendors_focus"]}]
    table = pd.DataFrame(rows).astype(dict.fromkeys(("share", "share_focus"), float))
    return ResultTable("vendor-direction", "public", columns, table, row_sums=sums)


def fitted_groups(series: Series, seed: int) -> list[Trajectories]:
    """Models with one to six groups of the vendors with points enough; none below two hundred of them."""
    values = series.values[series.assessed]
    if len(values) < FEWEST_GROUPED:
        return []
    times = month_numbers(series.months).astype(float)
    return [trajectory_groups(values, times, k, DEGREE, seed) for k in range(1, MOST_GROUPS + 1)]


def _number_table(tried: list[Trajectories], chosen: Trajectories | None) -> ResultTable:
    rows = []
    for one in tried:
        k = one.belief.shape[1]
        smallest = np.bincount(one.groups, minlength=k).min() / len(one.belief)
        row = {"row": f"groups-{k}", "groups": k, "bic": one.bic, "smallest": smallest}
        rows.append(row | {"certainty": one.certainty.min(), "chosen": "yes" if one is chosen else "no"})
    columns = [
        Column("groups", "count", "group"),
        Column("bic", "number", digits=1),
        Column("smallest", "share", digits=1),
        Column("certainty", "ratio", digits=2),
        Column("chosen", "text", "yes_no"),
    ]
    names = ["row", *(column.name for column in columns)]
    table = pd.DataFrame(rows, columns=names).astype(dict.fromkeys(("bic", "smallest", "certainty"), float))
    return ResultTable("vendor-trajectory-numbers", "public", columns, table)


def _group_table(chosen: Trajectories | None, in_focus: np.ndarray) -> ResultTable:
    """Vendors of each group; those of the focus country by their most probable group."""
    rows = []
    for number in range(chosen.belief.shape[1]) if chosen else []:
        mine = chosen.groups == number
        here, rest = int((mine & in_focus).sum()), int((mine & ~in_focus).sum())
        row = {"row": f"group-{number + 1}", "group": f"group-{number + 1}", "vendors": here + rest}
        row |= {"vendors_focus": here, "support_vendors": here, "certainty": chosen.certainty[number]}
        row["share_focus"] = here / in_focus.sum() if in_focus.sum() >= FEWEST else None
        row["share_rest"] = rest / (~in_focus).sum() if (~in_focus).sum() >= FEWEST else None
        rows.append(row)
    columns = [
        Column("group", "text", "trajectory"),
        Column("vendors", "count", "vendor"),
        Column("certainty", "ratio", digits=2),
        Column("vendors_focus", "count", "vendor", guard_vendors="support_vendors"),
        Column("share_focus", "share", digits=1, guard_vendors="support_vendors"),
        Column("share_rest", "share", digits=1),
    ]
    names = ["row", "support_vendors", *(column.name for column in columns)]
    table = pd.DataFrame(rows, columns=names).astype(dict.fromkeys(("certainty", "share_focus", "share_rest"), float))
    parts = list(table["row"])
    total = {"total": None, "value": int(in_focus.sum()), "parts": parts, "columns": ["vendors_focus"]}
    return ResultTable("vendor-trajectory-groups", "public", columns, table, row_sums=[total] if parts else [])


def _curve_table(series: Series, chosen: Trajectories | None) -> ResultTable:
    """Level of each group month by month, back on the scale of amounts."""
    rows = []
    for number in range(chosen.belief.shape[1]) if chosen else []:
        mine = series.amounts[series.assessed][chosen.groups == number]
        for place, month in enumerate(series.months):
            known = mine[np.isfinite(mine[:, place]), place]
            largest = np.sort(known)[-2:].sum() / known.sum() if known.sum() > 0 else 0.0
            level = max(float(np.exp(chosen.curves[number, place]) - HALF), 0.0)
            row = {"row": f"group-{number + 1}-{month}", "group": f"group-{number + 1}", "month": month, "level": level}
            rows.append(row | {"support_vendors": len(known), "support_top2": float(largest)})
    guards = {"guard_vendors": "support_vendors", "guard_top2": "support_top2"}
    columns = [
        Column("group", "text", "trajectory"),
        Column("month", "date", "month"),
        Column("level", "number", digits=1, **guards),
    ]
    names = ["row", "group", "month", "level", "support_vendors", "support_top2"]
    table = pd.DataFrame(rows, columns=names).astype({"level": float, "support_top2": float})
    return ResultTable("vendor-trajectories", "revenue", columns, table)


def vendor_growth_tables(
    listing: pd.DataFrame,
    feedback: pd.DataFrame | None,
    focus: str,
    definition: str,
    seed: int,
    sold: pd.DataFrame | None = None,
) -> tuple[ResultTable, ...]:
    """`vendor-direction` with its summary, `vendor-trajectory-numbers`, `-groups` and `vendor-trajectories`.

    `sold` as above.
    """
    series = series_of(listing, feedback, sold)
    in_focus = series.entities.isin(set(listing.loc[focus_listings(listing, focus, definition), "entity"]))
    tried = fitted_groups(series, seed)
    chosen = best_trajectories(tried, SMALLEST_GROUP) if tried else None
    of_assessed = in_focus[series.assessed]
    row = {"row": "all", "measure": series.measure, "points": len(series.months), "vendors": len(of_assessed)}
    row |= {"vendors_focus": int(of_assessed.sum()), "support_vendors": int(of_assessed.sum())}
    row["groups"] = chosen.belief.shape[1] if chosen else 0
    columns = [
        Column("measure", "text", "concentration_measure"),
        Column("points", "count", "month"),
        Column("vendors", "count", "vendor"),
        Column("vendors_focus", "count", "vendor", guard_vendors="support_vendors"),
        Column("groups", "count", "group"),
    ]
    return (
        _direction_table(directions(series), in_focus),
        ResultTable("vendor-direction-summary", "public", columns, pd.DataFrame([row])),
        _number_table(tried, chosen),
        _group_table(chosen, of_assessed),
        _curve_table(series, chosen),
    )


def vendor_growth(
    counted_sales: str,
    vendor_direction: str,
    vendor_direction_description: str,
    vendor_direction_summary: str,
    vendor_direction_summary_description: str,
    vendor_trajectory_numbers: str,
    vendor_trajectory_numbers_description: str,
    vendor_trajectory_groups: str,
    vendor_trajectory_groups_description: str,
    vendor_trajectories: str,
    vendor_trajectories_description: str,
    focus_country: str,
    definition: str,
    seed: int,
) -> None:
    """Growth of single vendors, in visible sales a month (lower bound), else in listings.

    1. Direction: slope of the logarithm on time, by least squares, with four points or more; up or down when its 90 %
       interval leaves out zero. With so few points most have no clear direction.
    2. Groups: trajectories that go alike (Nagin 2005), from two hundred vendors with four points or more; curves of the
       second degree. The number of groups is that of least BIC among those whose groups all hold five vendors in a
       hundred; it is shown beside the others.
    3. Vendors of the focus country are placed in their most probable group; they alone would be too few.
    """
    offer = vendor_sales(counted_sales)
    tables = vendor_growth_tables(offer, None, focus_country, definition, seed, of_intervals(offer))
    paths = (
        (vendor_direction, vendor_direction_description),
        (vendor_direction_summary, vendor_direction_summary_description),
        (vendor_trajectory_numbers, vendor_trajectory_numbers_description),
        (vendor_trajectory_groups, vendor_trajectory_groups_description),
        (vendor_trajectories, vendor_trajectories_description),
    )
    for table, (rows, description) in zip(tables, paths, strict=True):
        write_result(table, rows, description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, vendor_growth)
