"""`cryptodrug market`: try a market file on its own samples, read pages with it."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptodrug.archive import pages
from cryptodrug.errors import AdapterError, InputError
from cryptodrug.reading.adapter import Adapter, read_adapter
from cryptodrug.reading.reader import Reader, page_id
from cryptodrug.reading.samples import Outcome, run_all

MARKETS = Path(__file__).parents[2] / "markets"


def _find(name: str) -> Path:
    """A market by its name, or a market file by its path."""
    given = Path(name)
    path = given if given.suffix in (".yaml", ".yml") else MARKETS / f"{name}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in MARKETS.glob("*.yaml")))
        raise AdapterError(
            f"there is no market file {name!r}",
            where=str(path),
            not_done="nothing was read",
            do=f"name one of {known}, or give the path of a .yaml file",
        )
    return path


def _summary(adapter: Adapter, outcome: Outcome) -> Iterator[str]:
    """One line per kind and field: how many values the samples gave."""
    for rule in adapter.tables:
        yield f"table of kind {rule.kind}: columns {', '.join(rule.columns)} (tables are checked when they are read)"
    if not adapter.samples and adapter.pages:
        yield "no samples"
    kind_before = None
    for (kind, layout, table, name), count in outcome.filled.items():
        if (kind, layout) != kind_before:
            kind_before = (kind, layout)
            yield f"{kind}/{layout}"
        yield f"  {table + '.' + name:<28}{count:>4} {'value' if count == 1 else 'values'}"


def check(options: argparse.Namespace) -> int:
    """Run the samples of a market file and print what each field gave.

    Raises
    ------
    AdapterError : a sample is not read as it says, or a field gives nothing on any sample.
    """
    path = _find(options.market)
    adapter = read_adapter(path)
    outcome = run_all(adapter)
    for line in _summary(adapter, outcome):
        print(line)
    for remark in outcome.remarks:
        print(f"note: {remark}")
    if outcome.faults:
        raise AdapterError(
            "the market file does not read its samples as they say:\n    " + "\n    ".join(outcome.faults),
            where=str(path),
            not_done="the market file was not accepted",
            do="mend the rule, or the sample when the rule is right; workflow/markets/README.md explains both",
        )
    print(f"{path.name}: {len(adapter.samples)} samples, no fault")
    return 0


def _observed(reader: Reader, market: str, path: str, data: bytes) -> Iterator[dict[str, Any]]:
    """The page and its rows, absent fields left out."""
    read = reader.read(path, data)
    identity = page_id(market, "", path)
    page = {"table": "page", "page_id": identity, "path": path, "kind": read.kind, "layout": read.layout}
    page |= {"note": ";".join(sorted(read.notes)) or None, "rate_text": read.rate_text, "rate_pair": read.rate_pair}
    yield {name: value for name, value in (page | {"printed": read.printed}).items() if value is not None}
    for rows, values in read.rows:
        for position, row in enumerate(values):
            named = {name: value for name, value in zip(rows.names, row, strict=True) if value is not None}
            yield {"table": rows.table, "page_id": identity, "kind": read.kind, "position": position} | named


def _plain(row: dict[str, Any]) -> str:
    head = f"{row.pop('table'):<9}{row.pop('page_id')}"
    return head + "".join(f"  {name}={value}" for name, value in row.items())


def parse(options: argparse.Namespace) -> int:
    """Read a page, a folder or an archive and print the observed rows."""
    reader = Reader(read_adapter(_find(options.market)))
    source = Path(options.pages)
    if not source.exists():
        raise InputError(
            "there is no such page, folder or archive",
            where=str(source),
            not_done="nothing was read",
            do="give the path of a page, of a folder of pages, or of an archive (.tar, .tar.gz, .zip)",
        )
    for path, data in pages(source):
        for row in _observed(reader, reader.adapter.market, path, data):
            print(json.dumps(row, ensure_ascii=False) if options.json else _plain(row))
    return 0


def register(subparsers: Any) -> None:
    """Add the group `market`."""
    group = subparsers.add_parser("market", help="check a market file, read pages with it")
    actions = group.add_subparsers(dest="action", required=True)
    one = actions.add_parser("check", help="run the samples of a market file")
    one.add_argument("market", help="name of a file in workflow/markets, or path of a .yaml file")
    one.set_defaults(run=check)
    two = actions.add_parser("parse", help="print what is read from a page, a folder or an archive")
    two.add_argument("market", help="name of a file in workflow/markets, or path of a .yaml file")
    two.add_argument("pages", help="page, folder of pages, or archive")
    two.add_argument("--json", action="store_true", help="one JSON object a line")
    two.set_defaults(run=parse)
