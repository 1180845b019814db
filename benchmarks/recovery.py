"""Does the method work? Simulate studies with known truth and renew docs/recovery.md. `make recovery` runs it.

Finished replicates are kept under results/recovery, by what they were made with: an interrupted run goes on where it
stopped, and nothing is taken from other code or another scenario.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

import pandas as pd
from cryptodrug.closure import closure
from cryptodrug.files import sha256_of, whole_file
from cryptodrug.provenance.records import LOCK, PROJECT
from cryptodrug.recovery.buyers import parameters_of_buyers
from cryptodrug.recovery.cases import CASES, SCENARIOS, Case
from cryptodrug.recovery.census import Census
from cryptodrug.recovery.estimators import REGISTRY, Drawing
from cryptodrug.recovery.memory import Method, demo_method, whole_snapshots
from cryptodrug.recovery.page import write_results
from cryptodrug.recovery.replicates import records
from cryptodrug.recovery.scripts import SCRIPTS
from cryptodrug.recovery.superpopulation import (
    SURVEY,
    WORLDS,
    Parameter,
    checksum_of,
    checksum_of_survey,
    parameters_of,
    read_table,
    true_world,
    write_table,
)
from cryptodrug.recovery.through_pages import differences
from cryptodrug.simulate.includes import files_of
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.scenario import Scenario, read_scenario

PARAMETERS = PROJECT / "data" / "demo" / "superpopulation.csv"
KEPT = PROJECT / "results" / "recovery"
PROCESSES = 2
BLOCK = 10  # replicates in one file
HOW = Drawing()
_FOUND: dict[str, dict[str, Parameter]] = {}


def _begin(found: dict[str, dict[str, Parameter]]) -> None:
    """Give a process the parameters of all scenarios."""
    _FOUND.update(found)


def _refuse(what: str) -> ValueError:
    return ValueError(what)


def made_with() -> str:
    """Id of everything that a replicate follows from: code, scenarios, judgements, market files, settings, packages."""
    replicates = PROJECT / "workflow" / "lib" / "cryptodrug" / "recovery" / "replicates.py"
    scripts = [replicates, *(SCRIPTS / "analyse" / f"{name}.py" for name in REGISTRY)]
    files = {path for script in scripts for path in closure(script)}
    files |= {part for path in SCENARIOS.values() for part in files_of(path, _refuse)}
    files |= set((PROJECT / "workflow" / "judgements").glob("*.csv"))
    files |= {PROJECT / "workflow" / "markets" / f"{name}.yaml" for name in ("cardboard", "lantern")}
    files |= set((PROJECT / "workflow" / "questionnaires").rglob("*.csv")) | {demo_method().settings.survey.mapping}
    files |= {PROJECT / "config.yaml", Path(LOCK), PARAMETERS}
    sums = "\n".join(f"{path.name} {sha256_of(path)}" for path in sorted((PROJECT / one).resolve() for one in files))
    return sha256(sums.encode()).hexdigest()[:12]


def _true(task: tuple[Scenario, int, str]) -> Census:
    return true_world(*task)


def parameters(scenarios: list[Scenario], pool: ProcessPoolExecutor, method: Method) -> dict[str, dict[str, Parameter]]:
    """Parameters of the scenarios: those that are kept, or new ones where a scenario changed."""
    kept, known = read_table(PARAMETERS), {}

    def renew(name: str, checksum: str, make: Callable[[], dict[str, Parameter]]) -> None:
        known[name] = kept.get(name, ("", {}))
        if known[name][0] != checksum:
            print(f"{name} is new: what is true of it is simulated", flush=True)
            known[name] = (checksum, make())

    def of_market(scenario: Scenario) -> dict[str, Parameter]:
        tasks = [(scenario, number, method.settings.focus_country) for number in range(WORLDS)]
        return parameters_of(list(pool.map(_true, tasks)))

    for one in scenarios:
        renew(one.scenario, checksum_of(one), partial(of_market, one))
    whole = {case.read().scenario: case.read() for case in CASES if case.whole}
    for name, one in whole.items():
        renew(name + SURVEY, checksum_of_survey(one), partial(parameters_of_buyers, one, method.settings))
    write_table(PARAMETERS, known)
    # read again, so that each run has the rounded numbers that are kept
    read = {name: found for name, (_, found) in read_table(PARAMETERS).items()}
    return {one.scenario: read[one.scenario] | read.get(one.scenario + SURVEY, {}) for one in scenarios}


def _block(task: tuple[Case, int, Path]) -> Path:
    """Make one file of replicates, unless it is there."""
    case, first, folder = task
    path = folder / f"{case.name}-{first:04d}.csv"
    if not path.exists():
        last = min(first + BLOCK, case.replicates)
        known = _FOUND[case.read().scenario]
        made = [records(case, number, demo_method(), known, HOW) for number in range(first, last)]
        with whole_file(path) as temporary:
            pd.concat(made).to_csv(temporary, index=False)
    return path


def through_pages() -> int:
    """Take the first replicate of the demo through pages; the number of snapshots. An error when anything differs."""
    case = CASES[0]
    snapshots = whole_snapshots(draw_world(case.read(), replicate=0, vendors=case.vendors), 0)
    for one in snapshots:
        if found := list(differences(one.crawl.with_missed(case.missed[-1]))):
            raise SystemExit(
                f"{one.market} {one.date} is read otherwise than the fast path says: {'; '.join(found[:9])}"
            )
    return len(snapshots)


def main() -> None:
    """Run what is not there yet, then write tables, figure and page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--replicates", type=int, help="fewer than the cases say; the page is then not renewed")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="CASE=N", help="only so many of a case; the page says that it is fewer"
    )
    names = [case.name for case in CASES]
    parser.add_argument(
        "--cases", nargs="+", choices=names, default=names, help="the others keep their earlier results"
    )
    options = parser.parse_args()
    only = {name: int(number) for name, number in (one.split("=") for one in options.only)}
    if unknown := only.keys() - set(names):
        parser.error(f"no case {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    asked = {
        case.name: options.replicates or min(only.get(case.name, case.replicates), case.replicates) for case in CASES
    }
    cases = [replace(case, replicates=asked[case.name]) for case in CASES if case.name in options.cases]
    begin = time.monotonic()
    scenarios = [read_scenario(path) for path in SCENARIOS.values()]
    with ProcessPoolExecutor(options.processes) as pool:
        found = parameters(scenarios, pool, demo_method())
    compared = through_pages()
    print(f"{compared} snapshots went through pages and are read as the fast path says", flush=True)
    folder = KEPT / made_with()
    tasks = [(case, first, folder) for case in cases for first in range(0, case.replicates, BLOCK)]
    done = []
    with ProcessPoolExecutor(options.processes, initializer=_begin, initargs=(found,)) as pool:
        for path in pool.map(_block, tasks):
            done.append(path)
            if sys.stderr.isatty():
                print(f"\r{len(done)} of {len(tasks)} blocks", end="", file=sys.stderr, flush=True)
    text = {"table": str, "row": str, "column": str, "case": str}
    made = pd.concat([pd.read_csv(path, dtype=text) for path in done], ignore_index=True)
    if options.replicates is None:
        write_results(made, HOW, compared)
    else:
        made.to_csv(folder / "records.csv", index=False)
    worked = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{time.monotonic() - begin:.0f} seconds; processors worked {worked.ru_utime + worked.ru_stime:.0f} seconds")


if __name__ == "__main__":
    main()
