"""The release gate: what may be published, decided for all tables of a domain together.

In: every internal table with its description, the disclosure rules. Out: released tables, values, and the list of
what was released, coarsened or withheld and why. It is the one checkpoint of the workflow: rules behind it name their
inputs through `released`, so that a change in front that alters no released byte redraws and re-renders nothing.
No rule behind the gate names a path in front of it; a test reads the records for this.
"""


checkpoint release_gate:
    """Hide what could point to a person or an account; write what remains."""
    input:
        **({"citable": f"{RESULTS}/internal/citable-quotations.json"} if SETTINGS.interviews else {}),
        internal=[f"{RESULTS}/internal/{table}.parquet" for table in RESULT_TABLES],
        descriptions=[f"{RESULTS}/internal/{table}.json" for table in RESULT_TABLES],
        code=code("release/release_gate.py"),
    output:
        csv=[f"{RESULTS}/tables/{table}.csv" for table in RESULT_TABLES],
        json=[f"{RESULTS}/tables/{table}.json" for table in RESULT_TABLES],
        values=f"{RESULTS}/values.json",
        release=f"{RESULTS}/release.json",
        quotations=f"{RESULTS}/quotations.json",
        record=PLAN.record("values.json"),
    log:
        f"{RESULTS}/logs/release-gate.log",
    params:
        rules=SETTINGS.disclosure.model_dump(mode="json"),
        study=SETTINGS.study.id,
        simulated=SETTINGS.study.simulated,
    script:
        "../scripts/release/release_gate.py"


# tables made behind the gate, of released values; each has a file with the numbers that the text prints
DERIVED = ["comparison", "specification-summary"] if SETTINGS.markets else []
LISTS_OF_TESTS = ["tests-offer", "tests-buyers"]
DERIVED += LISTS_OF_TESTS
DERIVED_TABLES = PLAN.released_files(DERIVED, DERIVED)
DERIVED_VALUES = [f"{RESULTS}/derived/{table}.json" for table in DERIVED]
DERIVED_RECORDS = [PLAN.record(f"tables/{table}.csv") for table in DERIVED]


rule comparison:
    """Numbers of this study beside those of earlier ones; a simulated study stands beside invented ones."""
    input:
        values=f"{RESULTS}/values.json",
        earlier=str(SETTINGS.simulation.comparators) if SETTINGS.simulation else "data/reference/comparators.csv",
        code=code("release/comparison.py"),
    output:
        csv=f"{RESULTS}/tables/comparison.csv",
        json=f"{RESULTS}/tables/comparison.json",
        numbers=f"{RESULTS}/derived/comparison.json",
        record=PLAN.record("tables/comparison.csv"),
    log:
        f"{RESULTS}/logs/comparison.log",
    params:
        study=SETTINGS.study.id,
        simulated=SETTINGS.study.simulated,
        focus=SETTINGS.focus_country,
        markets=[market.id for market in SETTINGS.markets],
    script:
        "../scripts/release/comparison.py"


rule specification_summary:
    """Over what range the headlines move when judgements are made otherwise."""
    input:
        values=f"{RESULTS}/values.json",
        tables=lambda wildcards: PLAN.released_files(["specification"], released(wildcards)),
        code=code("release/specification_summary.py"),
    output:
        csv=f"{RESULTS}/tables/specification-summary.csv",
        json=f"{RESULTS}/tables/specification-summary.json",
        numbers=f"{RESULTS}/derived/specification-summary.json",
        record=PLAN.record("tables/specification-summary.csv"),
    log:
        f"{RESULTS}/logs/specification-summary.log",
    params:
        study=SETTINGS.study.id,
        simulated=SETTINGS.study.simulated,
    script:
        "../scripts/release/specification_summary.py"


rule list_of_tests:
    """Every test of the report, by family."""
    input:
        families="reports/tests.yaml",
        values=f"{RESULTS}/values.json",
        tables=lambda wildcards: PLAN.released_files(released(wildcards), released(wildcards)),
        code=code("release/list_of_tests.py"),
    output:
        csv=f"{RESULTS}/tables/{{list}}.csv",
        json=f"{RESULTS}/tables/{{list}}.json",
        numbers=f"{RESULTS}/derived/{{list}}.json",
        record=PLAN.record("tables/{list}.csv"),
    log:
        f"{RESULTS}/logs/{{list}}.log",
    wildcard_constraints:
        list="|".join(LISTS_OF_TESTS),
    params:
        table="{list}",
        study=SETTINGS.study.id,
        simulated=SETTINGS.study.simulated,
    script:
        "../scripts/release/list_of_tests.py"


rule findings:
    """The state of each finding and recommendation, computed from released values."""
    input:
        **({"anomalies": str(SETTINGS.interviews.anomalies)} if SETTINGS.interviews else {}),
        **(
            {"inferences": str(SETTINGS.interviews.inferences)}
            if SETTINGS.interviews and SETTINGS.interviews.inferences
            else {}
        ),
        values=f"{RESULTS}/values.json",
        definitions="reports/findings.yaml",
        exhibits="reports/templates/exhibits.yaml",
        code=code("release/findings.py"),
    output:
        findings=f"{RESULTS}/findings.json",
        record=PLAN.record("findings.json"),
    log:
        f"{RESULTS}/logs/findings.log",
    params:
        study=SETTINGS.study.id,
        advice=SETTINGS.study.advice,
        simulated=SETTINGS.study.simulated,
    script:
        "../scripts/release/findings.py"
