"""`cryptodrug plan`: what a study of a given size could tell, before anything is downloaded."""

import argparse
import sys
from pathlib import Path

from cryptodrug.errors import SettingsError
from cryptodrug.files import write_text
from cryptodrug.planning.design import REPLICATES, Design

DRAWS = 300


class _Told:
    """Counts worlds on a terminal."""

    def __init__(self, worlds: int) -> None:
        self._worlds, self._done, self._shown = worlds, 0, sys.stderr.isatty()

    def __call__(self) -> None:
        self._done += 1
        if self._shown:
            end = "\n" if self._done == self._worlds else ""
            print(f"\r{self._done} of {self._worlds} simulated studies", end=end, file=sys.stderr, flush=True)


def _refuse_replicates(number: int) -> None:
    low, high = REPLICATES
    if not low <= number <= high:
        raise SettingsError(
            f"--replicates {number} lies outside {low} to {high}",
            where="arguments of `cryptodrug plan`",
            not_done="nothing was simulated",
            do="fewer say little, more take long; twelve are enough to choose a size",
        )


def plan(options: argparse.Namespace) -> int:
    """Print the plan; with `--out` also write it as CSV and picture."""
    design = Design(options.months, options.markets, options.coverage, options.belgian_vendors, options.respondents)
    _refuse_replicates(options.replicates)
    out = Path(options.out) if options.out else None
    if out is not None and out.exists() and not out.is_dir():
        raise SettingsError(
            f"--out {out} is a file", where=str(out), not_done="nothing was simulated", do="name a folder"
        )
    from cryptodrug.planning.printing import draw_growth, growth_csv, lines, widths_csv
    from cryptodrug.planning.widths import simulate, tried_months
    from cryptodrug.recovery.estimators import Drawing
    from cryptodrug.recovery.memory import demo_method

    method = demo_method()
    analysis = method.settings.analysis
    how = Drawing(draws=DRAWS, seed=analysis.seed, level=analysis.level)
    told = _Told(options.replicates * (1 + len(tried_months(design))))
    found = simulate(design, method, options.replicates, how, told)
    print("\n".join(lines(found)))
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        write_text(out / "plan.csv", widths_csv(found))
        write_text(out / "plan-growth.csv", growth_csv(found))
        draw_growth(found, out)
        print(f"\nwritten: {out}/plan.csv, plan-growth.csv, plan.svg, plan.png")
    return 0


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    one = subparsers.add_parser("plan", help="how wide the intervals of a study would be, from simulation")
    one.add_argument("--months", type=int, required=True, help="monthly snapshots of each market")
    one.add_argument("--markets", type=int, required=True, help="markets that are downloaded")
    one.add_argument("--coverage", type=float, required=True, help="share of the pages that a download gets, e.g. 0.9")
    one.add_argument("--belgian-vendors", type=int, required=True, help="vendors of the country, on all markets")
    one.add_argument("--respondents", type=int, required=True, help="respondents of the survey")
    one.add_argument("--replicates", type=int, default=12, help="simulated studies (default: 12)")
    one.add_argument("--out", help="also write the tables (CSV) and the picture (SVG, PNG) into this folder")
    one.set_defaults(run=plan)
