"""What are the visible sales worth, and which share comes from the focus country? (typology, V8)"""

import numpy as np
import pandas as pd
from cryptodrug.coarse import MERGED, merged_until_safe
from cryptodrug.offer import ends, fewest
from cryptodrug.populations import focus_listings, number_of
from cryptodrug.results import Column, ResultTable, write_result
from cryptodrug.revenue import MONTH_DAYS
from cryptodrug.statistics.bootstrap import APPROXIMATE, EXACT, METHOD, draw_vendors
from cryptodrug.vendor_sales import of_intervals, of_windows, vendor_sales
from cryptodrug.visible_sales import dominance
from cryptodrug.worth import BOUNDS, CENTS, known_only, priced_sales, priced_windows

AMOUNTS = ("eur_low", "eur_high", "eur_window", "share_low", "share_high")


def _by_vendor(rows: pd.DataFrame, part: pd.Series, column: str) -> tuple[np.ndarray, pd.Series, pd.Series]:
    """(vendors, 2) cents of the focus country and of all; the two as series by vendor."""
    every = rows.groupby("entity", sort=True)[column].sum()
    focus = rows[part].groupby("entity")[column].sum().reindex(every.index).fillna(0)
    return np.stack([focus, every], axis=1).astype(np.int64), focus, every


def _bound(rows: pd.DataFrame, part: pd.Series, column: str, days: float, how: dict, window: int) -> dict:
    """Worth of a month and share of the focus country under one bound; `column` names the cents."""
    name = column.removeprefix("worth_")
    if not rows[column].notna().any():
        return {f"support_{name}": 0, f"top_{name}": 0.0, f"focus_{name}": 0, f"focus_top_{name}": 0.0}
    values, focus, every = _by_vendor(rows, part, column)
    row: dict = {}
    row[f"support_{name}"], row[f"top_{name}"] = dominance(every)
    row[f"focus_{name}"], row[f"focus_top_{name}"] = dominance(focus)
    scale = MONTH_DAYS / days / CENTS

    def both(sums: np.ndarray) -> np.ndarray:
        return np.stack([sums[:, 1] * scale, sums[:, 0] / sums[:, 1]], axis=1)

    drawn = draw_vendors(values, both, how["draws"], how["seed"])
    row[f"eur_{name}"] = drawn.point[0]
    row[f"eur_{name}_low"], row[f"eur_{name}_high"] = ends(drawn.interval(0, how["level"], len(values)))
    if every.sum() > 0:
        row[f"share_{name}"] = drawn.point[1]
        row[f"share_{name}_low"], row[f"share_{name}_high"] = ends(drawn.interval(1, how["level"], window))
    return row


def _mean_row(market: str, rows: list[dict], sold: pd.DataFrame, part: pd.Series, how: dict, window: int) -> dict:
    """All intervals of a market together. Guarded by the weakest of its months: it could be subtracted otherwise."""
    row: dict = {"row": f"{market}-mean", "market": market, "snapshot": None}
    for name in BOUNDS:
        known = sold[sold[name].notna()]
        months = [one for one in rows if one.get(f"eur_{name}") is not None]
        days = sum(one["days"] for one in months)
        row |= _bound(known, part[known.index], f"worth_{name}", days or 1, how, window)
        row[f"support_{name}"] = fewest(*(one[f"support_{name}"] for one in months))
        row[f"focus_{name}"] = fewest(*(one[f"focus_{name}"] for one in months))
        for top in (f"top_{name}", f"focus_top_{name}"):
            row[top] = max((one[top] for one in months), default=0.0)
    return row


def _amounts(level: float, method: str) -> list[Column]:
    columns = []
    for name in BOUNDS:
        guards = {"guard_vendors": f"support_{name}", "guard_top2": f"top_{name}"}
        ends_of = {"low": f"eur_{name}_low", "high": f"eur_{name}_high", "level": level, "method": method}
        columns.append(Column(f"eur_{name}", "money", "EUR", digits=0, **ends_of, **guards))
    window = {"guard_vendors": "support_window", "guard_top2": "top_window"}
    columns.append(Column("eur_window", "money", "EUR", digits=0, **window))
    for name in BOUNDS:
        guards = {"guard_vendors": f"focus_{name}", "guard_top2": f"focus_top_{name}"}
        ends_of = {"low": f"share_{name}_low", "high": f"share_{name}_high", "level": level, "method": method}
        columns.append(Column(f"share_{name}", "share", digits=1, **ends_of, **guards))
    return columns


def revenue_bounds_table(
    listing: pd.DataFrame,
    feedback: pd.DataFrame | None,
    focus: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
    sold: pd.DataFrame | None = None,
    windows: pd.DataFrame | None = None,
) -> ResultTable:
    """`revenue-bounds`: a row per snapshot of a market, and one for its whole window (`<market>-mean`).

    `sold`, `windows`: what `priced_sales` and `priced_windows` give, also added up by vendor, where they are known.
    """
    how = {"draws": draws, "seed": seed, "level": level}
    sold = priced_sales(listing, feedback) if sold is None else sold
    part = focus_listings(sold, focus, definition) if len(sold) else pd.Series([], dtype=bool)
    window = listing.loc[focus_listings(listing, focus, definition), "entity"].nunique()
    windows = priced_windows(listing, feedback) if windows is None else windows
    windows = dict(iter(windows.groupby(["market", "snapshot_date"])))
    dates = dict(iter(sold.groupby(["market", "snapshot_date"])))
    made: list[dict] = []
    for market in sorted(listing["market"].unique()):
        of_market = []
        for key in sorted({key for key in (*dates, *windows) if key[0] == market}):
            row: dict = {"row": f"{market}-{key[1]}", "market": market, "snapshot": str(key[1])}
            if key in dates:
                rows = dates[key]
                row["days"] = int(rows["days"].iloc[0])
                for name in BOUNDS:
                    row[f"sales_{name}"] = rows[name].sum() if rows[name].notna().any() else None
                    row |= _bound(rows, part[rows.index], f"worth_{name}", row["days"], how, window)
                of_market.append(row)
            if key in windows:
                amounts = windows[key].groupby("entity")["worth_low"].sum()
                row["support_window"], row["top_window"] = dominance(amounts)
                row["eur_window"] = amounts.sum() / CENTS / windows[key]["days"].iloc[0] * MONTH_DAYS
            made.append(row)
        if len(of_market) > 1:
            made.append(_mean_row(market, of_market, sold[sold["market"] == market], part, how, window))
    made = [row for row in made if any(row.get(name) is not None for name in AMOUNTS)]
    columns = [
        Column("market", "text", "market"),
        Column("snapshot", "date", "day"),
        Column("days", "count", "day"),
        Column("sales_low", "count", "sale", guard_vendors="support_low", guard_top2="top_low"),
        Column("sales_high", "count", "sale", guard_vendors="support_high", guard_top2="top_high"),
        *_amounts(level, METHOD if window >= EXACT else APPROXIMATE),
    ]
    counts = ["days", "sales_low", "sales_high"]
    numbers = [f"{name}{end}" for name in AMOUNTS for end in ("", "_low", "_high")]
    supports = ["support_window", "top_window"]
    supports += [f"{one}_{name}" for name in BOUNDS for one in ("support", "top", "focus", "focus_top")]
    table = pd.DataFrame(made, columns=["row", "market", "snapshot", *counts, *numbers, *supports])
    table = table.astype(dict.fromkeys(counts, "Int64") | dict.fromkeys(numbers, float))
    table = table.astype({"snapshot": object})
    return ResultTable("revenue-bounds", "revenue", columns, table, notes=["month", "shares"])


def _quotients(scale: np.ndarray):
    """Worth of a month, share of the focus country in it, that by its share of listings; from sums by market.

    Blocks of sums: cents of the focus country, of all, listings of the focus country, of all. `scale`: to a month.
    """
    k = len(scale)

    def statistic(sums: np.ndarray) -> np.ndarray:
        ours, every = (sums[:, place * k : (place + 1) * k] @ scale for place in (0, 1))
        listed = sums[:, 2 * k : 3 * k].sum(axis=1) / sums[:, 3 * k :].sum(axis=1)
        return np.stack([every, ours / every, ours / every / listed], axis=1)

    return statistic


def revenue_summary_table(
    listing: pd.DataFrame,
    feedback: pd.DataFrame | None,
    focus: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
    sold: pd.DataFrame | None = None,
) -> ResultTable:
    """`revenue-summary`: all markets together on which a bound is known, a row per bound.

    The quotient is the share of the focus country in the worth of sales by its share in the listings. `sold` as above.
    """
    sold = priced_sales(listing, feedback) if sold is None else sold
    part = focus_listings(sold, focus, definition) if len(sold) else pd.Series([], dtype=bool)
    made: list[dict] = []
    for name in BOUNDS:
        known = sold[sold[name].notna()]
        if known.empty:
            continue
        markets, entities = sorted(known["market"].unique()), sorted(known["entity"].unique())
        k, mine = len(markets), part[known.index]
        values = np.zeros((len(entities), 4 * k), dtype=np.int64)
        at = pd.Index(entities).get_indexer(known["entity"]), pd.Index(markets).get_indexer(known["market"])
        cents = known[f"worth_{name}"].fillna(0).to_numpy().astype(np.int64)
        number = number_of(known)
        for block, amounts in enumerate((cents * mine, cents, mine * number, number)):
            np.add.at(values, (at[0], at[1] + block * k), np.asarray(amounts))
        days = known.drop_duplicates(["market", "snapshot_date"]).groupby("market", sort=True)["days"].sum()
        drawn = draw_vendors(values, _quotients(MONTH_DAYS / CENTS / days.to_numpy(float)), draws, seed)
        ours = set(known.loc[mine, "entity"])
        row: dict = {"row": name, "bound": name, "market": "|".join(markets), "vendors": len(ours)}
        cells = [
            rows.assign(cents=cents[known.index.get_indexer(rows.index)])
            for _, rows in known.groupby(["market", "snapshot_date"])
        ]
        for group, inside in (("focus", True), ("all", False)):
            found = [
                dominance((rows[part[rows.index]] if inside else rows).groupby("entity")["cents"].sum())
                for rows in cells
            ]
            row[f"support_{group}"], row[f"top_{group}"] = fewest(*(n for n, _ in found)), max(top for _, top in found)
        for place, (column, n) in enumerate((("eur", len(entities)), ("share", len(ours)), ("quotient", len(ours)))):
            if np.isfinite(drawn.point[place]):
                row[column] = drawn.point[place]
                row[f"{column}_low"], row[f"{column}_high"] = ends(drawn.interval(place, level, n))
        made.append(row)
    few = min((row["vendors"] for row in made), default=0)
    kept = {"level": level, "method": METHOD if few >= EXACT else APPROXIMATE}
    ours = {"guard_vendors": "support_focus", "guard_top2": "top_focus"}
    columns = [
        Column("bound", "text", "sales_bound"),
        Column("market", "list", "market"),
        Column("vendors", "count", "vendor", guard_vendors="support_focus"),
        Column("eur", "money", "EUR", digits=0, low="eur_low", high="eur_high", **kept,
               guard_vendors="support_all", guard_top2="top_all"),
        Column("share", "share", digits=0, low="share_low", high="share_high", **kept, **ours),
        Column("quotient", "ratio", digits=2, low="quotient_low", high="quotient_high", **kept, **ours),
    ]  # fmt: skip
    numbers = [f"{name}{end}" for name in ("eur", "share", "quotient") for end in ("", "_low", "_high")]
    supports = ["support_focus", "top_focus", "support_all", "top_all"]
    table = pd.DataFrame(made, columns=["row", "bound", "market", "vendors", *numbers, *supports])
    return ResultTable("revenue-summary", "revenue", columns, table.astype(dict.fromkeys(numbers, float)))


def revenue_by_class_table(
    listing: pd.DataFrame,
    feedback: pd.DataFrame | None,
    focus: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
    smallest: int,
    largest_two: float,
    sold: pd.DataFrame | None = None,
) -> ResultTable:
    """`revenue-by-class`: share of each drug class in the worth of visible sales, focus country and rest, both bounds.

    All intervals together. Classes are merged until each cell is one that the release gate lets pass. `sold` as above.
    """
    sold = priced_sales(listing, feedback) if sold is None else sold
    sold = sold[sold["drug_class"].notna()]
    part = focus_listings(sold, focus, definition) if len(sold) else pd.Series([], dtype=bool)
    cells = [(group, name) for name in BOUNDS for group in ("focus", "rest")]
    for group, name in cells:
        inside = part if group == "focus" else ~part
        sold = sold.assign(**{f"{group}_{name}": sold[f"worth_{name}"].where(inside, 0).fillna(0).astype("int64")})
    names = [f"{group}_{name}" for group, name in cells]
    amounts = sold[names].assign(category=sold["drug_class"], vendor=sold["entity"])
    amounts = amounts.groupby(["category", "vendor"], as_index=False)[names].sum()
    printed = merged_until_safe(amounts, smallest, largest_two) if len(amounts) else None
    rows: list[dict] = []
    if printed is not None and set(printed.values()) != {MERGED}:
        rows = _class_rows(amounts.assign(category=amounts["category"].map(printed)), names, draws, seed, level)
    vendors = int(sold.loc[part, "entity"].nunique())
    method = METHOD if vendors >= EXACT else APPROXIMATE
    columns = [Column("drug_class", "text", "drug_class")]
    for group, name in cells:
        column = f"share_{group}_{name}"
        columns.append(
            Column(column, "share", digits=1, low=f"{column}_low", high=f"{column}_high", level=level, method=method,
                   guard_vendors=f"support_{group}_{name}", guard_top2=f"top_{group}_{name}")
        )  # fmt: skip
    numbers = [f"share_{one}{end}" for one in names for end in ("", "_low", "_high")]
    supports = [f"{kind}_{one}" for one in names for kind in ("support", "top")]
    table = pd.DataFrame(rows, columns=["row", "drug_class", *numbers, *supports]).astype(dict.fromkeys(numbers, float))
    return ResultTable("revenue-by-class", "revenue", columns, table, notes=["merged"])


def _class_rows(amounts: pd.DataFrame, names: list[str], draws: int, seed: int, level: float) -> list[dict]:
    """One row per printed class; `names`: columns of cents, group and bound."""
    classes = sorted(set(amounts["category"]) - {MERGED}) + ([MERGED] if MERGED in set(amounts["category"]) else [])
    rows: list[dict] = [{"row": name, "drug_class": name} for name in classes]
    for column in names:
        table = amounts.pivot_table(index="vendor", columns="category", values=column, aggfunc="sum", fill_value=0)
        table = table.reindex(columns=classes, fill_value=0).sort_index()
        table = table[table.sum(axis=1) > 0]
        drawn = None
        if len(table):
            drawn = draw_vendors(table.to_numpy(), lambda sums: sums / sums.sum(axis=1, keepdims=True), draws, seed)
        for place, row in enumerate(rows):
            row[f"support_{column}"], row[f"top_{column}"] = dominance(table[row["row"]])
            if drawn is not None:
                row[f"share_{column}"] = drawn.point[place]
                row[f"share_{column}_low"], row[f"share_{column}_high"] = ends(drawn.interval(place, level, len(table)))
    return rows


def revenue_bounds(
    counted_sales: str,
    revenue_bounds: str,
    revenue_bounds_description: str,
    revenue_summary: str,
    revenue_summary_description: str,
    revenue_by_class: str,
    revenue_by_class_description: str,
    focus_country: str,
    definition: str,
    draws: int,
    seed: int,
    level: float,
    smallest: int,
    largest_two: float,
) -> None:
    """Worth of visible sales in a month of 30.44 days.

    1. Three estimators side by side: dated feedback since the snapshot before (lower bound), increase of counters
       (upper bound), and the feedback of the last 29 days (Christin 2013), each times the price.
    2. The price is the mean of the snapshots at both ends; a holding price is replaced by the nearest other price of
       the listing, without one its sales are left out.
    3. A listing belongs to the country that it declares at the end of the interval.
    4. The whole window of a market is guarded by the weakest of its months: one could be subtracted otherwise. Classes
       that rest on few vendors are merged beforehand, since the shares of a total give a hidden one back.
    """
    offer = vendor_sales(counted_sales, {"drug_class": "drug_class"})
    given = (focus_country, definition, draws, seed, level)
    sold, windows = known_only(of_intervals(offer)), of_windows(offer)
    write_result(revenue_bounds_table(offer, None, *given, sold, windows), revenue_bounds, revenue_bounds_description)
    write_result(revenue_summary_table(offer, None, *given, sold), revenue_summary, revenue_summary_description)
    by_class = revenue_by_class_table(offer, None, *given, smallest, largest_two, sold)
    write_result(by_class, revenue_by_class, revenue_by_class_description)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, revenue_bounds)
