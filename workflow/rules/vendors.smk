"""Vendors: size, presence, growth, types, moves.

In: tables of the database, settings fixed before the data were seen. Out: `internal/<table>.parquet` with its description
beside it. They may hold small cells: nothing behind the release gate reads them.
"""


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


rule vendor_age_survival:
    """How long accounts last by their age."""
    input:
        listing=DATABASE["listing"],
        vendor=DATABASE["vendor"],
        code=code("analyse/vendor_age_survival.py"),
    output:
        **result("vendor-age-survival", "registration-shown"),
    log:
        f"{RESULTS}/logs/analyse/vendor-age-survival.log",
    params:
        **FOCUS,
        **DRAWING,
    script:
        "../scripts/analyse/vendor_age_survival.py"


rule vendor_growth:
    """Which vendors grow, and groups of vendors who go alike."""
    input:
        counted_sales=COUNTED_SALES,
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
        counted_sales=COUNTED_SALES,
        vendor=DATABASE["vendor"],
        code=code("analyse/vendor_types.py"),
    output:
        **result("vendor-types", "vendor-type-profile", "vendor-type-numbers", "vendor-type-summary"),
        placed=f"{RESULTS}/internal/vendor-type-of.parquet",
    log:
        f"{RESULTS}/logs/analyse/vendor-types.log",
    params:
        **FOCUS,
        seed=SETTINGS.analysis.seed,
    script:
        "../scripts/analyse/vendor_types.py"


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
