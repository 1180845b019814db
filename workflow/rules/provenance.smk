"""Say of everything published where it comes from.

In: the records that every job writes, the snapshot table, exports and projects of the configuration. Out: the public ledger (no checksum of anything in front of
the gate, nothing inside an archive), and the figures as they are delivered, with their chain of ids inside.
"""


rule public_ledger:
    """The chain of every published file, as JSON."""
    input:
        **({"snapshots": str(SETTINGS.snapshots)} if SETTINGS.snapshots else {}),
        records=records_of_study,
        internal_records=[PLAN.record(f"internal/{table}.parquet") for table in RECORDED_TABLES],
        code=code("provenance/public_ledger.py"),
    output:
        ledger=f"{RESULTS}/provenance/public-ledger.json",
    log:
        f"{RESULTS}/logs/public-ledger.log",
    params:
        study=SETTINGS.study.id,
        simulated=SETTINGS.study.simulated,
        sources=PLAN.sources(),
        maps=PLAN.maps(),
    script:
        "../scripts/provenance/public_ledger.py"
