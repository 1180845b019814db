"""Make the input of a simulated study.

In: the scenario (the known truth). Out: archives of pages and a survey export, under `archives_root`. Their checksums
stand in the committed snapshot table; observe refuses anything else. Real studies have no such stage.
"""

if SETTINGS.simulation:

    rule simulate_demo:
        """Write the archives and the survey export that the scenario describes, the same bytes on any machine."""
        input:
            scenario=str(SETTINGS.simulation.scenario),
            code=code("simulate/simulate_demo.py"),
        output:
            **({"survey": PLAN.survey_file[0]} if SETTINGS.survey else {}),
            archives=[PLAN.archive(row) for row in PLAN.snapshots],
            record=PLAN.record(f"inputs/{PLAN.snapshots[0].file}"),
        log:
            f"{RESULTS}/logs/simulate.log",
        script:
            "../scripts/simulate/simulate_demo.py"
