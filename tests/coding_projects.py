"""Small projects of coding programs, written by hand: one source, a few codes, passages of the reader's choice."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

STANDARD = "urn:QDA-XML:project:1.0"
CODES = {"a-before": "00000000-0000-0000-0000-00000000000a", "b-more": "00000000-0000-0000-0000-00000000000b"}
USERS = {"coder-a": "00000000-0000-0000-0000-0000000000a1", "coder-b": "00000000-0000-0000-0000-0000000000b1"}
SOURCE = "00000000-0000-0000-0000-0000000000cc"


def passage(start, end, code="a-before", user="coder-a", name="", number=1, tag="PlainTextSelection"):
    """One passage with one coding."""
    guid = f"00000000-0000-0000-0001-{number:012d}"
    maker = f' creatingUser="{USERS[user]}"' if user else ""
    return (
        f'<{tag} guid="{guid}" name={quoteattr(name)} startPosition="{start}" endPosition="{end}">'
        f'<Coding guid="{guid[:-12]}{number + 500:012d}"{maker}>'
        f'<CodeRef targetGUID="{CODES.get(code, code)}"/></Coding>'
        f"</{tag}>"
    )


def source(passages="", text=None, path="internal://talk.txt", name="talk", guid=SOURCE, tag="TextSource"):
    """One source; with `text` it stands inside the project, else in the file `path`."""
    inside = "" if text is None else f"<PlainTextContent>{escape(text)}</PlainTextContent>"
    where = f" plainTextPath={quoteattr(path)}" if text is None and path else ""
    return f'<{tag} guid="{guid}" name={quoteattr(name)}{where}>{inside}{passages}</{tag}>'


def codes(names=CODES):
    """A flat code book."""
    return "".join(f'<Code guid="{guid}" name="{name}" isCodable="true"/>' for name, guid in names.items())


def project(sources="", namespace=STANDARD, book=None, head="", origin="test"):
    """The XML of a project."""
    users = "".join(f'<User guid="{guid}" name="{name}"/>' for name, guid in USERS.items())
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<Project xmlns="{namespace}" name="p" origin="{origin}">'
        f"<Users>{users}</Users><CodeBook><Codes>{codes() if book is None else book}</Codes></CodeBook>"
        f"<Sources>{sources}</Sources></Project>"
    )


def pack(path: Path, members: dict[str, bytes | str]) -> Path:
    """A zip of the members."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path
