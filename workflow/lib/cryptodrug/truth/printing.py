"""Truth beside estimate, for the terminal and as CSV."""

import csv
import io
from collections.abc import Iterable, Iterator

from cryptodrug.truth.compare import Compared, Summary, as_rows, without_truth

COLUMNS = ("id", "truth", "estimate", "low", "high", "covers", "of", "remark")


def _short(value: object) -> str:
    """Four significant digits at least, whole numbers as they are."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    number = float(value)
    return f"{int(number)}" if number.is_integer() else f"{number:.4g}"


def table_lines(compared: Iterable[Compared]) -> Iterator[str]:
    """One line per number that has a true value, columns aligned."""
    rows = [row for row in as_rows(compared) if row["truth"] is not None]
    cells = [list(COLUMNS), *([_short(row[name]) for name in COLUMNS] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(COLUMNS))]
    for line in cells:
        yield "  ".join(
            text.ljust(width) if place in (0, 5, 6, 7) else text.rjust(width)
            for place, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()


def summary_lines(compared: list[Compared], counts: Summary) -> Iterator[str]:
    """What has no truth and why, then how many intervals hold it."""
    for reason, names in sorted(without_truth(compared).items()):
        tables = sorted({name.split(".")[0] for name in names})
        yield f"no truth for {len(names)} numbers of {', '.join(tables)}: {reason}"
    yield (
        f"{counts.with_truth} of {counts.numbers} released numbers have a true value; {counts.covered} of "
        f"{counts.intervals} intervals hold it (by chance one in twenty may miss; intervals of one study err together)"
    )


def as_csv(compared: Iterable[Compared], label: str) -> str:
    """Every released number, with and without a truth; first column study."""
    stream = io.StringIO(newline="")
    rows = as_rows(compared)
    names = list(rows[0]) if rows else ["id"]
    writer = csv.DictWriter(stream, ["study", *names], lineterminator="\n")
    writer.writeheader()
    writer.writerows({"study": label} | row for row in rows)
    return stream.getvalue()
