"""True prices by quantity and origin."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from cryptodrug.truth.offers import Table

BANDS = (("to-1", 0, 1), ("1-10", 1, 10), ("10-100", 10, 100), ("100-1000", 100, 1000), ("over-1000", 1000, np.inf))


def with_quantity(offer: Table, neighbours: Collection[str]) -> Table:
    """Listings with a true weight, else a number of units: `measure`, `quantity`, and `near`, a neighbour named."""
    grams = offer["quantity_g"].astype(float)
    units = offer["quantity_units"].astype(float)
    table = offer.assign(
        measure=np.where(grams.notna(), "gram", "unit"),
        quantity=grams.where(grams.notna(), units),
        near=[bool(set((text or "").split("|")) & set(neighbours)) for text in offer["ships_from"]],
    )
    return table[table["quantity"].notna()]


def regression(rows: Table) -> tuple[float, float]:
    """Slope on the log quantity, log ratio by origin; a column for the level of each snapshot. NaN where undefined."""
    levels = pd.get_dummies(rows["day"]).to_numpy(float)
    wanted = np.log(rows["eur"].to_numpy(float))
    columns = {"slope": np.log(rows["quantity"].to_numpy(float)), "ratio": rows["inclusive"].to_numpy(float)}
    # a single quantity, or a single origin, is no column of its own beside the levels
    told = {
        name: column
        for name, column in columns.items()
        if np.linalg.matrix_rank(np.column_stack([levels, column])) > levels.shape[1]
    }
    design = np.column_stack([*told.values(), levels])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        told.pop("ratio")
        design = np.column_stack([*told.values(), levels])
    found = dict(zip(told, np.linalg.lstsq(design, wanted, rcond=None)[0], strict=False))
    return float(found.get("slope", np.nan)), float(found.get("ratio", np.nan))


def _ratios(rows: Table) -> dict[str, float]:
    against = {"rest": rows, "neighbours": rows[rows["inclusive"] | rows["near"]]}
    return {f"ratio_{name}": float(np.exp(regression(of)[1])) if len(of) else np.nan for name, of in against.items()}


def price_models(offer: Table, neighbours: Collection[str]) -> Table:
    """Slope, price of ten times the quantity, and ratios by origin, by class and measure."""
    made = []
    for (name, measure), rows in with_quantity(offer, neighbours).groupby(["drug_class", "measure"]):
        slope, _ = regression(rows)
        made.append(
            {
                "row": f"{name}-{measure}",
                "vendors": rows["entity"].nunique(),
                "listings": rows["listing_id"].nunique(),
                "vendors_focus": rows.loc[rows["inclusive"], "entity"].nunique(),
                "slope": slope,
                "tenfold": 10 ** (slope - 1),
                **_ratios(rows),
            }
        )
    return pd.DataFrame(made)


def _residuals(rows: Table) -> tuple[np.ndarray, np.ndarray]:
    """What log quantity and the levels of the snapshots leave of the log price and of the origin."""
    design = np.hstack([np.log(rows["quantity"].to_numpy(float))[:, None], pd.get_dummies(rows["day"]).to_numpy(float)])
    wanted = np.column_stack([np.log(rows["eur"].to_numpy(float)), rows["inclusive"].to_numpy(float)])
    left = wanted - design @ np.linalg.lstsq(design, wanted, rcond=None)[0]
    return left[:, 0], left[:, 1]


def price_summary(offer: Table, neighbours: Collection[str]) -> Table:
    """The ratio by origin that all classes and measures of more than one quantity have in common."""
    known = with_quantity(offer, neighbours)
    varied = known.groupby(["drug_class", "measure"])["quantity"].transform("nunique") > 1
    known = known[varied]
    row: dict = {"row": "all", "vendors_focus": known.loc[known["inclusive"], "entity"].nunique()}
    for name, of in (("rest", known), ("neighbours", known[known["inclusive"] | known["near"]])):
        left = [_residuals(rows) for _, rows in of.groupby(["drug_class", "measure"])]
        price, origin = (np.concatenate([one[place] for one in left]) for place in (0, 1))
        row[f"ratio_{name}"] = float(np.exp((price @ origin) / (origin @ origin)))
    return pd.DataFrame([row])


def price_bands(offer: Table, neighbours: Collection[str]) -> Table:
    """Ratios by origin within bands of quantity."""
    made = []
    for (name, measure), rows in with_quantity(offer, neighbours).groupby(["drug_class", "measure"]):
        for band, low, high in BANDS:
            inside = rows[(rows["quantity"] > low) & (rows["quantity"] <= high)]
            if len(inside):
                focus = inside.loc[inside["inclusive"], "entity"].nunique()
                made.append({"row": f"{name}-{measure}-{band}", "vendors_focus": focus} | _ratios(inside))
    return pd.DataFrame(made)
