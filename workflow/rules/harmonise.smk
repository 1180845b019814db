"""Make what pages say typed and comparable.

In: the observed rows of one snapshot, the rules in `workflow/judgements`, daily rates, hand corrections. Out: one
table each for pages, listings, vendors, feedback, further prices, ways of sending, records on other markets and counts
of opinions, the raw text beside the typed value, and counts of what the
rules did. The language of opinions is found apart, from the pages: no table keeps the words of buyers.
"""


rule harmonise_snapshot:
    """ISO countries, drug class, grams or units, euro: one snapshot of one market."""
    input:
        page=lambda wildcards: PLAN.observed_tables(wildcards.market, wildcards.date, "page"),
        listing=lambda wildcards: PLAN.observed_tables(wildcards.market, wildcards.date, "listing"),
        vendor=lambda wildcards: PLAN.observed_tables(wildcards.market, wildcards.date, "vendor"),
        feedback=lambda wildcards: PLAN.observed_tables(wildcards.market, wildcards.date, "feedback"),
        price=lambda wildcards: PLAN.observed_tables(wildcards.market, wildcards.date, "price"),
        shipping=lambda wildcards: PLAN.observed_tables(wildcards.market, wildcards.date, "shipping"),
        reference=lambda wildcards: PLAN.observed_tables(wildcards.market, wildcards.date, "reference"),
        score=lambda wildcards: PLAN.observed_tables(wildcards.market, wildcards.date, "score"),
        rates=lambda wildcards: PLAN.rates(wildcards.market),
        corrections=[str(path) for path in [SETTINGS.judgements.corrections] if path],
        judgements=PLAN.judgement_files(),
        code=code("harmonise/harmonise_snapshot.py"),
    output:
        snapshot_page=f"{RESULTS}/harmonised/{{market}}/{{date}}/page.parquet",
        snapshot_listing=f"{RESULTS}/harmonised/{{market}}/{{date}}/listing.parquet",
        snapshot_vendor=f"{RESULTS}/harmonised/{{market}}/{{date}}/vendor.parquet",
        snapshot_feedback=f"{RESULTS}/harmonised/{{market}}/{{date}}/feedback.parquet",
        snapshot_listing_page=f"{RESULTS}/harmonised/{{market}}/{{date}}/listing_page.parquet",
        snapshot_rate=f"{RESULTS}/harmonised/{{market}}/{{date}}/rate.parquet",
        snapshot_price=f"{RESULTS}/harmonised/{{market}}/{{date}}/price.parquet",
        snapshot_shipping=f"{RESULTS}/harmonised/{{market}}/{{date}}/shipping.parquet",
        snapshot_reference=f"{RESULTS}/harmonised/{{market}}/{{date}}/reference.parquet",
        snapshot_score=f"{RESULTS}/harmonised/{{market}}/{{date}}/score.parquet",
        quality=f"{RESULTS}/harmonised/{{market}}/{{date}}/quality.json",
        record=PLAN.record("harmonised/{market}/{date}/listing.parquet"),
    log:
        f"{RESULTS}/logs/harmonise/{{market}}-{{date}}.log",
    params:
        market="{market}",
        snapshot_date="{date}",
        focus_country=SETTINGS.focus_country,
        neighbours=SETTINGS.neighbours,
        widest_gap=SETTINGS.currency.widest_gap,
        feedback_maximum=lambda wildcards: PLAN.feedback_maximum(wildcards.market, wildcards.date),
        shown=lambda wildcards: PLAN.shown(wildcards.market, wildcards.date),
        # for hand corrections only; without them a new snapshot must not make the others stale
        snapshots=[f"{m}/{d}" for m, d in PLAN.market_dates()] if SETTINGS.judgements.corrections else [],
        archives_root=str(SETTINGS.archives_root),
    script:
        "../scripts/harmonise/harmonise_snapshot.py"


rule feedback_languages:
    """The language of every distinct opinion of one market, by the code of its text."""
    input:
        archive=lambda wildcards: [received(PLAN.archive(row)) for row in PLAN.with_words(wildcards.market)],
        adapter=lambda wildcards: [f"workflow/markets/{row.adapter}.yaml" for row in PLAN.with_words(wildcards.market)],
        code=code("harmonise/feedback_languages.py"),
    output:
        languages_of_feedback=f"{RESULTS}/harmonised/{{market}}/feedback_languages.parquet",
        record=PLAN.record("harmonised/{market}/feedback_languages.parquet"),
    log:
        f"{RESULTS}/logs/harmonise/{{market}}-languages.log",
    params:
        market="{market}",
        sha256=lambda wildcards: [row.sha256 for row in PLAN.with_words(wildcards.market)],
        kind=lambda wildcards: [row.kind for row in PLAN.with_words(wildcards.market)],
        archives=SETTINGS.archives.model_dump(exclude={"parts"}),
        archives_root=str(SETTINGS.archives_root),
    script:
        "../scripts/harmonise/feedback_languages.py"
