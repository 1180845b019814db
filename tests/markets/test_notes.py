"""Every note that the reading can give is explained to people who write market files."""

import re
from pathlib import Path

from cryptodrug.reading import encoding, fields, limits, reader, table_file
from cryptodrug.transforms import LOSSES, NOTES

ROOT = Path(__file__).parents[2]


def test_every_note_is_explained():
    text = (ROOT / "workflow" / "markets" / "README.md").read_text(encoding="utf-8")
    source = "".join(Path(one.__file__).read_text(encoding="utf-8") for one in (encoding, fields, reader, table_file))
    notes = set(re.findall(r'notes\.add\("([a-z-]+)"\)|notes=\{"([a-z-]+)"\}', source))
    found = {one or other for one, other in notes} | {
        limits.NOTE,
        *NOTES.values(),
        *(note for _, note in LOSSES.values()),
    }
    assert found >= {"cut", "empty", "no-rows", "unrecognised", "shortened", "double-escaped", "broken-key"}
    assert [note for note in sorted(found) if f"`{note}`" not in text] == []
