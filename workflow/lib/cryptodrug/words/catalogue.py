"""Gettext catalogues: read by the documents, edited by translators, renewed from the English sources."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polib

from cryptodrug.errors import TranslationError
from cryptodrug.files import write_text
from cryptodrug.words.messages import Message

Key = tuple[str, str]
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_WELL_FORMED = re.compile(rf"\s*(?:#.*|(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+{_QUOTED}|{_QUOTED})?\s*")


@dataclass(frozen=True)
class Catalogue:
    """Translations of one language by (context, English text); fuzzy ones are kept apart."""

    language: str
    translated: Mapping[Key, str]
    fuzzy: frozenset[Key]
    file: str

    def get(self, message: Message) -> str | None:
        """The translation of a message, or None when it is missing or fuzzy."""
        return self.translated.get((message.context, message.text))


def english() -> Catalogue:
    """The catalogue of the source language: every message is its own translation."""
    return Catalogue("en", {}, frozenset(), "")


def _entries(path: Path) -> list[polib.POEntry]:
    """Entries of a PO file, every line of it well formed: the parser would cut off what it does not understand.

    Raises
    ------
    TranslationError : there is no such file, it is not in UTF-8, or a line is malformed (file and line).
    """
    refusal = {"not_done": "no translation of this file was read", "do": "mend the file with a PO editor"}
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise TranslationError(f"the catalogue cannot be read: {error}", where=str(path), **refusal) from None
    for number, line in enumerate(lines, 1):
        if not _WELL_FORMED.fullmatch(line):
            what = f"the line is not well formed (quotes? keyword?): {line[:60]}"
            raise TranslationError(what, where=f"{path}, line {number}", **refusal)
    try:
        return list(polib.pofile(str(path), encoding="utf-8", wrapwidth=0))
    except OSError as error:
        raise TranslationError(f"no PO file: {error}", where=str(path), **refusal) from None


def read_catalogue(path: str | Path, language: str) -> Catalogue:
    """Read a PO file."""
    translated, fuzzy = {}, set()
    for entry in _entries(Path(path)):
        key = (entry.msgctxt or "", entry.msgid)
        if entry.obsolete:
            continue
        if entry.fuzzy:
            fuzzy.add(key)
        elif entry.msgstr:
            translated[key] = entry.msgstr
    return Catalogue(language, translated, frozenset(fuzzy), Path(path).name)


def gaps(catalogue: Catalogue, messages: Iterable[Message]) -> list[str]:
    """One line per message that is missing or fuzzy: state, file, line, begin of the text."""
    lines = []
    for message in messages:
        if catalogue.get(message) is None:
            state = "fuzzy" if (message.context, message.text) in catalogue.fuzzy else "missing"
            lines.append(f"{state}: {message.file}, line {message.line} ({message.context}): {message.text[:70]}")
    return lines


def refuse_gaps(catalogue: Catalogue, messages: Iterable[Message]) -> None:
    """Stop the documents of a language in which a message is missing or fuzzy; all are named at once."""
    lines = gaps(catalogue, messages)
    if lines:
        raise TranslationError(
            f"{len(lines)} messages are not translated into {catalogue.language}:\n    " + "\n    ".join(lines),
            where=catalogue.file,
            not_done=f"the documents in {catalogue.language} were not made",
            do="translate them (cryptodrug translations update renews the catalogue), or list the language under "
            "`draft_languages` to print marked English instead",
        )


def _similar(key: Key, old: dict[Key, polib.POEntry]) -> polib.POEntry | None:
    """The entry that stood in the same place before its English changed."""
    same_context = [entry for (context, _), entry in old.items() if context == key[0] and entry.msgstr]
    if not same_context:
        return None
    # the context of a label is its id; the paragraphs of a template share one, and must look alike
    if len(same_context) == 1 and "." in key[0]:
        return same_context[0]
    import difflib

    near = difflib.get_close_matches(key[1], [entry.msgid for entry in same_context], n=1, cutoff=0.6)
    return next((entry for entry in same_context if near and entry.msgid == near[0]), None)


def renew(path: str | Path, language: str, messages: Iterable[Message]) -> dict[str, int]:
    """Bring a PO file up to date: keep translations, mark changed ones as fuzzy, keep old ones as obsolete.

    The file has no dates, so that the same sources give the same file. Returns counts of what was done.
    """
    path = Path(path)
    before = _entries(path) if path.exists() else []
    old = {(entry.msgctxt or "", entry.msgid): entry for entry in before}
    made = polib.POFile(wrapwidth=0)
    made.metadata = {"Language": f"{language}_BE", "Content-Type": "text/plain; charset=UTF-8"}
    counts = {"kept": 0, "changed": 0, "new": 0, "obsolete": 0}
    used: set[Key] = set()
    wanted = {(one.context, one.text): one for one in messages}
    current = set(wanted)
    for message in wanted.values():
        key = (message.context, message.text)
        entry = polib.POEntry(msgctxt=key[0], msgid=key[1], occurrences=[(message.file, str(message.line))])
        known = old.get(key)
        if known is not None and known.msgstr:
            entry.msgstr, entry.flags = known.msgstr, list(known.flags)
            entry.tcomment, entry.previous_msgid = known.tcomment, known.previous_msgid
            counts["kept"] += 1
            used.add(key)
        elif similar := _similar(key, {name: one for name, one in old.items() if name not in used | current}):
            entry.msgstr, entry.flags, entry.previous_msgid = similar.msgstr, ["fuzzy"], similar.msgid
            counts["changed"] += 1
            used.add((similar.msgctxt or "", similar.msgid))
        else:
            counts["new"] += 1
        made.append(entry)
    for key, entry in sorted(old.items()):
        if key not in used | current and entry.msgstr:
            kept = {"msgstr": entry.msgstr, "flags": list(entry.flags), "tcomment": entry.tcomment}
            made.append(polib.POEntry(msgctxt=key[0], msgid=key[1], obsolete=True, **kept))
            counts["obsolete"] += 1
    write_text(path, str(made) + "\n")
    return counts
