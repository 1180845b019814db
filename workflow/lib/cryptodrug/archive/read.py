"""Which reader a file needs, and what becomes of its damage."""

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from cryptodrug.archive.folder import folder_pages
from cryptodrug.archive.page import Page
from cryptodrug.archive.report import Report
from cryptodrug.archive.tar import tar_pages
from cryptodrug.archive.warc import warc_pages
from cryptodrug.archive.zip import zip_pages
from cryptodrug.errors import InputError

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


def _damaged(path: Path, report: Report, error: Exception) -> InputError:
    return InputError(
        f"the archive is damaged or cut off ({type(error).__name__}: {error})",
        where=f"{path}, after {report.pages} whole pages",
        not_done="the pages behind that place could not be read, so no table was made of this archive",
        do="fetch the archive again and compare its checksum with the snapshot table",
    )


def pages(path: str | Path, report: Report | None = None) -> Iterator[Page]:
    """Every page as (path inside the archive, bytes), in the order of the archive (a folder: sorted).

    Reads `.tar` (also `.gz`, `.xz`, `.bz2`), `.zip`, `.warc` (also `.gz`), folders and single files. All whole
    members in front of a damage are given before the error.

    Raises
    ------
    InputError : the archive is damaged or cut off; says after how many whole pages.
    """
    path, report = Path(path), report if report is not None else Report()
    if path.is_dir():
        source = folder_pages(path, report)
    elif path.suffix.lower() == ".zip" or zipfile.is_zipfile(path):  # one cut off is no zip to `is_zipfile`
        source = zip_pages(path, report)
    elif ".tar" in path.suffixes or path.suffix == ".tgz":
        source = tar_pages(path, report)
    elif {".warc", ".arc"} & {suffix.lower() for suffix in path.suffixes[-2:]}:
        source = warc_pages(path, report)
    else:
        source = iter([Page(path.name, path.read_bytes())])
    try:
        for page in source:
            report.pages += 1
            yield page
    except DAMAGE as error:
        raise _damaged(path, report, error) from error
