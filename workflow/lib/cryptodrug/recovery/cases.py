"""Which simulations show whether the method works: scenarios, numbers of vendors, shares of missed pages."""

from dataclasses import dataclass
from pathlib import Path

from cryptodrug.provenance.records import PROJECT
from cryptodrug.simulate.scenario import Scenario, read_scenario

SCENARIOS = {name: PROJECT / "data" / "demo" / f"{name}.yaml" for name in ("scenario", "scenario-null")}


@dataclass(frozen=True)
class Case:
    """Replicates of one scenario.

    Attributes
    ----------
    name : of the case.
    scenario : file of the scenario, as in `SCENARIOS`.
    vendors : how many there are, on all markets together.
    missed : shares of pages that a download misses, in thousandths, each judged on the same worlds.
    replicates : how many worlds.
    whole : whether the survey and the estimators that no table prints are tried too.
    """

    name: str
    scenario: str
    vendors: int
    missed: tuple[int, ...]
    replicates: int
    whole: bool = False

    @property
    def path(self) -> Path:
        """The file of the scenario."""
        return SCENARIOS[self.scenario]

    def read(self) -> Scenario:
        """The scenario."""
        return read_scenario(self.path)


# The demo has 93 vendors, of whom a third declare the focus country: in three of four replicates 30 or more, so that
# intervals are printed unmarked. With half as many vendors they are approximate; with three times as many there are 60
# and more vendors of the country on each market.
CASES = (
    Case("demo", "scenario", 93, (20, 100, 250), 200, whole=True),
    Case("half", "scenario", 47, (100,), 200),
    Case("triple", "scenario", 279, (100,), 100),
    Case("nothing", "scenario-null", 93, (100,), 200),
)
