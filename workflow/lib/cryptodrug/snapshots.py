"""The snapshot table of a study: which files were received, with their checksums."""

import csv
import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptodrug.errors import InputError
from cryptodrug.files import sha256_of

COLUMNS = ("market", "snapshot_date", "file", "sha256", "bytes", "kind", "adapter", "source", "licence")
KINDS = ("pages", "dump", "vendors", "front", "rates")
ONCE_A_DATE = ("pages", "dump")
TABLE_KINDS = ("dump", "vendors")  # tables that somebody else made of pages


@dataclass(frozen=True)
class SnapshotRow:
    """One file of the study. `snapshot_date` is None for files that serve all dates (daily rates)."""

    market: str
    snapshot_date: datetime.date | None
    file: str
    sha256: str
    bytes: int
    kind: str
    adapter: str
    source: str
    licence: str


def _refusal(what: str, path: Path, line: int | str) -> InputError:
    return InputError(
        what,
        where=f"{path}, line {line}",
        not_done="no archive was read",
        do="mend the snapshot table; its columns are explained in docs/configuration.md",
    )


def _date(text: str, kind: str, path: Path, line: int) -> datetime.date | None:
    if not text and kind == "rates":
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise _refusal(f"`snapshot_date` is no date of the form 2019-01-31: {text!r}", path, line) from None


def _row(fields: dict[str, str], path: Path, line: int) -> SnapshotRow:
    if fields["kind"] not in KINDS:
        raise _refusal(f"`kind` is none of {', '.join(KINDS)}: {fields['kind']!r}", path, line)
    if len(fields["sha256"]) != 64 or set(fields["sha256"]) - set("0123456789abcdef"):
        raise _refusal("`sha256` is not 64 hexadecimal digits", path, line)
    if not fields["bytes"].isdecimal():
        raise _refusal(f"`bytes` is no whole number: {fields['bytes']!r}", path, line)
    if Path(fields["file"]).is_absolute() or ".." in Path(fields["file"]).parts:
        raise _refusal("`file` must be a path below `archives_root`", path, line)
    values = fields | {
        "snapshot_date": _date(fields["snapshot_date"], fields["kind"], path, line),
        "bytes": int(fields["bytes"]),
    }
    return SnapshotRow(**values)


def _refuse_repeats(rows: Iterable[tuple[int, SnapshotRow]], path: Path) -> None:
    """A file listed twice, or a date with two archives of the same kind, would count everything twice."""
    seen: dict[tuple, int] = {}
    for line, row in rows:
        keys = [("file", row.file)]
        if row.kind in ONCE_A_DATE:
            keys.append((row.market, row.snapshot_date, "pages or dump"))
        for key in keys:
            if key in seen:
                what = (
                    f"{row.file} is listed twice"
                    if key[0] == "file"
                    else (
                        f"the snapshot of {row.market} on {row.snapshot_date} is given twice (also in line {seen[key]})"
                    )
                )
                raise _refusal(what, path, line)
            seen[key] = line


def read_snapshots(path: str | Path) -> list[SnapshotRow]:
    """Read and check the snapshot table, in the order of the file.

    Raises
    ------
    InputError : a column is missing or unknown, a field is malformed, a file or a snapshot stands twice.
    """
    path = Path(path)
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise _refusal(f"the columns are not {', '.join(COLUMNS)}", path, 1)
        rows = []
        for fields in reader:
            if None in fields or None in fields.values():
                raise _refusal("the line has not as many fields as the head", path, reader.line_num)
            rows.append((reader.line_num, _row(fields, path, reader.line_num)))
    _refuse_repeats(rows, path)
    return [row for _, row in rows]


def check_sum(path: str | Path, expected: str) -> None:
    """Stop when the bytes of a file are not those that the study was made with."""
    found = sha256_of(path)
    if found != expected:
        raise InputError(
            "the checksum of an input file differs from the snapshot table",
            where=f"{path}: expected sha256 {expected}, found {found}",
            not_done="nothing of this file was read",
            do="fetch the file again; if the new file is meant, correct the snapshot table and say why in the commit",
        )
