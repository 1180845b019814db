"""True visible sales: how many, of whom, what they are worth, under both bounds of the report.

`low`: sales since the snapshot before whose feedback stands on the day of the snapshot, where a market shows feedback.
`high`: all sales since then, where it prints counters and no feedback.
"""

import numpy as np
import pandas as pd

from cryptodrug.simulate.market.world import DELETED, Sales, World
from cryptodrug.truth.offers import MERGED, Table
from cryptodrug.truth.vendors import focus_vendors

MONTH_DAYS, WINDOW_DAYS = 30.44, 29
BOUNDS = ("low", "high")
FEWEST, LARGEST_TWO = 3, 0.85  # disclosure rules of the demo for money
# mean number of listings from which a vendor is in each band of size, and from which in the next
SIZES = {"1-4": (0, 5), "5-9": (5, 10), "10-24": (10, 25), "25-more": (25, 1e9)}
# of the demo, invented: lowest and highest rate; no source states that of its other market
RATES = {"cardboard": (0.04, 0.05)}
TREATMENTS = ("replace", "drop", "none", "own-3", "own-10", "price-at-end")


def _standing(sales: Sales, after: int, until: int) -> float:
    """Sales of the days in (after, until] whose feedback stands at the end."""
    gone = (sales.fate == DELETED) & (sales.changes <= until)
    return float(((sales.score > 0) & ~gone & (sales.day > after) & (sales.day <= until)).sum())


def with_visible(world: World, offer: Table) -> Table:
    """The offer with `days` of the interval, `low` and `high` of each listing, missing in the first snapshot.

    `window`: as `low`, of the 29 days before the snapshot.
    """
    markets = {market.id: market for market in world.scenario.markets}
    months = {(market.id, str(day)): n for market in markets.values() for n, day in enumerate(market.snapshots)}
    sales = {one.listing_id: one.sales for one in world.listings}
    found = np.full((len(offer), 4), np.nan)
    rows = zip(offer["market"], offer["snapshot_date"], offer["listing_id"], strict=True)
    for place, (market, date, name) in enumerate(rows):
        month, days = months[market, date], markets[market].snapshots
        now, shows = days[month].toordinal(), bool(markets[market].feedback_shown)
        if shows:
            found[place, 3] = _standing(sales[name], now - WINDOW_DAYS, now)
        if month:
            before = days[month - 1].toordinal()
            found[place, 0] = now - before
            if shows:
                found[place, 1] = _standing(sales[name], before, now)
            else:
                found[place, 2] = sales[name].until(days[month]) - sales[name].until(days[month - 1])
    return offer.assign(**dict(zip(("days", "low", "high", "window"), found.T, strict=True)))


def _intervals(offer: Table) -> Table:
    return offer[offer["days"].notna()]


def _rate(rows: Table, name: str) -> tuple[float, float]:
    """Sales and days of the accounts in which the bound is known."""
    known = rows[rows[name].notna()]
    return known[name].sum(), known.groupby(["entity", "day"])["days"].first().sum()


def _best(rows: Table) -> set[int]:
    """Vendors in the top tenth of a market by sales a day, under every bound that is known."""
    found = set(rows["entity"])
    for name in BOUNDS:
        known = rows[rows[name].notna()]
        if len(known):
            days = known.groupby(["entity", "day"])["days"].first().groupby("entity").sum()
            rate = known.groupby("entity")[name].sum() / days
            found &= set(rate.index[(rate >= rate.quantile(0.9)) & (rate > 0)])
    return found


def sales_bounds(offer: Table) -> Table:
    """Sales of the vendors of each market, of the focus country and of all."""
    focus, rows = focus_vendors(offer), []
    for market, of_market in _intervals(offer).groupby("market"):
        best, ours = _best(of_market), of_market["entity"].isin(focus)
        for group, part in (("focus", of_market[ours]), ("all", of_market)):
            row: dict = {"row": f"{market}-{group}", "vendors": part["entity"].nunique()}
            shown = "low" if part["low"].notna().any() else "high"
            for name in BOUNDS:
                sold, days = _rate(part, name)
                row |= {name: sold, f"mean_{name}": MONTH_DAYS * sold / days} if days else {}
            silent = part.groupby("entity")[shown].sum() == 0
            row |= {"silent": int(silent.sum()), "share_silent": silent.mean()}
            rows.append(row | {"best": len(best & set(part["entity"]))})
    return pd.DataFrame(rows)


def sales_summary(offer: Table) -> Table:
    """Mean sales of an account a month on the markets where a bound is known, and the ratio within markets."""
    focus, rows = focus_vendors(offer), []
    for name in BOUNDS:
        known = _intervals(offer)[_intervals(offer)[name].notna()]
        ours = known["entity"].isin(focus)
        row: dict = {"row": name, "vendors": known.loc[ours, "entity"].nunique()}
        for group, part in (("focus", known[ours]), ("all", known)):
            sold, days = _rate(part, name)
            row[f"mean_{group}"] = MONTH_DAYS * sold / days
        above = below = 0.0
        for _, of_market in known.groupby("market"):
            inside = of_market["entity"].isin(focus)
            (sold, days), (others, their_days) = (_rate(of_market[part], name) for part in (inside, ~inside))
            above += sold * their_days / (days + their_days)
            below += others * days / (days + their_days)
        rows.append(row | {"ratio": above / below})
    return pd.DataFrame(rows)


def revenue_bounds(offer: Table) -> Table:
    """What the sales of each interval, and of all of a market, are worth in a month; share of the focus country.

    `eur_window`: that of the 29 days before, by snapshot.
    """
    known = _intervals(offer)
    shown = offer[offer["window"].notna()]
    windows = (shown["window"] * shown["eur"]).groupby(shown["day"]).sum() / WINDOW_DAYS * MONTH_DAYS
    rows: list[dict] = [
        {"row": day, "eur_window": worth} for day, worth in windows.items() if day not in set(known["day"])
    ]
    keys = [(day, rows_of) for day, rows_of in known.groupby("day")]
    keys += [(f"{market}-mean", rows_of) for market, rows_of in known.groupby("market")]
    for name, part in keys:
        days = part.groupby("day")["days"].first().sum()
        row: dict = {"row": name, "days": days if part["day"].nunique() == 1 else None}
        for bound in BOUNDS:
            if part[bound].notna().any():
                worth = part[bound] * part["eur"]
                row[f"sales_{bound}"] = part[bound].sum() if row["days"] else None
                row[f"eur_{bound}"] = worth.sum() / days * MONTH_DAYS
                row[f"share_{bound}"] = worth[part["inclusive"]].sum() / worth.sum()
        rows.append(row | {"eur_window": windows.get(name)})
    return pd.DataFrame(rows)


def revenue_summary(offer: Table) -> Table:
    """Worth of a month on all markets where a bound is known; share of the focus country; by its share of listings."""
    rows = []
    for name in BOUNDS:
        known = _intervals(offer)[_intervals(offer)[name].notna()]
        days = known.groupby("market").apply(
            lambda part: part.groupby("day")["days"].first().sum(), include_groups=False
        )
        worth = known[name] * known["eur"] / known["market"].map(days) * MONTH_DAYS
        share = worth[known["inclusive"]].sum() / worth.sum()
        row = {"row": name, "vendors": known.loc[known["inclusive"], "entity"].nunique(), "eur": worth.sum()}
        rows.append(row | {"share": share, "quotient": share / (known["inclusive"].mean() or np.nan)})
    return pd.DataFrame(rows)


def _may_be_printed(rows: Table) -> bool:
    """No money of one or two vendors, nor a sum of which two have more than 85 per cent, in any cell of a class."""
    for bound in BOUNDS:
        for part in (rows["inclusive"], ~rows["inclusive"]):
            worth = (rows[bound] * rows["eur"])[part].groupby(rows["entity"][part]).sum().sort_values()
            worth = worth[worth > 0]
            if len(worth) and (len(worth) < FEWEST or worth.iloc[-2:].sum() > LARGEST_TWO * worth.sum()):
                return False
    return True


def printed_classes(offer: Table) -> set[str]:
    """Classes that the report prints by themselves: the others, together, may be printed too."""
    known = _intervals(offer)
    of = dict(iter(known.groupby("drug_class")))
    size = {name: (rows[list(BOUNDS)].sum(axis=1) * rows["eur"]).sum() for name, rows in of.items()}
    alone = {name for name, rows in of.items() if _may_be_printed(rows)}
    while set(of) != alone and not _may_be_printed(known[~known["drug_class"].isin(alone)]):
        alone.remove(min(alone, key=lambda name: size[name]))
    return alone


def revenue_by_class(offer: Table, printed: set[str]) -> Table:
    """Share of each drug class in the worth of sales of all intervals, focus country and rest, under both bounds.

    Every class has a row, whether or not it is printed by itself, and those that are not have one together.
    """
    known = _intervals(offer)
    columns = {}
    for bound in BOUNDS:
        worth = (known[bound] * known["eur"]).fillna(0)
        for group, part in (("focus", known["inclusive"]), ("rest", ~known["inclusive"])):
            sums = worth[part].groupby(known["drug_class"][part]).sum()
            sums[MERGED] = sums[[name for name in sums.index if name not in printed]].sum()
            columns[f"share_{group}_{bound}"] = sums / worth[part].sum()
    return pd.DataFrame(columns).fillna(0.0).rename_axis("row").reset_index()


def _worth_a_month(offer: Table, bound: str) -> pd.Series:
    """Worth (EUR a month) of the sales of each row whose bound is known."""
    known = _intervals(offer)[_intervals(offer)[bound].notna()]
    days = known.drop_duplicates("day").groupby("market")["days"].sum()
    return known[bound] * known["eur"] / known["market"].map(days) * MONTH_DAYS


def revenue_by_band(offer: Table) -> Table:
    """Worth of a month by size of vendor, and share in that of the focus country and of the rest.

    Every run of neighbouring bands has a row: those that rest on few vendors are printed together.
    """
    size = offer.groupby(["entity", "day"]).size().groupby("entity").mean()
    names, rows = [*SIZES], []
    sold = set(_intervals(offer)["entity"])
    for first in range(len(names)):
        for last in range(first, len(names)):
            name = names[first] if first == last else f"{names[first].split('-')[0]}-{names[last].split('-')[1]}"
            inside = set(size.index[(size >= SIZES[names[first]][0]) & (size < SIZES[names[last]][1])])
            row: dict = {"row": name, "vendors": len(inside & sold)}
            for bound in BOUNDS:
                worth = _worth_a_month(offer, bound)
                rows_of = offer.loc[worth.index]
                here = rows_of["entity"].isin(inside)
                row[f"eur_{bound}"] = worth[here].sum()
                for group, part in (("focus", rows_of["inclusive"]), ("rest", ~rows_of["inclusive"])):
                    total = worth[part].sum()
                    row[f"share_{group}_{bound}"] = worth[part & here].sum() / total if total else None
            rows.append(row)
    return pd.DataFrame(rows)


def revenue_sensitivity(offer: Table) -> Table:
    """Worth of a month, and share of the focus country, at true prices: the same under every rule of price."""
    row: dict = {}
    for bound in BOUNDS:
        worth = _worth_a_month(offer, bound)
        row[f"eur_{bound}"] = worth.sum()
        row[f"share_{bound}"] = worth[offer.loc[worth.index, "inclusive"]].sum() / worth.sum()
    shown = offer[offer["window"].notna()]
    looks = shown["market"].map(shown.groupby("market")["day"].nunique())
    worth = shown["window"] * shown["eur"] / WINDOW_DAYS * MONTH_DAYS / looks
    row |= {"eur_window": worth.sum(), "share_window": worth[shown["inclusive"]].sum() / worth.sum()}
    return pd.DataFrame([{"row": name} | row for name in TREATMENTS])


def commission(offer: Table) -> Table:
    """What each market with a known rate took of the sales of a month."""
    rows = []
    for market, of_market in offer.groupby("market"):
        row: dict = {"row": market}
        for bound, rate in zip(BOUNDS, RATES.get(market, ()), strict=False):
            worth = _worth_a_month(of_market, bound)
            row |= {f"eur_{bound}": rate * worth.sum()} if len(worth) else {}
        rows.append(row)
    return pd.DataFrame(rows, columns=["row", "eur_low", "eur_high"])
