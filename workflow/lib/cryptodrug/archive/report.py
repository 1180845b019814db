"""What a pass over an archive met: every member is a page, opened, refused for a reason, or unreadable."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Count:
    """How many, and how many bytes."""

    number: int = 0
    bytes: int = 0

    def add(self, size: int) -> None:
        """One more."""
        self.number += 1
        self.bytes += size


Counts = dict[str, Count]


@dataclass
class Report:
    """Counts of a pass over an archive. They hold no path: paths can be names of vendors.

    Attributes
    ----------
    members : entries of the archive and of archives inside it, without folders.
    given : pages that were handed over, with their bytes.
    not_read : members that are no pages, by reason.
    opened : archives inside the archive, by kind.
    unreadable : members that are damaged, by what is wrong; those of which a part is read are pages.
    damages : places where a container is damaged, by what is wrong, with the bytes lost (packed ones where these are
        damaged; 0 where it cannot be told).
    again : pages of which the archive holds another capture in front of them.
    cut : pages of which only the part in front of a damage is there.
    """

    members: int = 0
    given: Count = field(default_factory=Count)
    not_read: Counts = field(default_factory=dict)
    opened: Counts = field(default_factory=dict)
    unreadable: Counts = field(default_factory=dict)
    damages: Counts = field(default_factory=dict)
    again: int = 0
    cut: int = 0
    position: Callable[[], float] | None = None

    @property
    def pages(self) -> int:
        """Number of pages that were handed over."""
        return self.given.number

    @property
    def refused(self) -> dict[str, int]:
        """Number of members that are not read, by reason."""
        return {reason: count.number for reason, count in self.not_read.items()}

    @property
    def unaccounted(self) -> int:
        """Members that are nothing of all this; must be 0."""
        groups = (self.not_read, self.opened, self.unreadable)
        return self.members - self.pages - sum(one.number for group in groups for one in group.values())

    def share(self) -> float | None:
        """Share of the archive that is read, 0 to 1; None where it cannot be told."""
        return self.position() if self.position else None

    def refuse(self, reason: str, size: int) -> None:
        """Count a member that is not read."""
        count(self.not_read, reason, size)

    def as_data(self) -> dict[str, Any]:
        """All counts as plain data, for JSON."""
        groups = {name: getattr(self, name) for name in ("not_read", "opened", "unreadable", "damages")}
        return {
            "members": self.members,
            "pages": vars(self.given),
            "again": self.again,
            "cut": self.cut,
        } | {name: {key: vars(one) for key, one in sorted(group.items())} for name, group in groups.items()}


def count(group: Counts, key: str, size: int) -> Count:
    """Count one more of a kind; the count."""
    one = group.setdefault(key, Count())
    one.add(size)
    return one
