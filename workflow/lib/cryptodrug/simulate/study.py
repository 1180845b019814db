"""The archives of a simulated study, and the rows of its snapshot table."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from cryptodrug.files import sha256_of
from cryptodrug.simulate.market.blocks import Market
from cryptodrug.simulate.market.crawl import Crawl
from cryptodrug.simulate.market.world import World
from cryptodrug.simulate.packing import write_tar_gz, write_warc
from cryptodrug.simulate.scenario import Scenario
from cryptodrug.snapshots import COLUMNS

LICENCE = "made by this repository"


def archive_name(market: Market, month: int) -> str:
    """File name of the archive of a snapshot (counted from 0)."""
    return f"{market.id}-{market.snapshots[month]}.{market.container}"


def archive_names(scenario: Scenario) -> dict[str, tuple[Market, int]]:
    """Every archive by its file name: market and month."""
    return {
        archive_name(market, month): (market, month)
        for market in scenario.markets
        for month in range(len(market.snapshots))
    }


def write_archive(path: str | Path, world: World, market: Market, month: int, scale: int = 1) -> None:
    """Write one archive of the study, page by page."""
    write_download(path, Crawl(world, market, month, scale=scale))


def write_download(path: str | Path, crawl: Crawl) -> None:
    """Write what arrived of a download."""
    market, month, arrived = crawl.market, crawl.month, crawl.arrived()
    if market.container == "warc":
        write_warc(path, ((page.path, page.data, page.status) for page in arrived), market.snapshots[month])
    else:
        write_tar_gz(path, ((page.path, page.data) for page in arrived))


def snapshot_table(scenario: Scenario, source: str | Path, made: Mapping[str, Path]) -> str:
    """The snapshot table of the study as CSV text; `made`: path of each archive by its file name."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for name, (market, month) in archive_names(scenario).items():
        path = made[name]
        row = [market.id, market.snapshots[month], name, sha256_of(path), path.stat().st_size]
        writer.writerow([*row, "pages", market.design, f"simulated: {source}", LICENCE])
    return stream.getvalue()
