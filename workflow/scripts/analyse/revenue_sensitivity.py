"""How much the worth of visible sales hangs on holding prices and on the price taken (typology, V8)."""

import pandas as pd
from cryptodrug.holding import own_history
from cryptodrug.offer import fewest
from cryptodrug.populations import drug_listings, focus_listings
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.revenue import MONTH_DAYS, TREATMENTS
from cryptodrug.visible_sales import (
    FEEDBACK,
    LISTING,
    dominance,
    sales_between_snapshots,
    sales_in_window,
    with_prices,
)
from cryptodrug.worth import BOUNDS, CENTS, known_only, month_by_vendor, weakest_interval, with_worth

ESTIMATORS = (*BOUNDS, "window")
FACTORS = (3, 10)  # times the other prices of a listing, beside that of the configuration
AT_END = "price-at-end"
CORE = TREATMENTS[0]


def with_factor(listing: pd.DataFrame, times: float) -> pd.DataFrame:
    """The listings, those above so many times the median of their own other prices flagged; the other flags stay."""
    return listing.assign(holding_own_history=own_history(listing, times))


def _variants(listing: pd.DataFrame) -> list[tuple[str, pd.DataFrame, str]]:
    """Row, listings with their flags, treatment; the core comes first."""
    rows = [(treatment, listing, treatment) for treatment in TREATMENTS]
    rows += [(f"own-{times}", with_factor(listing, times), CORE) for times in FACTORS]
    return [*rows, (AT_END, listing, CORE)]


def _weakest(sold: pd.DataFrame, windows: pd.DataFrame, listing: pd.DataFrame) -> dict[str, tuple[int, float]]:
    """Of each column: the weakest interval under the core treatment, which a sum over intervals would give away."""
    found = {}
    priced = known_only(with_worth(with_prices(sold, listing, CORE)))
    last = with_worth(with_prices(windows, listing, CORE))
    for name, rows, bound in ((BOUNDS[0], priced, "low"), (BOUNDS[1], priced, "high"), ("window", last, "low")):
        found[f"eur_{name}"] = weakest_interval(rows, bound)
        found[f"share_{name}"] = weakest_interval(rows[rows["mine"]], bound)
    return found


def _amounts(
    sold: pd.DataFrame, windows: pd.DataFrame, listing: pd.DataFrame, row: str, treatment: str
) -> dict[str, pd.Series]:
    """EUR a month of each vendor by estimator, of the listings of the focus country (`mine`) and of the others."""
    if row == AT_END:
        # without an earlier end of the interval the price is that of the snapshot itself
        sold, windows = sold.assign(before=None), windows.assign(before=None)
    priced = known_only(with_worth(with_prices(sold, listing, treatment)))
    found = {name: month_by_vendor(priced, name, ["entity", "mine"]) for name in BOUNDS}
    last = with_worth(with_prices(windows, listing, treatment))
    worth = last["worth_low"].fillna(0) / CENTS * MONTH_DAYS / last["days"]
    # the mean over the snapshots of each market, all markets together
    snapshots = last.groupby("market")["snapshot_date"].nunique()
    worth = worth / last["market"].map(snapshots).astype(float)
    return found | {"window": worth.groupby([last["entity"], last["mine"]], sort=True).sum()}


def _focus(amounts: pd.Series) -> pd.Series:
    mine = amounts.index.get_level_values("mine")
    return amounts[mine].groupby("entity").sum()


def _safe_from(amounts: pd.Series, shown: list[pd.Series]) -> tuple[int, float]:
    """Vendors behind a sum, and the two largest; also of what is between it and any sum that stands in the table."""
    found = [dominance(amounts)]
    for other in shown:
        apart = amounts.sub(other, fill_value=0).round(2).abs()
        if (apart > 0).any():
            found.append(dominance(apart))
    return fewest(*(n for n, _ in found)), max(top for _, top in found)


def revenue_sensitivity_table(
    listing: pd.DataFrame, feedback: pd.DataFrame, focus: str, definition: str, smallest: int, largest_two: float
) -> ResultTable:
    """`revenue-sensitivity`: a row per treatment of holding prices, factor of their rule, and price taken.

    All markets together on which an estimator is known. No intervals: the sales are the same in every row.
    """
    sold, windows = sales_between_snapshots(listing, feedback), sales_in_window(listing, feedback)
    sold, windows = (
        rows.assign(mine=focus_listings(rows, focus, definition) if len(rows) else False).astype({"mine": bool})
        for rows in (sold, windows)
    )
    weakest = _weakest(sold, windows, listing)
    shown: dict[str, list[pd.Series]] = {f"{kind}_{name}": [] for name in ESTIMATORS for kind in ("eur", "share")}
    made: list[dict] = []
    for name_of_row, flagged, treatment in _variants(listing):
        row: dict = {"row": name_of_row, "variant": name_of_row}
        for name, amounts in _amounts(sold, windows, flagged, name_of_row, treatment).items():
            every, ours = amounts.groupby("entity").sum(), _focus(amounts)
            for kind, of in (("eur", every), ("share", ours)):
                column = f"{kind}_{name}"
                n, top = _safe_from(of, shown[column]) if len(of) else (0, 0.0)
                n, top = min(n, weakest[column][0]), max(top, weakest[column][1])
                row[f"support_{column}"], row[f"top_{column}"] = n, top
                # what is hidden cannot be subtracted: only sums that are shown guard those that follow
                if n >= smallest and top <= largest_two:
                    shown[column].append(of)
            if every.sum() > 0:
                row |= {f"eur_{name}": every.sum(), f"share_{name}": ours.sum() / every.sum()}
        if any(f"eur_{name}" in row for name in ESTIMATORS):
            made.append(row)
    columns = [Column("variant", "text", "revenue_variant")]
    for kind, unit, digits in (("eur", "EUR", 0), ("share", None, 1)):
        for name in ESTIMATORS:
            column = f"{kind}_{name}"
            columns.append(
                Column(column, "money" if unit else "share", unit, digits=digits,
                       guard_vendors=f"support_{column}", guard_top2=f"top_{column}")
            )  # fmt: skip
    numbers = [column.name for column in columns[1:]]
    supports = [f"{one}_{name}" for name in numbers for one in ("support", "top")]
    table = pd.DataFrame(made, columns=["row", "variant", *numbers, *supports]).astype(dict.fromkeys(numbers, float))
    return ResultTable("revenue-sensitivity", "revenue", columns, table, notes=["variants"])


def revenue_sensitivity(
    listing: str,
    feedback: str,
    revenue_sensitivity: str,
    revenue_sensitivity_description: str,
    focus_country: str,
    definition: str,
    smallest: int,
    largest_two: float,
) -> None:
    """The worth of a month, and the share of the focus country, under other rules of price.

    1. Holding prices replaced (core), left out with the sales of their listing, or kept.
    2. The factor from which a price is one, against the other prices of its listing: three and ten times.
    3. The price on the day of the snapshot alone, in place of the mean of both ends of the interval.
    4. A row is hidden where what is between it and another that is shown rests on too few vendors.
    """
    more = [*LISTING, "series_id", "price_eur_per_g"]
    offer, shown = drug_listings(listing, more), pd.read_parquet(feedback, columns=FEEDBACK)
    table = revenue_sensitivity_table(offer, shown, focus_country, definition, smallest, largest_two)
    write_result(table, revenue_sensitivity, revenue_sensitivity_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, revenue_sensitivity)
