"""One internal result table per question.

In: tables of the database, settings fixed before the data were seen. Out: `internal/<table>.parquet` with its description
beside it. They may hold small cells: nothing behind the release gate reads them.
"""

RESULT_TABLES += [
    "study-facts",
    "snapshot-coverage",
    "market-calendar",
    "page-kinds",
    "page-variants",
    "coverage-account",
    "account-summary",
    "row-account",
    "list-pages",
    "printed-counts",
    "market-size",
    "key-figures",
    "offer-adjusted",
    "definition-sensitivity",
    "drug-classes",
    "specialisation",
    "origin-countries",
    "focus-rank",
    "region-comparison",
    "destination-policy",
    "destination-summary",
    "price-per-gram",
    "price-models",
    "price-bands",
    "price-summary",
    "price-sensitivity",
    "vendor-size",
    "vendor-size-summary",
    "vendor-presence",
    "vendor-entry-exit",
    "vendor-presence-summary",
    "vendor-cohort",
    "vendor-survival",
    "vendor-survival-summary",
    "vendor-direction",
    "vendor-direction-summary",
    "vendor-trajectory-numbers",
    "vendor-trajectory-groups",
    "vendor-trajectories",
    "vendor-types",
    "vendor-type-profile",
    "vendor-type-numbers",
    "vendor-type-summary",
    "origin-moves",
    "growth-models",
    "specification",
    "sales-bands",
    "sales-bounds",
    "sales-summary",
    "feedback-scores",
    "revenue-bounds",
    "revenue-summary",
    "revenue-by-class",
    "wholesale-share",
    "quantity-bands",
    "wholesale-summary",
    "concentration",
    "concentration-curve",
    "data-decisions",
    "comparators",
    "comparator-definitions",
]
RECORDED_TABLES += [
    table
    for table in RESULT_TABLES
    if table not in ("key-figures", "specialisation", "focus-rank", "destination-summary", "vendor-size-summary")
    and table not in ("concentration-curve", "market-calendar", "vendor-entry-exit", "vendor-presence-summary")
    and table not in ("vendor-survival", "vendor-survival-summary")
    and table not in ("vendor-type-profile", "vendor-type-numbers", "vendor-type-summary")
    and table not in ("vendor-direction-summary", "vendor-trajectory-numbers", "vendor-trajectory-groups")
    and table != "vendor-trajectories"
    and table not in ("page-variants", "account-summary", "row-account")
    and table not in ("price-bands", "price-summary", "price-sensitivity")
    and table != "comparator-definitions"
    and table not in ("sales-summary", "feedback-scores", "revenue-summary", "revenue-by-class")
    and table not in ("quantity-bands", "wholesale-summary")
]

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


rule market_size:
    """Drug listings and vendors by snapshot, all and from the focus country."""
    input:
        listing=DATABASE["listing"],
        code=code("analyse/market_size.py"),
    output:
        **result("market-size", "key-figures"),
    log:
        f"{RESULTS}/logs/analyse/market-size.log",
    params:
        **FOCUS,
        **DRAWING,
    script:
        "../scripts/analyse/market_size.py"


rule offer_adjusted:
    """Drug listings from the focus country, adjusted for coverage."""
    input:
        listing=DATABASE["listing"],
        coverage=f"{RESULTS}/internal/snapshot-coverage.parquet",
        code=code("analyse/offer_adjusted.py"),
    output:
        **result("offer-adjusted"),
    log:
        f"{RESULTS}/logs/analyse/offer-adjusted.log",
    params:
        **FOCUS,
        **DRAWING,
        coverage_minimum=SETTINGS.analysis.coverage_minimum,
    script:
        "../scripts/analyse/offer_adjusted.py"


rule definition_sensitivity:
    """The headline under three definitions of the focus population."""
    input:
        listing=DATABASE["listing"],
        code=code("analyse/definition_sensitivity.py"),
    output:
        **result("definition-sensitivity"),
    log:
        f"{RESULTS}/logs/analyse/definition-sensitivity.log",
    params:
        **FOCUS,
        **DRAWING,
    script:
        "../scripts/analyse/definition_sensitivity.py"


rule specialisation:
    """Drug classes of the focus country against the rest."""
    input:
        listing=DATABASE["listing"],
        code=code("analyse/specialisation.py"),
    output:
        **result("drug-classes", "specialisation"),
    log:
        f"{RESULTS}/logs/analyse/specialisation.log",
    params:
        **FOCUS,
        **DRAWING,
    script:
        "../scripts/analyse/specialisation.py"


rule origin_countries:
    """Declared origins, and the place of the focus country."""
    input:
        listing=DATABASE["listing"],
        code=code("analyse/origin_countries.py"),
    output:
        **result("origin-countries", "focus-rank"),
    log:
        f"{RESULTS}/logs/analyse/origin-countries.log",
    params:
        **DRAWING,
        focus_country=SETTINGS.focus_country,
    script:
        "../scripts/analyse/origin_countries.py"


rule region_comparison:
    """The focus country beside its neighbours, the European Union and the world."""
    input:
        listing=DATABASE["listing"],
        union="data/reference/european_union.csv",
        code=code("analyse/region_comparison.py"),
    output:
        **result("region-comparison"),
    log:
        f"{RESULTS}/logs/analyse/region-comparison.log",
    params:
        **DRAWING,
        focus_country=SETTINGS.focus_country,
        neighbours=SETTINGS.neighbours,
    script:
        "../scripts/analyse/region_comparison.py"


rule destination_policy:
    """Stated destinations, listings and vendors."""
    input:
        listing=DATABASE["listing"],
        code=code("analyse/destination_policy.py"),
    output:
        **result("destination-policy", "destination-summary"),
    log:
        f"{RESULTS}/logs/analyse/destination-policy.log",
    params:
        **FOCUS,
        **DRAWING,
    script:
        "../scripts/analyse/destination_policy.py"


rule price_per_gram:
    """Advertised price per gram at fixed lot sizes."""
    input:
        listing=DATABASE["listing"],
        code=code("analyse/price_per_gram.py"),
    output:
        **result("price-per-gram"),
    log:
        f"{RESULTS}/logs/analyse/price-per-gram.log",
    params:
        **FOCUS,
        level=SETTINGS.analysis.level,
    script:
        "../scripts/analyse/price_per_gram.py"


rule price_models:
    """Quantity discount, and prices by origin."""
    input:
        listing=DATABASE["listing"],
        code=code("analyse/price_models.py"),
    output:
        **result("price-models", "price-bands", "price-summary", "price-sensitivity"),
    log:
        f"{RESULTS}/logs/analyse/price-models.log",
    params:
        **FOCUS,
        level=SETTINGS.analysis.level,
        neighbours=SETTINGS.neighbours,
    script:
        "../scripts/analyse/price_models.py"


rule vendor_size:
    """Listings per vendor."""
    input:
        listing=DATABASE["listing"],
        code=code("analyse/vendor_size.py"),
    output:
        **result("vendor-size", "vendor-size-summary"),
    log:
        f"{RESULTS}/logs/analyse/vendor-size.log",
    params:
        **FOCUS,
        **DRAWING,
    script:
        "../scripts/analyse/vendor_size.py"


rule vendor_presence:
    """Vendors over the months: seen, come, gone."""
    input:
        listing=DATABASE["listing"],
        code=code("analyse/vendor_presence.py"),
    output:
        **result("vendor-presence", "vendor-entry-exit", "vendor-presence-summary"),
    log:
        f"{RESULTS}/logs/analyse/vendor-presence.log",
    params:
        **FOCUS,
        level=SETTINGS.analysis.level,
    script:
        "../scripts/analyse/vendor_presence.py"


rule vendor_survival:
    """How long vendors stay."""
    input:
        listing=DATABASE["listing"],
        code=code("analyse/vendor_survival.py"),
    output:
        **result("vendor-cohort", "vendor-survival", "vendor-survival-summary"),
    log:
        f"{RESULTS}/logs/analyse/vendor-survival.log",
    params:
        **FOCUS,
        **DRAWING,
    script:
        "../scripts/analyse/vendor_survival.py"


rule vendor_growth:
    """Which vendors grow, and groups of vendors who go alike."""
    input:
        listing=DATABASE["listing"],
        feedback=DATABASE["feedback"],
        code=code("analyse/vendor_growth.py"),
    output:
        **result(
            "vendor-direction",
            "vendor-direction-summary",
            "vendor-trajectory-numbers",
            "vendor-trajectory-groups",
            "vendor-trajectories",
        ),
    log:
        f"{RESULTS}/logs/analyse/vendor-growth.log",
    params:
        **FOCUS,
        seed=SETTINGS.analysis.seed,
    script:
        "../scripts/analyse/vendor_growth.py"


rule vendor_types:
    """Which kinds of vendor there are."""
    input:
        listing=DATABASE["listing"],
        feedback=DATABASE["feedback"],
        vendor=DATABASE["vendor"],
        code=code("analyse/vendor_types.py"),
    output:
        **result("vendor-types", "vendor-type-profile", "vendor-type-numbers", "vendor-type-summary"),
    log:
        f"{RESULTS}/logs/analyse/vendor-types.log",
    params:
        **FOCUS,
        seed=SETTINGS.analysis.seed,
    script:
        "../scripts/analyse/vendor_types.py"


rule growth:
    """Growth of the offer from the country against that of the rest."""
    input:
        listing=DATABASE["listing"],
        code=code("analyse/growth.py"),
    output:
        **result("growth-models"),
    log:
        f"{RESULTS}/logs/analyse/growth.log",
    params:
        **FOCUS,
        **DRAWING,
    script:
        "../scripts/analyse/growth.py"


rule specification:
    """The headlines under every combination of judgements that makes sense."""
    input:
        listing=DATABASE["listing"],
        vendor=DATABASE["vendor"],
        coverage=f"{RESULTS}/internal/snapshot-coverage.parquet",
        code=code("analyse/specification.py"),
    output:
        **result("specification"),
    log:
        f"{RESULTS}/logs/analyse/specification.log",
    params:
        **FOCUS,
        **DRAWING,
        link_by=SETTINGS.population.link_by,
        shared_text=SETTINGS.population.shared_text.model_dump(),
        coverage_minimum=SETTINGS.analysis.coverage_minimum,
    script:
        "../scripts/analyse/specification.py"


rule origin_moves:
    """Vendors who declare another origin than before."""
    input:
        listing=DATABASE["listing"],
        code=code("analyse/origin_moves.py"),
    output:
        **result("origin-moves"),
    log:
        f"{RESULTS}/logs/analyse/origin-moves.log",
    params:
        focus_country=SETTINGS.focus_country,
        level=SETTINGS.analysis.level,
    script:
        "../scripts/analyse/origin_moves.py"


rule sales_bands:
    """Sales bands that the market prints."""
    input:
        listing=DATABASE["listing"],
        vendor=DATABASE["vendor"],
        code=code("analyse/sales_bands.py"),
    output:
        **result("sales-bands"),
    log:
        f"{RESULTS}/logs/analyse/sales-bands.log",
    params:
        **FOCUS,
    script:
        "../scripts/analyse/sales_bands.py"


rule sales_bounds:
    """Visible sales of vendors between two bounds; what buyers say."""
    input:
        listing=DATABASE["listing"],
        feedback=DATABASE["feedback"],
        code=code("analyse/sales_bounds.py"),
    output:
        **result("sales-bounds", "sales-summary", "feedback-scores"),
    log:
        f"{RESULTS}/logs/analyse/sales-bounds.log",
    params:
        **FOCUS,
        **DRAWING,
    script:
        "../scripts/analyse/sales_bounds.py"


rule revenue_bounds:
    """What the visible sales are worth, by month and by drug class."""
    input:
        listing=DATABASE["listing"],
        feedback=DATABASE["feedback"],
        code=code("analyse/revenue_bounds.py"),
    output:
        **result("revenue-bounds", "revenue-summary", "revenue-by-class"),
    log:
        f"{RESULTS}/logs/analyse/revenue-bounds.log",
    params:
        **FOCUS,
        **DRAWING,
        smallest=SETTINGS.disclosure.revenue.minimum_vendors,
        largest_two=SETTINGS.disclosure.revenue.largest_two_share,
    script:
        "../scripts/analyse/revenue_bounds.py"


rule wholesale_share:
    """Share of large listings in revenue, sales and listings."""
    input:
        listing=DATABASE["listing"],
        feedback=DATABASE["feedback"],
        code=code("analyse/wholesale_share.py"),
    output:
        **result("wholesale-share", "quantity-bands", "wholesale-summary"),
    log:
        f"{RESULTS}/logs/analyse/wholesale-share.log",
    params:
        **FOCUS,
        **DRAWING,
    script:
        "../scripts/analyse/wholesale_share.py"


rule concentration:
    """How concentrated visible sales are."""
    input:
        listing=DATABASE["listing"],
        feedback=DATABASE["feedback"],
        code=code("analyse/concentration.py"),
    output:
        **result("concentration", "concentration-curve"),
    log:
        f"{RESULTS}/logs/analyse/concentration.log",
    params:
        **FOCUS,
        level=SETTINGS.analysis.level,
    script:
        "../scripts/analyse/concentration.py"


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


rule comparators:
    """Published numbers of others, with their sources."""
    input:
        reference="data/reference/comparators.csv",
        code=code("analyse/comparators.py"),
    output:
        **result("comparators", "comparator-definitions"),
    log:
        f"{RESULTS}/logs/analyse/comparators.log",
    script:
        "../scripts/analyse/comparators.py"
