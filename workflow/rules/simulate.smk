"""Make the input of a simulated study.

In: the scenarios (the known truth) with all they name. Out: archives of pages, survey exports and coded interviews, under
`archives_root`. Their checksums stand in the committed snapshot table and the configuration; anything else is refused. Real
studies have no such stage.
"""

if SETTINGS.simulation:

    rule simulate_demo:
        """Write the archives, survey exports and interviews that the scenarios describe, the same bytes anywhere."""
        input:
            **(
                {
                    "interview_scenario": str(SETTINGS.simulation.interviews),
                    "interview_codebook": str(SETTINGS.interviews.codebook),
                }
                if SETTINGS.interviews
                else {}
            ),
            scenario=str(SETTINGS.simulation.scenario),
            parts=PLAN.scenario_parts(),
            code=code("simulate/simulate_demo.py"),
        output:
            **({"survey": PLAN.simulated_surveys()} if SETTINGS.survey else {}),
            **({"interviews": PLAN.interview_files[0]} if SETTINGS.interviews else {}),
            archives=[PLAN.archive(row) for row in PLAN.snapshots],
            record=PLAN.record(f"inputs/{PLAN.snapshots[0].file}"),
        log:
            f"{RESULTS}/logs/simulate.log",
        script:
            "../scripts/simulate/simulate_demo.py"
