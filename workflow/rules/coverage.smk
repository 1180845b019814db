"""What was downloaded, and what of it was read.

In: tables of the database, settings fixed before the data were seen. Out: `internal/<table>.parquet` with its description
beside it. They may hold small cells: nothing behind the release gate reads them.
"""

# days on which markets closed for ever
CLOSED = {market.id: str(market.closed) for market in SETTINGS.markets if market.closed}
FOCUS = dict(focus_country=SETTINGS.focus_country, definition=SETTINGS.population.definition)


rule study_facts:
    """What the text names: snapshots, dates, pages, level."""
    input:
        snapshot=DATABASE["snapshot"],
        code=code("analyse/study_facts.py"),
    output:
        **result("study-facts"),
    log:
        f"{RESULTS}/logs/analyse/study-facts.log",
    params:
        focus_country=SETTINGS.focus_country,
        level=SETTINGS.analysis.level,
        draws=SETTINGS.analysis.draws,
        coverage_minimum=SETTINGS.analysis.coverage_minimum,
        closed=CLOSED,
        link_by=SETTINGS.population.link_by,
    script:
        "../scripts/analyse/study_facts.py"


rule snapshot_coverage:
    """Pages by kind, printed against found, estimated coverage; which market was open and complete in which month."""
    input:
        snapshot=DATABASE["snapshot"],
        page=DATABASE["page"],
        listing_page=DATABASE["listing_page"],
        code=code("analyse/snapshot_coverage.py"),
    output:
        **result("snapshot-coverage", "market-calendar"),
    log:
        f"{RESULTS}/logs/analyse/snapshot-coverage.log",
    params:
        level=SETTINGS.analysis.level,
        closed=CLOSED,
        coverage_minimum=SETTINGS.analysis.coverage_minimum,
    script:
        "../scripts/analyse/snapshot_coverage.py"


rule page_kinds:
    """Pages by kind, every kind, by template, and what only lists show."""
    input:
        page=DATABASE["page"],
        listing_page=DATABASE["listing_page"],
        code=code("analyse/page_kinds.py"),
    output:
        **result("page-kinds", "page-variants"),
    log:
        f"{RESULTS}/logs/analyse/page-kinds.log",
    params:
        templates=PLAN.templates(),
    script:
        "../scripts/analyse/page_kinds.py"


rule coverage_account:
    """What became of every file, member, page and row; a sum that does not hold stops the study."""
    input:
        accounts=PLAN.observed_files("coverage.json"),
        rows_listing=PLAN.observed_files("listing.parquet"),
        rows_price=PLAN.observed_files("price.parquet"),
        rows_vendor=PLAN.observed_files("vendor.parquet"),
        rows_feedback=PLAN.observed_files("feedback.parquet"),
        snapshot=DATABASE["snapshot"],
        listing=DATABASE["listing"],
        listing_page=DATABASE["listing_page"],
        code=code("analyse/coverage_account.py"),
    output:
        **result("coverage-account", "account-summary", "row-account"),
    log:
        f"{RESULTS}/logs/analyse/coverage-account.log",
    params:
        snapshots=PLAN.observed_snapshots(),
    script:
        "../scripts/analyse/coverage_account.py"


rule list_pages:
    """Pages of lists that are missing, and what lists show that change while they are read."""
    input:
        page=DATABASE["page"],
        listing_page=DATABASE["listing_page"],
        code=code("analyse/list_pages.py"),
    output:
        **result("list-pages"),
    log:
        f"{RESULTS}/logs/analyse/list-pages.log",
    params:
        level=SETTINGS.analysis.level,
    script:
        "../scripts/analyse/list_pages.py"


rule printed_counts:
    """Numbers that a market prints of its offer, against what was found."""
    input:
        page=DATABASE["page"],
        listing=DATABASE["listing"],
        listing_page=DATABASE["listing_page"],
        judgements=PLAN.judgement_files(),
        code=code("analyse/printed_counts.py"),
    output:
        **result("printed-counts"),
    log:
        f"{RESULTS}/logs/analyse/printed-counts.log",
    script:
        "../scripts/analyse/printed_counts.py"


rule data_decisions:
    """What rules and corrections did to the data."""
    input:
        quality=f"{RESULTS}/internal/quality.json",
        code=code("analyse/data_decisions.py"),
    output:
        **result("data-decisions"),
    log:
        f"{RESULTS}/logs/analyse/data-decisions.log",
    script:
        "../scripts/analyse/data_decisions.py"
