"""Documents: one Markdown per document in its language, one job per file format.

In: released tables and values, findings, drawn figures, templates, catalogues. Out: PDF (Typst), Word and web page. The
English documents do not wait for the catalogues of the other languages.
"""

DOCUMENTS = {f"{document.file}.{document.language}": document for document in SETTINGS.documents}
DOCUMENT_FILES = [
    f"{RESULTS}/documents/{name}.{ending}" for name in DOCUMENTS for ending in ("pdf", "docx", "html")
]
THRESHOLDS = {
    "respondents": SETTINGS.disclosure.respondents.minimum_count,
    "revenue": SETTINGS.disclosure.revenue.minimum_vendors,
    "public": SETTINGS.disclosure.public.minimum_focus_vendors,
}


def exhibit_records(wildcards):
    """Records of drawn figures: captions print their ids."""
    return [PLAN.record(f"figures/drawn/{figure}.en.svg") for figure in released_figures(wildcards)]


def drawn_figures(wildcards):
    """Pictures of the language of a document: SVG for PDF and web, PNG for Word."""
    ending = "png" if wildcards.ending == "docx" else "svg"
    language = DOCUMENTS[f"{wildcards.document}.{wildcards.language}"].language
    return [f"{RESULTS}/figures/drawn/{figure}.{language}.{ending}" for figure in released_figures(wildcards)]


rule render_markdown:
    """Template and catalogue to Markdown."""
    input:
        template=lambda wildcards: "reports/templates/{}.md.j2".format(
            DOCUMENTS[f"{wildcards.document}.{wildcards.language}"].template
        ),
        values=f"{RESULTS}/values.json",
        tables=lambda wildcards: PLAN.released_files(released(wildcards), released(wildcards)),
        findings=f"{RESULTS}/findings.json",
        **LABELS,
        documents="reports/templates/documents.yaml",
        catalogues=lambda wildcards: [path for path in CATALOGUES if path.endswith(f"/{wildcards.language}.po")],
        release=f"{RESULTS}/release.json",
        exhibit_records=exhibit_records,
        code=code("documents/render_markdown.py"),
    output:
        markdown=f"{RESULTS}/documents/source/{{document}}.{{language}}.md",
        record=PLAN.record("documents/source/{document}.{language}.md"),
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
        results=RESULTS,
    log:
        f"{RESULTS}/logs/documents/{{document}}.{{language}}.log",
    script:
        "../scripts/documents/render_markdown.py"


rule convert_document:
    """Markdown to one file format."""
    input:
        markdown=f"{RESULTS}/documents/source/{{document}}.{{language}}.md",
        figures=drawn_figures,
        page="reports/templates/page.typ",
        blocks="reports/templates/typst.lua",
        web="reports/templates/page.html",
        css="reports/templates/document.css",
        reference="reports/templates/reference.docx",
        code=code("documents/convert_document.py"),
    output:
        document=f"{RESULTS}/documents/{{document}}.{{language}}.{{ending}}",
        record=PLAN.record("documents/{document}.{language}.{ending}"),
    params:
        format="{ending}",
        results=RESULTS,
    log:
        f"{RESULTS}/logs/documents/{{document}}.{{language}}.{{ending}}.log",
    script:
        "../scripts/documents/convert_document.py"
