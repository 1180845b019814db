"""Write what is true of the simulated study, one table per estimand, with the definition of each."""

import logging
from pathlib import Path

from cryptodrug.errors import SettingsError
from cryptodrug.files import write_text
from cryptodrug.regions import union_members
from cryptodrug.release import study_label
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.truth.buyers import categories_of, other_buyers, own_buyers, questions_of
from cryptodrug.truth.definitions import judged_by_scenario, read_definitions
from cryptodrug.truth.kept import checksum, read_kept, write_kept
from cryptodrug.truth.profiles import profile_tables
from cryptodrug.truth.tables import DRAWS, FIRST_DRAW, beside, own_market, scenario_tables
from cryptodrug.truth.talks import interview_tables
from cryptodrug.truth.writing import definitions_csv, table_csv


def demo_truth(
    scenario: str,
    estimands: str,
    mapping: str,
    questionnaire: str,
    interviews: str,
    codebook: str,
    themes: str,
    planted: str,
    tables: list[str],
    definitions: str,
    values: str,
    study: str,
    focus_country: str,
    definition: str,
    coverage_minimum: float,
    profile: dict[str, list[str]],
    smallest: int,
    union: str,
    neighbours: list[str],
    kept: str | None = None,
) -> None:
    """Write the truth.

    1. The world of the scenario is drawn again, as it was for the archives; nothing that was read or estimated enters.
    2. Numbers are computed straight from the world by code of their own: no estimator is shared.
    3. For numbers with an interval the value of the scenario stands beside that of the study's own world: the same
       quantity in twenty more worlds of the scenario taken together. These are taken from `kept` where the scenario,
       the code and all else that they follow from are those of the file, else drawn; `values` is that file, as it
       should be now.
    4. Every column is defined in words; one that is not stops the step.
    """
    if definition != "inclusive":
        raise SettingsError(
            f"the truth is defined for the inclusive core definition, not for {definition!r}",
            where="population.definition of the configuration",
            not_done="no truth was written",
            do="set it to inclusive for the simulated study",
        )
    known = read_definitions(estimands)
    label = study_label(study, True)
    judged, model = judged_by_scenario(known), read_scenario(scenario)
    last = max(day for market in model.markets for day in market.snapshots)
    regions = {"neighbours": neighbours, "union": union_members(union, last)}
    items = categories_of(profile, mapping, questionnaire), questions_of(mapping, questionnaire)
    own, printed = own_market(model, focus_country, coverage_minimum, regions)
    own |= own_buyers(model, *items, smallest)
    entering = {"scenario": model.model_dump(mode="json"), "focus": focus_country, "judged": judged, "items": items}
    entering |= {"smallest": smallest, "regions": {name: sorted(countries) for name, countries in regions.items()}}
    made_of = checksum(entering)
    large = read_kept(kept, made_of) if kept else None
    if large is None:
        logging.getLogger("cryptodrug.truth").info("the values of the scenario are drawn: none are kept that fit")
        large = scenario_tables(model, focus_country, printed)
        large |= other_buyers(model, *items, smallest, range(FIRST_DRAW, FIRST_DRAW + DRAWS))
    write_kept(values, made_of, large, judged)
    made = beside(own, large, judged) | interview_tables(interviews, codebook, themes) | profile_tables(planted)
    for path in tables:
        name = Path(path).stem
        write_text(path, table_csv(name, made.pop(name), known, label))
    if made:
        raise ValueError(f"the rule does not name these truth tables: {sorted(made)}")
    write_text(definitions, definitions_csv(known, label))


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, demo_truth)
