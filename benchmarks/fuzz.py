"""Read a great number of broken pages with all market files: rows, or a kind and a note, no error, never slow or large.

The pages are real ones where they are at hand (`CRYPTODRUG_SHARED_DATA`, or `../shared/data`), and the samples of the
market files. Each mutation is drawn from a seed, so that a case can be made again: `--only SEED`.
"""

import argparse
import os
import random
import sys
import tarfile
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "workflow" / "lib")]

from cryptodrug.files import write_text  # noqa: E402
from cryptodrug.reading.adapter import Adapter, read_adapter  # noqa: E402
from cryptodrug.reading.reader import Reader  # noqa: E402
from mutations import mutated  # noqa: E402
from page_property import faults  # noqa: E402

MOST_SECONDS = 1.0  # processor time of one page
MOST_MEMORY = 200  # MB that reading one page may need on top
STRANGE = 0.05  # share of pages that a market file of another market reads
FROM_ARCHIVE = 400  # pages of an archive that are taken
BATCH = 500


@dataclass
class Outcome:
    """What a batch of pages showed."""

    pages: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    mutations: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    largest: int = 0
    found: list[str] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Take in another batch."""
        self.pages += other.pages
        self.kinds += other.kinds
        self.mutations += other.mutations
        self.slowest, self.largest = max(self.slowest, other.slowest), max(self.largest, other.largest)
        self.found += other.found


def _archive_pages(path: Path) -> list[tuple[str, bytes]]:
    with tarfile.open(path) as archive:
        members = [member for member in archive if member.isreg()]
        chosen = members[:: max(len(members) // FROM_ARCHIVE, 1)]
        return [(member.name, archive.extractfile(member).read()) for member in chosen]


def _real_pages(folder: Path) -> list[tuple[str, bytes]]:
    """The archived pages of one market."""
    found = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if not path.is_file() or "expected" in path.as_posix():
            continue
        if path.name.endswith(".tar.gz"):
            found += _archive_pages(path)
        elif path.suffix in ("", ".html"):
            found.append((path.relative_to(folder).as_posix(), path.read_bytes()))
    return found


def _pages_of(adapter: Adapter, data: Path) -> list[tuple[str, bytes]]:
    samples = [(sample.path, sample.html.encode()) for sample in adapter.samples if sample.html is not None]
    return _real_pages(data / "markets" / adapter.market) + samples


@lru_cache(maxsize=1)
def _world(data: str) -> list[tuple[Reader, list[tuple[str, bytes]]]]:
    """Every market file for pages, with its pages."""
    adapters = [read_adapter(path) for path in sorted((ROOT / "workflow" / "markets").glob("*.yaml"))]
    return [(Reader(one), pages) for one in adapters if one.pages and (pages := _pages_of(one, Path(data)))]


def _case(world: list, seed: str) -> tuple[Reader, str, bytes, str]:
    """The market file and the broken page of a seed."""
    chance = random.Random(seed)
    reader, pages = chance.choice(world)
    if chance.random() < STRANGE:
        pages = chance.choice(world)[1]
    path, page = chance.choice(pages)
    page, names = mutated(page, seed)
    return reader, path, page, names


def _memory(name: str) -> int:
    """A size of this process in MB, as Linux tells it: VmRSS now, VmHWM the largest since the last reset."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) // 1024
    raise OSError(f"this system does not tell {name}")


def _read(reader: Reader, path: str, page: bytes) -> tuple[list[str], str, float, int]:
    """Faults, kind, seconds and memory of one page."""
    Path("/proc/self/clear_refs").write_text("5")  # forget the largest size so far
    before, begin = _memory("VmRSS"), time.process_time()
    try:
        read = reader.read(path, page)
    except Exception:
        return [traceback.format_exc(limit=-3)], "error", time.process_time() - begin, 0
    seconds, memory = time.process_time() - begin, _memory("VmHWM") - before
    rule = next((one for one in reader.adapter.pages if (one.kind, one.layout) == (read.kind, read.layout)), None)
    found = faults(read, rule is not None and bool(rule.rows))
    if seconds > MOST_SECONDS:
        found.append(f"{seconds:.1f} s")
    if memory > MOST_MEMORY:
        found.append(f"{memory} MB")
    return found, read.kind, seconds, memory


def _batch(first: int, count: int, seed: int, data: str) -> Outcome:
    world, outcome = _world(data), Outcome()
    for number in range(first, first + count):
        name = f"{seed}-{number}"
        reader, path, page, names = _case(world, name)
        found, kind, seconds, memory = _read(reader, path, page)
        outcome.pages += 1
        outcome.kinds[kind] += 1
        outcome.mutations.update(names.split("+"))
        outcome.slowest, outcome.largest = max(outcome.slowest, seconds), max(outcome.largest, memory)
        outcome.found += [
            f"--only {name} ({reader.adapter.market}, {names}, {len(page)} bytes): {one}" for one in found
        ]
    return outcome


PAGE = ROOT / "docs" / "broken-pages.md"
TEXT = """# Broken pages

Renewed by `make fuzz`: {pages:,} pages, broken by {ways} kinds of mutation drawn from a seed, read with all market
files for pages ({markets}):
real pages where they were at hand, and those of the samples.

What must hold for every page: it gives rows, or a kind and a note; never an error; at most {most_seconds:.0f} s of
processor time and {most_memory} MB on top. Faults: **{faults}**. Slowest page {slowest:.2f} s, largest growth of memory
{largest} MB.

| mutation | pages |
|---|---:|
{mutations}

| kind that was read | pages |
|---|---:|
{kinds}

What a real page never has is brought within limits first (`workflow/lib/cryptodrug/reading/limits.py`), and the page is
noted as `shortened`. Cases that were found on the way stand as tests, made of invented pages, in
`tests/lib/reading/test_broken_pages.py`, which also does a short run on the samples.
"""


def _rows(counts: Counter[str]) -> str:
    return "\n".join(f"| {name.replace('_', ' ')} | {count:,} |" for name, count in sorted(counts.items()))


def report(outcome: Outcome, markets: list[str]) -> str:
    """The outcome as a page of the documentation."""
    return TEXT.format(
        pages=outcome.pages,
        ways=len(outcome.mutations),
        markets=", ".join(markets),
        most_seconds=MOST_SECONDS,
        most_memory=MOST_MEMORY,
        faults=len(outcome.found),
        slowest=outcome.slowest,
        largest=outcome.largest,
        mutations=_rows(outcome.mutations),
        kinds=_rows(outcome.kinds),
    )


def _show(outcome: Outcome) -> None:
    print(f"{outcome.pages} broken pages, {len(outcome.found)} faults")
    print("kinds:     " + ", ".join(f"{kind} {count}" for kind, count in sorted(outcome.kinds.items())))
    print("mutations: " + ", ".join(f"{name} {count}" for name, count in sorted(outcome.mutations.items())))
    print(f"slowest page {outcome.slowest:.2f} s of processor time; largest growth of memory {outcome.largest} MB")
    for one in outcome.found[:40]:
        print(one)


def main() -> int:
    """Run; 1 when the property does not hold for some page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=82)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", help="seed of one case, as printed")
    parser.add_argument("--write", action="store_true", help="renew docs/broken-pages.md")
    parser.add_argument(
        "--data", default=os.environ.get("CRYPTODRUG_SHARED_DATA", str(ROOT.parent / "shared" / "data"))
    )
    options = parser.parse_args()
    outcome = Outcome()
    markets = [reader.adapter.market for reader, _ in _world(options.data)]  # the processes begin with it as well
    if options.only:
        seed, number = options.only.split("-")
        outcome.add(_batch(int(number), 1, int(seed), options.data))
    else:
        starts = range(0, options.pages, BATCH)
        counts = [min(BATCH, options.pages - start) for start in starts]
        with ProcessPoolExecutor(options.processes) as pool:
            jobs = [
                pool.submit(_batch, start, count, options.seed, options.data)
                for start, count in zip(starts, counts, strict=True)
            ]
            for job in jobs:
                outcome.add(job.result())
                if sys.stderr.isatty():
                    print(f"\r{outcome.pages} pages, {len(outcome.found)} faults", end="", file=sys.stderr, flush=True)
    _show(outcome)
    if options.write:
        write_text(PAGE, report(outcome, markets))
    return 1 if outcome.found else 0


if __name__ == "__main__":
    sys.exit(main())
