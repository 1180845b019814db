"""Which files hold messages, and which languages they go into."""

from collections.abc import Iterator
from pathlib import Path

from cryptodrug.words.messages import Message, label_messages, template_messages

TEMPLATES = Path("reports/templates")
TRANSLATIONS = Path("reports/translations")
LANGUAGES = ("nl", "fr")
LABEL_FILES = ("exhibits.yaml", "vocabulary.yaml", "documents.yaml")
# the final report and reports on public surveys are written in English only; the summary goes into every language
TRANSLATED_TEMPLATES = ("summary.md.j2",)
ENGLISH_TEMPLATES = ("final-report.md.j2", "survey-report.md.j2")


def label_sources(root: Path) -> list[Message]:
    """Messages of all label files, in the order of the files."""
    return [message for name in LABEL_FILES for message in label_messages(root / TEMPLATES / name).values()]


def translated_messages(root: Path) -> list[Message]:
    """Every message that each language must have."""
    templates = [message for name in TRANSLATED_TEMPLATES for message in template_messages(root / TEMPLATES / name)]
    return templates + label_sources(root)


def english_messages(root: Path) -> Iterator[Message]:
    """Every message of the English texts, also of those that are not translated."""
    yield from translated_messages(root)
    for name in ENGLISH_TEMPLATES:
        yield from template_messages(root / TEMPLATES / name)
