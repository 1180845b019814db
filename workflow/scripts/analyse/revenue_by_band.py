"""What vendors of each size sell, and what the markets took of it (typology, V8)."""

import pandas as pd
from cryptodrug.commissions import Commission, read_commissions
from cryptodrug.populations import focus_listings, number_of
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.vendor_sales import of_intervals, vendor_sales
from cryptodrug.visible_sales import dominance
from cryptodrug.worth import BOUNDS, days_of_markets, known_only, month_by_vendor, priced_sales, weakest_interval

BANDS = ((0, "1-4"), (5, "5-9"), (10, "10-24"), (25, "25-more"))  # those of vendor size, the last two together
GROUPS = ("focus", "rest")
NO_SOURCE = "no-source"


def bands_of_vendors(listing: pd.DataFrame) -> pd.Series:
    """Band of each vendor by its mean number of drug listings in the snapshots of a market in which it is present."""
    days = [listing[name] for name in ("entity", "market", "snapshot_date")]
    size = number_of(listing).groupby(days).sum().groupby("entity").mean()
    return size.map(lambda one: [name for low, name in BANDS if one >= low][-1])


def joined(names: list[str]) -> str:
    """One name of neighbouring bands: `1-4`, `5-9` are `1-9`."""
    return names[0] if len(names) == 1 else f"{names[0].split('-')[0]}-{names[-1].split('-')[1]}"


def _safe(amounts: pd.DataFrame, smallest: int, largest_two: float) -> bool:
    found = [dominance(amounts[name]) for name in amounts]
    return all(n == 0 or (n >= smallest and top <= largest_two) for n, top in found)


def safe_bands(amounts: pd.DataFrame, band: pd.Series, smallest: int, largest_two: float) -> list[list[str]]:
    """Bands joined with their smaller neighbour, the smallest with the next, until no cell rests on too few vendors.

    `amounts`: vendors by cells (EUR); `band` of each. What is left is one band where nothing else is safe.
    """
    groups = [[name] for _, name in BANDS if (band == name).any()]
    while len(groups) > 1:
        unsafe = [n for n, names in enumerate(groups) if not _safe(amounts[band.isin(names)], smallest, largest_two)]
        if not unsafe:
            break
        place = max(unsafe)
        first = max(place - 1, 0)
        groups[first : first + 2] = [groups[first] + groups[first + 1]]
    return groups


def revenue_by_band_table(
    listing: pd.DataFrame,
    feedback: pd.DataFrame | None,
    focus: str,
    definition: str,
    smallest: int,
    largest_two: float,
    sold: pd.DataFrame | None = None,
) -> ResultTable:
    """`revenue-by-band`: worth of a month by size of vendor, all markets on which a bound is known; shares of groups.

    A vendor has one band for the window. Nothing is given where all bands together are the only safe one. `sold`: what
    `priced_sales` gives, also added up by vendor, where it is known.
    """
    sold = priced_sales(listing, feedback) if sold is None else sold
    sold = sold.assign(mine=focus_listings(sold, focus, definition) if len(sold) else False).astype({"mine": bool})
    cells = {}
    for name in BOUNDS:
        months = month_by_vendor(sold, name, ["entity", "mine"]).unstack("mine", fill_value=0.0)
        for group, flag in zip(GROUPS, (True, False), strict=True):
            cells[f"{group}_{name}"] = months[flag] if flag in months else pd.Series(dtype=float)
    amounts = pd.DataFrame(cells).fillna(0.0).astype(float)
    band = bands_of_vendors(listing).reindex(amounts.index)
    whole = {name: weakest_interval(sold, name) for name in BOUNDS}
    groups = safe_bands(amounts, band, smallest, largest_two)
    made: list[dict] = []
    for names in groups if len(groups) > 1 else []:
        rows = amounts[band.isin(names)]
        row: dict = {"row": joined(names), "band": joined(names), "vendors": len(rows), "support_vendors": len(rows)}
        for name in BOUNDS:
            of = {group: f"{group}_{name}" for group in GROUPS}
            every = rows[of["focus"]] + rows[of["rest"]]
            # the bands add up to the worth of a month, which is guarded by the weakest interval
            (n, top), (weakest, most) = dominance(every), whole[name]
            row[f"support_eur_{name}"], row[f"top_eur_{name}"] = min(n, weakest), max(top, most)
            if amounts[[*of.values()]].to_numpy().sum() > 0:
                row[f"eur_{name}"] = every.sum()
            for column in of.values():
                row[f"support_{column}"], row[f"top_{column}"] = dominance(rows[column])
                if amounts[column].sum() > 0:
                    row[f"share_{column}"] = rows[column].sum() / amounts[column].sum()
        made.append(row)
    columns = [
        Column("band", "text", "size_band"), Column("vendors", "count", "vendor", guard_vendors="support_vendors")
    ]  # fmt: skip
    for name in BOUNDS:
        guards = {"guard_vendors": f"support_eur_{name}", "guard_top2": f"top_eur_{name}"}
        columns.append(Column(f"eur_{name}", "money", "EUR", digits=0, **guards))
    for name in BOUNDS:
        for group in GROUPS:
            column = f"{group}_{name}"
            guards = {"guard_vendors": f"support_{column}", "guard_top2": f"top_{column}"}
            columns.append(Column(f"share_{column}", "share", digits=1, **guards))
    numbers = [column.name for column in columns[2:]]
    parts = [f"eur_{name}" for name in BOUNDS] + [*cells]
    supports = [f"{one}_{name}" for name in parts for one in ("support", "top")]
    table = pd.DataFrame(made, columns=["row", "band", "vendors", *numbers, "support_vendors", *supports])
    table = table.astype(dict.fromkeys(numbers, float))
    return ResultTable("revenue-by-band", "revenue", columns, table, notes=["bands"])


def commission_table(
    listing: pd.DataFrame, feedback: pd.DataFrame | None, rates: dict[str, Commission], sold: pd.DataFrame | None = None
) -> ResultTable:
    """`commission`: what a market took of the visible sales of a month, by a rate that a source states.

    At least: the lowest rate of the lower bound; at most: the highest of the upper one. A market whose rate no source
    states has a row that says so. `sold` as above.
    """
    sold = priced_sales(listing, feedback) if sold is None else sold
    made: list[dict] = []
    for market in sorted(listing["market"].unique()):
        known = rates.get(market)
        row: dict = {"row": market, "market": market, "standing": known.standing if known else NO_SOURCE}
        here = sold[sold["market"] == market]
        for name, rate in zip(BOUNDS, (known.lowest, known.highest) if known else (None, None), strict=True):
            row |= {f"rate_{name}": rate, f"support_{name}": 0, f"top_{name}": 0.0}
            if known is None or not len(days_of_markets(here, name)):
                continue
            row[f"support_{name}"], row[f"top_{name}"] = weakest_interval(here, name)
            row[f"eur_{name}"] = rate * month_by_vendor(here, name, ["entity"]).sum()
        made.append(row)
    columns = [Column("market", "text", "market"), Column("standing", "text", "commission_standing")]
    columns += [Column(f"rate_{name}", "share", digits=1) for name in BOUNDS]
    columns += [
        Column(f"eur_{name}", "money", "EUR", digits=0, guard_vendors=f"support_{name}", guard_top2=f"top_{name}")
        for name in BOUNDS
    ]
    numbers = [column.name for column in columns[2:]]
    supports = [f"{one}_{name}" for name in BOUNDS for one in ("support", "top")]
    table = pd.DataFrame(made, columns=["row", "market", "standing", *numbers, *supports])
    return ResultTable("commission", "revenue", columns, table.astype(dict.fromkeys(numbers, float)))


def revenue_by_band(
    counted_sales: str,
    commissions: str,
    revenue_by_band: str,
    revenue_by_band_description: str,
    commission: str,
    commission_description: str,
    focus_country: str,
    definition: str,
    smallest: int,
    largest_two: float,
    simulated: bool,
) -> None:
    """Worth of the visible sales of a month by size of vendor; the part that markets kept.

    1. Size: mean number of drug listings while present. Bands are joined with a neighbour while a cell rests on too
       few vendors, since the sum of all is published.
    2. The commission is the published rate times the worth; without a rate that was read in a source, nothing.
    """
    offer = vendor_sales(counted_sales)
    sold = known_only(of_intervals(offer))
    table = revenue_by_band_table(offer, None, focus_country, definition, smallest, largest_two, sold)
    write_result(table, revenue_by_band, revenue_by_band_description)
    table = commission_table(offer, None, read_commissions(commissions, simulated), sold)
    write_result(table, commission, commission_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, revenue_by_band)
