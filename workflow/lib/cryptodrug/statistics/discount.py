"""How the price falls with the quantity."""

import numpy as np


def discount_slope(grams: np.ndarray, prices: np.ndarray) -> float:
    """Slope of log price on log quantity, least squares; below one: a discount. NaN with a single quantity."""
    quantity, price = np.log(np.asarray(grams, dtype=float)), np.log(np.asarray(prices, dtype=float))
    apart = quantity - quantity.mean()
    if not apart.any():
        return float("nan")
    return float((apart * price).sum() / (apart**2).sum())


def tenfold_factor(slope: float) -> float:
    """Price per gram of ten times the quantity, as a multiple of that of the quantity."""
    return float(10 ** (slope - 1))
