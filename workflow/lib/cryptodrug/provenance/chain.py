"""Following a made file back to the archives, through its records."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptodrug.errors import ProvenanceError
from cryptodrug.files import sha256_of
from cryptodrug.provenance.records import PROJECT

Records = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Step:
    """One line of a chain: how deep it stands, the file, its record (None for an input nobody made)."""

    depth: int
    name: str
    sha256: str
    record: Mapping[str, Any] | None
    repeated: bool


def find_record(records: Records, name: str) -> Mapping[str, Any]:
    """The record of a file; an unknown name is refused with the nearest known ones."""
    if name in records:
        return records[name]
    near = difflib.get_close_matches(name, records, n=3, cutoff=0.5)
    raise ProvenanceError(
        "no record speaks of this file",
        where=name,
        not_done="the file was not traced",
        do="check the name"
        + (f"; near it are: {', '.join(near)}" if near else "; build the study first: make reports"),
    )


def check_unchanged(records: Records, name: str, root: Path = PROJECT) -> None:
    """Refuse a file whose bytes are not those of its record: it was edited after it was made."""
    record = find_record(records, name)
    path = root / name
    if path.is_file() and not record.get("of_content") and sha256_of(path) != record["sha256"]:
        raise ProvenanceError(
            "the file was changed after it was made",
            where=name,
            not_done="its chain is not printed: it would speak of another file",
            do="delete the file and build again: make reports",
        )


def inputs_shown(record: Mapping[str, Any]) -> dict[str, str]:
    """Inputs of a step that a chain follows.

    The release gate judges all tables together, so each released table has all internal ones as inputs; what a reader
    asks for is the one it was made of.
    """
    inputs = dict(record["inputs"])
    if record["rule"] == "release_gate" and record["path"].startswith("tables/"):
        own = Path(record["path"]).stem
        inputs = {name: sha256 for name, sha256 in inputs.items() if Path(name).stem == own}
    return inputs


def walk(records: Records, name: str) -> Iterator[Step]:
    """Every step behind `name`, depth first, inputs in alphabetical order; what was shown is not opened again."""
    shown: set[str] = set()

    def visit(current: str, sha256: str, depth: int) -> Iterator[Step]:
        record = records.get(current)
        repeated = current in shown
        yield Step(depth, current, sha256, record, repeated and record is not None)
        if record is None or repeated:
            return
        shown.add(current)
        for child, child_sha256 in sorted(inputs_shown(record).items()):
            yield from visit(child, child_sha256, depth + 1)

    yield from visit(name, find_record(records, name)["sha256"], 0)


def archives_behind(records: Records, name: str) -> list[str]:
    """Names of the archives (`archive:...`) from which a file was made, sorted."""
    return sorted({step.name for step in walk(records, name) if step.name.startswith("archive:")})
