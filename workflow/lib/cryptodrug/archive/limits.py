"""How much an archive may unpack to before it is taken for an attack."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MEGABYTE = 1 << 20
# whatever the ratio, so much may come out of an archive: a small archive of one repeated page is no attack
ALWAYS_ALLOWED = 1 << 30


@dataclass(frozen=True)
class Limits:
    """What a study allows. `keep_damaged`: what can be read of a damaged archive is read, the rest reported."""

    largest_page: int = 64 * MEGABYTE
    largest_unpacked: int = 1000 * 1024 * MEGABYTE
    largest_ratio: int = 200
    deepest: int = 3
    keep_damaged: bool = False

    @classmethod
    def of(cls, archives: Mapping[str, Any]) -> "Limits":
        """The limits that the block `archives` of a study's settings gives, in megabytes and gigabytes."""
        return cls(
            archives["largest_page"] * MEGABYTE,
            archives["largest_unpacked"] * 1024 * MEGABYTE,
            archives["largest_ratio"],
            archives["deepest"],
            archives["damaged"] == "keep",
        )


class TooMuch(ValueError):
    """An archive unpacks to more than the study allows."""


class Budget:
    """What may still come out of an archive; what comes out of an archive inside it counts for both."""

    def __init__(self, limits: Limits, packed: int, outer: "Budget | None" = None) -> None:
        by_ratio = max(limits.largest_ratio * packed, ALWAYS_ALLOWED)
        self._most, self._ratio = min(by_ratio, limits.largest_unpacked), by_ratio < limits.largest_unpacked
        self._taken, self._packed, self._outer = 0, packed, outer

    def take(self, count: int) -> None:
        """Count unpacked bytes.

        Raises
        ------
        TooMuch : more than the limits allow has come out.
        """
        self._taken += count
        if self._taken > self._most:
            which = "largest_ratio" if self._ratio else "largest_unpacked"
            raise TooMuch(f"more than {self._most} bytes come out of {self._packed}; the limit is `archives: {which}`")
        if self._outer is not None:
            self._outer.take(count)
