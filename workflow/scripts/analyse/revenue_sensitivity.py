"""How much the worth of visible sales hangs on holding prices and on the price taken (typology, V8)."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
from cryptodrug.holding import own_history
from cryptodrug.offer import fewest
from cryptodrug.populations import focus_listings
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.revenue import FLAGS, MONTH_DAYS, TREATMENTS, holding
from cryptodrug.sales import WINDOW_DAYS
from cryptodrug.vendor_sales import of_intervals, of_windows, rows_of, vendor_sales
from cryptodrug.visible_sales import dominance, sales_between_snapshots, sales_in_window, with_prices
from cryptodrug.worth import BOUNDS, CENTS, known_only, month_by_vendor, weakest_interval, with_worth

Variant = tuple[str, pd.DataFrame, pd.DataFrame]
ESTIMATORS = (*BOUNDS, "window")
FACTORS = (3, 10)  # times the other prices of a listing, beside that of the configuration
AT_END = "price-at-end"
CORE = TREATMENTS[0]


def with_factor(listing: pd.DataFrame, times: float) -> pd.DataFrame:
    """The listings, those above so many times the median of their own other prices flagged; the other flags stay."""
    return listing.assign(holding_own_history=own_history(listing, times))


def priced_variants(listing: pd.DataFrame, feedback: pd.DataFrame) -> Iterator[Variant]:
    """Of each row its name, the sales between snapshots and those in 29 days with their worth; the core comes first."""
    sold, windows = sales_between_snapshots(listing, feedback), sales_in_window(listing, feedback)
    rows = [(treatment, listing, treatment) for treatment in TREATMENTS]
    rows += [(f"own-{times}", with_factor(listing, times), CORE) for times in FACTORS]
    for name, flagged, treatment in [*rows, (AT_END, listing, CORE)]:
        if name == AT_END:
            # without an earlier end of the interval the price is that of the snapshot itself
            sold, windows = sold.assign(before=None), windows.assign(before=None)
        yield name, *(with_worth(with_prices(table, flagged, treatment)) for table in (sold, windows))


# drug listings that have a holding price by any of the factors: of all others nothing changes
SUSPECTS = f"""
with offer as (
    select market, snapshot_date, listing_id, series_id, price_eur::double as price_eur, {", ".join(FLAGS)},
        price_eur_per_g::double as price_eur_per_g, coalesce(price_eur_per_g, price_eur)::double as price
    from read_parquet(?) where is_drug and vendor is not null
), series as (
    select series_id from offer group by series_id
    having bool_or(holding_own_history) or max(price) > {min(FACTORS)} * min(price)
)
select * exclude (price) from offer
where listing_id in (select listing_id from offer where series_id in (select series_id from series))
order by market, snapshot_date, listing_id
"""


def changed_prices(listing: str, counted: str) -> pd.DataFrame:
    """Prices under the other factors (`own_3`, `own_10`) by listing_id and snapshot_date, of listings that change."""
    suspects = rows_of(SUSPECTS, listing)
    flagged = {times: with_factor(suspects, times) for times in FACTORS}
    flag = FLAGS[0]
    before = holding(suspects[[flag]].assign(**dict.fromkeys(FLAGS[1:], False)))
    apart = pd.concat([table[flag] != before for table in flagged.values()], axis=1).any(axis=1)
    changed = suspects["listing_id"].isin(suspects.loc[apart, "listing_id"])
    ends = rows_of("select distinct market, snapshot_date, before from read_parquet(?) order by all", counted)
    rows = suspects.loc[changed, ["market", "snapshot_date", "listing_id"]].merge(ends, on=["market", "snapshot_date"])
    found = rows[["listing_id", "snapshot_date"]]
    for times, table in flagged.items():
        found = found.assign(**{f"own_{times}": with_prices(rows, table[changed], CORE)["price"].astype(float)})
    return found


def counted_variants(listing: str, counted: str) -> Iterator[Variant]:
    """The same from the listings of the database and the counted sales, added up by vendor."""
    prices = {f"_{treatment}": f"price_{treatment}" for treatment in TREATMENTS}
    prices |= {f"_own_{times}": f"price_own_{times}" for times in FACTORS} | {"_end": "price_end"}
    with tempfile.TemporaryDirectory() as folder:
        changed = Path(folder) / "changed.parquet"
        changed_prices(listing, counted).astype({"listing_id": str, "snapshot_date": str}).to_parquet(changed)
        own = ", ".join(
            f"case when other.listing_id is null then price_replace else other.own_{times} end as price_own_{times}"
            for times in FACTORS
        )
        source = f"(select counted.*, {own} from read_parquet(?) as counted left join read_parquet(?) as other "
        source += "on counted.listing_id = other.listing_id and counted.snapshot_date = other.snapshot_date)"
        rows = vendor_sales(counted, prices=prices, source=source, more_paths=[str(changed)])
    sold, windows = of_intervals(rows), of_windows(rows, list(prices))
    names = [*TREATMENTS, *(f"own-{times}" for times in FACTORS), AT_END]
    for name, end in zip(names, prices, strict=True):
        made = (
            table.assign(**{f"worth_{bound}": table[f"worth_{bound}{end}"] for bound in bounds})
            for table, bounds in ((sold, BOUNDS), (windows, ("low",)))
        )
        yield name, *made


def _weakest(sold: pd.DataFrame, windows: pd.DataFrame) -> dict[str, tuple[int, float]]:
    """Of each column: the weakest interval under the core treatment, which a sum over intervals would give away."""
    found = {}
    for name, rows, bound in ((BOUNDS[0], sold, "low"), (BOUNDS[1], sold, "high"), ("window", windows, "low")):
        found[f"eur_{name}"] = weakest_interval(rows, bound)
        found[f"share_{name}"] = weakest_interval(rows[rows["mine"]], bound)
    return found


def _amounts(sold: pd.DataFrame, windows: pd.DataFrame) -> dict[str, pd.Series]:
    """EUR a month of each vendor by estimator, of the listings of the focus country (`mine`) and of the others."""
    by = ["entity", "mine"]
    found = {name: month_by_vendor(sold, name, by) for name in BOUNDS}
    cents = windows.groupby(["market", *by], sort=True)["worth_low"].sum().astype(float)
    # the mean over the snapshots of each market, all markets together
    scale = MONTH_DAYS / CENTS / WINDOW_DAYS / windows.groupby("market")["snapshot_date"].nunique()
    worth = cents * scale.reindex(cents.index.get_level_values("market")).to_numpy(float)
    return found | {"window": worth.groupby(level=by, sort=True).sum()}


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
    listing: pd.DataFrame | None,
    feedback: pd.DataFrame | None,
    focus: str,
    definition: str,
    smallest: int,
    largest_two: float,
    variants: Iterable[Variant] | None = None,
) -> ResultTable:
    """`revenue-sensitivity`: a row per treatment of holding prices, factor of their rule, and price taken.

    All markets together on which an estimator is known. No intervals: the sales are the same in every row.
    `variants`: what `priced_variants` gives of both, also added up by vendor, where it is known.
    """
    shown: dict[str, list[pd.Series]] = {f"{kind}_{name}": [] for name in ESTIMATORS for kind in ("eur", "share")}
    made: list[dict] = []
    weakest: dict[str, tuple[int, float]] = {}
    for name_of_row, *tables in priced_variants(listing, feedback) if variants is None else variants:
        sold, windows = (
            rows.assign(mine=focus_listings(rows, focus, definition) if len(rows) else False).astype({"mine": bool})
            for rows in tables
        )
        sold = known_only(sold)
        weakest = weakest or _weakest(sold, windows)
        row: dict = {"row": name_of_row, "variant": name_of_row}
        for name, amounts in _amounts(sold, windows).items():
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
    counted_sales: str,
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
    given = (focus_country, definition, smallest, largest_two)
    table = revenue_sensitivity_table(None, None, *given, counted_variants(listing, counted_sales))
    write_result(table, revenue_sensitivity, revenue_sensitivity_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, revenue_sensitivity)
