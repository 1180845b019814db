"""`cryptodrug release audit`: the attacker on what a study has released."""

import argparse

from cryptodrug.disclosure.audit import audit_study
from cryptodrug.provenance.records import PROJECT


def audit(options: argparse.Namespace) -> int:
    """One line per table; 2 when a hidden count can be narrowed down too far."""
    lines, broken = audit_study(PROJECT / "results" / options.study)
    print("\n".join(lines))
    return 2 if broken else 0


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the group to the command line."""
    group = subparsers.add_parser("release", help="audit what is published")
    actions = group.add_subparsers(dest="action", required=True)
    one = actions.add_parser("audit", help="try to get hidden cells back from all released tables of a study")
    one.add_argument("--study", default="demo", help="study (default: demo)")
    one.set_defaults(run=audit)
