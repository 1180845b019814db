"""`cryptodrug settings`: check a configuration, renew the generated documentation."""

import argparse

from cryptodrug.provenance.records import PROJECT
from cryptodrug.settings.describe import write_documentation
from cryptodrug.settings.load import load_settings


def check(options: argparse.Namespace) -> int:
    """Read one configuration file; all faults are reported at once."""
    settings = load_settings(options.file, PROJECT)
    print(f"{options.file}: the study {settings.study.id} is in order")
    return 0


def document(options: argparse.Namespace) -> int:
    """Write docs/configuration.md and the JSON schema."""
    write_documentation(PROJECT / "docs")
    print("docs/configuration.md and docs/configuration.schema.json are renewed")
    return 0


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the group to the command line."""
    group = subparsers.add_parser("settings", help="check a configuration, renew its documentation")
    actions = group.add_subparsers(dest="action", required=True)
    one = actions.add_parser("check", help="check a configuration file without starting anything")
    one.add_argument("file", help="config.yaml or studies/<study>/study.yaml")
    one.set_defaults(run=check)
    two = actions.add_parser("document", help="renew docs/configuration.md and its JSON schema")
    two.set_defaults(run=document)
