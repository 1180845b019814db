"""Archives as received, one page at a time: nothing is unpacked to disk, nothing but one page is in memory."""

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptodrug.errors import InputError

LARGEST_PAGE = 64 * 1024 * 1024
# what the standard library raises on damaged archives, or on packing that it does not know
DAMAGE = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)


@dataclass
class Report:
    """What a pass over an archive met besides pages. Paths stay with the team: they can be names of vendors."""

    pages: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    position: Callable[[], float] | None = None

    def share(self) -> float | None:
        """Share of the archive that is read, 0 to 1; None where it cannot be told."""
        return self.position() if self.position else None

    def refuse(self, reason: str) -> None:
        """Count a member that is not read."""
        self.refused[reason] = self.refused.get(reason, 0) + 1


def _reason_to_refuse(name: str, regular: bool, size: int) -> str | None:
    """Why a member is not read, or None. Links could lead out of the archive; so could `..`."""
    if not regular:
        return "link or special file"
    if ".." in name.split("/") or name.startswith("/"):
        return "path leads out of the archive"
    if size > LARGEST_PAGE:
        return "larger than any page"
    return None


def _damaged(path: Path, report: Report, error: Exception) -> InputError:
    return InputError(
        f"the archive is damaged or cut off ({type(error).__name__}: {error})",
        where=f"{path}, after {report.pages} whole pages",
        not_done="the pages behind that place could not be read, so no table was made of this archive",
        do="fetch the archive again and compare its checksum with the snapshot table",
    )


class _StrictInfo(tarfile.TarInfo):
    """Heads of members. `tarfile` takes a broken or missing head for the end; only the end mark is the end."""

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> tarfile.TarInfo:
        try:
            return super().fromtarfile(tarfile)
        except _END_MARK:
            raise
        except _BROKEN_HEAD as error:
            raise EOFError(f"no end mark; the next head is not whole: {error}") from error


_END_MARK, _BROKEN_HEAD = tarfile.EOFHeaderError, tarfile.HeaderError


def _tar_pages(path: Path, report: Report) -> Iterator[tuple[str, bytes]]:
    # tarfile copies what is left of its buffer at every read: a small one is the fastest
    with path.open("rb") as raw, tarfile.open(fileobj=raw, mode="r|*", bufsize=4096, tarinfo=_StrictInfo) as archive:
        size = max(path.stat().st_size, 1)
        report.position = lambda: raw.tell() / size
        for member in archive:
            if member.isdir():
                continue
            if reason := _reason_to_refuse(member.name, member.isreg(), member.size):
                report.refuse(reason)
                continue
            data = archive.extractfile(member).read()
            if len(data) != member.size:
                raise EOFError("a member is shorter than its head says")
            # tarfile remembers every member; a large archive would not fit into memory
            archive.members.clear()
            yield member.name, data


def _zip_pages(path: Path, report: Report) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        report.position = lambda: report.pages / max(len(members), 1)
        for member in members:
            if member.is_dir():
                continue
            regular = (member.external_attr >> 16) & 0o170000 in (0, 0o100000)
            if reason := _reason_to_refuse(member.filename, regular, member.file_size):
                report.refuse(reason)
            elif member.flag_bits & 1:
                report.refuse("encrypted")
            else:
                yield member.filename, archive.read(member)


def _folder_pages(path: Path, report: Report) -> Iterator[tuple[str, bytes]]:
    for file in sorted(path.rglob("*")):
        if file.is_dir() and not file.is_symlink():
            continue
        name = file.relative_to(path).as_posix()
        size = 0 if file.is_symlink() else file.stat().st_size
        if reason := _reason_to_refuse(name, not file.is_symlink(), size):
            report.refuse(reason)
        else:
            yield name, file.read_bytes()


def pages(path: str | Path, report: Report | None = None) -> Iterator[tuple[str, bytes]]:
    """Every page as (path inside the archive, bytes), in the order of the archive (a folder: sorted).

    Reads `.tar` (also `.gz`, `.xz`, `.bz2`), `.zip`, folders and single files. All whole members in front of a damage
    are given before the error.

    Raises
    ------
    InputError : the archive is damaged or cut off; says after how many whole pages.
    """
    path, report = Path(path), report if report is not None else Report()
    if path.is_dir():
        source = _folder_pages(path, report)
    elif path.suffix.lower() == ".zip" or zipfile.is_zipfile(path):  # one cut off is no zip to `is_zipfile`
        source = _zip_pages(path, report)
    elif ".tar" in path.suffixes or path.suffix == ".tgz":
        source = _tar_pages(path, report)
    else:
        source = iter([(path.name, path.read_bytes())])
    try:
        for page in source:
            report.pages += 1
            yield page
    except DAMAGE as error:
        raise _damaged(path, report, error) from error
