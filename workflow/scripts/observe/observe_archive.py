"""Read one file of the snapshot table into observed rows."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptodrug.archive import Limits, Report, pages
from cryptodrug.archive.account import account_of, log_account, refuse_strange_archive, require_account
from cryptodrug.files import size_of, write_json
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.reading.observe import Progress, observe_pages, observe_table
from cryptodrug.reading.reader import Reader
from cryptodrug.reading.writer import table_writers
from cryptodrug.snapshots import TABLE_KINDS, check_sum


def observe_archive(
    archive: str,
    adapter: str,
    market: str,
    snapshot_date: str,
    sha256: str,
    kind: str,
    page: str,
    listing: str,
    price: str,
    vendor: str,
    feedback: str,
    shipping: str,
    reference: str,
    score: str,
    coverage: str | None = None,
    archives: Mapping[str, Any] | None = None,
    part: int = 1,
    parts: int = 1,
) -> None:
    """Read an archive of pages, a single page, or a table of rows.

    1. The checksum is compared before anything is read; another file stops the step.
    2. Every page gets exactly one kind; a page that no rule recognises is `unknown`, counted and named in the log (by
       its id: paths can be names of vendors).
    3. Every row stands beside its page, as text; what a page does not show is missing, never zero or empty.
    4. A cut, empty, wrongly encoded or twice escaped page is read as far as it goes and noted.
    5. All tables appear together, or none. A damaged archive stops the step, unless the study keeps what is whole
       (`archives: {damaged: keep}`); then the account says what is lost.
    6. The account (`coverage`) names what became of every member of the archive; its sums must agree.
    7. Of several jobs that share an archive (`part` of `parts`, from 1), each reads its own share; `join_parts` puts
       their tables together.
    """
    check_sum(archive, sha256)
    reader, report, path = Reader(read_adapter(adapter)), Report(), Path(archive)
    paths = {"page": page, "listing": listing, "price": price, "vendor": vendor, "feedback": feedback}
    paths |= {"shipping": shipping, "reference": reference, "score": score}
    with table_writers(paths) as writers:
        limits = Limits.of(archives) if archives else None
        if kind in TABLE_KINDS:
            kinds = observe_table(reader, path, market, snapshot_date, writers, report, limits)
        else:
            source = pages(path, report, limits, part - 1, parts)
            kinds = observe_pages(reader, source, market, snapshot_date, writers, Progress(path.name, report))
        account = account_of(report, kinds, size_of(path))
        require_account(account, archive)
        if parts == 1:
            refuse_strange_archive(account, archive, adapter)
        if coverage:
            write_json(coverage, account)
    log_account(account, path.name)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, observe_archive)
