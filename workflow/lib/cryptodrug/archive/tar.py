"""Pages of a tar archive, in the order of the archive."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

from cryptodrug.archive.page import Page
from cryptodrug.archive.refusal import reason_to_refuse
from cryptodrug.archive.report import Report


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


def tar_pages(path: Path, report: Report) -> Iterator[Page]:
    """Every regular file of the archive, compressed or not."""
    # tarfile copies what is left of its buffer at every read: a small one is the fastest
    with path.open("rb") as raw, tarfile.open(fileobj=raw, mode="r|*", bufsize=4096, tarinfo=_StrictInfo) as archive:
        size = max(path.stat().st_size, 1)
        report.position = lambda: raw.tell() / size
        for member in archive:
            if member.isdir():
                continue
            if reason := reason_to_refuse(member.name, member.isreg(), member.size):
                report.refuse(reason)
                continue
            data = archive.extractfile(member).read()
            if len(data) != member.size:
                raise EOFError("a member is shorter than its head says")
            # tarfile remembers every member; a large archive would not fit into memory
            archive.members.clear()
            yield Page(member.name, data)
