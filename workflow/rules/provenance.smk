"""Say of everything published where it comes from.

In: the records that every job writes, the snapshot table. Out: the public ledger (no checksum of anything in front of
the gate, nothing inside an archive), and the figures as they are delivered, with their chain of ids inside.
"""


def records_of_study(wildcards):
    """One record of each job: its content changes exactly when the content id of the job does."""
    return PLAN.records_before_gate() + [
        PLAN.record("values.json"),
        PLAN.record("findings.json"),
        *[PLAN.record(f"figures/drawn/{figure}.en.svg") for figure in released_figures(wildcards)],
        *[PLAN.record(path.removeprefix(f"{RESULTS}/")) for path in DOCUMENT_FILES],
    ]


rule public_ledger:
    """The chain of every published file, as JSON."""
    input:
        records=records_of_study,
        internal_records=[PLAN.record(f"internal/{table}.parquet") for table in RECORDED_TABLES],
        snapshots=str(SETTINGS.snapshots),
        code=code("provenance/public_ledger.py"),
    output:
        ledger=f"{RESULTS}/provenance/public-ledger.json",
    params:
        study=SETTINGS.study.id,
        simulated=SETTINGS.study.simulated,
        results=RESULTS,
    log:
        f"{RESULTS}/logs/public-ledger.log",
    script:
        "../scripts/provenance/public_ledger.py"
