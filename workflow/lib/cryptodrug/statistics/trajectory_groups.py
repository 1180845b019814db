"""Groups of cases whose values go alike over time (group-based trajectories: Nagin 2005); the slope of each case."""

from dataclasses import dataclass

import numpy as np

ROUNDS = 300
CLOSE = 1e-7
STARTS = 6
SURE = 1e-3  # least variance: a group whose members lie exactly on its curve would be infinitely likely


@dataclass(frozen=True)
class Trajectories:
    """A model with k groups.

    Attributes
    ----------
    belief : (n, k) probability of each group for each case.
    curves : (k, m) expected value of each group at each time.
    log_likelihood, bic : of the model; BIC with the number of cases (Schwarz 1978).
    """

    belief: np.ndarray
    curves: np.ndarray
    log_likelihood: float
    bic: float

    @property
    def groups(self) -> np.ndarray:
        """The most probable group of each case."""
        return self.belief.argmax(axis=1)

    @property
    def certainty(self) -> np.ndarray:
        """Mean probability of its group among those placed in each: from 0.7 they are told apart well (Nagin 2005)."""
        groups, k = self.groups, self.belief.shape[1]
        return np.array([self.belief[groups == g, g].mean() if (groups == g).any() else 0.0 for g in range(k)])


def _basis(times: np.ndarray, degree: int) -> np.ndarray:
    """Powers of time on a scale from -1 to 1: (m, degree + 1)."""
    middle, half = (times.max() + times.min()) / 2, max((times.max() - times.min()) / 2, 1e-12)
    return np.vander((times - middle) / half, degree + 1, increasing=True)


def _squares(values: np.ndarray, known: np.ndarray, curves: np.ndarray) -> np.ndarray:
    """Sum of squared distances of each case from each curve, missing values left out: (n, k)."""
    own = (values**2).sum(axis=1, keepdims=True)
    return np.maximum(own - 2 * values @ curves.T + known @ (curves**2).T, 0.0)


def _one_start(values: np.ndarray, known: np.ndarray, basis: np.ndarray, belief: np.ndarray) -> tuple:
    """From a first belief to the nearest best model; missing values are zero and not known."""
    last, each, ridge = -np.inf, known.sum(axis=1, keepdims=True), 1e-9 * np.eye(basis.shape[1])
    for _ in range(ROUNDS):
        weights, sums = belief.T @ known, belief.T @ values
        inner = np.einsum("gm,mp,mq->gpq", weights, basis, basis) + ridge
        curves = np.linalg.solve(inner, (sums @ basis)[:, :, None])[:, :, 0] @ basis.T
        apart = _squares(values, known, curves)
        variance = max((belief * apart).sum() / known.sum(), SURE)
        shares = np.maximum(belief.mean(axis=0), 1e-12)
        joint = np.log(shares) - 0.5 * (apart / variance + each * np.log(2 * np.pi * variance))
        top = joint.max(axis=1, keepdims=True)
        whole = top[:, 0] + np.log(np.exp(joint - top).sum(axis=1))
        belief = np.exp(joint - whole[:, None])
        if whole.sum() - last < CLOSE * abs(whole.sum()):
            break
        last = whole.sum()
    return float(whole.sum()), belief, curves


def trajectory_groups(values: np.ndarray, times: np.ndarray, k: int, degree: int, seed: int) -> Trajectories:
    """The best of some starts, the groups by their mean value, the highest first.

    Normal values about a polynomial of time, its own for each group, with one variance. Expectation and maximisation in
    turn (Dempster, Laird & Rubin 1977).

    Parameters
    ----------
    values : (n, m); NaN where a case was not there.
    times : (m,).
    """
    known = np.isfinite(values).astype(float)
    filled, basis = np.where(known == 1, values, 0.0), _basis(times, degree)
    generator = np.random.Generator(np.random.PCG64(seed))
    level = filled.sum(axis=1) / known.sum(axis=1)
    by_level = np.argsort(np.argsort(level, kind="stable"), kind="stable") * k // len(values)
    starts = [0.9 * np.eye(k)[by_level] + 0.1 / k]
    starts += [generator.dirichlet(np.ones(k), size=len(values)) for _ in range(STARTS - 1 if k > 1 else 0)]
    likelihood, belief, curves = max(
        (_one_start(filled, known, basis, start) for start in starts), key=lambda found: found[0]
    )
    free = k * (degree + 1) + (k - 1) + 1
    order = np.argsort(-curves.mean(axis=1), kind="stable")
    bic = free * float(np.log(len(values))) - 2 * likelihood
    return Trajectories(belief[:, order], curves[order], likelihood, bic)


def best_trajectories(tried: list[Trajectories], smallest: float) -> Trajectories:
    """The model of least BIC whose groups all hold at least the share `smallest` of the cases."""
    sizes = [np.bincount(one.groups, minlength=one.belief.shape[1]) for one in tried]
    kept = [one for one, size in zip(tried, sizes, strict=True) if size.min() >= smallest * size.sum()]
    return min(kept or tried[:1], key=lambda one: one.bic)


def slopes(values: np.ndarray, times: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Slope of each case on time by least squares, and the ends of its interval (Student's distribution).

    Parameters
    ----------
    values : (n, m); NaN where a case was not there. With fewer than three values there is no interval (NaN).

    Returns
    -------
    slope, low, high : (n,) each.
    """
    from scipy.special import stdtrit

    known = np.isfinite(values)
    n = known.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        filled, at = np.where(known, values, 0.0), np.where(known, times, 0.0)
        x = np.where(known, at - (at.sum(axis=1) / n)[:, None], 0.0)
        y = np.where(known, filled - (filled.sum(axis=1) / n)[:, None], 0.0)
        spread = (x**2).sum(axis=1)
        slope = (x * y).sum(axis=1) / spread
        rest = ((y - slope[:, None] * x) ** 2 * known).sum(axis=1)
        half = stdtrit(np.maximum(n - 2, 1), (1 + level) / 2) * np.sqrt(rest / (n - 2) / spread)
    half = np.where(n > 2, half, np.nan)
    return slope, slope - half, slope + half
