"""Read what archived pages say, as text.

In: one file of the snapshot table (an archive of pages, a table somebody else made of pages, a front page) and the
market file that says how to read it. Out: the tables of observed rows, each row with its page. Nothing is
interpreted here. The archive is `ancient`: what counts is its checksum, a parameter, verified before the first page.
"""


rule observe_archive:
    """Every page of one file: its kind, and the rows it shows."""
    input:
        archive=lambda wildcards: received(PLAN.archive(PLAN.row(**wildcards))),
        adapter=lambda wildcards: f"workflow/markets/{PLAN.row(**wildcards).adapter}.yaml",
        code=code("observe/observe_archive.py"),
    output:
        **{table: f"{RESULTS}/observed/{{market}}/{{date}}/{{slug}}/{table}.parquet" for table in OBSERVED_TABLES},
        record=PLAN.record("observed/{market}/{date}/{slug}/page.parquet"),
    log:
        f"{RESULTS}/logs/observe/{{market}}-{{date}}-{{slug}}.log",
    params:
        market="{market}",
        snapshot_date="{date}",
        sha256=lambda wildcards: PLAN.row(**wildcards).sha256,
        kind=lambda wildcards: PLAN.row(**wildcards).kind,
        archives_root=str(SETTINGS.archives_root),
    script:
        "../scripts/observe/observe_archive.py"
