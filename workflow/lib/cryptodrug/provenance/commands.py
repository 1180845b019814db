"""`cryptodrug trace`: the chain of a file or a value, down to the archives."""

import argparse
import json
from pathlib import Path

from cryptodrug.files import read_json
from cryptodrug.provenance.chain import Step, check_unchanged, find_record, walk
from cryptodrug.provenance.records import PROJECT, read_records


def _study_of(target: str, study: str | None) -> str:
    """The study a target belongs to: `results/<study>/...`, or the one named, or the demo."""
    parts = Path(target).parts
    if "results" in parts and len(parts) > parts.index("results") + 1:
        return parts[parts.index("results") + 1]
    return study or "demo"


def _file_of_value(results: Path, value: str) -> str | None:
    """The released table of a value id, or None when it is no value id."""
    path = results / "values.json"
    values = read_json(path)["values"] if path.is_file() else {}
    return f"tables/{values[value]['table']}.csv" if value in values else None


def _file_of_id(results: Path, records: dict, identity: str) -> str | None:
    """The file behind an id of a caption: a released table, or the first file whose record has it."""
    release = results / "release.json"
    tables = read_json(release)["tables"] if release.is_file() else {}
    for table, entry in tables.items():
        if entry["id"] == identity:
            return f"tables/{table}.csv"
    return next((record["path"] for record in records.values() if record["id"] == identity), None)


def _line(step: Step, verbose: bool) -> str:
    indent = "  " * step.depth
    if step.record is None:
        return f"{indent}{step.name}  sha256 {step.sha256[:16]}"
    text = f"{indent}{step.name}  id {step.record['id']}  rule {step.record['rule']}"
    if step.repeated:
        return f"{text}  (see above)"
    if verbose:
        text += f"\n{indent}  settings: {json.dumps(step.record['settings'], sort_keys=True, ensure_ascii=False)}"
        text += f"\n{indent}  code: {', '.join(sorted(step.record['code']))}"
    return text


def trace(options: argparse.Namespace) -> int:
    """Print the chain of `options.target`."""
    study = _study_of(options.target, options.study)
    results = PROJECT / "results" / study
    records = read_records(results)
    inner = _file_of_value(results, options.target) or _file_of_id(results, records, options.target)
    if inner:
        print(f"{options.target}: stands in {inner}")
    name = options.target if inner is None else inner
    if not name.startswith("results/"):
        as_path = Path(name).resolve()
        inside = PROJECT in as_path.parents and as_path.is_file()
        name = as_path.relative_to(PROJECT).as_posix() if inside else f"results/{study}/{name}"
    find_record(records, name)
    check_unchanged(records, name)
    for step in walk(records, name):
        print(_line(step, options.verbose))
    lock = find_record(records, name)["lock"]
    print(f"environment: envs/requirements.lock sha256 {lock[:16]}")
    return 0


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("trace", help="print the chain of a file or value down to the archives")
    parser.add_argument(
        "target", help="a made file (results/demo/tables/x.csv, tables/x.csv), a value id, or the id in a caption"
    )
    parser.add_argument("--study", help="the study, when the target does not say it (default: demo)")
    parser.add_argument("--verbose", "-v", action="store_true", help="also print settings and code of each step")
    parser.set_defaults(run=trace)
