"""Put the observed tables of an archive together that several jobs have read."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq
from cryptodrug.archive.account import join_accounts, log_account, refuse_strange_archive, require_account
from cryptodrug.files import read_json, write_json
from cryptodrug.reading.writer import BATCH, TableWriter, table_writers


def _append(writer: TableWriter, path: Path) -> None:
    """All rows of a file, batch by batch."""
    with pq.ParquetFile(path) as table:
        for batch in table.iter_batches(batch_size=BATCH):
            writer.extend(batch.to_pydict(), batch.num_rows)


def _named(paths: Iterable[str], name: str) -> list[Path]:
    return [Path(path) for path in paths if Path(path).name == name]


def join_parts(
    parts: list[str],
    file: str,
    adapter: str,
    coverage: str,
    page: str,
    listing: str,
    price: str,
    vendor: str,
    feedback: str,
    shipping: str,
    reference: str,
    score: str,
) -> None:
    """Join the parts of an archive.

    1. The rows of the parts follow each other in the order of `parts`, which is that of the archive; so every table is
       the one that a single job would have made, byte for byte.
    2. The account is the sum of theirs; its sums must agree. An archive without a page of a known kind stops the step.
    """
    tables = {"page": page, "listing": listing, "price": price, "vendor": vendor, "feedback": feedback}
    tables |= {"shipping": shipping, "reference": reference, "score": score}
    account = join_accounts(read_json(path) for path in _named(parts, Path(coverage).name))
    require_account(account, file)
    refuse_strange_archive(account, file, adapter)
    with table_writers(tables) as writers:
        for table, writer in writers.items():
            for path in _named(parts, f"{table}.parquet"):
                _append(writer, path)
        write_json(coverage, account)
    log_account(account, Path(file).name)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, join_parts)
