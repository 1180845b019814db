"""Prices by quantity and origin: log price on log quantity and origin, with a level for every market and snapshot.

    ln p = a(market, snapshot) + b ln q + g (from the country)

`b` below one is a quantity discount: ten times the quantity costs `10^(b-1)` as much a gram. `exp(g)` is the price from
the country against that of the others for the same quantity. Least squares; the levels are swept out group by group
(Frisch & Waugh 1933), so that sums of a few products are all that is needed, of a whole market or of vendors drawn.
"""

import numpy as np

SCALE = 10_000  # logs to four decimals as whole numbers: their sums are exact in any order
MOMENTS = ("n", "f", "x", "y", "xx", "xy", "xf", "yf")  # x: log quantity, y: log price, f: from the country
NEARLY = 1e-9


def moments(quantity: np.ndarray, price: np.ndarray, origin: np.ndarray, scale: int = SCALE) -> np.ndarray:
    """What each offer adds to the sums, (offers, 8) whole numbers; quantity and price above zero, origin 0 or 1.

    `scale`: of the logs; a finer one serves slopes of a few offers.
    """
    x, y = (np.rint(np.log(values) * scale).astype(np.int64) for values in (quantity, price))
    f = origin.astype(np.int64)
    return np.stack([np.ones_like(x), f, x, y, x * x, x * y, x * f, y * f]).T  # one moment after the other in memory


def _swept(sums: np.ndarray) -> tuple[np.ndarray, ...]:
    """Sums of products of deviations from the mean of each group: x x, x y, origin origin, x origin, y origin."""
    n, f, x, y, xx, xy, xf, yf = np.moveaxis(np.asarray(sums, dtype=float), -1, 0)
    share = np.where(n > 0, 1 / np.where(n > 0, n, 1), 0.0)
    pairs = ((xx, x, x), (xy, x, y), (f, f, f), (xf, x, f), (yf, y, f))
    return tuple((product - one * other * share).sum(axis=-1) for product, one, other in pairs)


def common_ratio(sums: np.ndarray) -> np.ndarray:
    """Log ratio of prices that several kinds of goods have in common, each with a slope and levels of its own.

    Parameters
    ----------
    sums : (draws, kinds, groups, 8) sums of `moments`.

    Returns
    -------
    (draws,) log ratios, NaN where no kind has offers from both.
    """
    sxx, sxy, sff, sxf, syf = _swept(sums)
    over = np.where(sxx > 0, sxf / np.where(sxx > 0, sxx, 1), 0.0)
    above, below = (syf - over * sxy).sum(axis=-1), (sff - over * sxf).sum(axis=-1)
    told = below > NEARLY * np.maximum(sff.sum(axis=-1), 1)
    return np.where(told, above / np.where(told, below, 1), np.nan) / SCALE


def solve(sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Slope `b` and log ratio of prices `g`.

    Parameters
    ----------
    sums : (draws, groups, 8) sums of `moments`, one group for each market and snapshot.

    Returns
    -------
    (draws,) slopes, NaN where all quantities of each group are the same; (draws,) log ratios, NaN where no group has
    offers from both, or where origin and quantity go together so closely that they cannot be told apart.
    """
    sxx, sxy, sff, sxf, syf = _swept(sums)
    apart = sxx * sff - sxf * sxf
    told = apart > NEARLY * np.maximum(sxx * sff, 1)
    alone = np.where(sxx > 0, sxy / np.where(sxx > 0, sxx, 1), np.nan)
    slope = np.where(told, (sxy * sff - syf * sxf) / np.where(told, apart, 1), alone)
    ratio = np.where(told, (syf * sxx - sxy * sxf) / np.where(told, apart, 1), np.nan)
    # one quantity only: the ratio is that of the means
    ratio = np.where((sxx == 0) & (sff > 0), syf / np.where(sff > 0, sff, 1), ratio)
    return slope, ratio / SCALE


def tenfold_factor(slope: float) -> float:
    """Price per gram of ten times the quantity, as a multiple of that of the quantity."""
    return float(10 ** (slope - 1))
