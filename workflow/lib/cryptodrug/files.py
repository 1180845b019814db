"""Writing whole files or none, and naming bytes by their content."""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHUNK = 1 << 20


@contextlib.contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; rename it to `path` only if the block ends without an error.

    Nothing half-written is ever seen under the final name, also after a full disk or a kill.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        # mkstemp makes private files; results are for the whole team, whatever the umask of the maker.
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: str | Path, text: str) -> None:
    """Write `text` as UTF-8 with Unix line ends, whole or not at all."""
    with whole_file(path) as temporary:
        temporary.write_bytes(text.encode("utf-8"))


def canonical_json(data: Any) -> str:
    """JSON with sorted keys and no free spaces: the same data give the same text on any machine."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def write_json(path: str | Path, data: Any) -> None:
    """Write `data` as indented JSON with sorted keys; NaN is refused (it is not JSON)."""
    write_text(path, json.dumps(data, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def read_json(path: str | Path) -> Any:
    """Read a UTF-8 JSON file."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def sha256_of(path: str | Path) -> str:
    """sha256 of a file as 64 hex digits, read in pieces; of a folder: that of its files' names and sums, sorted."""
    digest = hashlib.sha256()
    if Path(path).is_dir():
        files = (one for one in Path(path).rglob("*") if one.is_file() and not one.is_symlink())
        by_name = sorted((one.relative_to(path).as_posix(), one) for one in files)
        return hashlib.sha256("".join(f"{sha256_of(one)}  {name}\n" for name, one in by_name).encode()).hexdigest()
    with Path(path).open("rb") as stream:
        while piece := stream.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def size_of(path: str | Path) -> int:
    """Bytes of a file; of a folder: of all its files, links left out."""
    path = Path(path)
    files = [one for one in path.rglob("*") if one.is_file() and not one.is_symlink()] if path.is_dir() else [path]
    return sum(one.stat().st_size for one in files)
