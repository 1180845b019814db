"""The record of a made file, and its content id.

The id is the first 12 hex digits of the sha256 of canonical JSON of code, settings, lock and inputs. Inputs enter by
their content, so a change that alters no byte stops where it stops. Time, host, folder, language and format never
enter; what only renders (language, catalogue, format) stands in `rendering`.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cryptodrug.closure import LIBRARY
from cryptodrug.errors import ProvenanceError
from cryptodrug.files import canonical_json, read_json, sha256_of, write_json

SCHEMA = 1
ID_LENGTH = 12
PROJECT = LIBRARY.parent.parent
LOCK = PROJECT / "envs" / "requirements.lock"
RENDERING_INPUTS = frozenset({"catalogue", "catalogues", "exhibits", "vocabulary", "glossary", "allowed_digits"})
RENDERING_PARAMS = frozenset({"language", "languages", "format", "draft_languages"})


def project_name(path: str | Path) -> str:
    """Path of a project file as it stands in records: relative to the project, with forward slashes."""
    path = Path(path).resolve()
    return path.relative_to(PROJECT).as_posix() if PROJECT in path.parents else path.name


def input_name(path: str | Path, archives_root: str | Path | None) -> str:
    """Name of an input in records: `archive:<file>` below the archives' folder, else relative to the project.

    The folder of the archives is part of no id: the same archive may stand elsewhere on another machine.
    """
    path = Path(path).resolve()
    if archives_root is not None and (root := Path(archives_root).resolve()) in path.parents:
        return f"archive:{path.relative_to(root).as_posix()}"
    return project_name(path)


def content_id(code: Mapping, settings: Mapping, lock: str, inputs: Mapping) -> str:
    """The id of everything made with this code, these settings, this lock and these inputs: 12 hex digits."""
    text = canonical_json({"code": code, "settings": settings, "lock": lock, "inputs": inputs})
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:ID_LENGTH]


def make_record(
    code: Iterable[str | Path],
    rule: str,
    settings: Mapping[str, Any],
    inputs: Mapping[str, Iterable[str]],
    archives_root: str | Path | None = None,
) -> dict[str, Any]:
    """What the records of all files of one job share.

    Parameters
    ----------
    code : the script and every project module it imports (`closure`).
    settings : the parameters the job was given.
    inputs : paths by the name under which the rule gives them; names of `RENDERING_INPUTS` only render.
    """
    lock = sha256_of(LOCK)
    hashed_code = {project_name(path): sha256_of(path) for path in code if Path(path).name != LOCK.name}
    hashed: dict[str, dict[str, str]] = {"content": {}, "rendering": {}}
    for name, paths in inputs.items():
        group = "rendering" if name in RENDERING_INPUTS else "content"
        for path in paths:
            hashed[group][input_name(path, archives_root)] = sha256_of(path)
    content = {key: value for key, value in settings.items() if key not in RENDERING_PARAMS}
    rendering = {key: value for key, value in settings.items() if key in RENDERING_PARAMS}
    return {
        "schema": SCHEMA,
        "rule": rule,
        "id": content_id(hashed_code, content, lock, hashed["content"]),
        "code": hashed_code,
        "settings": content,
        "lock": lock,
        "inputs": hashed["content"],
        "rendering": rendering | {"inputs": hashed["rendering"]},
    }


def record_path(results: str | Path, file: str | Path) -> Path:
    """Where the record of a made file stands."""
    relative = Path(file).resolve().relative_to(Path(results).resolve())
    return Path(results) / "provenance" / "records" / f"{relative.as_posix()}.json"


def write_records(
    results: str | Path,
    files: Iterable[str | Path],
    shared: Mapping[str, Any],
    contents: Mapping[str, str] | None = None,
) -> None:
    """Write the record of each file of a job.

    `contents`: hash of the content by path, for files whose bytes differ from run to run (a database).
    """
    for file in files:
        path = Path(file)
        content = (contents or {}).get(str(file))
        own = {
            "path": path.resolve().relative_to(Path(results).resolve()).as_posix(),
            "sha256": content or sha256_of(path),
            "bytes": None if content else path.stat().st_size,
            "of_content": content is not None,
        }
        write_json(record_path(results, path), {**shared, **own})


def read_records(results: str | Path) -> dict[str, dict[str, Any]]:
    """All records of a study by the project-relative path of the file they speak of."""
    folder = Path(results) / "provenance" / "records"
    if not folder.is_dir():
        raise ProvenanceError(
            "there are no records",
            where=str(folder),
            not_done="nothing can be traced",
            do="build the study first: make reports",
        )
    records = (read_json(path) for path in sorted(folder.rglob("*.json")))
    # a figure or table that an earlier build made and this one no longer releases leaves a record behind
    there = (record for record in records if (Path(results) / record["path"]).is_file())
    return {project_name(Path(results) / record["path"]): record for record in there}
