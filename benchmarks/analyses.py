"""Time and memory of the analyses of vendors, on the demo and on a market of a million offers. `make bench-analyses`.

Each analysis runs in a process of its own, as in the workflow, on tables of the database that are already there: those
of the demo, which are built if need be, and those of `large_market.py`, which are drawn. The simulator of the demo with
a large scale would be another way; it makes every page and takes hours.

Processor time is what counts: it hardly changes with what else the machine does. The time by the clock, two analyses at
a time, says something on a quiet machine only.
"""

import argparse
import inspect
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import large_market
import pandas as pd
from cryptodrug.settings.load import load_settings
from cryptodrug.settings.models import Settings

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "workflow" / "scripts" / "analyse"
sys.path.insert(0, str(SCRIPTS))
DATABASE = ROOT / "results" / "demo" / "database"
RULES = ("offer", "sales", "vendors")
FIRST = ("snapshot_coverage", "counted_sales")  # others read what they make
NO_OFFER = ("comparators",)  # reads a table of published numbers, and no market
LISTINGS, MONTHS, SEED = 1_000_000, 12, 82
CORES = 2
CHILD = "import importlib, json, sys; module, name, given = sys.argv[1:]; " + (
    "getattr(importlib.import_module(module), name)(**json.loads(given))"
)
PATHS = os.pathsep.join([str(SCRIPTS), str(SCRIPTS.parent), str(ROOT / "workflow" / "lib")])
MOST_SECONDS, MOST_MEMORY = 120, 4_000  # of processor time, and MB: limits of one analysis
NO_MEMORY = (
    "MemoryError",
    "bad_alloc",
    "OutOfMemory",
    "Out of Memory",
    "malloc of size",
    "realloc of size",
    "Wrapping large",
)
DEMO_TARGET, LARGE_TARGET, MEMORY_TARGET = 12, 120, 2_000  # seconds by two cores, MB


@dataclass(frozen=True)
class Run:
    """One analysis: seconds of processor time, largest memory in MB; `stopped`: which limit it would have passed."""

    analysis: str
    seconds: float
    memory: float
    stopped: str | None = None


def analyses() -> list[str]:
    """The analyses of vendors in the order of the rules, those first that others read."""
    rules = ((ROOT / "workflow" / "rules" / f"{name}.smk").read_text(encoding="utf-8") for name in RULES)
    found = [name for text in rules for name in re.findall(r"scripts/analyse/(\w+)\.py", text)]
    return [*FIRST, *(name for name in found if name not in (*FIRST, *NO_OFFER))]


def arguments(function: Callable, settings: Settings, database: Path, made: Path) -> dict[str, Any]:
    """What the rule of an analysis gives it, by the names of its parameters."""
    known: dict[str, Any] = settings.analysis.model_dump() | {
        "focus_country": settings.focus_country,
        "neighbours": settings.neighbours,
        "definition": settings.population.definition,
        "link_by": settings.population.link_by,
        "shared_text": settings.population.shared_text.model_dump(),
        "smallest": settings.disclosure.revenue.minimum_vendors,
        "largest_two": settings.disclosure.revenue.largest_two_share,
        "closed": {market.id: str(market.closed) for market in settings.markets if market.closed},
        "union": str(ROOT / "data" / "reference" / "european_union.csv"),
        "commissions": str(ROOT / "data" / "reference" / "commissions.csv"),
        "simulated": settings.study.simulated,
        "coverage": str(made / "snapshot-coverage.parquet"),
    }
    known |= {path.stem: str(path) for path in database.glob("*.parquet")}
    given = {}
    for name in inspect.signature(function).parameters:
        if name in known:
            given[name] = known[name]
        elif name.endswith("_description"):
            stem = name.removesuffix("_description").replace("_", "-")
            given[name] = str(made / f"{stem}.json")
        else:
            given[name] = str(made / f"{name.replace('_', '-')}.parquet")
    return given


def measure(analysis: str, database: Path, made: Path) -> Run:
    """Run one analysis in a process of its own."""
    function = getattr(import_module(analysis), analysis)
    given = arguments(function, load_settings(ROOT / "config.yaml", ROOT), database, made)
    return timed(analysis, analysis, json.dumps(given))


def timed(analysis: str, module: str, given: str) -> Run:
    """Run a function of a module with these arguments (JSON) in a process of its own."""
    command = [sys.executable, "-c", CHILD, module, analysis, given]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": PATHS}
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=said, preexec_fn=_limit)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    stopped = None
    if child.returncode == -signal.SIGXCPU:
        stopped = "time"
    elif child.returncode and any(word in text for word in NO_MEMORY):
        stopped = "memory"
    elif child.returncode:
        raise SystemExit(f"{text}\nthe analysis {analysis} failed; nothing was measured")
    return Run(analysis, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, stopped)


def _limit() -> None:
    """An analysis that needs more than this is stopped and said to be: it must not take the machine with it."""
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY * 2**20, MOST_MEMORY * 2**20))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 5))


def printed_coverage(database: Path, made: Path) -> None:
    """In place of a coverage that could not be estimated: listings found by the number that the market prints."""
    snapshot = pd.read_parquet(database / "snapshot.parquet")
    coverage = snapshot[["market"]].assign(
        snapshot=snapshot["snapshot_date"],
        coverage=(snapshot["listings_found"] / snapshot["listings_printed"]).astype(float),
        coverage_low=float("nan"),
        coverage_high=float("nan"),
        method="printed-count",
    )
    coverage.to_parquet(made / "snapshot-coverage.parquet")


def measure_all(database: Path, chosen: list[str], at_a_time: int = 1) -> tuple[list[Run], float]:
    """All analyses, so many at a time; seconds by the clock. What they make is thrown away."""
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(at_a_time) as pool:
        begin, made = time.monotonic(), Path(name)
        first = [measure(analysis, database, made) for analysis in FIRST]
        if first[0].stopped:
            printed_coverage(database, made)
        rest = pool.map(lambda analysis: measure(analysis, database, made), [one for one in chosen if one not in FIRST])
        return first + list(rest), time.monotonic() - begin


def build_demo() -> None:
    """The tables of the database of the demo; nothing to do where they are there and whole."""
    listings = str((DATABASE / "listing.parquet").relative_to(ROOT))
    command = [sys.executable, "-m", "snakemake", "--cores", str(CORES), listings]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


SECTION = """## Analyses of vendors

The {analyses} analyses of vendors (and what some of them read: coverage, and the sales that are counted once for all),
each in a process of its own, imports and all: on the demo, and on a market of {listings:,} offers of {vendors:,}
accounts in {months} months ({rows:,} rows of listings, {feedback:,} of feedback), which is drawn for this. Seconds of
processor time, which hardly change with what else a machine does; memory is the largest that the process had.

| Analysis | Demo, s | Large, s | Large, MB |
|---|---:|---:|---:|
{lines}
| **all** | **{demo_s:.0f}** | **{large_s:.0f}** | **{memory:,.0f}** (largest) |

By the clock, {cores} at a time: {demo_wall:.0f} s for the demo (target: at most {demo_target}), {large_wall:.0f} s for
the large market (target: at most {large_target}). Target for the memory of a process: below {memory_target:,} MB.
One that needs more than {most_seconds} s or {most_memory:,} MB is stopped, so that the rest can be measured: {stopped}
of them. The sums hold the time until then.
"""


def section(listings: int = LISTINGS, months: int = MONTHS) -> str:
    """The section of docs/performance.md."""
    build_demo()
    chosen = analyses()
    demo, demo_wall = measure_all(DATABASE, chosen, CORES)
    with tempfile.TemporaryDirectory() as name:
        rows = large_market.write_market(Path(name), listings, months, SEED)
        large, large_wall = measure_all(Path(name), chosen, CORES)
    lines = [
        f"| {one.analysis.replace('_', ' ')} | {one.seconds:.1f} | {other.seconds:.1f} | {other.memory:,.0f} |"
        if other.stopped is None
        else f"| {one.analysis.replace('_', ' ')} | {one.seconds:.1f} | not within the limits ({other.stopped}) | |"
        for one, other in zip(demo, large, strict=True)
    ]
    stopped = sum(one.stopped is not None for one in large)
    return SECTION.format(
        analyses=len(chosen) - len(FIRST),
        listings=listings,
        vendors=large_market.accounts(listings),
        months=months,
        rows=rows["listing"],
        feedback=rows["feedback"],
        lines="\n".join(lines),
        demo_s=sum(one.seconds for one in demo),
        large_s=sum(one.seconds for one in large),
        memory=max(one.memory for one in large),
        cores=CORES,
        stopped=stopped,
        most_seconds=MOST_SECONDS,
        most_memory=MOST_MEMORY,
        demo_wall=demo_wall,
        demo_target=DEMO_TARGET,
        large_wall=large_wall,
        large_target=LARGE_TARGET,
        memory_target=MEMORY_TARGET,
    )


def main() -> None:
    """Print the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, default=LISTINGS, help=f"offers of the large market ({LISTINGS:,})")
    parser.add_argument("--months", type=int, default=MONTHS, help=f"its snapshots ({MONTHS})")
    options = parser.parse_args()
    print(section(options.listings, options.months))


if __name__ == "__main__":
    main()
