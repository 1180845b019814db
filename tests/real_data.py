"""Where the real archives and survey files for tests stand, or a skip with one clear line.

They are not part of the repository. `CRYPTODRUG_SHARED_DATA` names the folder that holds `markets/` and
`surveys/`; otherwise it is looked for as `shared/data` beside the repository.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from cryptodrug.archive import pages
from cryptodrug.reading.adapter import read_adapter
from cryptodrug.reading.observe import observe_pages, observe_table
from cryptodrug.reading.reader import Reader
from cryptodrug.reading.tables import COLUMNS_OF

MARKETS = Path(__file__).resolve().parents[1] / "workflow" / "markets"


def shared_data() -> Path:
    """The folder with `markets/` and `surveys/`; skips the calling test when it is absent."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("CRYPTODRUG_SHARED_DATA", beside))
    if not (folder / "markets").is_dir():
        pytest.skip(f"real data not found in {folder} (set CRYPTODRUG_SHARED_DATA)", allow_module_level=True)
    return folder


def agora_folder() -> Path:
    """The archived pages and tables of Agora 2014."""
    return shared_data() / "markets" / "agora"


class _Rows:
    """Takes rows as a table writer does, and keeps them."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def add(self, names: tuple[str, ...], rows: list[list[Any]]) -> None:
        self.rows += [dict(zip(names, row, strict=True)) for row in rows]


def read_with(market: str, source: Path) -> dict[str, list[dict[str, Any]]]:
    """Observed rows of a page, a folder, an archive or a table, by table; each row also has the `path` of its page."""
    reader = Reader(read_adapter(MARKETS / f"{market}.yaml"))
    writers = {table: _Rows() for table in (*COLUMNS_OF, "page")}
    if reader.adapter.tables:
        observe_table(reader, source, market, "", writers)
    else:
        observe_pages(reader, pages(source), market, "", writers)
    paths = {page["page_id"]: page["path"] for page in writers["page"].rows}
    return {table: [row | {"path": paths[row["page_id"]]} for row in writer.rows] for table, writer in writers.items()}


def read_dates(market: str, folder: Path, dates: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Observed rows of one folder of pages per date, by table; paths begin with the date."""
    read: dict[str, list[dict[str, Any]]] = {}
    for date in dates:
        for table, rows in read_with(market, folder / date).items():
            read.setdefault(table, []).extend(row | {"path": f"{date}/{row['path']}"} for row in rows)
    return read
