"""Write the public ledger from the records of the study."""

from pathlib import Path

from cryptodrug.files import sha256_of, write_json
from cryptodrug.provenance.ledger import Source, build_ledger
from cryptodrug.provenance.records import LOCK, read_records
from cryptodrug.snapshots import read_snapshots


def public_ledger(
    ledger: str, study: str, simulated: bool, sources: list[dict], maps: list[str], snapshots: str | None = None
) -> None:
    """Write the chain of every published file.

    1. All records are read; those of public files and of everything behind them are kept.
    2. Files in front of the release gate appear by rule and id, not by checksum.
    3. Archives, exports of surveys and projects of interviews are the leaves, with the maps to them; a name that is
       none of these stops the step.
    """
    results = Path(ledger).parent.parent
    archives = read_snapshots(snapshots) if snapshots else []
    named = [Source(**one) for one in sources]
    data = build_ledger(read_records(results), archives, study, simulated, sha256_of(LOCK), named, maps)
    write_json(ledger, data)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, public_ledger)
