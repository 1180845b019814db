"""Editors are told the same as the program checks."""

import json

import pytest
from cryptodrug.markets.find import MARKETS
from cryptodrug.markets.schema import EDITOR_LINE, SCHEMA, market_schema
from cryptodrug.reading.adapter import Adapter
from cryptodrug.reading.tables import COLUMNS_OF
from cryptodrug.transforms import TRANSFORMS


def test_the_schema_is_in_step_with_the_models():
    assert SCHEMA.read_text(encoding="utf-8") == market_schema(), "run `cryptodrug market schema`"


def test_it_knows_the_keys_the_steps_and_the_fields():
    schema = json.loads(market_schema())
    assert set(schema["properties"]) == set(Adapter.model_fields)
    assert schema["$defs"]["FieldRule"]["properties"]["steps"]["items"]["enum"] == sorted(TRANSFORMS)
    by_table = {one["if"]["properties"]["table"]["const"]: one["then"] for one in schema["$defs"]["RowRule"]["allOf"]}
    assert by_table["vendor"]["properties"]["fields"]["propertyNames"]["enum"] == list(COLUMNS_OF["vendor"])
    assert schema["$defs"]["Region"]["required"] == ["from"]


@pytest.mark.parametrize("file", sorted(MARKETS.glob("*.yaml")), ids=lambda file: file.stem)
def test_every_market_file_names_the_schema_for_editors(file):
    assert file.read_text(encoding="utf-8").splitlines()[0] == EDITOR_LINE
