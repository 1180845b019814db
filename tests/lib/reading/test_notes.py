"""Every note that a page can get has words, in which the annex of a report counts it."""

import re
from pathlib import Path

import yaml
from cryptodrug.reading import limits
from cryptodrug.transforms import LOSSES, NOTES

PROJECT = Path(__file__).parents[3]
SOURCES = sorted(Path(limits.__file__).parent.glob("*.py"))
ADDED = re.compile(r"notes(?:\.add\(|=\{)\"([a-z-]+)\"")


def test_every_note_has_words_for_the_annex():
    added = {note for path in SOURCES for note in ADDED.findall(path.read_text(encoding="utf-8"))}
    assert {"cut", "control-characters", "look-alike-letters"} <= added
    notes = added | set(NOTES.values()) | {note for _, note in LOSSES.values()} | {limits.NOTE, "duplicate-capture"}
    text = (PROJECT / "reports" / "templates" / "vocabulary.yaml").read_text(encoding="utf-8")
    words = yaml.safe_load(text)["vocabulary"]["rule"]
    assert [note for note in sorted(notes) if f"page-{note}" not in words] == []
