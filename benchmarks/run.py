"""Measure speed as ratios in one run and renew docs/performance.md. `make bench` runs it."""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import analyses
import buyers
import markets
import reading
from cryptodrug.files import write_text

ROOT = Path(__file__).resolve().parents[1]
CORES = 2
PAGE = ROOT / "docs" / "performance.md"
HEAD = """# Performance

Renewed by `make bench`. What counts are ratios: all ways of doing a thing are measured in one run, on the same input
and machine, section by section. The other numbers belong to this machine: {machine}; they are not those of another day.
"""
READING = """## Reading pages

{pages:,} listing pages of one archive, read in three ways: by this project, from the compressed archive to the observed
tables in Parquet; by a loop written by hand for this market with the same parser (selectolax {selectolax}), from the
compressed archive to rows in memory; and by BeautifulSoup {bs4} on lxml, on every {every}th page ({sample_pages} pages,
with their share of the unpacking). All three read title, vendor, price, currency, category, origin,
destination, rating, sales and every row of feedback; the run ends with an error when they read anything differently.

| Reader | Pages per second | This project is |
|---|---:|---:|
| this project | {ours_pages_per_s:,} | |
| loop written by hand, same unpacking (igzip) | {loop_pages_per_s:,} | {ratio_loop:.2f} times as fast |
| loop written by hand, `tarfile` of Python | {tarfile_pages_per_s:,} | {ratio_tarfile:.2f} times as fast |
| BeautifulSoup | {beautifulsoup_pages_per_s:,.0f} | {ratio_beautifulsoup:.1f} times as fast |

The first of the two loops takes its pages from this project's own reading of archives, so that what the faster
unpacking wins is won by both; the target is for this one. The second unpacks with what Python brings along.

Peak memory of this project's reading: {peak_memory_mb} MB. It does not grow with the archive: some pages (64 at most,
or 1 MB) and one batch of rows are in memory at a time. Targets: at least 0.9 times the loop, at least 20 times
BeautifulSoup.

| Where the time goes | Share |
|---|---:|
| unpacking, names of members, choosing the pages | {share_unpack:.0%} |
| kind of the page, the pieces that its kind needs, their tree | {share_pieces:.0%} |
| fields of offers and of feedback | {share_fields:.0%} |
| checksums, identities, Parquet | {share_writing:.0%} |

What is left to the limit: a reader that only unpacks and makes the tree of these pieces takes {limit_pieces:.0%} of the
time; one that only unpacks and makes the tree of each whole page, as the loop must, {limit_tree:.0%}.
"""
JOBS = """## Two jobs for one archive

All {pages:,} pages of the archive, all tables and fields, read by one job and by two at the same time
(`archives: {{parts: 2}}`): {one_s:.2f} s of processor time, and {two_s:.2f} s for the one of the two jobs that takes
longer: {ratio:.2f} times as fast. The second job must unpack what stands in front of its part. Target: at least 1.8.
"""


def machine() -> str:
    """Cores, architecture and Python; nothing that names the machine."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"


def reading_section() -> str:
    """Reading pages; a line that says why when there is no archive to read."""
    if not reading.ARCHIVE.is_file():
        return "## Reading pages\n\nNot measured: the archive is not part of the repository.\n"
    versions = {"selectolax": version("selectolax"), "bs4": version("beautifulsoup4"), "every": reading.EVERY}
    return READING.format(**reading.measure(reading.ARCHIVE), **versions)


def jobs_section() -> str:
    """One archive in two jobs; nothing without an archive, as the section before says so."""
    return JOBS.format(**reading.measure_jobs(reading.ARCHIVE)) if reading.ARCHIVE.is_file() else ""


MARKETS = """## Reading the main fields of each market

The same fields of the same pages, read from memory by this project's market file, cut down to these fields, and by
BeautifulSoup on lxml with a table of selectors. The last column is the whole market file, which reads all tables and
fields, against BeautifulSoup with the few. Target for the same fields: at least 12.

| Market | Kind | Pages | Read alike | Fields | Same fields: times as fast | All fields: times as fast |
|---|---|---:|---:|---:|---:|---:|
{rows}
"""


def markets_section() -> str:
    """One line for each market of which there are pages."""
    row = "| {market} | {kind} | {pages} | {equal} | {fields} | {ratio:.0f} | {ratio_whole:.0f} |"
    rows = [row.format(**one) for one in markets.measure_all(reading.DATA / "markets")]
    return MARKETS.format(rows="\n".join(rows)) if rows else "## Markets\n\nNot measured: there are no pages.\n"


BUILD = """## Building the demo

The whole demo on {cores} cores, in a fresh copy, after installation: archives and survey made, read, judged, analysed,
released, four documents in three formats each.

| What | Seconds | Jobs | Compared with the whole |
|---|---:|---:|---:|
| everything from nothing | {whole:.1f} | {whole_jobs} | |
| one sentence of the English report changed | {sentence:.1f} | {sentence_jobs} | {sentence_ratio:.2f} |
| nothing changed | {nothing:.1f} | 0 | {nothing_ratio:.2f} |

Targets: at most sixty seconds from nothing, at most two for nothing to do.
"""


def build_section() -> str:
    """Seconds of three builds, one after the other, in one copy of the repository."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "copy"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
        whole, whole_jobs = _build(folder)
        nothing, _ = _build(folder)
        template = folder / "reports" / "templates" / "final-report" / "abstract.md.j2"
        text = template.read_text(encoding="utf-8")
        changed = text.replace("**Keywords:**", "**Key words:**")
        if changed == text:
            raise SystemExit(f"{template.name} has no such sentence any more; change another one")
        template.write_text(changed, encoding="utf-8")
        sentence, sentence_jobs = _build(folder)
    return BUILD.format(
        cores=CORES,
        whole=whole,
        whole_jobs=whole_jobs,
        nothing=nothing,
        nothing_ratio=nothing / whole,
        sentence=sentence,
        sentence_jobs=sentence_jobs,
        sentence_ratio=sentence / whole,
    )


def _build(folder: Path) -> tuple[float, int]:
    """Seconds and number of jobs of one build."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(folder / "workflow" / "lib")
    command = [sys.executable, "-m", "snakemake", "reports", "--cores", str(CORES)]
    begin = time.monotonic()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return time.monotonic() - begin, len(re.findall(r"^Finished jobid", done.stdout + done.stderr, re.MULTILINE))


# one function per section, by name and heading, in the order of the page
SECTIONS = {
    "reading": ("## Reading pages", reading_section),
    "jobs": ("## Two jobs for one archive", jobs_section),
    "markets": ("## Reading the main fields of each market", markets_section),
    "build": ("## Building the demo", build_section),
    "analyses": ("## Analyses of vendors", analyses.section),
    "buyers": ("## Survey and interviews", buyers.section),
}


def earlier_sections() -> dict[str, str]:
    """The sections that the page has now, by their headings."""
    pieces = re.split(r"^(?=## )", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {piece.splitlines()[0]: piece.rstrip("\n") + "\n" for piece in pieces}


def main() -> None:
    """Measure the sections that are asked for, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", help=f"only these; the others stay as they are: {', '.join(SECTIONS)}")
    chosen = parser.parse_args().sections or list(SECTIONS)
    if unknown := set(chosen) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    earlier, parts = earlier_sections(), [HEAD.format(machine=machine())]
    for name, (heading, section) in SECTIONS.items():
        parts.append(section() if name in chosen else earlier.get(heading))
    text = "\n".join(filter(None, parts))
    write_text(PAGE, text)
    print(text)


if __name__ == "__main__":
    main()
