"""Read a great number of pages: memory must not grow, nor the time of a page. `make bench-scale` runs it.

The pages are those of one archive of Agora, unpacked again and again, each time under other names: a large archive is
streamed, never written. A small run of one whole pass and the large one are measured in one process, in this order: the
pages of an archive are not alike from its begin to its end, so a part of a pass would be no measure for all of them.
"""

import argparse
import itertools
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from cryptodrug.archive import Page, pages
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.reading.observe import observe_pages
from cryptodrug.reading.reader import Reader
from cryptodrug.reading.schemas import SCHEMAS
from cryptodrug.reading.writer import table_writers

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("CRYPTODRUG_SHARED_DATA", str(ROOT.parent / "shared" / "data")))
ARCHIVE = DATA / "markets" / "agora" / "2014-04-06.tar.gz"
PAGES = 240_000
FAR = 2_400_000


def stream(archive: Path, count: int) -> Iterator[Page]:
    """So many pages, each under a name of its own."""
    passes = ((f"{number}/{page[0]}-{number}", page[1]) for number in itertools.count() for page in pages(archive))
    return (Page(path, data, path) for path, data in itertools.islice(passes, count))


def _read(reader: Reader, archive: Path, count: int) -> tuple[float, float]:
    """Seconds of processor time per page from archive to Parquet; largest memory of the process so far in MB."""
    with tempfile.TemporaryDirectory() as name:
        begin = time.process_time()
        with table_writers({table: Path(name) / f"{table}.parquet" for table in SCHEMAS}) as writers:
            read = sum(observe_pages(reader, stream(archive, count), "agora", "2014-04-06", writers).values())
        seconds = time.process_time() - begin
    return seconds / read, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print memory, the ratio of the times, and what they mean for ten times the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", type=Path, default=ARCHIVE, help="archive of pages of the market agora")
    parser.add_argument("--pages", type=int, default=PAGES, help=f"pages of the large run (default {PAGES:,})")
    options = parser.parse_args()
    if not options.archive.is_file():
        raise SystemExit(f"no archive at {options.archive}; name one with --archive")
    reader = Reader(read_adapter(ROOT / "workflow" / "markets" / "agora.yaml"))
    _read(reader, options.archive, 1_000)  # what is loaded once is no part of a page
    one_pass = sum(1 for _ in pages(options.archive))
    small, before = _read(reader, options.archive, one_pass)
    large, memory = _read(reader, options.archive, options.pages)
    print(
        f"{options.pages:,} pages: {memory:.0f} MB at most"
        f" ({before:.0f} MB after {one_pass:,} pages); target: below 500"
    )
    print(f"time of a page: {large / small:.2f} times that of the run of {one_pass:,} pages; target: within 0.10 of 1")
    print(f"{FAR:,} pages at this pace: {large * FAR / 60:.0f} minutes on one core of this machine")


if __name__ == "__main__":
    main()
