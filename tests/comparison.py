"""Values that others found, beside ours: how many are equal, and which are not."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]


@dataclass
class Compared:
    """Number of equal values, and each other one as (which row, field) -> (theirs, ours)."""

    equal: int = 0
    different: dict[tuple[Hashable, str], tuple[Any, Any]] = field(default_factory=dict)

    def fields(self) -> Counter:
        """How many values differ, by field."""
        return Counter(name for _, name in self.different)


def flat(figures: Row, front: str = "") -> Iterator[tuple[str, Any]]:
    """Figures within figures, each by its dotted name."""
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{front}{name}.")
        else:
            yield front + name, value


def compare(pairs: Iterable[tuple[Hashable, Row, Row]], fields: Mapping[str, Callable[[Row], Any]]) -> Compared:
    """Compare rows of others with ours, field by field: (which row, theirs, ours), and how each field is ours."""
    done = Compared()
    for which, theirs, ours in pairs:
        for name, ours_of in fields.items():
            expected, found = theirs[name], ours_of(ours)
            if expected == found:
                done.equal += 1
            else:
                done.different[which, name] = (expected, found)
    return done


def number(text: str | None) -> float | None:
    """A printed number without regard to how it is written; None stays None."""
    return None if text is None else float(text.replace(",", ""))


def by_text(rows: Iterable[Row], column: str) -> dict[str, int]:
    """How often each text of a column occurs; rows without it are not counted."""
    return dict(Counter(row[column] for row in rows if row[column] is not None))
