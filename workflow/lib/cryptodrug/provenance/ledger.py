"""The public ledger: for everything published, the steps behind it down to the archives.

It is made from the records and says less than they do. A checksum of a file that holds small cells would confirm a
guess at them, so nothing in front of the release gate is named by its bytes: the ledger gives its rule and id only.
Its leaves, archives, exports of surveys, projects of coded interviews and the maps that say how these are read, are
named with checksum, source and licence. Nothing inside them is named or counted; of a survey not even the bytes, which
grow with its respondents.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from cryptodrug.errors import DisclosureError
from cryptodrug.provenance.chain import Records, inputs_shown
from cryptodrug.snapshots import SnapshotRow

SCHEMA = 1
# the truth of a simulated study is made of its scenario alone, and everything in it is invented
PUBLIC_FOLDERS = ("derived", "documents", "figures", "tables", "truth")
PUBLIC_FILES = ("values.json", "release.json", "quotations.json", "findings.json", "provenance/public-ledger.json")
# made after the ledger, from it: their chain is that of the drawn figures
AFTER_THE_LEDGER = ("public_ledger", "stamp_figure")


@dataclass(frozen=True)
class Source:
    """A file about people as received, which stands in the configuration and not in the snapshot table."""

    name: str
    kind: str
    sha256: str
    source: str | None
    licence: str | None


def is_public(path: str) -> bool:
    """Whether a made file (path below the results folder) stands behind the release gate."""
    return path.split("/")[0] in PUBLIC_FOLDERS or path in PUBLIC_FILES


def _node(record: Mapping[str, Any], by_name: Records) -> dict[str, Any]:
    """What the ledger says of one made file."""
    own = {"id": record["id"], "rule": record["rule"], "settings": record["settings"]}
    used = inputs_shown(record)
    inputs = {
        "made": sorted(by_name[name]["path"] for name in used if name in by_name),
        "archives": sorted(name.removeprefix("archive:") for name in used if name.startswith("archive:")),
        "project": sorted(name for name in used if name not in by_name and not name.startswith("archive:")),
        "code": sorted(record["code"]),
    }
    if is_public(record["path"]):
        own |= {"sha256": record["sha256"], "bytes": record["bytes"]}
    return own | {"inputs": {kind: names for kind, names in inputs.items() if names}}


def _archive_leaf(row: SnapshotRow) -> dict[str, Any]:
    return {
        "name": row.file,
        "kind": row.kind,
        "market": row.market,
        "date": str(row.snapshot_date) if row.snapshot_date else None,
        "sha256": row.sha256,
        "bytes": row.bytes,
        "source": row.source,
        "licence": row.licence,
    }


def _map_leaves(records: Records, maps: Iterable[str]) -> list[dict[str, Any]]:
    """Maps with the checksum of what was read; they are files of the project, under its licence."""
    read = {name: sha256 for record in records.values() for name, sha256 in record["inputs"].items()}
    return [{"name": name, "kind": "map", "sha256": read[name]} for name in sorted(maps) if name in read]


def build_ledger(
    records: Records,
    archives: Sequence[SnapshotRow],
    study: str,
    simulated: bool,
    lock: str,
    sources: Sequence[Source] = (),
    maps: Sequence[str] = (),
) -> dict[str, Any]:
    """The whole ledger as JSON data.

    Parameters
    ----------
    archives : lines of the snapshot table.
    sources : exports of surveys and projects of coded interviews.
    maps : files of the project that say how these are read.
    """
    records = {name: record for name, record in records.items() if record["rule"] not in AFTER_THE_LEDGER}
    behind: set[str] = set()
    waiting = [name for name, record in records.items() if is_public(record["path"])]
    while waiting:
        name = waiting.pop()
        if name in records and name not in behind:
            behind.add(name)
            waiting.extend(records[name]["inputs"])
    ledger = {
        "schema": SCHEMA,
        "study": study,
        "simulated": simulated,
        "lock": lock,
        "archives": [_archive_leaf(row) for row in sorted(archives, key=lambda row: row.file)]
        + [asdict(one) for one in sorted(sources, key=lambda one: one.name)],
        "maps": _map_leaves(records, maps),
        "files": {records[name]["path"]: _node(records[name], records) for name in sorted(behind)},
    }
    refuse_inner_paths(ledger, {row.file for row in archives} | {one.name for one in sources})
    return ledger


def refuse_inner_paths(ledger: Mapping[str, Any], archives: set[str]) -> None:
    """Stop when a name in the ledger points inside an archive: such paths can be names of vendors."""
    for path, node in ledger["files"].items():
        inner = [name for name in node["inputs"].get("archives", []) if name not in archives]
        if inner:
            raise DisclosureError(
                "the public ledger would name something that is not a listed archive",
                where=f"inputs of {path}",
                not_done="the ledger was not written",
                do="list the file in the snapshot table or the configuration, or give a listed one to the rule",
            )
