"""Do few vendors sell most? (typology, V9)"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from cryptodrug.offer import last_seen
from cryptodrug.populations import focus_listings, number_of
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.revenue import interval_prices, revenue
from cryptodrug.sales import WINDOW_DAYS, feedback_in
from cryptodrug.statistics.bootstrap import FEWEST
from cryptodrug.statistics.concentration import (
    gini,
    gini_without_each,
    herfindahl,
    herfindahl_normalised,
    lorenz,
    top_share,
    top_share_without_each,
)
from cryptodrug.statistics.influence import left_out, reciprocal_interval
from cryptodrug.vendor_sales import rows_of, vendor_sales

TENTH_FROM = 20  # below this a tenth is one vendor
STEPS = 20
MEASURES: dict[str, Callable[[np.ndarray], float]] = {
    "hhi": herfindahl,
    "hhi_normalised": herfindahl_normalised,
    "gini": lambda amounts: gini(amounts, corrected=True),
    "top_tenth": lambda amounts: top_share(amounts, 0.1) if len(amounts) >= TENTH_FROM else float("nan"),
}
WITH_INTERVAL = ("gini", "top_tenth")
MANY = 1000  # vendors; both ways agree but for the last digits of a floating number
WITHOUT_EACH: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "gini": lambda amounts: gini_without_each(amounts, corrected=True),
    "top_tenth": lambda amounts: top_share_without_each(amounts, 0.1),
}


def sales_of_market(listing: pd.DataFrame, feedback: pd.DataFrame) -> pd.Series | None:
    """Visible sales (EUR) of each vendor in the 29 days before the last snapshot that shows feedback; None without any.

    Vendors of that snapshot without a visible sale count with zero.
    """
    dated = feedback[feedback["posted_high"].notna() & feedback["snapshot_date"].isin(listing["snapshot_date"])]
    if dated.empty:
        return None
    now = dated["snapshot_date"].max()
    after = (pd.Timestamp(now) - pd.Timedelta(days=WINDOW_DAYS)).date().isoformat()
    shown = dated[dated["snapshot_date"] == now].rename(columns={"posted_high": "posted_date"})
    sold = feedback_in(shown, after, str(now))
    if sold.empty:
        return None
    before = listing.loc[listing["snapshot_date"] < now, "snapshot_date"].max()
    worth = revenue(interval_prices(listing, None if pd.isna(before) else before, now, "replace"), sold)
    there = listing[listing["snapshot_date"] == now]
    return there["listing_id"].map(worth).fillna(0.0).groupby(there["entity"]).sum()


def sales_of_markets(listing: pd.DataFrame, feedback: pd.DataFrame) -> dict[str, pd.Series]:
    """The same of each market that shows any."""
    return {
        market: amounts
        for market, rows in listing.groupby("market", sort=True)
        if (amounts := sales_of_market(rows, feedback[feedback["market"] == market])) is not None
    }


def counted_of_markets(counted: str) -> dict[str, pd.Series]:
    """The same from the file of the counted sales, of which only the last snapshots are read."""
    dated = "select market, max(snapshot_date) as now from read_parquet(?) where low_window is not null group by market"
    worth = (
        "select entity_id as entity, coalesce(price_replace * most_window, 0) as worth from read_parquet(?) "
        "where market = ? and snapshot_date = ? and most_window is not null"
    )
    found = {}
    for market, now in rows_of(f"{dated} order by market", counted).itertuples(index=False):
        rows = rows_of(worth, counted, market, now)
        if len(rows):
            found[market] = rows.groupby("entity")["worth"].sum()
    return found


def amounts_of_vendors(
    listing: pd.DataFrame, feedback: pd.DataFrame | None, sales: dict[str, pd.Series] | None = None
) -> tuple[pd.Series, str, list[str]]:
    """Visible sales of each vendor in euro, or its listings where no market shows any; which; the markets meant.

    `sales`: what `sales_of_markets` gives, where it is known.
    """
    sales = sales_of_markets(listing, feedback) if sales is None else sales
    if not sales:
        last = listing[last_seen(listing)]
        listings = number_of(last).groupby(last["entity"]).sum().astype(float)
        return listings, "listings", sorted(listing["market"].unique())
    return pd.concat(sales).groupby(level=1).sum(), "sales", list(sales)


def measures(amounts: np.ndarray) -> dict[str, float]:
    """All measures of one group of vendors."""
    return {name: measure(amounts) for name, measure in MEASURES.items()}


def without_each(amounts: np.ndarray, name: str) -> np.ndarray:
    """A measure without each of the vendors in turn; from `MANY` of them by sums, since it would take hours."""
    if len(amounts) >= MANY:
        return WITHOUT_EACH[name](amounts)
    rests = (np.delete(amounts, place) for place in range(len(amounts)))
    return np.array([MEASURES[name](rest) if rest.sum() > 0 else np.nan for rest in rests])


def _intervals(amounts: np.ndarray, level: float) -> dict[str, float]:
    """Ends of the intervals of the measures that have one, each vendor left out in turn."""
    found = {}
    for name in WITH_INTERVAL:
        left = without_each(amounts, name)
        interval = reciprocal_interval(MEASURES[name](amounts), left_out(left[:, None])[:, 0], level)
        if interval:
            found |= {f"{name}_low": interval[0], f"{name}_high": min(1.0, interval[1])}
    return found


def _group_row(name: str, amounts: pd.Series, level: float) -> dict:
    """Measures of one group; only its number of vendors where they are too few."""
    largest = amounts.nlargest(2).sum() / amounts.sum() if amounts.sum() > 0 else 1.0
    row: dict = {"row": name, "group": name, "vendors": len(amounts), "support_vendors": len(amounts)}
    row["support_top2"] = largest
    row |= dict.fromkeys(
        [*MEASURES, *(name + end for name in WITH_INTERVAL for end in ("_low", "_high"))], float("nan")
    )
    if len(amounts) >= FEWEST and amounts.sum() > 0:
        row |= measures(amounts.to_numpy()) | _intervals(amounts.to_numpy(), level)
    return row


def _measure_column(name: str, level: float) -> Column:
    kind, digits = ("share", 1) if name == "top_tenth" else ("number", 3)
    guards = {"guard_vendors": "support_vendors", "guard_top2": "support_top2"}
    if name not in WITH_INTERVAL:
        return Column(name, kind, digits=digits, **guards)
    ends = {"low": f"{name}_low", "high": f"{name}_high", "level": level, "method": "jackknife-reciprocal"}
    return Column(name, kind, digits=digits, **ends, **guards)


def concentration_tables(
    listing: pd.DataFrame,
    feedback: pd.DataFrame | None,
    focus: str,
    definition: str,
    level: float,
    sales: dict[str, pd.Series] | None = None,
) -> tuple[ResultTable, ResultTable]:
    """`concentration` and the points of the curve. `sales` as above."""
    amounts, unit, markets = amounts_of_vendors(listing, feedback, sales)
    here = set(listing.loc[focus_listings(listing, focus, definition), "entity"])
    groups = {"focus": amounts[amounts.index.isin(here)], "all": amounts}
    rows = [_group_row(name, group, level) for name, group in groups.items() if len(group)]
    columns = [
        Column("group", "text", "group"),
        Column("market", "list", "market"),
        Column("measure", "text", "concentration_measure"),
        Column("vendors", "count", "vendor", guard_vendors="support_vendors"),
        *(_measure_column(name, level) for name in MEASURES),
    ]
    made = pd.DataFrame(rows).assign(measure=unit, market="|".join(markets))
    table = ResultTable("concentration", "revenue", columns, made)
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
    counted_sales: str,
    concentration: str,
    concentration_description: str,
    concentration_curve: str,
    concentration_curve_description: str,
    focus_country: str,
    definition: str,
    level: float,
) -> None:
    """Concentration of visible sales, or of listings where the market shows no dated feedback.

    1. Sales are the feedback of the 29 days before the last snapshot, times the mean price of the listing at this
       snapshot and the one before; a holding price is replaced by the nearest other price of the listing, and without
       one the sales of the listing are left out. Where a page shows only its latest feedback this flattens the curve.
    2. Vendors without a visible sale count with zero. A market without dated feedback is left out; the row names those
       that are in it.
    3. Nothing but the number of vendors under ten; the top tenth from twenty. With heavy tails every interval is too
       narrow (Davidson & Flachaire 2007): that of the Gini coefficient covers in nine of ten cases, that of the top
       tenth in eight (docs/recovery.md). The Herfindahl index, which one or two vendors decide, has none.
    4. From a thousand vendors on each is left out by sums over all, which gives the same but for the last digits.
    """
    offer, sales = vendor_sales(counted_sales), counted_of_markets(counted_sales)
    table, curve = concentration_tables(offer, None, focus_country, definition, level, sales)
    write_result(table, concentration, concentration_description)
    write_result(curve, concentration_curve, concentration_curve_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, concentration)
