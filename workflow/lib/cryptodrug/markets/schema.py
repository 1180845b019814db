"""JSON schema of market files, for editors that complete and underline while one writes."""

import argparse
import json
from pathlib import Path
from typing import Any

from cryptodrug.files import write_text
from cryptodrug.provenance.records import PROJECT
from cryptodrug.reading.adapter import Adapter
from cryptodrug.reading.tables import COLUMNS_OF

SCHEMA = PROJECT / "docs" / "market.schema.json"
# first line of a market file: editors with the YAML language server find the schema by it
EDITOR_LINE = "# yaml-language-server: $schema=../../docs/market.schema.json"


def _with_columns(schema: dict[str, Any]) -> dict[str, Any]:
    """The names of fields depend on the table, which the models check by code: said to editors as if-then."""
    rows = schema["$defs"]["RowRule"]
    rows["allOf"] = [
        {
            "if": {"properties": {"table": {"const": table}}, "required": ["table"]},
            "then": {"properties": {"fields": {"propertyNames": {"enum": list(columns)}}}},
        }
        for table, columns in COLUMNS_OF.items()
    ]
    return schema


def market_schema() -> str:
    """The schema as text, made from the models that read market files."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Adapter.model_json_schema(by_alias=True)}
    return json.dumps(_with_columns(schema), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def schema(_options: argparse.Namespace) -> int:
    """Write docs/market.schema.json."""
    write_text(SCHEMA, market_schema())
    print(f"{Path(SCHEMA).relative_to(PROJECT)} is renewed")
    return 0
