"""WACZ files: a zip of WARC files with their indexes (Webrecorder, WACZ 1.1)."""

from collections.abc import Iterator

from cryptodrug.archive.members import Member
from cryptodrug.archive.refusal import OF_WACZ
from cryptodrug.archive.source import Source
from cryptodrug.archive.zip_entries import directory_entries, find_directory

_FEW = 1000  # members; a zip with more is no WACZ
_WARC = (".warc", ".warc.gz")


def _holds_warc(name: str) -> bool:
    return name.startswith("archive/") and name.endswith(_WARC)


def is_wacz(source: Source) -> bool:
    """Whether a zip is a WACZ: by its name, or by what it holds."""
    if source.name.lower().endswith(".wacz"):
        return True
    try:
        directory = find_directory(source.stream, source.size)
        if directory.entries > _FEW:
            return False
        names = {entry.name for entry in directory_entries(source.stream, directory)}
    except (EOFError, OSError, ValueError):
        return False
    return "datapackage.json" in names and any(_holds_warc(name) for name in names)


def wacz_warcs(members: Iterator[Member]) -> Iterator[Member]:
    """The members, of which only the WARC files are read."""
    for member in members:
        if not _holds_warc(member.name):
            member.refusal = member.refusal or OF_WACZ
        yield member
