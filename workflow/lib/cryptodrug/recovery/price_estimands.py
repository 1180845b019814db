"""What the estimates of prices by quantity and origin are estimates of."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cryptodrug.recovery.census import NEIGHBOURS, Census

Values = Iterator[tuple[str, float]]
NOTHING = 1e-9
QUANTITY_BANDS = {1: "to-1", 10: "1-10", 100: "10-100", 1000: "100-1000"}  # by their upper end


def _price_fit(rows: pd.DataFrame, origin: pd.Series) -> tuple[float, float]:
    """Slope on the log quantity and log ratio by origin: normal equations of deviations from the mean of each day."""
    logs = np.log(rows[["price", "quantity"]].astype(float)).assign(origin=origin.astype(float))
    apart = (logs - logs.groupby(rows["day"]).transform("mean")).to_numpy()
    wanted, given = apart[:, 0], apart[:, 1:]
    used = (given**2).sum(axis=0) > NOTHING  # a single quantity, or a single origin
    found = np.full(2, np.nan)
    found[used] = np.linalg.solve(given[:, used].T @ given[:, used], given[:, used].T @ wanted)
    return float(found[0]), float(found[1])


def _common_ratio(rows: pd.DataFrame) -> float:
    """Log ratio that all kinds have in common: of what levels and quantity leave of price and origin."""
    logs = np.log(rows[["price", "quantity"]].astype(float)).assign(focus=rows["focus"].astype(float))
    apart = logs - logs.groupby([rows["kind"], rows["day"]]).transform("mean")
    product = apart[["price", "focus"]].mul(apart["quantity"], axis=0).groupby(rows["kind"]).transform("sum")
    squares = (apart["quantity"] ** 2).groupby(rows["kind"]).transform("sum")
    left = apart[["price", "focus"]] - product.div(squares, axis=0).mul(apart["quantity"], axis=0)
    return float((left["price"] * left["focus"]).sum() / (left["focus"] ** 2).sum())


def _near(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows from the country, and those that name a neighbour."""
    near = [bool(set(codes.split("|")) & NEIGHBOURS) for codes in rows["codes"]]
    return rows[rows["focus"].to_numpy(dtype=bool) | np.array(near, dtype=bool)]


def _price_ratios(row: str, rows: pd.DataFrame) -> Values:
    """Ratio of the price from the country to that of all others, and of those who name a neighbour."""
    for name, of in (("rest", rows), ("neighbours", _near(rows))):
        if 0 < of["focus"].sum() < len(of):
            _, ratio = _price_fit(of, of["focus"])
            if np.isfinite(ratio):
                yield f"{row}.ratio_{name}", float(np.exp(ratio))


def price_models(census: Census) -> Values:
    """`price-models`, `price-bands`, `price-summary`: log price on log quantity and origin, a level a snapshot."""
    offer = census.offer
    measure = np.select([offer["grams"].notna(), offer["units"].notna()], ["gram", "unit"], "")
    known = offer.assign(measure=measure, quantity=offer["grams"].fillna(offer["units"])).dropna(subset=["quantity"])
    bands = np.select(
        [known["quantity"] <= limit for limit in QUANTITY_BANDS], list(QUANTITY_BANDS.values()), "over-1000"
    )
    known = known.assign(band=bands, kind=known["drug_class"] + known["measure"])
    varied = known[known.groupby("kind")["quantity"].transform("nunique") > 1]
    for name, of in (("rest", varied), ("neighbours", _near(varied))):
        if 0 < of["focus"].sum() < len(of):
            yield f"price-summary.all.ratio_{name}", float(np.exp(_common_ratio(of)))
    for (name, measure), rows in known.groupby(["drug_class", "measure"]):
        row = f"{name}-{measure}"
        slope, _ = _price_fit(rows, rows["focus"])
        if np.isfinite(slope):
            yield f"price-models.{row}.slope", slope
            yield f"price-models.{row}.tenfold", float(10 ** (slope - 1))
        yield from _price_ratios(f"price-models.{row}", rows)
        for band, inside in rows.groupby("band"):
            yield from _price_ratios(f"price-bands.{row}-{band}", inside)
