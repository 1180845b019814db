"""What a pass over an archive met besides pages."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Report:
    """Counts of a pass over an archive. They hold no path: paths can be names of vendors."""

    pages: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    position: Callable[[], float] | None = None

    def share(self) -> float | None:
        """Share of the archive that is read, 0 to 1; None where it cannot be told."""
        return self.position() if self.position else None

    def refuse(self, reason: str) -> None:
        """Count a member that is not read."""
        self.refused[reason] = self.refused.get(reason, 0) + 1
