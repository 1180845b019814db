"""Figures, one job each, in all languages.

In: released tables, labels, catalogues. Out: SVG (for PDF and web) and PNG (for Word) per language, drawn without their
chain of ids (these go into documents), and stamped with it (these are delivered).
"""

FIGURES = {
    "belgian-share": ["market-size", "comparators"],
    "snapshot-pages": ["page-kinds"],
    "snapshot-calendar": ["market-calendar"],
    "origin-countries": ["origin-countries", "study-facts"],
    "specialisation": ["specialisation", "comparators"],
    "price-per-gram": ["price-per-gram"],
    "price-models": ["price-models"],
    "destination-policy": ["destination-policy"],
    "vendor-cohort": ["vendor-cohort"],
    "vendor-survival": ["vendor-survival"],
    "vendor-type-profile": ["vendor-type-profile"],
    "vendor-trajectories": ["vendor-trajectories"],
    "concentration": ["concentration-curve"],
    "comparison": ["comparison"],
    "profile-codes": ["profile-codes"],
    "specification": ["specification"],
    "revenue-bounds": ["revenue-bounds"],
    "revenue-by-class": ["revenue-by-class"],
    "survey-flow": ["survey-flow"],
    "recency-by-drug": ["recency-by-drug"],
    "career-forest": ["career-summary", "comparators"],
    "motives": ["motives"],
    "sources-before-now": ["sources-before-now"],
    "frequency-before-now": ["frequency-before-now"],
    "career-combinations": ["career-combinations"],
    "experience": ["experience"],
    "practice-levels": ["practice-levels"],
    "risk-awareness": ["risk-awareness"],
}
if SETTINGS.study.simulated:
    # figures of simulated data stand beside no figure of a real market
    FIGURES = {figure: [table for table in tables if table != "comparators"] for figure, tables in FIGURES.items()}
LABELS = {
    "exhibits": "reports/templates/exhibits.yaml",
    "vocabulary": "reports/templates/vocabulary.yaml",
    "places": "reports/translations/places.yaml",
}
# words of one survey, which go before the others
STUDY_WORDS = {"words": str(SETTINGS.survey.words)} if SETTINGS.survey and SETTINGS.survey.words else {}
CATALOGUES = {"en": []} | {
    language: [f"reports/translations/{language}.po"] for language in SETTINGS.languages if language != "en"
}
MARKET_NAMES = {market.id: market.name for market in SETTINGS.markets}


rule figure:
    """Draw one figure in every language, the same bytes on every run."""
    input:
        **LABELS,
        **STUDY_WORDS,
        tables=released_inputs,
        catalogues=[path for paths in CATALOGUES.values() for path in paths],
        code=lambda wildcards: code(f"figures/{wildcards.figure.replace('-', '_')}.py"),
    output:
        svg=[f"{RESULTS}/figures/drawn/{{figure}}.{language}.svg" for language in SETTINGS.languages],
        png=[f"{RESULTS}/figures/drawn/{{figure}}.{language}.png" for language in SETTINGS.languages],
        record=PLAN.record("figures/drawn/{figure}.en.svg"),
    log:
        f"{RESULTS}/logs/figures/{{figure}}.log",
    params:
        languages=SETTINGS.languages,
        draft_languages=SETTINGS.draft_languages,
        nature=SETTINGS.study.nature,
        markets=MARKET_NAMES,
        figure=lambda wildcards: wildcards.figure.replace("-", "_"),
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
    log:
        f"{RESULTS}/logs/figures/stamp-{{figure}}.log",
    script:
        "../scripts/figures/stamp_figure.py"
