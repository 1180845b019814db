"""The long way: a simulated download as an archive of pages, read again, against the rows of the fast path."""

import inspect
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from cryptodrug.files import sha256_of
from cryptodrug.plan import adapter_path
from cryptodrug.provenance.records import PROJECT
from cryptodrug.reading.schemas import SCHEMAS
from cryptodrug.recovery.scripts import script
from cryptodrug.simulate.market.crawl import Crawl
from cryptodrug.simulate.market.observed import observed
from cryptodrug.simulate.market.rows import Row
from cryptodrug.simulate.study import archive_name, write_download


def read_through_pages(crawl: Crawl) -> dict[str, list[Row]]:
    """Observed tables of a download whose pages are written, packed, unpacked and read by the market file."""
    market, day = crawl.market, str(crawl.market.snapshots[crawl.month])
    observe = script("observe/observe_archive").observe_archive
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / archive_name(market, crawl.month)
        write_download(archive, crawl)
        tables = [name for name in inspect.signature(observe).parameters if name in SCHEMAS]
        made = {name: str(Path(folder) / f"{name}.parquet") for name in tables}
        adapter = str(PROJECT / adapter_path(market.design))
        observe(str(archive), adapter, market.id, day, sha256_of(archive), kind="pages", **made)
        read = {name: pd.read_parquet(path).astype(object) for name, path in made.items()}
    return {name: table.where(table.notna(), None).to_dict("records") for name, table in read.items()}


def differences(crawl: Crawl) -> Iterator[str]:
    """One line for each row or field that the long way reads otherwise than the fast path says; none if all is well."""
    found, expected = read_through_pages(crawl), observed(crawl)
    paths = {row["page_id"]: row["path"] for row in found["page"]}
    for table, rows in expected.items():
        there = found[table]
        if len(there) != len(rows):
            yield f"{table}: {len(there)} rows read, {len(rows)} expected"
            continue
        for place, (row, wanted) in enumerate(zip(there, rows, strict=True)):
            row = row | {"path": paths[row["page_id"]]}
            yield from (f"{table}, row {place}, {name}" for name, value in wanted.items() if row[name] != value)
