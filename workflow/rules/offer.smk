"""The offer of the country: its size, growth, products, origins and destinations.

In: tables of the database, settings fixed before the data were seen. Out: `internal/<table>.parquet` with its description
beside it. They may hold small cells: nothing behind the release gate reads them.
"""


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
        **result("drug-classes", "specialisation", "specialisation-summary"),
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
