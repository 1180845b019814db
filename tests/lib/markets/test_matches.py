"""What check and preview show of a page is what the reader reads from it."""

from pathlib import Path

import pytest
from cryptodrug.markets.matches import Recogniser, matches, parsed
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.reading.reader import Reader

FILES = sorted((Path(__file__).parents[3] / "workflow" / "markets").glob("*.yaml"))
ADAPTERS = [adapter for adapter in map(read_adapter, FILES) if adapter.pages]


def rows_read(adapter, path, data):
    """Table and values of every row, as the reader reads them."""
    return [
        (rows.table, dict(zip(rows.names, row, strict=True)))
        for rows, values in Reader(adapter).read(path, data).rows
        for row in values
    ]


def rows_matched(adapter, path, data):
    """The same from the elements that are shown."""
    rule, kind, page = Recogniser(adapter).find(path, data)
    if rule is None:
        return []
    found = {}
    for one in matches(rule, path, page, parsed(kind, rule, page)):
        if one.table != "page":
            found.setdefault((one.table, one.row), (one.table, {}))[1][one.name] = one.value
    return list(found.values())


@pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda adapter: adapter.market)
def test_every_sample_shows_what_is_read(adapter):
    pages = [(sample.path, sample.html.encode()) for sample in adapter.samples if sample.html is not None]
    assert any(rows_read(adapter, path, data) for path, data in pages)
    for path, data in pages:
        assert rows_matched(adapter, path, data) == rows_read(adapter, path, data)
