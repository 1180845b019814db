"""All files of a simulated study, as bytes, and the rows of its snapshot table."""

import csv
import io
from hashlib import sha256
from pathlib import Path

from cryptodrug.simulate.crawl import Crawl
from cryptodrug.simulate.market import Truth
from cryptodrug.simulate.packing import tar_gz
from cryptodrug.simulate.scenario import Scenario
from cryptodrug.simulate.truth import draw_truth
from cryptodrug.snapshots import COLUMNS

SURVEY = "survey.sav"
LICENCE = "made by this repository"


def archive_name(scenario: Scenario, snapshot: int) -> str:
    """File name of the archive of a snapshot (counted from 0)."""
    return f"{scenario.market.id}-{scenario.snapshots[snapshot]}.tar.gz"


def archives(scenario: Scenario, truth: Truth | None = None) -> dict[str, bytes]:
    """Every archive by its file name."""
    truth = truth or draw_truth(scenario)
    return {
        archive_name(scenario, snapshot): tar_gz(Crawl(truth, snapshot).arrived())
        for snapshot in range(len(scenario.snapshots))
    }


def snapshot_table(scenario: Scenario, source: str | Path, made: dict[str, bytes]) -> str:
    """The snapshot table of the study as CSV text."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for snapshot, date in enumerate(scenario.snapshots):
        name = archive_name(scenario, snapshot)
        data = made[name]
        market = scenario.market.id
        row = [
            market,
            date,
            name,
            sha256(data).hexdigest(),
            len(data),
            "pages",
            market,
            f"simulated: {source}",
            LICENCE,
        ]
        writer.writerow(row)
    return stream.getvalue()
