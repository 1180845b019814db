"""Render one document to Markdown, in its language."""

from cryptodrug.documents.build import document_markdown
from cryptodrug.files import write_text


def render_markdown(
    template: str,
    values: list[str],
    quotations: str,
    tables: list[str],
    findings: str,
    exhibits: str,
    vocabulary: str,
    documents: str,
    places: str,
    catalogues: list[str],
    allowed_digits: str,
    release: str,
    exhibit_records: list[str],
    markdown: str,
    figures: list[str],
    language: str,
    study: dict,
    thresholds: dict[str, int],
    number: str | None,
    draft_languages: list[str],
    words: str | None = None,
) -> None:
    """Write the Markdown of a document.

    1. Only released tables and values, findings computed from them, labels and catalogues are read.
    2. An unknown value, a number without a sentence for it, a typed-in number, a missing or fuzzy message stops it.
    """
    text = document_markdown(
        template=template,
        language=language,
        values=values,
        quotations=quotations,
        tables=tables,
        findings=findings,
        labels=[exhibits, vocabulary, documents, *([words] if words else [])],
        places=places,
        catalogues=catalogues,
        allowed_digits=allowed_digits,
        figures=figures,
        release=release,
        records=exhibit_records,
        study=study,
        thresholds=thresholds,
        number=number,
        draft=language in draft_languages,
    )
    write_text(markdown, text)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, render_markdown)
