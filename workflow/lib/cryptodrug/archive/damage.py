"""How the damage of an archive is told."""

import lzma
import tarfile
import zlib
from pathlib import Path

import zstandard

from cryptodrug.archive.limits import TooMuch
from cryptodrug.errors import InputError

# what containers raise on damaged bytes, or on packing that is not known
DAMAGE = (
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    zstandard.ZstdError,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)


def reason_of(error: Exception) -> str:
    """What is wrong, in words that name no path."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def damaged_archive(path: Path, pages: int, error: Exception) -> InputError:
    """The error that stops the reading of an archive."""
    if isinstance(error, TooMuch):
        return InputError(
            f"the archive unpacks to more than is allowed ({error})",
            where=f"{path}, after {pages} whole pages",
            not_done="no table was made of this archive",
            do="look at the archive: it may be an attack; if it is not, raise the limit in the study's settings",
        )
    return InputError(
        f"the archive is damaged or cut off ({type(error).__name__}: {reason_of(error)})",
        where=f"{path}, after {pages} whole pages",
        not_done="the pages behind that place could not be read, so no table was made of this archive",
        do="fetch the archive again and compare its checksum with the snapshot table; if no whole one is to be had, "
        "`archives: {damaged: keep}` reads what is whole and counts the rest (docs/archives.md)",
    )


def unknown_archive(path: Path, kind: str) -> InputError:
    """The error for a file that is an archive, but of no kind that is read."""
    return InputError(
        f"archives of this kind are not read ({kind})",
        where=str(path),
        not_done="nothing of it was read",
        do="unpack it into a folder, or pack it again as .tar.gz; docs/archives.md names the kinds that are read",
    )
