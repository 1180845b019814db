"""`cryptodrug demo`: renew the checksums of the simulated study, print what is true of it."""

import argparse
import tempfile
from hashlib import sha256
from pathlib import Path

from cryptodrug.files import write_text

SCENARIO = "data/demo/scenario.yaml"
INTERVIEWS = "data/demo/interviews.yaml"
KEPT = "data/demo/scenario-values.csv"
PROFILES = "data/demo/profiles.yaml"
CODED = "data/demo/profiles"
RESULTS = "results/demo"
CODEBOOK = "workflow/questionnaires/interviews/codebook.csv"


def make(options: argparse.Namespace) -> int:
    """Write the snapshot table of what the scenario gives; print the checksums of survey export and interviews.

    With `--into` the archives are kept in that folder (the way to a large study: `--scale 100`), and their snapshot
    table stands beside them; the committed table stays as it is.
    """
    from cryptodrug.simulate.interviews import export as export_interviews
    from cryptodrug.simulate.market.draw import draw_world
    from cryptodrug.simulate.scenario import read_scenario
    from cryptodrug.simulate.study import archive_names, snapshot_table, write_archive
    from cryptodrug.simulate.survey import export

    scenario = read_scenario(options.scenario)
    world = draw_world(scenario, scale=options.scale)
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(options.into or passing)
        folder.mkdir(parents=True, exist_ok=True)
        made = {name: folder / name for name in archive_names(scenario)}
        for name, (market, month) in archive_names(scenario).items():
            write_archive(made[name], world, market, month, options.scale)
        text = snapshot_table(scenario, options.scenario, made)
    table = Path(options.into) / "snapshots.csv" if options.into else Path(options.scenario).with_name("snapshots.csv")
    write_text(table, text)
    print(f"{table} is renewed")
    print(f"survey.sha256 in the configuration: {sha256(export(scenario)).hexdigest()}")
    interviews = export_interviews(options.interviews, options.codebook)
    print(f"sha256 of the project in `interviews`: {sha256(interviews).hexdigest()}")
    return 0


def keep(options: argparse.Namespace) -> int:
    """Keep the values of the scenario that the last build drew, or found to fit: the next one need not draw them."""
    write_text(KEPT, (Path(options.results) / "truth" / "drawn" / Path(KEPT).name).read_text(encoding="utf-8"))
    print(f"{KEPT} is renewed")
    return 0


def profiles(options: argparse.Namespace) -> int:
    """Write the coded profiles of the simulated study anew, for the vendors and types of its last build."""
    from cryptodrug.plan import make_plan
    from cryptodrug.profiles.codebook import read_profile_codes
    from cryptodrug.simulate.market.draw import draw_world
    from cryptodrug.simulate.profiles import demo_profiles, read_profile_scenario
    from cryptodrug.simulate.scenario import read_scenario

    plan = make_plan({}, [Path(options.configfile)])
    settings, folder = plan.settings, Path(options.into)
    scenario = read_profile_scenario(options.scenario, read_profile_codes(settings.profiles.codebook))
    world = draw_world(read_scenario(settings.simulation.scenario))
    texts = demo_profiles(scenario, world, plan.results, settings.focus_country, settings.analysis.seed)
    for name, text in texts.items():
        write_text(folder / name, text)
    print(f"{folder}: {', '.join(texts)}")
    for name in ("coder-a.csv", "coder-b.csv"):
        print(f"sha256 of {name} in `profiles`: {sha256(texts[name].encode()).hexdigest()}")
    return 0


def truth(options: argparse.Namespace) -> int:
    """Print what is true beside every released number of a simulated study, and how many intervals hold it."""
    from cryptodrug.release import read_values, study_label
    from cryptodrug.truth.compare import compare, read_truth, summary
    from cryptodrug.truth.printing import as_csv, summary_lines, table_lines

    results = Path(options.results)
    tables, definitions = read_truth(results / "truth")
    compared = compare(read_values(results / "values.json").values(), tables, definitions)
    if options.csv:
        print(as_csv(compared, study_label(results.name, True)), end="")
        return 0
    for line in (*table_lines(compared), "", *summary_lines(compared, summary(compared))):
        print(line)
    return 0


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the group to the command line."""
    group = subparsers.add_parser("demo", help="the simulated study")
    actions = group.add_subparsers(dest="action", required=True)
    one = actions.add_parser("make", help="after a change of the scenario: renew the checksums of what it makes")
    one.add_argument("--scenario", default=SCENARIO, help=f"scenario file (default: {SCENARIO})")
    one.add_argument("--scale", type=int, default=1, help="how many times as many vendors (needs --into; default: 1)")
    one.add_argument("--into", help="keep the archives in this folder, and write their snapshot table there")
    one.add_argument("--interviews", default=INTERVIEWS, help=f"scenario of the interviews (default: {INTERVIEWS})")
    one.add_argument("--codebook", default=CODEBOOK, help=f"code book of the interviews (default: {CODEBOOK})")
    one.set_defaults(run=make)
    two = actions.add_parser(
        "truth", help="what is true beside every released number, and whether its interval holds it"
    )
    two.add_argument("--results", default=RESULTS, help=f"results of a simulated study (default: {RESULTS})")
    two.add_argument("--csv", action="store_true", help="as CSV, with the definitions' sort of truth and all digits")
    two.set_defaults(run=truth)
    three = actions.add_parser(
        "keep", help="after a change of the scenario or of the simulator, and a build: keep the values it has drawn"
    )
    three.add_argument("--results", default=RESULTS, help=f"results of the simulated study (default: {RESULTS})")
    three.set_defaults(run=keep)
    four = actions.add_parser(
        "profiles", help="after a change of the scenario, and a build: write the coded profiles of its vendors anew"
    )
    four.add_argument("--configfile", default="config.yaml", help="configuration of the study (default: config.yaml)")
    four.add_argument("--scenario", default=PROFILES, help=f"scenario of the profiles (default: {PROFILES})")
    four.add_argument("--into", default=CODED, help=f"where the files go (default: {CODED})")
    four.set_defaults(run=profiles)
