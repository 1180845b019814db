"""Counted sales added up by vendor: of a large market, what models and bootstraps need is a small part of the rows."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from cryptodrug.counted_sales import MEMORY
from cryptodrug.database.query import tables_in_duckdb

KEYS = ["market", "snapshot_date", "before", "days", "entity_id", "ships_from", "ships_from_status"]
CORE = {"": "price_replace"}


def _worth(price: str, sales: str) -> str:
    # halves to the even neighbour, as numpy rounds
    return f"sum(round_even({sales} * {price} * 100, 0))"


def vendor_sales(
    path: str | Path,
    more: Mapping[str, str] | None = None,
    prices: Mapping[str, str] = CORE,
    source: str = "read_parquet(?)",
    more_paths: Sequence[str] = (),
) -> pd.DataFrame:
    """Sales and their worth, whole cents, of each vendor in each snapshot, the rows of `counted_sales` added up.

    A row holds all drug listings of an entity in a snapshot with the same origin, the same values of `more`, and the
    same bounds and prices known; `listings` says how many they are. Rows are sorted.

    Parameters
    ----------
    path : the counted sales.
    more : further columns by name, as SQL of the columns of the counted sales.
    prices : columns of prices by the ending of the columns of their worth; an empty one for the core treatment.
    source, more_paths : SQL of the rows where others are joined to the counted sales, and the files that it names.

    Returns
    -------
    market, snapshot_date, before, days, entity, ships_from, ships_from_status, those of `more`, listings, low, high,
    low_window, and for each price worth_low, worth_high, worth_window with its ending. `before` is missing in rows of
    snapshots with which no interval ends.
    """
    keys = [*KEYS, *(f"{text} as {name}" for name, text in (more or {}).items())]
    known = ["high is null", *(f"{price} is null" for price in prices.values())]
    sums = [f"sum({name})::double as {name}" for name in ("low", "high", "low_window")]
    for ending, price in prices.items():
        sums += [f"{_worth(price, f'{name}')} as worth_{name}{ending}" for name in ("low", "high")]
        sums.append(f"{_worth(price, 'low_window')} as worth_window{ending}")
    names = ", ".join([*KEYS, *(more or {})])
    query = (
        f"select {', '.join(keys)}, count(*) as listings, {', '.join(sums)} from {source} "
        f"group by {names}, {', '.join(known)} order by {names}, {', '.join(known)}"
    )
    return rows_of(query, str(path), *more_paths).rename(columns={"entity_id": "entity"})


def rows_of(query: str, *values: str | dict[str, str]) -> pd.DataFrame:
    """What a query of such files gives: values in their order, or by name."""
    given = values[0] if values and isinstance(values[0], dict) else list(values)
    with tables_in_duckdb(MEMORY) as connection:
        return connection.execute(query, given).df()


def of_intervals(counted: pd.DataFrame) -> pd.DataFrame:
    """Those rows with which an interval between two snapshots ends."""
    return counted[counted["before"].notna()].astype({"days": int}).reset_index(drop=True)


def of_windows(counted: pd.DataFrame, endings: Sequence[str] = ("",)) -> pd.DataFrame:
    """Those rows of which the sales in the 29 days before the snapshot are known, in the columns of the lower bound."""
    from cryptodrug.sales import WINDOW_DAYS

    rows = counted[counted["low_window"].notna()].assign(days=WINDOW_DAYS)
    rows = rows.assign(low=rows["low_window"], **{f"worth_low{end}": rows[f"worth_window{end}"] for end in endings})
    return rows.reset_index(drop=True)
