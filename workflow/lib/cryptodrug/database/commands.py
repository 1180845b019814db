"""`cryptodrug database`: what the tables and columns mean."""

import argparse
from typing import Any

from cryptodrug.database.describe import lines, row_counts, write_documentation
from cryptodrug.database.schema import TABLES
from cryptodrug.errors import InputError
from cryptodrug.provenance.records import PROJECT


def _rows(study: str | None) -> dict[str, int]:
    """Rows of each table of a study; none when its database is not made yet."""
    if study is None:
        return {}
    results = PROJECT / "results"
    if not (results / study).is_dir():
        known = ", ".join(sorted(path.name for path in results.glob("*") if path.is_dir())) or "none yet"
        raise InputError(
            f"there are no results of a study {study!r}",
            where=f"results/{study}",
            not_done="no table was described",
            do=f"name a study that was made ({known}), or leave --study out",
        )
    path = results / study / "database" / "markets.duckdb"
    if not path.is_file():
        print(f"results/{study}/database/markets.duckdb is not made yet: no numbers of rows\n")
        return {}
    return row_counts(path)


def describe(options: argparse.Namespace) -> int:
    """Print one table or all, with the number of rows where the database of the study is there."""
    if options.table is not None and options.table not in TABLES:
        raise InputError(
            f"there is no table {options.table!r}",
            where="the declared tables",
            not_done="no table was described",
            do=f"name one of {', '.join(TABLES)}, or none for all",
        )
    rows = _rows(options.study)
    names = [options.table] if options.table else list(TABLES)
    print("\n\n".join("\n".join(lines(TABLES[name], rows.get(name))) for name in names))
    return 0


def document(options: argparse.Namespace) -> int:
    """Write docs/database.md."""
    write_documentation(PROJECT / "docs")
    print("docs/database.md is renewed")
    return 0


def register(subparsers: Any) -> None:
    """Add the group to the command line."""
    group = subparsers.add_parser("database", help="describe the tables")
    actions = group.add_subparsers(dest="action", required=True)
    one = actions.add_parser("describe", help="print tables and columns with their meaning")
    one.add_argument("table", nargs="?", help="one table; all when left out")
    one.add_argument("--study", help="print the number of rows of this study as well")
    one.set_defaults(run=describe)
    two = actions.add_parser("document", help="renew docs/database.md")
    two.set_defaults(run=document)
