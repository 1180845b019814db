"""Read one file of the snapshot table into observed rows."""

import logging
from collections.abc import Mapping
from pathlib import Path

from cryptodrug.archive import Report, pages
from cryptodrug.errors import InputError
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.reading.observe import Progress, observe_pages, observe_table
from cryptodrug.reading.reader import Reader
from cryptodrug.reading.writer import table_writers
from cryptodrug.snapshots import check_sum

logger = logging.getLogger("cryptodrug.observe")
TABLE_KINDS = ("dump", "vendors")
NOT_RECOGNISED = ("unknown", "empty")


def _refuse_strange_archive(archive: str, adapter: str, kinds: Mapping[str, int]) -> None:
    """An archive without a single page that the market file knows is another archive, or none at all."""
    if any(count for kind, count in kinds.items() if kind not in NOT_RECOGNISED):
        return
    raise InputError(
        f"none of {sum(kinds.values())} pages is of a kind that the market file knows",
        where=f"{archive}, read with {adapter}",
        not_done="no table was made of this archive",
        do="compare file and adapter in the snapshot table; `cryptodrug market parse` shows how a page is read",
    )


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
) -> None:
    """Read an archive of pages, a single page, or a table of rows.

    1. The checksum is compared before anything is read; another file stops the step.
    2. Every page gets exactly one kind; a page that no rule recognises is `unknown`, counted and named in the log (by
       its id: paths can be names of vendors).
    3. Every row stands beside its page, as text; what a page does not show is missing, never zero or empty.
    4. A cut, empty, wrongly encoded or twice escaped page is read as far as it goes and noted.
    5. All tables appear together, or none: a damaged archive stops the step.
    """
    check_sum(archive, sha256)
    reader = Reader(read_adapter(adapter))
    report = Report()
    paths = {"page": page, "listing": listing, "price": price, "vendor": vendor, "feedback": feedback}
    paths |= {"shipping": shipping, "reference": reference, "score": score}
    with table_writers(paths) as writers:
        if kind in TABLE_KINDS:
            kinds = observe_table(reader, Path(archive), market, snapshot_date, writers)
            report.pages = sum(kinds.values())
        else:
            source = pages(archive, report)
            kinds = observe_pages(reader, source, market, snapshot_date, writers, Progress(Path(archive).name, report))
            _refuse_strange_archive(archive, adapter, kinds)
    if sum(kinds.values()) != report.pages:
        raise InputError(
            f"{report.pages} pages came in and {sum(kinds.values())} were given a kind",
            where=archive,
            not_done="the step was ended",
            do="report this: no page may be lost",
        )
    for name, count in sorted(kinds.items()):
        logger.info("%s: %d pages of kind %s", Path(archive).name, count, name)
    for reason, count in sorted(report.refused.items()):
        logger.warning("%s: %d members not read: %s", Path(archive).name, count, reason)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, observe_archive)
