"""`cryptodrug demo`: make the simulated study, renew its checksums."""

import argparse
from hashlib import sha256
from pathlib import Path

from cryptodrug.files import write_text

SCENARIO = "data/demo/scenario.yaml"


def make(options: argparse.Namespace) -> int:
    """Write the snapshot table of what the scenario gives, and print the checksum of the survey export."""
    from cryptodrug.simulate.scenario import read_scenario
    from cryptodrug.simulate.study import archives, snapshot_table
    from cryptodrug.simulate.survey import export

    scenario = read_scenario(options.scenario)
    table = Path(options.scenario).with_name("snapshots.csv")
    write_text(table, snapshot_table(scenario, options.scenario, archives(scenario)))
    print(f"{table} is renewed")
    print(f"survey.sha256 in the configuration: {sha256(export(scenario)).hexdigest()}")
    return 0


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the group to the command line."""
    group = subparsers.add_parser("demo", help="the simulated study")
    actions = group.add_subparsers(dest="action", required=True)
    one = actions.add_parser("make", help="after a change of the scenario: renew the checksums of what it makes")
    one.add_argument("--scenario", default=SCENARIO, help=f"scenario file (default: {SCENARIO})")
    one.set_defaults(run=make)
