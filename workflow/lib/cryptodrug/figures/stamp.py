"""The chain of ids inside a delivered picture: text chunk of a PNG, description of an SVG."""

import re
import struct
import zlib
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

KEYWORD = "Provenance"


def chain_text(ledger: Mapping[str, Any], path: str) -> str:
    """`path id <- path id ...` down to the archives and exports behind it, as the public ledger says it.

    Every file once, sorted by depth; of the leaves only those from which the picture was made.
    """
    files, lines, seen, leaves = ledger["files"], [], set(), set()
    waiting = [path]
    while waiting:
        name = waiting.pop(0)
        if name in seen or name not in files:
            continue
        seen.add(name)
        node = files[name]
        lines.append(f"{name} {node['id']}")
        waiting.extend(node["inputs"].get("made", []))
        leaves.update(node["inputs"].get("archives", []))
        leaves.update(node["inputs"].get("project", []))
    named = [("archive", one) for one in ledger["archives"]] + [("map", one) for one in ledger["maps"]]
    archives = [f"{kind} {one['name']} sha256 {one['sha256']}" for kind, one in named if one["name"] in leaves]
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
