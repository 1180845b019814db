"""The parameters of a scenario by simulation: many worlds without a download, apart from those of the replicates."""

import csv
import io
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from cryptodrug.files import canonical_json, write_text
from cryptodrug.recovery.census import Census, count_world, join
from cryptodrug.recovery.estimands import parameters
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.scenario import Scenario

WORLDS = 40
SCALE = 10  # times the vendors of the study in each world
APART = 10**6  # numbers of these worlds; replicates are counted from zero
COLUMNS = ("scenario", "checksum", "value", "parameter", "error")
SURVEY = "-survey"  # behind the name of a scenario: the parameters of its buyers
Known = dict[str, tuple[str, dict[str, "Parameter"]]]  # checksum and parameters, by name of a scenario


@dataclass(frozen=True)
class Parameter:
    """A true value and its Monte Carlo error (standard error over worlds)."""

    value: float
    error: float


def _checksum(said: object) -> str:
    return sha256(canonical_json(said).encode()).hexdigest()[:12]


def checksum_of(scenario: Scenario) -> str:
    """12 hex digits of what a scenario says of its markets; its name and seed change no parameter."""
    return _checksum(scenario.model_dump(mode="json", exclude={"scenario", "seed", "survey"}))


def checksum_of_survey(scenario: Scenario) -> str:
    """The same of what it says of its buyers."""
    return _checksum(scenario.survey.model_dump(mode="json"))


def true_world(scenario: Scenario, number: int, focus: str) -> Census:
    """The census of one large world; groups in exact numbers, which changes no expected number and spares draws."""
    world = draw_world(scenario, replicate=APART + number, scale=SCALE, exact=True)
    return count_world(world, focus, shift=number * APART)


def parameters_of(worlds: list[Census]) -> dict[str, Parameter]:
    """Parameters of all worlds together; the error from their values in each world.

    A value that is defined in one world only (a rare price) has an error that is not known, and is left out.
    """
    alone = [parameters(world) for world in worlds]
    found = {}
    for name, value in parameters(join(worlds)).items():
        values = [one[name] for one in alone if name in one]
        if len(values) > 1:
            found[name] = Parameter(value, float(np.std(values, ddof=1) / np.sqrt(len(values))))
    return found


def write_table(path: str | Path, known: Known) -> None:
    """Write parameters as CSV."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for scenario, (checksum, found) in known.items():
        for name, one in sorted(found.items()):
            writer.writerow([scenario, checksum, name, f"{one.value:.6g}", f"{one.error:.2g}"])
    write_text(path, stream.getvalue())


def read_table(path: str | Path) -> Known:
    """What `write_table` wrote; nothing when there is no such file."""
    known: Known = {}
    if not Path(path).exists():
        return known
    with Path(path).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            _, found = known.setdefault(row["scenario"], (row["checksum"], {}))
            found[row["value"]] = Parameter(float(row["parameter"]), float(row["error"]))
    return known
