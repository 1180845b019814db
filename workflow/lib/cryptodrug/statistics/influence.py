"""How much an estimate hangs on each vendor: the jackknife, and what follows from it for intervals."""

import numpy as np


def left_out(without: np.ndarray) -> np.ndarray:
    """Influences from (vendors, k) estimates without each vendor of a group; zero where undefined, or for one alone."""
    defined = np.isfinite(without)
    count = np.maximum(defined.sum(axis=0), 1)
    mean = np.where(defined, without, 0.0).sum(axis=0) / count
    return np.where(defined, mean - without, 0.0) * np.sqrt((count - 1) / count)


def degrees_of_freedom(influence: np.ndarray) -> float:
    """Degrees of freedom of the variance that these influences give, at least one (Satterthwaite 1946).

    Their sum of squares is the variance; how much it varies itself follows from their fourth powers, as for the
    variance of clustered data in Pan & Wall (2002). Equal influences of n vendors give n - 1; a few large ones few.
    """
    squares, acting = (influence**2).sum(), int((influence != 0).sum())
    if acting < 2:
        return 1.0
    spread = (influence**4).sum() - squares**2 / acting
    return acting - 1.0 if spread <= 0 else float(min(acting - 1, max(1.0, 2 * squares**2 / spread)))


def reciprocal_interval(point: float, influence: np.ndarray, level: float) -> tuple[float, float] | None:
    """Interval of a positive measure on its reciprocal, by Student's distribution.

    For measures of inequality: the fewer large vendors a sample happens to hold, the smaller are the measure and its
    standard error, so that an interval of equal arms ends below the true value too often, on the log as well, and a
    bootstrap interval does so too. On the reciprocal the upper arm is the longer one, and has no end (infinite) where
    the error is as large as the measure. How often it holds: docs/recovery.md. None when no vendor changes the measure.
    """
    from scipy.special import stdtrit

    squares = float((influence**2).sum())
    if squares == 0 or point <= 0:
        return None
    half = float(stdtrit(degrees_of_freedom(influence), (1 + level) / 2) * np.sqrt(squares) / point)
    return point / (1 + half), point / (1 - half) if half < 1 else float("inf")


def student_interval(point: float, influence: np.ndarray, level: float) -> tuple[float, float] | None:
    """Interval of equal arms by Student's distribution, from the jackknife over vendors.

    For coefficients of a regression: one vendor with a rare size decides much of a slope, and draws that miss it are as
    frequent as those that hold it twice, so that a bootstrap interval is too narrow. The jackknife leaves out too much
    rather than too little (Bell & McCaffrey 2002). None when no vendor changes the estimate, or there is none.
    """
    from scipy.special import stdtrit

    squares = float((influence**2).sum())
    if squares == 0 or not np.isfinite(point):
        return None
    half = float(stdtrit(degrees_of_freedom(influence), (1 + level) / 2) * np.sqrt(squares))
    return float(point) - half, float(point) + half
