"""What is true of a simulated study, and how well its numbers find it.

In: the scenario, and behind the release gate the released values. Out: one truth table per estimand with its definition
(public: everything in them is invented), and the annex table of the documents. Nothing in front of the gate reads any of
it; a test follows the records to make sure. Real studies have no such stage.
"""

from pathlib import Path

from cryptodrug.truth.definitions import read_definitions

TRUTH = f"{RESULTS}/truth"
# results of `make recovery`, committed; the annex has their table when they are there
SCORES = "data/reference/recovery.csv"
# values of the scenario, drawn before and committed (`cryptodrug demo keep`); used while they fit
KEPT = "data/demo/scenario-values.csv"
# documents print these beside the released tables; a real study has none
ANNEX_TABLES, ANNEX_VALUES, ANNEX_RECORDS = [], [], []

if SETTINGS.simulation:
    ESTIMANDS = read_definitions(SETTINGS.simulation.estimands)
    TRUTH_TABLES = sorted({one.table for one in ESTIMANDS.values() if one.of != "none"})
    ANNEX_TABLES = [f"{RESULTS}/tables/truth-recovery.{ending}" for ending in ("json", "csv")]
    ANNEX_VALUES = [f"{TRUTH}/values.json"]
    ANNEX_RECORDS = [PLAN.record("tables/truth-recovery.csv")]

    rule demo_truth:
        """Draw the world of the scenario again and write what is true."""
        input:
            **({"kept": KEPT} if Path(KEPT).exists() else {}),
            scenario=str(SETTINGS.simulation.scenario),
            parts=PLAN.scenario_parts(),
            estimands=str(SETTINGS.simulation.estimands),
            mapping=str(SETTINGS.survey.mapping),
            questionnaire=str(SETTINGS.survey.questionnaire / "questionnaire.csv"),
            interviews=str(SETTINGS.simulation.interviews),
            codebook=str(SETTINGS.interviews.codebook),
            themes=str(SETTINGS.interviews.themes),
            planted=str(SETTINGS.simulation.profiles),
            union="data/reference/european_union.csv",
            code=code("truth/demo_truth.py"),
        output:
            tables=[f"{TRUTH}/{table}.csv" for table in TRUTH_TABLES],
            definitions=f"{TRUTH}/definitions.csv",
            values=f"{TRUTH}/drawn/scenario-values.csv",
            record=PLAN.record("truth/definitions.csv"),
        log:
            f"{RESULTS}/logs/truth/demo-truth.log",
        params:
            **FOCUS,
            study=SETTINGS.study.id,
            neighbours=SETTINGS.neighbours,
            coverage_minimum=SETTINGS.analysis.coverage_minimum,
            profile=SETTINGS.survey.items,
            smallest=SETTINGS.disclosure.respondents.minimum_count,
        script:
            "../scripts/truth/demo_truth.py"

    rule truth_recovery:
        """Released numbers beside what is true."""
        input:
            values=f"{RESULTS}/values.json",
            truth=[f"{TRUTH}/{table}.csv" for table in TRUTH_TABLES],
            definitions=f"{TRUTH}/definitions.csv",
            main="reports/truth.yaml",
            code=code("truth/truth_recovery.py"),
        output:
            csv=f"{RESULTS}/tables/truth-recovery.csv",
            json=f"{RESULTS}/tables/truth-recovery.json",
            recovered=f"{TRUTH}/values.json",
            record=PLAN.record("tables/truth-recovery.csv"),
        log:
            f"{RESULTS}/logs/truth/truth-recovery.log",
        params:
            study=SETTINGS.study.id,
        script:
            "../scripts/truth/truth_recovery.py"

    if Path(SCORES).exists():
        ANNEX_TABLES += [f"{RESULTS}/tables/recovery.{ending}" for ending in ("json", "csv")]
        ANNEX_VALUES.append(f"{TRUTH}/recovery-values.json")
        ANNEX_RECORDS.append(PLAN.record("tables/recovery.csv"))

        rule recovery_table:
            """How often the intervals hold the true value in many simulated studies."""
            input:
                scores=SCORES,
                values=f"{RESULTS}/values.json",
                code=code("truth/recovery_table.py"),
            output:
                csv=f"{RESULTS}/tables/recovery.csv",
                json=f"{RESULTS}/tables/recovery.json",
                numbers=f"{TRUTH}/recovery-values.json",
                record=PLAN.record("tables/recovery.csv"),
            log:
                f"{RESULTS}/logs/truth/recovery-table.log",
            params:
                study=SETTINGS.study.id,
            script:
                "../scripts/truth/recovery_table.py"
