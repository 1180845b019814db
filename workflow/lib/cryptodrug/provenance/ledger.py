"""The public ledger: for everything published, the steps behind it down to the archives.

It is made from the records and says less than they do. A checksum of a file that holds small cells would confirm a
guess at them, so nothing in front of the release gate is named by its bytes: the ledger gives its rule and id only.
Archives, its leaves, are named with checksum, source and licence. Nothing inside an archive is named.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from cryptodrug.errors import DisclosureError
from cryptodrug.provenance.chain import Records, inputs_shown
from cryptodrug.snapshots import SnapshotRow

SCHEMA = 1
# the truth of a simulated study is made of its scenario alone, and everything in it is invented
PUBLIC_FOLDERS = ("derived", "documents", "figures", "tables", "truth")
PUBLIC_FILES = ("values.json", "release.json", "quotations.json", "findings.json", "provenance/public-ledger.json")
# made after the ledger, from it: their chain is that of the drawn figures
# their files stand in the configuration with their checksums, not in the snapshot table
READ_BESIDE_THE_SNAPSHOTS = ("read_survey", "read_interviews")
AFTER_THE_LEDGER = ("public_ledger", "stamp_figure")


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


def build_ledger(
    records: Records, archives: Iterable[SnapshotRow], study: str, simulated: bool, lock: str
) -> dict[str, Any]:
    """The whole ledger as JSON data."""
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
        "archives": [
            {
                "name": row.file,
                "market": row.market,
                "date": str(row.snapshot_date) if row.snapshot_date else None,
                "sha256": row.sha256,
                "bytes": row.bytes,
                "source": row.source,
                "licence": row.licence,
            }
            for row in sorted(archives, key=lambda row: row.file)
        ],
        "files": {records[name]["path"]: _node(records[name], records) for name in sorted(behind)},
    }
    refuse_inner_paths(ledger, {row.file for row in archives})
    return ledger


def refuse_inner_paths(ledger: Mapping[str, Any], archives: set[str]) -> None:
    """Stop when a name in the ledger points inside an archive: such paths can be names of vendors."""
    for path, node in ledger["files"].items():
        inner = [name for name in node["inputs"].get("archives", []) if name not in archives]
        if inner and node["rule"] not in READ_BESIDE_THE_SNAPSHOTS:
            raise DisclosureError(
                "the public ledger would name something that is not a listed archive",
                where=f"inputs of {path}",
                not_done="the ledger was not written",
                do="list the file in the snapshot table, or give it to the rule as a listed archive",
            )
