"""Random draws that are the same on every machine and in every version."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TypeVar

import numpy as np
from numpy.random import PCG64

Item = TypeVar("Item")
WORD_BITS = 64


class Draws:
    """A stream of draws with its own name.

    Each vendor, listing and page draws from a stream of its own: another vendor in the scenario changes nothing of
    those before it. Only the raw words of the generator (O'Neill 2014) and whole numbers are used, because numpy
    promises these, and not its distributions, to stay the same.
    """

    def __init__(self, seed: int, *name: object) -> None:
        text = "|".join(map(str, (seed, *name)))
        self._generator = PCG64(int.from_bytes(sha256(text.encode()).digest()[:16], "big"))

    def below(self, bound: int) -> int:
        """A whole number from 0 to `bound` - 1."""
        return (int(self._generator.random_raw()) * bound) >> WORD_BITS

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both possible."""
        return least + self.below(most - least + 1)

    def happens(self, per_thousand: int) -> bool:
        """Whether something of this probability (in thousandths) happens."""
        return self.below(1000) < per_thousand

    def one(self, items: Sequence[Item]) -> Item:
        """One of the items, all alike."""
        return items[self.below(len(items))]

    def weighted(self, weights: Mapping[Item, int]) -> Item:
        """One of the keys, by its weight, in the order of the mapping."""
        left = self.below(sum(weights.values()))
        for item, weight in weights.items():
            left -= weight
            if left < 0:
                return item
        raise AssertionError("weights add up to less than their sum")

    def some(self, items: Sequence[Item], count: int) -> list[Item]:
        """`count` different items, in drawn order."""
        rest = list(items)
        return [rest.pop(self.below(len(rest))) for _ in range(count)]

    def many_below(self, bound: int, count: int) -> np.ndarray:
        """`count` whole numbers from 0 to `bound` - 1 (bound up to 2**32) as an array."""
        words = self._generator.random_raw(count) if count else np.empty(0, dtype=np.uint64)
        return (((words >> np.uint64(32)) * np.uint64(bound)) >> np.uint64(32)).astype(np.int64)

    def many_weighted(self, weights: Mapping[int, int], count: int) -> np.ndarray:
        """`count` of the keys (whole numbers), by their weights."""
        ends = np.cumsum(list(weights.values()))
        return np.array(list(weights))[np.searchsorted(ends, self.many_below(int(ends[-1]), count), side="right")]

    def chosen(self, thousandths: Mapping[Item, int]) -> Item | None:
        """One of the keys with its probability (in thousandths), or none of them."""
        left = self.below(1000)
        for item, part in thousandths.items():
            left -= part
            if left < 0:
                return item
        return None


class Source:
    """Gives the streams of one world; each replicate of a scenario has streams of its own."""

    def __init__(self, seed: int, replicate: int | None = None) -> None:
        self._name = (seed,) if replicate is None else (seed, "replicate", replicate)

    def __call__(self, *name: object) -> Draws:
        return Draws(self._name[0], *self._name[1:], *name)
