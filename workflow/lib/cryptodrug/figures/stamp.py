"""The chain of ids inside a delivered picture: text chunk of a PNG, description of an SVG."""

import re
import struct
import zlib
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

KEYWORD = "Provenance"


def chain_text(ledger: Mapping[str, Any], path: str) -> str:
    """`path id <- path id ...` down to the archives, as the public ledger says it; every file once, sorted by depth."""
    files, lines, seen = ledger["files"], [], set()
    waiting = [path]
    while waiting:
        name = waiting.pop(0)
        if name in seen or name not in files:
            continue
        seen.add(name)
        node = files[name]
        lines.append(f"{name} {node['id']}")
        waiting.extend(node["inputs"].get("made", []))
    archives = [f"archive {one['name']} sha256 {one['sha256']}" for one in ledger["archives"]]
    head = f"study {ledger['study']}" + (" (simulated data)" if ledger["simulated"] else "")
    return "\n".join([head, *lines, *archives])


def stamp_png(data: bytes, text: str) -> bytes:
    """A PNG with an uncompressed international text chunk (iTXt) behind its head."""
    body = KEYWORD.encode() + b"\x00\x00\x00\x00\x00" + text.encode("utf-8")
    chunk = struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", zlib.crc32(b"iTXt" + body))
    end_of_head = 8 + 25  # signature, IHDR
    return data[:end_of_head] + chunk + data[end_of_head:]


def stamp_svg(data: bytes, text: str) -> bytes:
    """An SVG with the chain as its description."""
    note = f"<desc>{escape(text)}</desc>"
    return re.sub(rb"(<svg\b[^>]*>)", lambda found: found.group(1) + note.encode("utf-8"), data, count=1)
