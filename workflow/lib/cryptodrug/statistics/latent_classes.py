"""Latent classes of yes-no features by maximum likelihood (Lazarsfeld & Henry 1968; Goodman 1974)."""

from dataclasses import dataclass

import numpy as np

ROUNDS = 500
CLOSE = 1e-8
STARTS = 10


@dataclass(frozen=True)
class Classes:
    """A model with k classes: class of each case (the most probable), its log likelihood and its BIC."""

    classes: np.ndarray
    log_likelihood: float
    bic: float


def _log_joint(yes: np.ndarray, no: np.ndarray, shares: np.ndarray, chances: np.ndarray) -> np.ndarray:
    return yes @ np.log(chances).T + no @ np.log(1 - chances).T + np.log(shares)


def _one_start(yes: np.ndarray, no: np.ndarray, belief: np.ndarray) -> tuple[np.ndarray, float]:
    last = -np.inf
    for _ in range(ROUNDS):
        shares = np.maximum(belief.mean(axis=0), 1e-12)
        known = belief.T @ (yes + no)
        # half a case of each kind keeps a chance away from never and always
        chances = (belief.T @ yes + 0.5) / (known + 1)
        joint = _log_joint(yes, no, shares, chances)
        top = joint.max(axis=1, keepdims=True)
        whole = top[:, 0] + np.log(np.exp(joint - top).sum(axis=1))
        belief = np.exp(joint - whole[:, None])
        if whole.sum() - last < CLOSE * abs(whole.sum()):
            break
        last = whole.sum()
    return belief, float(whole.sum())


def latent_classes(values: np.ndarray, k: int, seed: int) -> Classes:
    """The best of some starts.

    Parameters
    ----------
    values : (n, features) of 0, 1 and NaN; a missing one says nothing.
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    yes, no = (values == 1).astype(float), (values == 0).astype(float)
    n, features = values.shape
    starts = [generator.dirichlet(np.ones(k), size=n) for _ in range(STARTS if k > 1 else 1)]
    belief, likelihood = max((_one_start(yes, no, start) for start in starts), key=lambda found: found[1])
    free = k * features + k - 1
    return Classes(belief.argmax(axis=1), likelihood, free * float(np.log(n)) - 2 * likelihood)


def best_number(values: np.ndarray, most: int, smallest: float, seed: int) -> Classes:
    """The model of least BIC (Schwarz 1978) whose classes all hold at least the share `smallest` of the cases."""
    found = [latent_classes(values, k, seed) for k in range(1, most + 1)]
    kept = [
        one
        for k, one in enumerate(found, start=1)
        if np.bincount(one.classes, minlength=k).min() >= smallest * len(values)
    ]
    return min(kept or found[:1], key=lambda one: one.bic)
