"""What a column and a table of the database are declared with."""

from dataclasses import dataclass, field

TYPES = ("text", "integer", "number", "flag", "date")


@dataclass(frozen=True)
class DatabaseColumn:
    """A column: name, type, whether every row has a value, the values it may take, what it means."""

    name: str
    type: str
    about: str
    required: bool = False
    values: tuple[str, ...] = ()
    minimum: float | None = None


@dataclass(frozen=True)
class DatabaseTable:
    """A table: what one row is, its key, its columns; `others` says in words what columns it has beside these."""

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[DatabaseColumn, ...] = field(default=())
    others: str = ""

    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]


def column(name: str, kind: str, about: str, **more: object) -> DatabaseColumn:
    """A column, `DatabaseColumn` in short."""
    return DatabaseColumn(name, kind, about, **more)


def identity() -> tuple[DatabaseColumn, ...]:
    """The columns that name the snapshot of a row."""
    return (
        column("market", "text", "market of the study", required=True),
        column("snapshot_date", "date", "date of the snapshot, ISO 8601", required=True),
    )


PAGE_ID = column("page_id", "text", "page the row was read from: 16 hex digits", required=True)
STATUSES = ("country", "several", "region", "none", "unparsed")
POLICIES = (
    "domestic",
    "neighbours",
    "europe",
    "worldwide",
    "worldwide-except",
    "other-countries",
    "not-stated",
    "unparsed",
)
RATE_SOURCES = ("page", "snapshot", "day", "interpolated", "reference", "none")
