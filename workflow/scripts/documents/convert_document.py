"""Convert the Markdown of a document to one file format."""

from pathlib import Path

from cryptodrug.documents.convert import to_docx, to_html, to_pdf


def convert_document(
    markdown: str,
    figures: list[str],
    page: str,
    blocks: str,
    web: str,
    css: str,
    reference: str,
    document: str,
    format: str,
) -> None:
    """Make the PDF, Word file or web page. Pandoc must not warn."""
    source, target = Path(markdown), Path(document)
    if format == "pdf":
        to_pdf(source, figures, Path(page), Path(blocks[0]), target)
    elif format == "docx":
        to_docx(source, figures, Path(reference), Path(blocks[1]), target)
    else:
        to_html(source, figures, Path(web), Path(css), target)


if __name__ == "__main__":
    from cryptodrug.job import run_job

    run_job(snakemake, convert_document)
