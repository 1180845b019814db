"""`docs/configuration.md` and the JSON schema for editors, made from the models."""

import json
import types
import typing
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from cryptodrug.files import write_text
from cryptodrug.settings.models import Settings

HEAD = """# Configuration of a study

Made from `settings/models.py`, `disclosure/rules.py` and `survey/rules.py` in `workflow/lib/cryptodrug/` by
`cryptodrug settings document`; a test fails when they drift. Editors that know JSON Schema find it in
[`configuration.schema.json`](configuration.schema.json).

A study is one YAML file: `config.yaml` (the demo) or `studies/<study>/study.yaml`. Exactly one is read, the one given
with `--configfile` or else `config.yaml`; two are never merged. Every key stands in the file, nothing has a hidden
default. Unknown keys, wrong types and missing files are refused before any job starts, all of them at once.
"""

SNAPSHOT_TABLE = """## The snapshot table

A CSV file, one line per file as received, with exactly these columns:

| column | meaning |
|---|---|
"""
SNAPSHOT_COLUMNS = {
    "market": "Id of one of the `markets`.",
    "snapshot_date": "Day of the snapshot, `2019-01-31`; empty only for `rates`.",
    "file": "Path below `archives_root`: a folder, one page, or an archive of a kind that `docs/archives.md` names; a "
    "table of any kind named there.",
    "sha256": "Checksum of the file as received; another file stops the run. Of a folder: the checksum of the lines "
    "that `sha256sum` prints for its files, sorted by path; the error of a wrong checksum prints the right one.",
    "bytes": "Size of the file, for the reader; not checked, since the checksum is.",
    "kind": "`pages` (an archive of pages), `dump` (a table that somebody else made of pages), `vendors` (the same, of "
    "vendors), `front` (a front page, for its printed counts), `rates` (daily exchange rates: the columns date and "
    "price_usd, dollar per bitcoin; or date, base, quote and rate).",
    "adapter": "Name of the market file in `workflow/markets` that reads it.",
    "source": "Where the file comes from; printed in the ledger.",
    "licence": "What may be done with it; printed in the ledger.",
}


def _parts(annotation: Any) -> list[Any]:
    """A type and everything inside it (`list[Market] | None` -> Market)."""
    found = [annotation]
    for inner in typing.get_args(annotation):
        found.extend(_parts(inner))
    return found


def _type_name(annotation: Any) -> str:
    """The type in words for a person who does not program."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (types.UnionType, typing.Union):
        return " or ".join(_type_name(argument) for argument in arguments)
    if origin is typing.Literal:
        return ", ".join(f"`{argument}`" for argument in arguments)
    if origin is typing.Annotated:
        return _type_name(arguments[0])
    if origin in (list, tuple):
        return f"list of {_type_name(arguments[0])}"
    if origin is dict:
        return f"{_type_name(arguments[1])} by name"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "block"
    names = {
        str: "text",
        int: "whole number",
        float: "number",
        bool: "true or false",
        Path: "path",
        type(None): "null",
    }
    return names.get(annotation, getattr(annotation, "__name__", str(annotation)))


def _section(model: type[BaseModel], place: str) -> list[str]:
    lines = [f"## {place or 'Top level'}", "", " ".join((model.__doc__ or "").split()), ""]
    lines += ["| key | value | meaning |", "|---|---|---|"]
    below: list[str] = []
    for name, field in model.model_fields.items():
        path = f"{place}.{name}" if place else name
        kind = _type_name(field.annotation).replace("|", "\\|")
        lines.append(f"| `{name}` | {kind} | {' '.join((field.description or '').split())} |")
        for part in _parts(field.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel):
                below += _section(part, path)
    return [*lines, "", *below]


def configuration_markdown() -> str:
    """The whole page."""
    columns = "".join(f"| `{name}` | {meaning} |\n" for name, meaning in SNAPSHOT_COLUMNS.items())
    return HEAD + "\n" + "\n".join(_section(Settings, "")).rstrip() + "\n\n" + SNAPSHOT_TABLE + columns


def configuration_schema() -> str:
    """JSON schema of the configuration file."""
    return json.dumps(Settings.model_json_schema(), indent=1, sort_keys=True) + "\n"


def write_documentation(folder: str | Path = "docs") -> None:
    """Write both files."""
    write_text(Path(folder) / "configuration.md", configuration_markdown())
    write_text(Path(folder) / "configuration.schema.json", configuration_schema())
