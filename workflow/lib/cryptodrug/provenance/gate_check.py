"""Whether every way from a published file to an internal one goes through the release gate."""

from collections.abc import Iterator

from cryptodrug.provenance.chain import Records
from cryptodrug.provenance.ledger import is_public

GATE = "release_gate"


def ways_around(records: Records) -> Iterator[str]:
    """Chains `published <- ... <- internal` without the gate between, one line each, sorted.

    A published file may be made from published files, from project files (templates, catalogues, settings) and, by the
    gate alone, from internal results. Anything else that the study made, and any archive, is in front of the gate.
    """
    for name in sorted(records):
        record = records[name]
        if not is_public(record["path"]) or record["rule"] == GATE:
            continue
        for source in sorted(record["inputs"]):
            made = records.get(source)
            if source.startswith("archive:") or (made is not None and not is_public(made["path"])):
                yield f"{record['path']} (rule {record['rule']}) <- {source}"
