"""Does a part of the offer grow otherwise than the rest? The change of its odds per month (typology, V2)."""

import numpy as np

FEWEST_MONTHS = 4  # of calendar months with a snapshot: with less, growth and chance look alike
ROUNDS = 50
CLOSE = 1e-10
LARGEST_STEP = 2.0


def odds_slope(part: np.ndarray, total: np.ndarray, months: np.ndarray, market: np.ndarray) -> np.ndarray:
    """Change per month in the log odds that a listing belongs to the part, one level per market.

    With an effect for every market and snapshot, Poisson pseudo-likelihood (Gourieroux, Monfort & Trognon 1984) of the
    counts of both groups is the logistic regression of the share on time: growth of the market, closures and incomplete
    downloads cancel. Solved by Newton's method, all draws at once.

    Parameters
    ----------
    part, total : (draws, snapshots) counts of the part and of all.
    months : (snapshots,) time since any day, in months.
    market : (snapshots,) market of each snapshot, whole numbers from 0.

    Returns
    -------
    (draws,) slopes; NaN where there is none: nothing or everything belongs to the part, or no market has two snapshots.
    """
    part, total = np.atleast_2d(part).astype(float), np.atleast_2d(total).astype(float)
    of_market = (market[:, None] == np.arange(market.max() + 1)).astype(float)
    level = np.log((part @ of_market + 0.5) / ((total - part) @ of_market + 0.5))
    slope = np.zeros(len(part))
    some, enough = part.sum(axis=1), total.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for _ in range(ROUNDS):
            share = 1 / (1 + np.exp(-(level @ of_market.T + slope[:, None] * months)))
            weight, rest = total * share * (1 - share), part - total * share
            own, cross = weight @ of_market, (weight * months) @ of_market
            gradient = rest @ of_market
            # markets without any listing, or with all or none in the part, say nothing of a slope
            known = own > CLOSE
            shift = np.where(known, gradient / np.where(known, own, 1), 0)
            lean = np.where(known, cross / np.where(known, own, 1), 0)
            above = (rest * months).sum(axis=1) - (cross * shift).sum(axis=1)
            below = (weight * months**2).sum(axis=1) - (cross * lean).sum(axis=1)
            step = np.where(below > CLOSE, above / np.where(below > CLOSE, below, 1), np.nan)
            step = np.clip(step, -LARGEST_STEP, LARGEST_STEP)
            slope = slope + step
            level = np.clip(level + shift - lean * step[:, None], -30, 30)
            if np.nanmax(np.abs(step), initial=0) < CLOSE:
                break
    defined = (some > 0) & (some < enough) & (np.abs(slope) < 20)
    return np.where(defined, slope, np.nan)
