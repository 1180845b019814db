"""Pages of a folder, sorted by path."""

from collections.abc import Iterator
from pathlib import Path

from cryptodrug.archive.page import Page
from cryptodrug.archive.refusal import reason_to_refuse
from cryptodrug.archive.report import Report


def folder_pages(path: Path, report: Report) -> Iterator[Page]:
    """Every file below the folder; links are not followed."""
    for file in sorted(path.rglob("*")):
        if file.is_dir() and not file.is_symlink():
            continue
        name = file.relative_to(path).as_posix()
        size = 0 if file.is_symlink() else file.stat().st_size
        if reason := reason_to_refuse(name, not file.is_symlink(), size):
            report.refuse(reason)
        else:
            yield Page(name, file.read_bytes())
