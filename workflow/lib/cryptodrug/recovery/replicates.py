"""One replicate: a world is drawn, downloaded with each share of missed pages, analysed, and held against the truth."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

import pandas as pd

from cryptodrug.recovery.buyers import held_buyers
from cryptodrug.recovery.cases import Case
from cryptodrug.recovery.estimators import Drawing, Estimate, estimate_all
from cryptodrug.recovery.memory import Method, Study, study_of, whole_snapshots
from cryptodrug.recovery.score import RECORD
from cryptodrug.recovery.superpopulation import Parameter
from cryptodrug.recovery.truth import truths
from cryptodrug.recovery.unprinted import unprinted
from cryptodrug.simulate.market.draw import draw_world
from cryptodrug.simulate.scenario import Scenario

APPROXIMATE = "-approximate"  # end of the name of the method of an interval from few vendors


@lru_cache(maxsize=4)
def _scenario(case: Case) -> Scenario:
    return case.read()


def studies(case: Case, replicate: int, method: Method) -> Iterator[tuple[int, Study]]:
    """The study of each share of missed pages of one world."""
    world = draw_world(_scenario(case), replicate=replicate, vendors=case.vendors)
    snapshots = whole_snapshots(world, replicate)
    for missed in case.missed:
        yield missed, study_of(world, snapshots, missed, method)


def held_against(
    case: Case, study: Study, missed: int, method: Method, parameters: Mapping[str, Parameter], how: Drawing
) -> Iterator[tuple[Estimate, float]]:
    """Each estimate of a study with its true value: those that the report prints, then the others if asked for."""
    focus, definition = method.settings.focus_country, method.settings.population.definition
    values = {name: one.value for name, one in parameters.items()}
    yield from truths(estimate_all(study, focus, definition, how), study, values)
    if case.whole:
        yield from unprinted(study, missed, focus, definition, values, how.level)


def records(
    case: Case, replicate: int, method: Method, parameters: Mapping[str, Parameter], how: Drawing
) -> pd.DataFrame:
    """All estimates of one replicate, one row each, with the columns of `score.RECORD`.

    The survey is the same whatever share of the pages is missed; its estimates stand with each.
    """
    found = [
        (missed, *pair)
        for missed, study in studies(case, replicate, method)
        for pair in held_against(case, study, missed, method, parameters, how)
    ]
    if case.whole:
        buyers = list(held_buyers(_scenario(case), replicate, method.settings, parameters, how.level))
        found += [(missed, *pair) for missed in case.missed for pair in buyers]
    rows = []
    for missed, one, true in found:
        known = parameters.get(one.id)
        rows.append(
            (case.name, missed, replicate, one.table, one.row, one.column, one.value, one.low, one.high,
             (one.method or "").endswith(APPROXIMATE), true, known.error if known else 0.0)
        )  # fmt: skip
    return pd.DataFrame(rows, columns=RECORD)
