"""Truth over time: presence, entry and exit, moves of origin, growth."""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from cryptodrug.truth.offers import Table
from cryptodrug.truth.vendors import focus_vendors

DAYS_A_MONTH = 30.44
STEPS = 30  # of Newton's method; it has converged long before
ELSEWHERE = "elsewhere"
PLACED = ("neighbours", "union", ELSEWHERE)
CLASSES = ("once", "several", "every")


def months_of(rows: Table) -> dict[int, set[str]]:
    """Months in which each vendor has a drug listing on any market."""
    return {entity: set(months) for entity, months in rows.groupby("entity")["month"]}


def watched_months(offer: Table) -> dict[int, set[str]]:
    """Months with a snapshot of any market on which the vendor ever has a drug listing."""
    open_in = {market: set(months) for market, months in offer.groupby("market")["month"]}
    markets = offer.groupby("entity")["market"].unique()
    return {entity: set().union(*(open_in[market] for market in of)) for entity, of in markets.items()}


def vendor_presence(offer: Table) -> Table:
    """Vendors with a listing in one month, in several, in every month in which their markets have a snapshot."""
    there, watched, focus = months_of(offer), watched_months(offer), focus_vendors(offer)
    classes = {
        entity: "once" if len(months) == 1 else "every" if months == watched[entity] else "several"
        for entity, months in there.items()
    }
    rows = []
    for name in CLASSES:
        everybody = [entity for entity, of in classes.items() if of == name]
        here = [entity for entity in everybody if entity in focus]
        row = {"row": name, "vendors": len(everybody), "share": len(everybody) / len(classes)}
        rows.append(row | {"vendors_focus": len(here), "share_focus": len(here) / len(focus)})
    return pd.DataFrame(rows)


def vendor_presence_summary(offer: Table) -> Table:
    """Months and vendors of the window."""
    row = {"months": offer["month"].nunique(), "vendors": offer["entity"].nunique()}
    return pd.DataFrame([{"row": "all"} | row | {"vendors_focus": len(focus_vendors(offer))}])


def _flows(offer: Table) -> Table:
    there, watched = months_of(offer), watched_months(offer)
    months = sorted(offer["month"].unique())
    rows = []
    for place, month in enumerate(months):
        row: dict = {"row": month, "present": sum(month in of for of in there.values())}
        if place:
            before = months[place - 1]
            row["entered"] = sum(min(of) == month for of in there.values())
            # an exit that nobody could see is none: the vendor's markets had no snapshot afterwards
            row["left"] = sum(
                max(of) == before and any(later > before for later in watched[entity]) for entity, of in there.items()
            )
            row["back"] = sum(month in of and before not in of and min(of) < before for of in there.values())
        rows.append(row)
    return pd.DataFrame(rows)


def vendor_entry_exit(offer: Table) -> Table:
    """Vendors who are there, come, go and come again, by month; all and of the focus country."""
    every, here = _flows(offer).set_index("row"), _flows(offer[offer["ever"]]).set_index("row")
    return every.join(here.add_suffix("_focus")).reset_index()


def origin_moves(offer: Table, focus: str) -> Table:
    """Vendors that ever declare the focus country: the same origins throughout, or a move."""
    known = offer[offer["ever"] & offer["ships_from"].notna()]
    declared = {
        entity: [set("|".join(texts).split("|")) for _, texts in rows.groupby("month")["ships_from"]]
        for entity, rows in known.groupby("entity")
    }
    classes = {
        entity: "not-assessable"
        if len(sets) < 2
        else "moved"
        if any(one != sets[0] for one in sets)
        else "stays"
        if sets[0] == {focus}
        else "several"
        for entity, sets in declared.items()
    }
    followed = sum(of != "not-assessable" for of in classes.values())
    rows = []
    for name in ("stays", "several", "moved", "not-assessable"):
        count = sum(of == name for of in classes.values())
        rows.append({"row": name, "vendors": count, "share": None if name == "not-assessable" else count / followed})
    return pd.DataFrame([*rows, {"row": "followed", "vendors": followed}])


def growth(offer: Table) -> Table:
    """Listings and vendors by snapshot, focus and rest."""
    rows = []
    for day, of_day in offer.groupby("day"):
        row: dict = {"row": day}
        for name, part in (("focus", of_day[of_day["inclusive"]]), ("rest", of_day[~of_day["inclusive"]])):
            row |= {f"listings_{name}": len(part), f"vendors_{name}": part["entity"].nunique()}
        rows.append(row)
    return pd.DataFrame(rows)


def _logistic_slope(cells: list[tuple[str, float, int, int]]) -> float:
    """Slope on time of the log odds, with a level of its own for each market, by maximum likelihood (Newton's method).

    `cells`: market, months since the first snapshot, listings of the focus country, of the rest.
    """
    markets = sorted({market for market, *_ in cells})
    design = np.array([[time] + [float(name == market) for name in markets] for market, time, *_ in cells])
    here, rest = (np.array([cell[place] for cell in cells], dtype=float) for place in (2, 3))
    guess = np.zeros(design.shape[1])
    for _ in range(STEPS):
        share = 1 / (1 + np.exp(-design @ guess))
        weight = (here + rest) * share * (1 - share)
        guess += np.linalg.solve(design.T @ (weight[:, None] * design), design.T @ (here - (here + rest) * share))
    return float(guess[0])


def growth_models(offer: Table) -> Table:
    """Factor by which the odds that a listing, a vendor, is one of the focus country change in a month."""
    counts = growth(offer).set_index("row")
    rows = []
    for unit in ("listings", "vendors"):
        ratio = _monthly_ratio(counts[[f"{unit}_focus", f"{unit}_rest"]])
        rows.append({"row": unit, "snapshots": len(counts), "ratio": ratio})
    return pd.DataFrame(rows)


def _monthly_ratio(counts: Table) -> float:
    """Factor by which the odds change in a month; `counts`: two columns, a row per snapshot named market and day."""
    markets, dates = counts.index.str[: -len("-2019-01-01")], pd.to_datetime(counts.index.str[-len("2019-01-01") :])
    times = (dates - dates.min()).days / DAYS_A_MONTH
    pairs = zip(markets, times, counts.to_numpy(), strict=True)
    return math.exp(_logistic_slope([(market, time, *pair) for market, time, pair in pairs]))


def region_comparison(offer: Table, regions: Mapping[str, str]) -> Table:
    """Listings, vendors, mean share by region of the only origin; growth of the focus country against each region.

    `regions`: of countries; all others lie elsewhere, and what is no country has a row of its own.
    """
    countries = [name for name in offer["country"].unique() if name.isupper()]
    names = {name: regions.get(name, ELSEWHERE) for name in countries}
    offer = offer.assign(where=offer["country"].map(lambda name: names.get(name, name)))
    counts = offer.groupby(["day", "where"]).size().unstack("where", fill_value=0)
    shares = counts.div(counts.sum(axis=1), axis=0).mean()
    rows = []
    for name, share in shares.items():
        here = offer[offer["where"] == name]
        row = {"row": name, "listings": int(here["last"].sum()), "vendors": here["entity"].nunique(), "share": share}
        if name in PLACED and "focus" in counts:
            row["growth"] = _monthly_ratio(counts[["focus", name]])
        rows.append(row)
    return pd.DataFrame(rows)
