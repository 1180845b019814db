"""`cryptodrug translations`: renew the catalogues, check them, set the three languages side by side."""

import argparse
import html
from pathlib import Path

from cryptodrug.errors import TranslationError
from cryptodrug.files import write_text
from cryptodrug.provenance.records import PROJECT
from cryptodrug.words import checks
from cryptodrug.words.catalogue import Catalogue, gaps, read_catalogue, renew
from cryptodrug.words.sources import LANGUAGES, TEMPLATES, TRANSLATIONS, english_messages, translated_messages


def update(options: argparse.Namespace) -> int:
    """Bring nl.po and fr.po up to date with the English sources."""
    messages = translated_messages(PROJECT)
    for language in LANGUAGES:
        counts = renew(PROJECT / TRANSLATIONS / f"{language}.po", language, messages)
        print(f"{language}.po: " + ", ".join(f"{number} {what}" for what, number in counts.items()))
    return 0


def english_faults(root: Path) -> list[str]:
    """Typed-in digits and claims that go too far in the English texts."""
    texts = [(message, message.text) for message in english_messages(root)]
    allowed = checks.read_allowed(root / TEMPLATES / "allowed-digits.yaml")
    return checks.digit_faults(texts, allowed) + checks.claim_faults(texts, root / TEMPLATES / "claims.yaml")


def language_faults(root: Path, catalogue: Catalogue) -> list[str]:
    """Everything that is wrong with one catalogue."""
    messages = translated_messages(root)
    pairs = [(message, text) for message in messages if (text := catalogue.get(message)) is not None]
    return [
        *gaps(catalogue, messages),
        *checks.call_faults(pairs),
        *checks.digit_faults(pairs, checks.read_allowed(root / TEMPLATES / "allowed-digits.yaml")),
        *checks.claim_faults(pairs, root / TEMPLATES / "claims.yaml"),
        *checks.glossary_faults(pairs, checks.read_glossary(root / TRANSLATIONS / "glossary.csv"), catalogue.language),
    ]


def check(options: argparse.Namespace) -> int:
    """Check all languages; every fault is listed."""
    found = {"en": english_faults(PROJECT)}
    for language in LANGUAGES:
        catalogue = read_catalogue(PROJECT / TRANSLATIONS / f"{language}.po", language)
        found[language] = language_faults(PROJECT, catalogue)
    lines = [f"{language}: {fault}" for language, faults in found.items() for fault in faults]
    if lines:
        raise TranslationError(
            f"{len(lines)} faults in texts and translations:\n    " + "\n    ".join(lines),
            where=str(TRANSLATIONS),
            not_done="nothing was changed",
            do="mend the lines; `cryptodrug translations update` renews the catalogues after a change of the English",
        )
    print(f"{len(translated_messages(PROJECT))} messages in {len(LANGUAGES) + 1} languages: no faults")
    return 0


def side_by_side(options: argparse.Namespace) -> int:
    """Write a page with the three languages next to each other."""
    catalogues = {one: read_catalogue(PROJECT / TRANSLATIONS / f"{one}.po", one) for one in LANGUAGES}
    rows = []
    for message in translated_messages(PROJECT):
        cells = [message.text, *(catalogues[one].get(message) or "(missing)" for one in LANGUAGES)]
        body = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
        rows.append(f"<tr><th scope='row'>{html.escape(message.context)}</th>{body}</tr>")
    head = "<tr><th>message</th><th>en</th><th>nl</th><th>fr</th></tr>"
    style = "table{border-collapse:collapse}td,th{border:1px solid #999;padding:.3em;vertical-align:top;width:25%}"
    page = f"<!DOCTYPE html><html lang='en'><meta charset='utf-8'><title>Translations</title><style>{style}</style>"
    write_text(options.output, f"{page}<table>{head}{''.join(rows)}</table></html>\n")
    print(f"{options.output}: {len(rows)} messages")
    return 0


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add the group to the command line."""
    group = subparsers.add_parser("translations", help="update, check and compare the catalogues")
    actions = group.add_subparsers(dest="action", required=True)
    one = actions.add_parser("update", help="renew nl.po and fr.po from the English sources")
    one.set_defaults(run=update)
    two = actions.add_parser("check", help="missing, fuzzy, other values, typed-in numbers, terms, claims")
    two.set_defaults(run=check)
    three = actions.add_parser("side-by-side", help="write a page with the three languages next to each other")
    three.add_argument("--output", default="results/translations.html", help="file to write")
    three.set_defaults(run=side_by_side)
