"""Files of a folder, sorted by path."""

from collections.abc import Iterator
from pathlib import Path

from cryptodrug.archive.members import Member
from cryptodrug.archive.refusal import LINK
from cryptodrug.archive.unpack import Forward


def _files(folder: Path) -> Iterator[Path]:
    """Everything below a folder that is no folder; links are not followed."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


def folder_members(folder: Path, counted: bool) -> Iterator[Member]:
    """Every file. `counted`: say how many there are, for jobs that share the folder."""
    total = sum(1 for _ in _files(folder)) if counted else 1
    for number, path in enumerate(_files(folder)):
        name, place = path.relative_to(folder).as_posix(), number if counted else 0
        if path.is_symlink() or not path.is_file():
            yield Member(name, 0, None, LINK, place, total)
            continue
        with path.open("rb") as stream:
            yield Member(name, path.stat().st_size, Forward(stream), None, place, total)
