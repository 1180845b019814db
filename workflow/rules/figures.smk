"""Figures, one job each, in all languages.

In: released tables, labels, catalogues. Out: SVG (for PDF and web) and PNG (for Word) per language, drawn without their
chain of ids (these go into documents), and stamped with it (these are delivered).
"""

FIGURES = {
    "belgian-share": ["market-size", "comparators"],
    "snapshot-calendar": ["snapshot-coverage", "study-facts"],
    "origin-countries": ["origin-countries", "study-facts"],
    "specialisation": ["specialisation", "comparators"],
    "price-per-gram": ["price-per-gram"],
    "destination-policy": ["destination-policy"],
    "concentration": ["concentration-curve"],
}
LABELS = {
    "exhibits": "reports/templates/exhibits.yaml",
    "vocabulary": "reports/templates/vocabulary.yaml",
    "places": "reports/translations/places.yaml",
}
CATALOGUES = [f"reports/translations/{language}.po" for language in SETTINGS.languages if language != "en"]
MARKET_NAMES = {market.id: market.name for market in SETTINGS.markets}


def released_figures(wildcards):
    """Figures whose tables have all passed the gate."""
    passed = set(released(wildcards))
    return sorted(figure for figure, tables in FIGURES.items() if set(tables) <= passed)


def released_inputs(wildcards):
    """Released tables of a figure; asks the gate."""
    return PLAN.released_files(FIGURES[wildcards.figure], released(wildcards))


def delivered_figures(wildcards):
    """Every figure in every language and form, with its chain inside."""
    return [
        f"{RESULTS}/figures/{figure}.{language}.{ending}"
        for figure in released_figures(wildcards)
        for language in SETTINGS.languages
        for ending in ("svg", "png")
    ]


rule figure:
    """Draw one figure in every language, the same bytes on every run."""
    input:
        tables=released_inputs,
        **LABELS,
        catalogues=CATALOGUES,
        code=lambda wildcards: code(f"figures/{wildcards.figure.replace('-', '_')}.py"),
    output:
        svg=[f"{RESULTS}/figures/drawn/{{figure}}.{language}.svg" for language in SETTINGS.languages],
        png=[f"{RESULTS}/figures/drawn/{{figure}}.{language}.png" for language in SETTINGS.languages],
        record=PLAN.record("figures/drawn/{figure}.en.svg"),
    params:
        languages=SETTINGS.languages,
        draft_languages=SETTINGS.draft_languages,
        nature=SETTINGS.study.nature,
        markets=MARKET_NAMES,
        figure=lambda wildcards: wildcards.figure.replace("-", "_"),
        results=RESULTS,
    log:
        f"{RESULTS}/logs/figures/{{figure}}.log",
    script:
        "../scripts/figures/{params.figure}.py"


rule stamp_figure:
    """Write the chain of ids into the delivered pictures."""
    input:
        ledger=f"{RESULTS}/provenance/public-ledger.json",
        drawn=[
            f"{RESULTS}/figures/drawn/{{figure}}.{language}.{ending}"
            for language in SETTINGS.languages
            for ending in ("svg", "png")
        ],
        code=code("figures/stamp_figure.py"),
    output:
        stamped=[
            f"{RESULTS}/figures/{{figure}}.{language}.{ending}"
            for language in SETTINGS.languages
            for ending in ("svg", "png")
        ],
    params:
        results=RESULTS,
    log:
        f"{RESULTS}/logs/figures/stamp-{{figure}}.log",
    script:
        "../scripts/figures/stamp_figure.py"
