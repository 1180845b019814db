"""Make the input of a simulated study.

In: the scenarios (the known truth). Out: archives of pages, a survey export and coded interviews, under `archives_root`. Their checksums
stand in the committed snapshot table; observe refuses anything else. Real studies have no such stage.
"""

if SETTINGS.simulation:

    rule simulate_demo:
        """Write the archives, the survey export and the interviews that the scenarios describe, the same bytes on any machine."""
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
            code=code("simulate/simulate_demo.py"),
        output:
            **({"survey": PLAN.survey_file[0]} if SETTINGS.survey else {}),
            **({"interviews": PLAN.interview_files[0]} if SETTINGS.interviews else {}),
            archives=[PLAN.archive(row) for row in PLAN.snapshots],
            record=PLAN.record(f"inputs/{PLAN.snapshots[0].file}"),
        log:
            f"{RESULTS}/logs/simulate.log",
        script:
            "../scripts/simulate/simulate_demo.py"
