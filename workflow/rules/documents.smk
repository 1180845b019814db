"""Documents: one Markdown per document in its language, one job per file format.

In: released tables and values (of a simulated study also what is true, beside them), findings, drawn figures, templates, catalogues. Out: PDF (Typst), Word and web page. The
English documents do not wait for the catalogues of the other languages.
"""

DOCUMENTS = {f"{document.file}.{document.language}": document for document in SETTINGS.documents}
DOCUMENT_FILES = [f"{RESULTS}/documents/{name}.{ending}" for name in DOCUMENTS for ending in ("pdf", "docx", "html")]
THRESHOLDS = {
    "respondents": SETTINGS.disclosure.respondents.minimum_count,
    "revenue": SETTINGS.disclosure.revenue.minimum_vendors,
    "public": SETTINGS.disclosure.public.minimum_focus_vendors,
    # no threshold can be named: a hidden number of interviews may be small or large
    "interviews": 0,
}


rule render_markdown:
    """Template and catalogue to Markdown."""
    input:
        **LABELS,
        **STUDY_WORDS,
        template=lambda wildcards: "reports/templates/{}.md.j2".format(
            DOCUMENTS[f"{wildcards.document}.{wildcards.language}"].template
        ),
        chapters=lambda wildcards: sorted(
            path.as_posix()
            for path in Path(
                "reports/templates", DOCUMENTS[f"{wildcards.document}.{wildcards.language}"].template
            ).glob("*.md.j2")
        ),
        values=[f"{RESULTS}/values.json", *DERIVED_VALUES, *ANNEX_VALUES],
        quotations=f"{RESULTS}/quotations.json",
        tables=lambda wildcards: [
            *PLAN.released_files(released(wildcards), released(wildcards)),
            *DERIVED_TABLES,
            *ANNEX_TABLES,
        ],
        findings=f"{RESULTS}/findings.json",
        documents="reports/templates/documents.yaml",
        allowed_digits="reports/templates/allowed-digits.yaml",
        catalogues=lambda wildcards: CATALOGUES[wildcards.language],
        release=f"{RESULTS}/release.json",
        exhibit_records=exhibit_records,
        code=code("documents/render_markdown.py"),
    output:
        markdown=f"{RESULTS}/documents/source/{{document}}.{{language}}.md",
        record=PLAN.record("documents/source/{document}.{language}.md"),
    log:
        f"{RESULTS}/logs/documents/{{document}}.{{language}}.log",
    params:
        figures=released_figures,
        language="{language}",
        study=dict(
            id=SETTINGS.study.id,
            nature=SETTINGS.study.nature,
            advice=SETTINGS.study.advice,
            focus_country=SETTINGS.focus_country,
            markets=MARKET_NAMES,
        ),
        thresholds=THRESHOLDS,
        number=lambda wildcards: DOCUMENTS[f"{wildcards.document}.{wildcards.language}"].number,
        draft_languages=SETTINGS.draft_languages,
    script:
        "../scripts/documents/render_markdown.py"


rule convert_document:
    """Markdown to one file format."""
    input:
        markdown=f"{RESULTS}/documents/source/{{document}}.{{language}}.md",
        figures=drawn_figures,
        page="reports/templates/page.typ",
        blocks=["reports/templates/typst.lua", "reports/templates/docx.lua"],
        web="reports/templates/page.html",
        css="reports/templates/document.css",
        reference="reports/templates/reference.docx",
        code=code("documents/convert_document.py"),
    output:
        document=f"{RESULTS}/documents/{{document}}.{{language}}.{{ending}}",
        record=PLAN.record("documents/{document}.{language}.{ending}"),
    log:
        f"{RESULTS}/logs/documents/{{document}}.{{language}}.{{ending}}.log",
    params:
        format="{ending}",
    script:
        "../scripts/documents/convert_document.py"
