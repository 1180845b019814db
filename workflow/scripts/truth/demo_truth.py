"""Write what is true of the simulated study, one table per estimand, with the definition of each."""

from pathlib import Path

from cryptodrug.errors import SettingsError
from cryptodrug.files import write_text
from cryptodrug.simulate.scenario import read_scenario
from cryptodrug.truth.definitions import judged_by_scenario, read_definitions
from cryptodrug.truth.tables import market_truth
from cryptodrug.truth.writing import definitions_csv, table_csv


def demo_truth(
    scenario: str,
    estimands: str,
    tables: list[str],
    definitions: str,
    study: str,
    focus_country: str,
    definition: str,
    coverage_minimum: float,
) -> None:
    """Write the truth.

    1. The world of the scenario is drawn again, as it was for the archives; nothing that was read or estimated enters.
    2. Numbers are computed straight from the world by code of their own: no estimator is shared.
    3. For numbers with an interval the value of the scenario stands beside that of the study's own world: the same
       quantity in thirty more worlds of the scenario taken together.
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
    label = f"{study} (simulated)"
    made = market_truth(read_scenario(scenario), focus_country, coverage_minimum, judged_by_scenario(known))
    for path in tables:
        name = Path(path).stem
        write_text(path, table_csv(name, made.pop(name), known, label))
    if made:
        raise ValueError(f"the rule does not name these truth tables: {sorted(made)}")
    write_text(definitions, definitions_csv(known, label))


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, demo_truth)
