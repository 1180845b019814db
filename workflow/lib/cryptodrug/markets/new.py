"""A first market file from a folder or archive of pages."""

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from cryptodrug.errors import AdapterError, InputError
from cryptodrug.files import whole_file
from cryptodrug.markets.draft import drafts, market_text
from cryptodrug.markets.find import as_path, page_source
from cryptodrug.markets.sampled import SampledPage, sample_pages
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.reading.reader import Reader

NAME = re.compile(r"[a-z0-9][a-z0-9-]*\Z")


def _free_path(name: str) -> Path:
    """Where the new file goes; nothing may stand there."""
    path = as_path(name)
    if not NAME.match(path.stem):
        raise AdapterError(
            f"{path.stem!r} cannot be the name of a market",
            where=str(path),
            not_done="no market file was written",
            do="use small letters, digits and hyphens, such as `new-market`",
        )
    if path.exists():
        raise AdapterError(
            "there is already such a market file, and a draft never overwrites one",
            where=str(path),
            not_done="no market file was written",
            do="choose another name, or move the file away first",
        )
    return path


def _outcome(path: Path, pages: list[SampledPage]) -> Iterator[str]:
    """What the draft reads from the pages it was made of: a line per kind."""
    reader = Reader(read_adapter(path))
    kinds: Counter[str] = Counter()
    rows: Counter[tuple[str, str]] = Counter()
    for page in pages:
        read = reader.read(page.path, page.data)
        name = f"{read.kind}/{read.layout}" if read.layout else read.kind
        kinds[name] += 1
        rows.update({(name, table.table): len(values) for table, values in read.rows})
    for name, count in sorted(kinds.items()):
        found = ", ".join(f"{number} {table} rows" for (kind, table), number in sorted(rows.items()) if kind == name)
        yield f"  {name:<20}{count:>5} pages{'   ' + found if found else ''}"


def new(options: argparse.Namespace) -> int:
    """Write a first market file and say what it reads.

    Raises
    ------
    AdapterError : the name is taken or cannot be one.
    InputError : there is no page, or no group of pages can be told from the others.
    """
    path, source = _free_path(options.market), page_source(options.pages)
    pages = sample_pages(source, options.at_most)
    made, without = drafts(pages)
    if not made:
        raise InputError(
            f"no kind of page was found among {len(pages)} pages",
            where=str(source),
            not_done="no market file was written",
            do="give a folder or archive of archived HTML pages, at least one of each kind",
        )
    with whole_file(path) as temporary:
        temporary.write_text(market_text(path.stem, pages, made, without), encoding="utf-8")
        lines = list(_outcome(temporary, pages))
    print(f"{path}: drafted from {len(pages)} pages")
    print("\n".join(lines))
    print(f"next: cryptodrug market check {options.market} --pages {source}")
    return 0
