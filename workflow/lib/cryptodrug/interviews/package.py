"""The file of a coding program as received: a zip with the project and its texts, or one XML file.

Nothing is unpacked to disk. What could do harm (paths that lead out, packed floods, locked members) is refused.
"""

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from cryptodrug.errors import InputError

# a project of ten interviews has less than one megabyte; a transcript a hundredth of that
LARGEST_PROJECT = 64 * 1024 * 1024
LARGEST_TEXT = 16 * 1024 * 1024
MOST_MEMBERS = 20_000
PROJECT_ENDINGS = (".qde", ".qdc")
SCHEMES = ("internal://", "relative://")
ENCRYPTED = 1
# what the standard library raises on a damaged zip, or on packing that it does not know
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


def refuse(what: str, where: str, do: str) -> InputError:
    """An error about a project: nothing of it is read."""
    return InputError(what, where=where, not_done="no interview was read", do=do)


@dataclass
class Package:
    """A project file: its XML, and its texts by the name that the XML gives them."""

    path: Path
    project: bytes
    _members: Mapping[str, zipfile.ZipInfo] = field(default_factory=dict)

    def text(self, address: str) -> bytes | None:
        """Bytes of a text; None when it does not stand inside the package.

        `internal://x.txt`, `relative:///x.txt` and a bare `x.txt` are the same; folders and capitals do not count,
        since programs differ in them. Texts elsewhere on the machine of a coder are not looked for.
        """
        for scheme in SCHEMES:
            address = address.removeprefix(scheme)
        if "://" in address:
            return None
        name = PurePosixPath(address.replace("\\", "/")).name.lower()
        found = [info for member, info in self._members.items() if PurePosixPath(member).name == name]
        if not name or not found:
            return None
        if len(found) > 1:
            raise refuse(
                f"two texts of the project have the same name: {name}",
                f"{self.path}: {', '.join(sorted(info.filename for info in found))}",
                "give every text its own name in the coding program and export again",
            )
        with zipfile.ZipFile(self.path) as archive:
            return _member(archive, found[0], LARGEST_TEXT, self.path)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, largest: int, path: Path) -> bytes:
    """The bytes of a member; the size in its head is the most that is ever read of it."""
    where = f"{path}: {info.filename}"
    if info.file_size > largest:
        raise refuse(f"a member would unpack to {info.file_size} bytes", where, "export the project again")
    if info.flag_bits & ENCRYPTED:
        raise refuse("a member is locked with a password", where, "export the project without a password")
    try:
        return archive.read(info)
    except DAMAGE as error:
        raise refuse(f"a member is damaged ({type(error).__name__}: {error})", where, "fetch the file again") from error


def _unsafe(info: zipfile.ZipInfo) -> str | None:
    """Why a member is refused, or None."""
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
        return "its path leads out of the file"
    if (info.external_attr >> 16) & 0o170000 not in (0, 0o100000, 0o040000):
        return "it is a link or special file"
    return None


def _members(archive: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    """Files of the zip by lower-case path."""
    members: dict[str, zipfile.ZipInfo] = {}
    if len(archive.infolist()) > MOST_MEMBERS:
        raise refuse(f"the file has {len(archive.infolist())} members", str(path), "export the project again")
    for info in archive.infolist():
        if reason := _unsafe(info):
            raise refuse(f"a member is refused: {reason}", f"{path}: {info.filename!r}", "export the project again")
        if info.is_dir():
            continue
        name = info.filename.replace("\\", "/").lower()
        if name in members:
            raise refuse("a member stands twice", f"{path}: {info.filename}", "export the project again")
        members[name] = info
    return members


def _project_of(members: Mapping[str, zipfile.ZipInfo], path: Path) -> zipfile.ZipInfo:
    """The one member with the project: `project.qde`, or whatever name the program gave it."""
    found = [name for name in members if name.endswith(PROJECT_ENDINGS)]
    depth = min((name.count("/") for name in found), default=0)
    outer = [name for name in found if name.count("/") == depth]
    if len(outer) != 1:
        raise refuse(
            "the file holds no project" if not outer else f"the file holds {len(outer)} projects",
            f"{path}: looked for one file that ends in {' or '.join(PROJECT_ENDINGS)}",
            "export the project as REFI-QDA project (.qdpx) or code book (.qdc)",
        )
    return members[outer[0]]


def open_package(path: str | Path) -> Package:
    """Open a `.qdpx`, or the `.qde` or `.qdc` of one.

    Raises
    ------
    InputError : the file is damaged, holds no project or several, or a member could do harm.
    """
    path = Path(path)
    if not zipfile.is_zipfile(path):
        size = path.stat().st_size
        if size > LARGEST_PROJECT:
            raise refuse(f"the project has {size} bytes", str(path), "export the project again")
        return Package(path, path.read_bytes())
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(archive, path)
            project = _member(archive, _project_of(members, path), LARGEST_PROJECT, path)
    except DAMAGE as error:
        raise refuse(f"the file is damaged ({type(error).__name__})", str(path), "fetch the file again") from error
    return Package(path, project, members)
