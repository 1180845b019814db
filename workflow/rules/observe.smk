"""Read what archived pages say, as text.

In: one file of the snapshot table (an archive of pages, a table somebody else made of pages, a front page) and the
market file that says how to read it. Out: the tables of observed rows, each row with its page, and an account of what
became of every member of the file. Nothing is interpreted here. The archive is `ancient`: what counts is its checksum,
a parameter, verified before the first page. Where the study divides its archives (`archives: parts`), each part is a
job of its own, and a last one puts the tables together.
"""

OBSERVED = "observed/{market}/{date}/{slug}"
READ = f"{OBSERVED}/parts/{{part}}" if SETTINGS.archives.parts > 1 else OBSERVED


rule observe_archive:
    """Every page of one file, or of one part of it: its kind, and the rows it shows."""
    input:
        archive=lambda wildcards: received(PLAN.archive(PLAN.row(**wildcards))),
        adapter=lambda wildcards: f"workflow/markets/{PLAN.row(**wildcards).adapter}.yaml",
        code=code("observe/observe_archive.py"),
    output:
        **{table: f"{RESULTS}/{READ}/{table}.parquet" for table in OBSERVED_TABLES},
        coverage=f"{RESULTS}/{READ}/coverage.json",
        record=PLAN.record(f"{READ}/page.parquet"),
    log:
        f"{RESULTS}/logs/{READ}.log",
    params:
        market="{market}",
        snapshot_date="{date}",
        sha256=lambda wildcards: PLAN.row(**wildcards).sha256,
        kind=lambda wildcards: PLAN.row(**wildcards).kind,
        archives=SETTINGS.archives.model_dump(exclude={"parts"}),
        part=lambda wildcards: PLAN.part(wildcards.get("part"))[0],
        parts=lambda wildcards: PLAN.part(wildcards.get("part"))[1],
        archives_root=str(SETTINGS.archives_root),
    script:
        "../scripts/observe/observe_archive.py"


if SETTINGS.archives.parts > 1:

    rule join_parts:
        """The tables of a file that several jobs read, in the order of the file."""
        input:
            parts=lambda wildcards: PLAN.observed_parts(**wildcards),
            code=code("observe/join_parts.py"),
        output:
            **{table: f"{RESULTS}/{OBSERVED}/{table}.parquet" for table in OBSERVED_TABLES},
            coverage=f"{RESULTS}/{OBSERVED}/coverage.json",
            record=PLAN.record(f"{OBSERVED}/page.parquet"),
        log:
            f"{RESULTS}/logs/{OBSERVED}.log",
        params:
            file=lambda wildcards: PLAN.row(**wildcards).file,
            adapter=lambda wildcards: PLAN.row(**wildcards).adapter,
        script:
            "../scripts/observe/join_parts.py"
