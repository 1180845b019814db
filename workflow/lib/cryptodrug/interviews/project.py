"""A project of a coding program: users, codes, texts, and what was marked with which code by whom.

Own reader, on zipfile and lxml. Of the two libraries that read the format, qdapy wants `project.qde`, takes positions
as they stand, turns wrong bytes into question marks and leaves codings of recordings and pictures out; pyrefiqda
unpacks every member to disk, whatever it is, and gives the XML as objects. They are independent readers in the tests.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptodrug.interviews import standard
from cryptodrug.interviews.package import Package, open_package, refuse
from cryptodrug.interviews.texts import Passage, Source, TextReader

PATH = "/"
# elements that hold what is not read here: counted, so that nothing is dropped in silence
NOT_READ = ("Cases", "Sets", "Notes", "Links", "Graphs")


@dataclass(frozen=True)
class ProjectCode:
    """A code of the project; `path` is its name behind those of its parents, joined by `/`."""

    guid: str
    name: str
    path: str
    description: str
    codable: bool


@dataclass(frozen=True)
class Coding:
    """Characters `start` to `end` of a source, marked with a code. `user` is None where the program names nobody.

    Positions are None where the text or the passage cannot be had: then only the source is known.
    """

    source: str
    selection: str
    start: int | None
    end: int | None
    code: str
    user: str | None


@dataclass
class Project:
    """What a project holds. `left` counts what is not read, by kind; `notes` say what was unlike the standard."""

    path: Path
    origin: str
    users: dict[str, str] = field(default_factory=dict)
    codes: dict[str, ProjectCode] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    codings: list[Coding] = field(default_factory=list)
    left: Counter = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def _codes(parent, above: str) -> Iterator[ProjectCode]:
    """Codes below an element, depth first."""
    for element in parent.findall("Code"):
        name = " ".join((element.get("name") or "").split())
        path = f"{above}{PATH}{name}" if above else name
        description = " ".join((element.findtext("Description") or "").split())
        codable = element.get("isCodable", "true").strip() in ("true", "1")
        yield ProjectCode(standard.guid(element.get("guid")) or "", name, path, description, codable)
        yield from _codes(element, path)


def _code_book(root, where: str) -> dict[str, ProjectCode]:
    """Codes by id.

    Raises
    ------
    InputError : a code without id or name, or an id that stands twice.
    """
    codes: dict[str, ProjectCode] = {}
    books = [root] if root.tag == standard.CODEBOOK else root.findall("CodeBook")
    for code in (code for book in books for part in book.findall("Codes") for code in _codes(part, "")):
        if not code.guid or not code.name:
            raise refuse("a code has no id or no name", f"{where}: code {code.path!r}", "export the project again")
        if code.guid in codes:
            raise refuse("two codes have the same id", f"{where}: {code.path!r}", "export the project again")
        codes[code.guid] = code
    return codes


def _users(root) -> dict[str, str]:
    """Names of users by id; one without a name is known by its id."""
    users = {}
    for user in root.iter("User"):
        name = standard.guid(user.get("guid"))
        if name:
            users[name] = user.get("name") or user.get("id") or name
    return users


def _variables(root) -> dict[str, str]:
    return {standard.guid(one.get("guid")): one.get("name", "") for one in root.findall("Variables/Variable")}


def _codings_of(passage: Passage, source: Source, project: Project) -> Iterator[Coding]:
    """The codings of one passage."""
    for coding in passage.element.findall("Coding"):
        reference = coding.find("CodeRef")
        code = standard.guid(reference.get("targetGUID")) if reference is not None else None
        if code not in project.codes:
            raise refuse(
                "a passage is marked with a code that the code book does not have",
                f"{project.path}: source {source.name!r}, passage {passage.guid}",
                "export the project again, with its code book",
            )
        user = standard.guid(coding.get("creatingUser") or passage.element.get("creatingUser"))
        start, end = passage.place or (None, None)
        yield Coding(source.guid, passage.guid, start, end, code, user)


def _read_source(element, project: Project, reader: TextReader) -> None:
    """A source with all its passages; each text inside it (transcript, text of a PDF) counts as the source itself.

    A passage of a PDF is often written twice with one id, as a place on the page and as one in its text: it counts
    once, with its place in the text.
    """
    source, passages = reader.source(element)
    project.sources[source.guid] = source
    project.notes += source.notes
    project.left.update(+source.left)
    whole = (0, len(source.text)) if source.text is not None else None
    found: dict[tuple, Coding] = {}
    for passage in [*passages, Passage(element, source.guid, whole)]:
        for coding in _codings_of(passage, source, project):
            key = (coding.selection, coding.code, coding.user)
            if key not in found or found[key].start is None:
                found[key] = coding
    project.codings += found.values()


def _count_left(root, project: Project) -> None:
    for name in NOT_READ:
        for group in root.findall(name):
            project.left[name] += len(group)


def _project(root, package: Package, notes: list[str]) -> Project:
    where = str(package.path)
    project = Project(package.path, root.get("origin") or "", _users(root), _code_book(root, where), notes=notes)
    reader = TextReader(package, _variables(root))
    for element in (one for group in root.findall("Sources") for one in group):
        _read_source(element, project, reader)
    _count_left(root, project)
    return project


def read_project(path: str | Path) -> Project:
    """Read a project (`.qdpx`, `.qde`) or a code book (`.qdc`, which has no sources).

    Raises
    ------
    InputError : the file is damaged or unsafe, no REFI-QDA, a passage stands outside its text, or a coding names a
        code that is not there; each with its place.
    """
    package = open_package(path)
    root, notes = standard.parse(package.project, str(path))
    return _project(root, package, notes)
