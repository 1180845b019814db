"""Every market file reads its own samples as they say."""

from pathlib import Path

import pytest
import yaml
from cryptodrug.reading.adapter import Adapter, LineForm, Sample, TableFile, read_adapter
from cryptodrug.reading.rules import FieldRule, PageRule, Printed, Region, RowRule, When
from cryptodrug.reading.samples import run_samples
from cryptodrug.reading.tables import COLUMNS_OF
from cryptodrug.transforms import TRANSFORMS

FILES = sorted((Path(__file__).parents[2] / "workflow" / "markets").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_samples_are_read_as_they_say(path):
    assert run_samples(read_adapter(path)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_market_file_has_samples(path):
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["samples"]


def test_the_small_file_of_the_explanation_is_right():
    text = (FILES[0].parent / "README.md").read_text(encoding="utf-8")
    example = text.partition("```yaml\n")[2].partition("```")[0]
    assert run_samples(Adapter.model_validate(yaml.safe_load(example))) == []


@pytest.mark.parametrize(
    "model", [Adapter, PageRule, When, RowRule, FieldRule, Sample, Region, Printed, TableFile, LineForm]
)
def test_every_key_is_explained(model):
    text = (FILES[0].parent / "README.md").read_text(encoding="utf-8")
    names = [field.alias or name for name, field in model.model_fields.items()]
    assert [name for name in names if f"`{name}" not in text and f"{name}:" not in text] == []


def test_every_step_and_field_is_explained():
    text = (FILES[0].parent / "README.md").read_text(encoding="utf-8")
    names = [*TRANSFORMS, *(name for columns in COLUMNS_OF.values() for name in columns)]
    assert [name for name in names if f"`{name}`" not in text] == []
