"""From released files to the Markdown of one document."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

from cryptodrug.documents.exhibits import Exhibits
from cryptodrug.files import read_json
from cryptodrug.release import read_tables, read_values
from cryptodrug.words.catalogue import english, read_catalogue
from cryptodrug.words.checks import CALLS, read_allowed, refuse_digits
from cryptodrug.words.context import DocumentContext, Translator
from cryptodrug.words.formatting import LOCALES
from cryptodrug.words.messages import label_messages, template_messages
from cryptodrug.words.render import Functions, render_document

# a part of the study is there when one of its tables was released
PARTS = {"market": "study-facts", "survey": "respondent-profile", "interviews": "interview-themes"}


def content_ids(release: str, records: Sequence[str]) -> dict[str, str]:
    """Content id of each exhibit: of tables as the gate names them, of figures from their records."""
    ids = {name: entry["id"] for name, entry in read_json(release)["tables"].items()}
    for path in records:
        record = read_json(path)
        ids[Path(record["path"]).name.split(".")[0]] = record["id"]
    return ids


def front_matter(translator: Translator, study: SimpleNamespace, kind: str, number: str | None) -> dict[str, Any]:
    """Metadata of a document for pandoc, all words in its language."""
    own = study.nature == "cryptodrug"
    notice = None if own else translator.text(f"frame.{study.nature}")
    title = translator.text(f"{study.nature}.{kind}.title")
    data = {
        "title": title,
        "subtitle": translator.text(f"{study.nature}.{kind}.subtitle"),
        "lang": LOCALES[translator.language].replace("_", "-"),
        "language": translator.language,
        "region": LOCALES[translator.language].split("_")[1],
        "acronym": translator.text("lines.acronym"),
        "number": number if own else None,
        "contract": translator.text("lines.contract"),
        "authors": translator.text("lines.authors-study" if own else "lines.authors-other"),
        "publisher": translator.text("lines.publisher" if own else "lines.publisher-other"),
        "programme": translator.text("frame.programme"),
        "notice": notice,
        "description": notice,
        "running": f"{translator.text('frame.project')} DR/00/82 - {title} (CRYPTODRUG)",
        "contents": translator.text("frame.contents"),
        "skip": translator.text("frame.skip"),
        "toc": kind == "final-report",
    }
    return {key: value for key, value in data.items() if value is not None}


def document_markdown(
    template: str,
    language: str,
    values: Sequence[str],
    quotations: str,
    tables: Sequence[str],
    findings: str,
    labels: Sequence[str],
    places: str,
    catalogues: Sequence[str],
    allowed_digits: str,
    figures: Sequence[str],
    release: str,
    records: Sequence[str],
    study: dict[str, Any],
    thresholds: dict[str, int],
    number: str | None,
    draft: bool,
) -> str:
    """Front matter and Markdown of a document.

    `labels`: files of words, a later one goes before an earlier one; `values`: files of released values; `figures`: ids
    of drawn figures; `records`: their records, for the ids; `study`: id, nature, advice, focus country, markets.
    """
    words = {name: message for path in labels for name, message in label_messages(path).items()}
    path = next((path for path in catalogues if Path(path).stem == language), None)
    catalogue = english() if path is None else read_catalogue(path, language)
    translator = Translator(language, catalogue, words, Path(places), draft, study["markets"])
    messages = [*template_messages(template), *words.values()]
    texts = [(message, catalogue.get(message) or message.text) for message in messages]
    refuse_digits(texts, read_allowed(allowed_digits), language)
    released = read_tables(tables)
    facts = SimpleNamespace(**study, simulated=study["nature"] == "simulated")
    pictures = {name: f"{name}.{language}" for name in figures}
    exhibits = Exhibits(released, pictures, content_ids(release, records), translator)
    context = DocumentContext(
        values={name: value for path in values for name, value in read_values(path).items()},
        quotations=read_json(quotations)["quotations"],
        tables=released,
        findings=read_json(findings),
        study=facts,
        parts=frozenset(part for part, table in PARTS.items() if table in released),
        thresholds=thresholds,
        translator=translator,
        exhibit=exhibits.markdown,
    )
    functions = Functions(context, Path(template).name)
    exhibits.functions = {name: getattr(functions, name) for name in sorted(CALLS)}
    body = render_document(Path(template), language, catalogue, context, draft)
    kind = Path(template).name.split(".")[0]
    front = yaml.safe_dump(
        front_matter(translator, facts, kind, number), allow_unicode=True, sort_keys=True, width=10**6
    )
    return f"---\n{front}---\n\n{body}"
