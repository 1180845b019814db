"""Prices, sales, and what they are worth.

In: tables of the database, settings fixed before the data were seen. Out: `internal/<table>.parquet` with its description
beside it. They may hold small cells: nothing behind the release gate reads them.
"""

COUNTED_SALES = f"{RESULTS}/internal/counted-sales.parquet"
RECORDED_TABLES.append("counted-sales")


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


rule counted_sales:
    """Sales and prices of every drug listing in every interval: the analyses of sales below add them up."""
    input:
        listing=DATABASE["listing"],
        feedback=DATABASE["feedback"],
        code=code("analyse/counted_sales.py"),
    output:
        counted_sales=COUNTED_SALES,
        record=PLAN.record("internal/counted-sales.parquet"),
    log:
        f"{RESULTS}/logs/analyse/counted-sales.log",
    script:
        "../scripts/analyse/counted_sales.py"


rule sales_bounds:
    """Visible sales of vendors between two bounds; what buyers say."""
    input:
        counted_sales=COUNTED_SALES,
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
        counted_sales=COUNTED_SALES,
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


rule revenue_sensitivity:
    """The worth of visible sales under other rules of price."""
    input:
        listing=DATABASE["listing"],
        counted_sales=COUNTED_SALES,
        code=code("analyse/revenue_sensitivity.py"),
    output:
        **result("revenue-sensitivity"),
    log:
        f"{RESULTS}/logs/analyse/revenue-sensitivity.log",
    params:
        **FOCUS,
        smallest=SETTINGS.disclosure.revenue.minimum_vendors,
        largest_two=SETTINGS.disclosure.revenue.largest_two_share,
    script:
        "../scripts/analyse/revenue_sensitivity.py"


rule revenue_by_band:
    """The worth of visible sales by size of vendor, and what markets took of it."""
    input:
        counted_sales=COUNTED_SALES,
        commissions="data/reference/commissions.csv",
        code=code("analyse/revenue_by_band.py"),
    output:
        **result("revenue-by-band", "commission"),
    log:
        f"{RESULTS}/logs/analyse/revenue-by-band.log",
    params:
        **FOCUS,
        smallest=SETTINGS.disclosure.revenue.minimum_vendors,
        largest_two=SETTINGS.disclosure.revenue.largest_two_share,
        simulated=SETTINGS.study.simulated,
    script:
        "../scripts/analyse/revenue_by_band.py"


rule wholesale_share:
    """Share of large listings in revenue, sales and listings."""
    input:
        listing=DATABASE["listing"],
        counted_sales=COUNTED_SALES,
        code=code("analyse/wholesale_share.py"),
    output:
        **result("wholesale-share", "quantity-bands", "wholesale-summary", "wholesale-rank"),
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
        counted_sales=COUNTED_SALES,
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
