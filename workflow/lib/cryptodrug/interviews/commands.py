"""`cryptodrug interviews`: look into a project before it is mapped."""

import argparse
from collections import Counter
from collections.abc import Iterator

from cryptodrug.interviews.codebook import read_codebook
from cryptodrug.interviews.project import Project, read_project

CODEBOOK = "workflow/questionnaires/interviews/codebook.csv"


def described(project: Project, known: set[str]) -> Iterator[str]:
    """A project in lines: users, sources, codes that mark passages, what is not read. No words of a passage."""
    by_user = Counter(project.users.get(one.user, one.user or "(nobody)") for one in project.codings)
    yield f"{project.path.name}: {project.origin or 'unknown program'}, {len(project.codings)} codings"
    yield "users (for `coders` of the map):"
    yield from (f"  {name}: {count} codings" for name, count in sorted(by_user.items()))
    yield "sources (for `interviews` of the map):"
    by_source = Counter(one.source for one in project.codings)
    for guid, source in project.sources.items():
        length = "text not in the file" if source.text is None else f"{len(source.text)} characters"
        yield f"  {source.name}: {length}, {by_source[guid]} codings"
    yield "codes that mark passages (for `codes` of the map):"
    by_code = Counter(one.code for one in project.codings)
    for guid, code in project.codes.items():
        if by_code[guid]:
            state = "in the code book" if code.name in known else "NOT in the code book"
            yield f"  {code.path}: {by_code[guid]} codings, {state}"
    yield from (f"not read: {count} times {kind}" for kind, count in sorted(project.left.items()))
    yield from (f"note: {note}" for note in project.notes)


def describe(options: argparse.Namespace) -> int:
    """Print what a map of the project has to name."""
    known = {code.code for code in read_codebook(options.codebook)}
    print("\n".join(described(read_project(options.file), known)))
    return 0


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the group to the command line."""
    group = subparsers.add_parser("interviews", help="look into a project of a coding program")
    actions = group.add_subparsers(dest="action", required=True)
    one = actions.add_parser("describe", help="users, sources and codes of a project, for its map")
    one.add_argument("file", help="REFI-QDA project (.qdpx, .qde) or code book (.qdc)")
    one.add_argument("--codebook", default=CODEBOOK, help=f"code book (default: {CODEBOOK})")
    one.set_defaults(run=describe)
