"""The database of the study.

In: all harmonised snapshots. Out: one Parquet file per table, ordered by its key and validated (these are the
artefacts), and `markets.duckdb`, made from them for people. The bytes of the latter differ from run to run, so nothing
depends on it.
"""

DATABASE = {
    table: f"{RESULTS}/database/{table}.parquet"
    for table in (
        "snapshot",
        "page",
        "listing",
        "listing_page",
        "listing_series",
        "vendor",
        "vendor_entity",
        "feedback",
        "rate",
        "price",
        "shipping",
        "reference",
        "score",
    )
}


rule build_database:
    """Join the snapshots, flag holding prices, validate every table."""
    input:
        snapshot_page=PLAN.harmonised("page"),
        snapshot_listing=PLAN.harmonised("listing"),
        snapshot_vendor=PLAN.harmonised("vendor"),
        snapshot_feedback=PLAN.harmonised("feedback"),
        snapshot_listing_page=PLAN.harmonised("listing_page"),
        snapshot_rate=PLAN.harmonised("rate"),
        snapshot_price=PLAN.harmonised("price"),
        snapshot_shipping=PLAN.harmonised("shipping"),
        snapshot_reference=PLAN.harmonised("reference"),
        snapshot_score=PLAN.harmonised("score"),
        snapshot_quality=PLAN.harmonised("quality", "json"),
        languages=PLAN.feedback_languages(),
        code=code("database/build_database.py"),
    output:
        **DATABASE,
        quality=f"{RESULTS}/internal/quality.json",
        record=PLAN.record("database/listing.parquet"),
    log:
        f"{RESULTS}/logs/build-database.log",
    params:
        study=STUDY_LABEL,
        holding_own=SETTINGS.holding_price.own,
        holding_by_class=SETTINGS.holding_price.by_class,
        holding_cap=SETTINGS.holding_price.cap,
        link_by=SETTINGS.population.link_by,
        shared_text=SETTINGS.population.shared_text.model_dump(),
        title_similarity=SETTINGS.tracking.title_similarity,
        snapshot_gap=SETTINGS.tracking.snapshot_gap,
    script:
        "../scripts/database/build_database.py"


rule build_duckdb:
    """The same tables in one file for people, each table and column with a comment."""
    input:
        **DATABASE,
        code=code("database/build_duckdb.py"),
    output:
        duckdb=f"{RESULTS}/database/markets.duckdb",
        record=PLAN.record("database/markets.duckdb"),
    log:
        f"{RESULTS}/logs/build-duckdb.log",
    params:
        study=SETTINGS.study.id,
        simulated=SETTINGS.study.simulated,
    script:
        "../scripts/database/build_duckdb.py"
