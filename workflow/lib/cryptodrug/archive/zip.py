"""Pages of a zip archive, in the order of its directory."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from cryptodrug.archive.page import Page
from cryptodrug.archive.refusal import reason_to_refuse
from cryptodrug.archive.report import Report


def zip_pages(path: Path, report: Report) -> Iterator[Page]:
    """Every regular file of the archive that is not encrypted."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        report.position = lambda: report.pages / max(len(members), 1)
        for member in members:
            if member.is_dir():
                continue
            regular = (member.external_attr >> 16) & 0o170000 in (0, 0o100000)
            if reason := reason_to_refuse(member.filename, regular, member.file_size):
                report.refuse(reason)
            elif member.flag_bits & 1:
                report.refuse("encrypted")
            else:
                yield Page(member.filename, archive.read(member))
