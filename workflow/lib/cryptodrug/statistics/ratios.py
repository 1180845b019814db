"""Ratios of shares between a group and the rest, or the whole."""

import numpy as np


def location_quotient(share: np.ndarray, share_of_all: np.ndarray) -> np.ndarray:
    """Share in the group divided by the share in the whole market (Florence 1939); NaN where the latter is zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(share_of_all > 0, share / share_of_all, np.nan)


def stratified_rate_ratio(
    events: np.ndarray, time: np.ndarray, events_rest: np.ndarray, time_rest: np.ndarray
) -> np.ndarray:
    """Ratio of the rates of two groups over strata, (draws, strata) each: that of Mantel & Haenszel (1959) for rates.

    What differs between strata (markets) cancels; a stratum without one of the groups counts for nothing. NaN where
    the rest has no event in any stratum with both. Source: Rothman & Greenland (1998), chapter 15.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        both = time + time_rest
        above = np.where(both > 0, events * time_rest / both, 0.0).sum(axis=-1)
        below = np.where(both > 0, events_rest * time / both, 0.0).sum(axis=-1)
        return np.where(below > 0, above / below, np.nan)


def corrected_ratio(part: float, base: float, part_rest: float, base_rest: float) -> float:
    """Ratio of shares with half a case added to each count and one to each base (Haldane 1956): defined at zero."""
    return ((part + 0.5) / (base + 1)) / ((part_rest + 0.5) / (base_rest + 1))


def ratio_of_shares(share: np.ndarray, share_rest: np.ndarray, counts: np.ndarray, bases: np.ndarray) -> np.ndarray:
    """Ratio of the group's share to that of the rest, (draws, classes).

    Parameters
    ----------
    counts, bases : (draws, 2, classes) and (draws, 2, 1) totals of group and rest. Where any count of a draw is zero,
        all its classes use the corrected ratio of the totals. NaN where a group has no listing at all.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        plain = share / share_rest
        corrected = ((counts[:, 0] + 0.5) / (bases[:, 0] + 1)) / ((counts[:, 1] + 0.5) / (bases[:, 1] + 1))
    zero = (counts == 0).any(axis=(1, 2))
    nobody = (bases == 0).any(axis=(1, 2))
    return np.where(nobody[:, None], np.nan, np.where(zero[:, None], corrected, plain))
